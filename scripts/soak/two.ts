import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { FOLDER, serve } from "@/scripts/bench/bench-app";
import { ROOT } from "@/scripts/launcher/paths";
import { freePort } from "@/scripts/launcher/postgres/cluster";
import { type Running, tied } from "@/scripts/launcher/process";
import { secretsOf } from "@/scripts/launcher/secrets";
import { startSandbox, startWorker } from "@/scripts/launcher/services";
import { requireBrowser } from "@/scripts/testing/browser";
import { type Counts, countPlaywright } from "@/scripts/testing/counts";
import { createDatabase } from "@/scripts/testing/database";
import { ROOM } from "@/scripts/testing/stack";
import { openProxy } from "./proxy";
import { type Check, check, told } from "./report";

const KILL_EVERY_MS = 20_000;
/** A test may wait for a process that comes back, more than once. */
const TEST_MS = 180_000;
const CLIENT = { id: "1000000000000001", secret: "sandbox-secret" };
/** What a killed worker had taken goes on with another within 6 s, what a web process had is asked for again; a process
 *  is back within seconds, to be killed 20 s later. */
const EXPECT_MS = 40_000;
/** What a browser may write to its console when the server behind the proxy is killed under it. */
const TOLERATED = [
  "status of 50[0-4]",
  "net::ERR_(INCOMPLETE_CHUNKED_ENCODING|CONNECTION_RESET|EMPTY_RESPONSE|FAILED)",
  "Failed to fetch",
  // A stream that was to be opened again when its session ended.
  "status of 401 [^ ]+ \\([^ ]+/api/events",
];

/** All browser tests against two web and two worker processes on one PostgreSQL behind a proxy, while one of each kind is
 *  killed with -9 and started again every 20 s.
 *  @param folder a production build
 *  @param args of Playwright, such as the name of one spec */
export async function soakTwo(folder: string, args: readonly string[] = []): Promise<Check[]> {
  const database = await createDatabase();
  const ports = [await freePort(), await freePort()];
  const sandboxPort = await freePort();
  const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  const proxy = await openProxy(ports.map((port) => `http://localhost:${port}`));
  const secrets = await mkdtemp(join(tmpdir(), "buzon-two-"));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...ROOM,
    ...(await secretsOf(secrets)),
    APP_URL: proxy.url,
    NEXTAUTH_URL: proxy.url,
    DATABASE_URL: database.url,
    MELI_API_URL: sandboxUrl,
    MELI_AUTH_URL: sandboxUrl,
    MELI_CLIENT_ID: CLIENT.id,
    MELI_CLIENT_SECRET: CLIENT.secret,
    TRUSTED_PROXIES: "127.0.0.1",
  };
  const sandbox = startSandbox({
    env: {
      ...process.env,
      SANDBOX_PORT: String(sandboxPort),
      SANDBOX_REDIRECT_URIS: `${proxy.url}/api/auth/callback/mercadolibre`,
      SANDBOX_CALLBACK_URL: `${proxy.url}/api/notifications`,
      SANDBOX_CLIENT_ID: CLIENT.id,
      SANDBOX_CLIENT_SECRET: CLIENT.secret,
    },
    port: sandboxPort,
    logs: FOLDER,
  });
  await sandbox.ready;
  const web = (n: number) => serve(folder, ports[n] ?? 0, { ...env, PORT: String(ports[n]) }, "/api/ready");
  const worker = async () => startWorker({ env, isDev: false, logs: FOLDER });
  const webs = [await web(0), await web(1)];
  const workers = [await worker(), await worker()];
  const stopping = new AbortController();
  let kills = 0;

  async function killInTurn(): Promise<void> {
    for (let n = 0; ; n = 1 - n) {
      await sleep(KILL_EVERY_MS, undefined, { signal: stopping.signal });
      await Promise.all([replace(webs, n, () => web(n)), replace(workers, n, worker)]);
      kills += 1;
    }
  }

  const killing = killInTurn().catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  try {
    const counts = await runSpecs({ appUrl: proxy.url, sandboxUrl, folder, args });
    stopping.abort();
    await killing;
    return [
      told("web and worker processes killed with -9, of each kind", kills),
      check(
        "browser tests",
        "all pass",
        `${counts.passed} passed, ${counts.failed} failed`,
        counts.failed === 0 && counts.passed > 0,
      ),
    ];
  } finally {
    stopping.abort();
    await killing.catch(() => undefined);
    await Promise.all([...webs, ...workers].map((running) => running.stop(3_000)));
    await Promise.all([proxy.close(), sandbox.stop(2_000)]);
    await database.drop();
    await rm(secrets, { recursive: true, force: true });
  }
}

/** kill -9 of one and all that it has started, and another in its place. */
async function replace(all: Running[], n: number, start: () => Promise<Running>): Promise<void> {
  const running = all[n];
  if (running !== undefined) {
    process.kill(-running.pid, "SIGKILL");
    await running.exited;
  }
  all[n] = await start();
}

async function runSpecs(o: {
  appUrl: string;
  sandboxUrl: string;
  /** The build that is served. */
  folder: string;
  args: readonly string[];
}): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), "buzon-specs-"));
  const report = join(folder, "report.json");
  const child = spawn(
    process.execPath,
    [
      join(ROOT, "node_modules/@playwright/test/cli.js"),
      "test",
      "--reporter=list,json",
      `--timeout=${TEST_MS}`,
      ...o.args,
    ],
    {
      cwd: ROOT,
      env: {
        ...tied(process.env),
        NODE_ENV: "test",
        // With these Playwright starts nothing itself.
        BUZON_APP_URL: o.appUrl,
        BUZON_SANDBOX_URL: o.sandboxUrl,
        BUZON_TOLERATED: TOLERATED.join("|"),
        BUZON_EXPECT_MS: String(EXPECT_MS),
        BUZON_BUILD: o.folder,
        // Two, and those that came in the place of a killed one meanwhile.
        BUZON_WEB_PROCESSES: "4",
        CHROMIUM_PATH: requireBrowser((line) => console.error(line)),
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      },
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  const text = await readFile(report, "utf8").catch(() => "null");
  await rm(folder, { recursive: true, force: true });
  return countPlaywright(JSON.parse(text), code);
}
