import { EnvError, MELI_MISSING, readEnv, readSettings, type Settings } from "@/lib/server/env";
import { migrateGiven, startDatabase, takeGround } from "./ground";
import { requireFreePort } from "./ports";
import type { Running } from "./process";
import { startWeb, startWorker } from "./services";
import type { Step } from "./supervise";

export type Say = (line: string) => void;

/** What a command runs, once everything that can be wrong was looked at. */
export interface Plan {
  steps: Step[];
  onReady: () => void;
  /** Lets go of what the plan holds. */
  release: () => Promise<void>;
}

/** `npm start`: PostgreSQL unless DATABASE_URL names one, migrations, web and worker.
 *  @throws LaunchError or EnvError before anything is started. */
export async function planStart(source: NodeJS.ProcessEnv, say: Say): Promise<Plan> {
  const settings = readSettings(source);
  const onReady = () => say(`Buzón is ready at ${settings.appUrl}`);
  if (settings.databaseUrl !== null) {
    const env = await onGivenDatabase(source);
    return {
      steps: [[() => web(env, settings), () => worker(env)]],
      onReady,
      release: async () => undefined,
    };
  }
  if (settings.meli.clientId === null) throw new EnvError([MELI_MISSING]);
  const ground = await takeGround(settings, { PORT: settings.port });
  const env = serving(source, settings);
  const database = async () => {
    const started = await startDatabase(settings.dataDir, say);
    fill(env, started.env);
    return started.postgres;
  };
  return {
    steps: [[database], [() => web(env, settings), () => worker(env)]],
    onReady,
    release: ground.release,
  };
}

/** `npm run start:web` and `npm run start:worker`: one of the processes that share a PostgreSQL.
 *  @throws LaunchError or EnvError before anything is started. */
export async function planOne(which: "web" | "worker", source: NodeJS.ProcessEnv, say: Say): Promise<Plan> {
  const settings = readSettings(source);
  const env = await onGivenDatabase(source, which === "web" ? settings.port : null);
  return {
    steps: [[() => (which === "web" ? web(env, settings) : worker(env))]],
    onReady: () => say(which === "web" ? `Buzón is ready at ${settings.appUrl}` : "Buzón's worker runs"),
    release: async () => undefined,
  };
}

/** The environment of web and worker: the address that next-auth signs people in at is ours. */
export function serving(source: NodeJS.ProcessEnv, settings: Settings): NodeJS.ProcessEnv {
  return {
    ...source,
    APP_URL: settings.appUrl,
    NEXTAUTH_URL: settings.appUrl,
    PORT: String(settings.port),
    DATA_DIR: settings.dataDir,
  };
}

/** Adds what was generated, where nothing was given. */
export function fill(env: NodeJS.ProcessEnv, generated: Record<string, string>): void {
  for (const [name, value] of Object.entries(generated)) {
    if ((env[name] ?? "").trim() === "") env[name] = value;
  }
}

async function onGivenDatabase(source: NodeJS.ProcessEnv, port?: number | null): Promise<NodeJS.ProcessEnv> {
  const settings = readEnv(source);
  if (port !== null) await requireFreePort(settings.port, "PORT");
  await migrateGiven(settings.databaseUrl);
  return serving(source, settings);
}

function web(env: NodeJS.ProcessEnv, settings: Settings): Running {
  return startWeb({ env, port: settings.port, isDev: false, logs: null });
}

function worker(env: NodeJS.ProcessEnv): Running {
  return startWorker({ env, isDev: false, logs: null });
}
