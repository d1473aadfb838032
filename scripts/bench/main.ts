import { randomBytes } from "node:crypto";
import { z } from "zod";
import { cookieName, sealSession } from "@/lib/server/accounts/session-cookie";
import { migrate } from "@/lib/server/store/migrate";
import { sessionId, userId } from "@/lib/shared/ids";
import { freePort } from "@/scripts/launcher/postgres/cluster";
import type { Running } from "@/scripts/launcher/process";
import { startRestartableServer } from "@/scripts/soak/restartable-server";
import { createDatabase } from "@/scripts/testing/database";
import { startThrowawayServer } from "@/scripts/testing/throwaway-server";
import { apart } from "./apart";
import { benchApi } from "./api";
import { buildBenchApp, buildBlankApp, serve } from "./bench-app";
import { benchBrowser } from "./browser";
import { benchFirstSync } from "./first-sync";
import { benchLint } from "./lint";
import { type Line, print } from "./report";
import { seedThreads } from "./seed";
import { benchVitals } from "./vitals";

/** `npm run bench [api] [browser] [vitals] [sync] [notices] [live] [lint]`: all of them without a name. Figures of one run are compared with each other:
 *  machines differ, ratios less. Exits 1 when a budget is missed. */
const BENCHES = ["api", "browser", "vitals", "sync", "notices", "live", "lint"] as const;
const wanted = process.argv
  .slice(2)
  .filter((name): name is (typeof BENCHES)[number] => BENCHES.some((one) => one === name));
const runs = new Set(wanted.length > 0 ? wanted : BENCHES);

const secret = randomBytes(32).toString("base64");
const server = await startThrowawayServer();
const started: Running[] = [];
const lines: Line[] = [];

async function template(): Promise<void> {
  const url = new URL(server.url);
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query("create database bench_template");
  await client.end();
  url.pathname = "/bench_template";
  await migrate(url.href);
  process.env.TEST_DATABASE_TEMPLATE_URL = url.href;
}

/** Serves a build on a database with one seller of so many conversations. */
async function appWith(folder: string, threads: number, isMixed: boolean) {
  const database = await createDatabase();
  const seeded = await seedThreads(database.url, "700000001", threads, isMixed);
  const port = await freePort();
  const appUrl = `http://localhost:${port}`;
  started.push(
    await serve(
      folder,
      port,
      {
        ...process.env,
        APP_URL: appUrl,
        PORT: String(port),
        NEXTAUTH_URL: appUrl,
        NEXTAUTH_SECRET: secret,
        TOKEN_KEY: randomBytes(32).toString("base64"),
        DATABASE_URL: database.url,
        MELI_CLIENT_ID: "1",
        MELI_CLIENT_SECRET: "bench",
        MELI_API_URL: "http://127.0.0.1:9",
        LOG_LEVEL: "fatal",
      },
      "/api/ready",
    ),
  );
  const name = cookieName({ isSecure: false }, "session");
  const value = await sealSession(
    { sessionSecret: secret, isSecure: false },
    { userId: userId(seeded.userId), sessionId: sessionId(seeded.sessionId) },
  );
  return { appUrl, cookie: { name, value }, database };
}

const Lines = z.array(
  z.object({
    what: z.string(),
    value: z.string(),
    budget: z.string().nullable(),
    isWithin: z.boolean().nullable(),
  }),
);

/** What needs a runtime of its own runs in a process of its own. */
async function traffic(which: string, folder: string, env: Record<string, string>): Promise<Line[]> {
  return Lines.parse(await apart("scripts/bench/traffic-process.ts", [which, folder], env));
}

try {
  await template();
  if ((["api", "browser", "vitals", "notices", "live"] as const).some((name) => runs.has(name))) {
    console.log("Building...");
    const folder = buildBenchApp();
    if (runs.has("api")) {
      const { appUrl, cookie } = await appWith(folder, 100_000, true);
      const ids = Array.from({ length: 200 }, (_, n) =>
        String(2_000_000_000_000_000 + 700_000_001 + 370 * (n + 1)),
      );
      const api = await benchApi(appUrl, `${cookie.name}=${cookie.value}`, ids);
      print("Server, 100,000 conversations of three channels", api);
      lines.push(...api);
    }
    if (runs.has("browser")) {
      const { appUrl, cookie } = await appWith(folder, 10_000, false);
      const blankPort = await freePort();
      started.push(await serve(buildBlankApp(), blankPort, process.env, "/"));
      const browser = await benchBrowser({ appUrl, blankUrl: `http://localhost:${blankPort}/`, cookie });
      print("Browser, 10,000 conversations", browser);
      lines.push(...browser);
    }
    if (runs.has("vitals")) {
      const vitals = await benchVitals(await appWith(folder, 10_000, false));
      print("Web vitals, 10,000 conversations, a processor four times slower", vitals);
      lines.push(...vitals);
    }
    if (runs.has("notices")) {
      const durable = await startRestartableServer();
      try {
        const env = { TEST_DATABASE_TEMPLATE_URL: await durable.template() };
        const notices = await traffic("notices", folder, env);
        print("Notifications, on a PostgreSQL that writes through to the disk", notices);
        lines.push(...notices);
      } finally {
        await durable.stop();
      }
    }
    if (runs.has("live")) {
      const live = await traffic("live", folder, {});
      print("From a buyer's message to the screen", live);
      lines.push(...live);
    }
  }
  if (runs.has("lint")) {
    const lint = benchLint();
    print("Draft linter", lint);
    lines.push(...lint);
  }
  if (runs.has("sync")) {
    const sync = await benchFirstSync();
    print("First sync", sync);
    lines.push(...sync);
  }
} finally {
  await Promise.all(started.map((running) => running.stop(3_000)));
  await server.stop();
}

const missed = lines.filter((line) => line.isWithin === false).length;
console.log(missed === 0 ? "\nAll budgets are held." : `\n${missed} budgets are missed.`);
process.exit(missed === 0 ? 0 : 1);
