import { mkdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { readSettings, type Settings, VARIABLES } from "@/lib/server/env";
import { build } from "./build";
import { prepareDataDir } from "./data-dir";
import { startDatabase, takeGround } from "./ground";
import { LaunchError } from "./launch-error";
import { forgetData } from "./postgres/placement";
import { startSandbox, startWeb, startWorker } from "./services";
import { fill, type Plan, type Say, serving } from "./start";

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
];

/** `npm run demo` and `npm run dev`: the sandbox, and the app against it, on a database of their own.
 *  The sandbox keeps its accounts in memory, so the data of the last demo are of no use: without DATA_DIR it starts afresh.
 *  @throws LaunchError or EnvError before anything is started. */
export async function planDemo(source: NodeJS.ProcessEnv, o: { isDev: boolean }, say: Say): Promise<Plan> {
  const given = demoEnv(source, o.isDev ? "./.data/dev" : "./.data/demo");
  const settings = readSettings(given);
  const ground = await takeGround(settings, { PORT: settings.port, SANDBOX_PORT: settings.sandboxPort });
  if (!o.isDev) await requireBuild(say);
  if ((source.DATA_DIR ?? "").trim() === "") await forgetData(settings.dataDir);
  const sandboxUrl = `http://127.0.0.1:${settings.sandboxPort}`;
  const env = { ...serving(given, settings), MELI_API_URL: sandboxUrl, MELI_AUTH_URL: sandboxUrl };
  const logs = o.isDev ? null : join(settings.dataDir, "logs");
  await prepareDataDir(settings.dataDir);
  if (logs !== null) await mkdir(logs, { recursive: true });
  const sandbox = () => startSandbox({ env: sandboxEnv(source, settings), port: settings.sandboxPort, logs });
  const database = async () => {
    const started = await startDatabase(settings.dataDir, say);
    fill(env, started.env);
    return started.postgres;
  };
  return {
    steps: [
      [database, sandbox],
      [
        () => startWeb({ env, port: settings.port, isDev: o.isDev, logs }),
        () => startWorker({ env, isDev: o.isDev, logs }),
      ],
    ],
    onReady: () => say(welcome(settings.appUrl, sandboxUrl, logs)),
    release: ground.release,
  };
}

/** An address and two keys must not leak in from a shell or a `.env` meant for the real thing. Set but empty, they also
 *  stay unset for Next, which reads `.env` by itself. */
function demoEnv(source: NodeJS.ProcessEnv, dataDir: string): NodeJS.ProcessEnv {
  const blank = Object.fromEntries(
    VARIABLES.filter((name) => !TAKEN.includes(name)).map((name) => [name, ""]),
  );
  return {
    ...source,
    ...blank,
    DATA_DIR: (source.DATA_DIR ?? "").trim() || dataDir,
    MELI_CLIENT_ID: CLIENT.id,
    MELI_CLIENT_SECRET: CLIENT.secret,
  };
}

function sandboxEnv(source: NodeJS.ProcessEnv, settings: Settings): NodeJS.ProcessEnv {
  return {
    ...source,
    SANDBOX_PORT: String(settings.sandboxPort),
    SANDBOX_REDIRECT_URIS: `${settings.appUrl}/api/auth/callback/mercadolibre`,
    SANDBOX_CLIENT_ID: CLIENT.id,
    SANDBOX_CLIENT_SECRET: CLIENT.secret,
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
    `  Inbox       ${strong(appUrl)}`,
    `  Buyer       ${sandboxUrl}   (write as a buyer, watch the inbox)`,
    ...(logs === null ? [] : [`  Logs        ${relative(process.cwd(), logs)}`]),
    "",
    "  Ctrl-C stops everything.",
    "",
  ].join("\n");
}
