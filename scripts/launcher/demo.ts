import { chmod, mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { readSettings, type Settings, VARIABLES } from "@/lib/server/env";
import { build } from "./build";
import { prepareDataDir } from "./data-dir";
import { startDatabase, takeGround } from "./ground";
import { LaunchError } from "./launch-error";
import { ROOT } from "./paths";
import { forgetData } from "./postgres/placement";
import { startSandbox, startWeb, startWorker } from "./services";
import { fill, type Plan, type Say, serving } from "./start";

/** `demo` is for people; `dev` is the same with hot reload; `stack` is for tests: its data are gone when it ends, and it
 *  says where it is in one line of JSON. */
export type Flavour = "demo" | "dev" | "stack";

/** The application that the sandbox knows. */
const CLIENT = { id: "1000000000000001", secret: "sandbox-secret" };
/** What a demo takes from its surroundings; everything else is made for it. */
const TAKEN = [
  "APP_URL",
  "PORT",
  "DATA_DIR",
  "SANDBOX_PORT",
  "LOG_LEVEL",
  "METRICS_TOKEN",
  "ALLOWED_ACCOUNTS",
  "MELI_READS_PER_MINUTE",
  "MELI_WRITES_PER_MINUTE",
];

/** The sandbox, and the app against it, on a database of their own.
 *  The sandbox keeps its accounts in memory, so the data of the last demo are of no use: without DATA_DIR it starts afresh.
 *  @throws LaunchError or EnvError before anything is started. */
export async function planDemo(source: NodeJS.ProcessEnv, flavour: Flavour, say: Say): Promise<Plan> {
  const isDev = flavour === "dev";
  const given = await demoEnv(source, flavour);
  const settings = readSettings(given);
  const ground = await takeGround(settings, { PORT: settings.port, SANDBOX_PORT: settings.sandboxPort });
  if (!isDev) await requireBuild(say);
  const isKept = flavour !== "stack" && !isBlank(source.DATA_DIR);
  if (!isKept) await forgetData(settings.dataDir);
  await prepareDataDir(settings.dataDir);
  const logs = isDev ? null : await logFolder(flavour, settings);

  const sandboxUrl = `http://127.0.0.1:${settings.sandboxPort}`;
  const env: NodeJS.ProcessEnv = {
    ...serving(given, settings),
    MELI_API_URL: sandboxUrl,
    MELI_AUTH_URL: sandboxUrl,
  };
  const sandbox = () => startSandbox({ env: sandboxEnv(source, settings), port: settings.sandboxPort, logs });
  const database = async () => {
    const started = await startDatabase(settings.dataDir, say);
    fill(env, started.env);
    return started.postgres;
  };
  const web = () => startWeb({ env, port: settings.port, isDev, logs });
  const worker = () => startWorker({ env, isDev, logs });
  return {
    steps: [
      [database, sandbox],
      [web, worker],
    ],
    onReady: () =>
      say(
        flavour === "stack"
          ? JSON.stringify({ appUrl: settings.appUrl, sandboxUrl, databaseUrl: env.DATABASE_URL })
          : welcome(settings.appUrl, sandboxUrl, logs),
      ),
    release: async () => {
      if (flavour === "stack") await forgetData(settings.dataDir);
      await ground.release();
    },
  };
}

/** An address or a key meant for the real thing must not leak in from a shell or a `.env`. Set but empty, they also stay
 *  unset for Next, which reads `.env` by itself. */
async function demoEnv(source: NodeJS.ProcessEnv, flavour: Flavour): Promise<NodeJS.ProcessEnv> {
  const blank = Object.fromEntries(
    VARIABLES.filter((name) => !TAKEN.includes(name)).map((name) => [name, ""]),
  );
  const client = { MELI_CLIENT_ID: CLIENT.id, MELI_CLIENT_SECRET: CLIENT.secret };
  const dataDir =
    flavour === "stack"
      ? await temporaryFolder()
      : isBlank(source.DATA_DIR)
        ? join(ROOT, ".data", flavour)
        : source.DATA_DIR;
  return { ...source, ...blank, ...client, DATA_DIR: dataDir };
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "buzon-stack-"));
  // PostgreSQL may run as another user, who must pass through.
  await chmod(folder, 0o755);
  return folder;
}

/** A file per process. Of a test's stack they outlive its data, to be read when a test failed. */
async function logFolder(flavour: Flavour, settings: Settings): Promise<string> {
  const folder =
    flavour === "stack"
      ? join(ROOT, ".data/stack-logs", String(settings.port))
      : join(settings.dataDir, "logs");
  await mkdir(folder, { recursive: true });
  return folder;
}

function sandboxEnv(source: NodeJS.ProcessEnv, settings: Settings): NodeJS.ProcessEnv {
  return {
    ...source,
    SANDBOX_PORT: String(settings.sandboxPort),
    SANDBOX_REDIRECT_URIS: `${settings.appUrl}/api/auth/callback/mercadolibre`,
    SANDBOX_CLIENT_ID: CLIENT.id,
    SANDBOX_CLIENT_SECRET: CLIENT.secret,
    SANDBOX_CALLBACK_URL: `http://127.0.0.1:${settings.port}/api/notifications`,
    // Data that are kept need the sandbox to know their tokens next time.
    SANDBOX_GRANTS_FILE: join(settings.dataDir, "sandbox-grants.json"),
  };
}

async function requireBuild(say: Say): Promise<void> {
  const built = await build({ force: false, isLoud: false, say });
  if (built.kind === "failed")
    throw new LaunchError(...built.output.trimEnd().split("\n"), "The build failed.");
}

function welcome(appUrl: string, sandboxUrl: string, logs: string | null): string {
  const isTerminal = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const strong = (text: string) => (isTerminal ? `\x1b[1m${text}\x1b[0m` : text);
  return [
    "",
    `  ${strong("Buzón is ready")}`,
    "",
    `  Inbox   ${strong(appUrl)}`,
    `  Buyer   ${sandboxUrl}   write as a buyer, watch the inbox`,
    ...(logs === null ? [] : [`  Logs    ${relative(process.cwd(), logs)}`]),
    "",
    "  Ctrl-C stops everything.",
    "",
  ].join("\n");
}

function isBlank(value: string | undefined): boolean {
  return (value ?? "").trim() === "";
}
