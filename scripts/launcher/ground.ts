import type { Settings } from "@/lib/server/env";
import { migrate } from "@/lib/server/store/migrate";
import { prepareDataDir } from "./data-dir";
import { LaunchError } from "./launch-error";
import { lockDataDir } from "./lock";
import { requireFreePort } from "./ports";
import { type Embedded, startEmbedded, stopSurvivorOf } from "./postgres/embedded";
import { secretsOf } from "./secrets";

/** A predecessor that was killed needs this long to leave its ports. */
const PREDECESSOR_MS = 6_000;

/** Makes DATA_DIR ours: writable, locked, rid of what a killed predecessor left; and the ports free.
 *  @throws LaunchError in one line, holding nothing. */
export async function takeGround(
  settings: Settings,
  ports: Record<string, number>,
): Promise<{ release(): Promise<void> }> {
  await prepareDataDir(settings.dataDir);
  const lock = await lockDataDir(settings.dataDir);
  const hadPredecessor = await stopSurvivorOf(settings.dataDir);
  for (const [variable, port] of Object.entries(ports)) {
    await requireFreePort(port, variable, hadPredecessor ? PREDECESSOR_MS : 0);
  }
  return lock;
}

/** Starts the embedded PostgreSQL and brings its schema up.
 *  @returns it, and the variables that web and worker need for it: address and generated secrets. */
export async function startDatabase(
  dataDir: string,
  say: (line: string) => void,
): Promise<{ postgres: Embedded; env: Record<string, string> }> {
  const { DATABASE_PASSWORD, ...secrets } = await secretsOf(dataDir);
  const postgres = await startEmbedded({ dataDir, password: DATABASE_PASSWORD, say });
  try {
    await migrate(postgres.databaseUrl);
  } catch (error) {
    await postgres.stop(0);
    throw error;
  }
  return { postgres, env: { ...secrets, DATABASE_URL: postgres.databaseUrl } };
}

/** Brings the schema of a given database up.
 *  @throws LaunchError in one line when it cannot be reached, or is too old. */
export async function migrateGiven(databaseUrl: string): Promise<void> {
  try {
    await migrate(databaseUrl);
  } catch (error) {
    throw new LaunchError(`DATABASE_URL cannot be used: ${reasonOf(error)}.`);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== "") return error.message;
  return "code" in error ? String(error.code) : error.name;
}
