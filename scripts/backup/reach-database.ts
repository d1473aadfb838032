import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { Settings } from "@/lib/server/env";
import { LaunchError } from "@/scripts/launcher/launch-error";
import { lockDataDir } from "@/scripts/launcher/lock";
import { startEmbedded, stopSurvivorOf } from "@/scripts/launcher/postgres/embedded";
import { databaseOwner } from "@/scripts/launcher/postgres/owner";
import { dataFolder } from "@/scripts/launcher/postgres/placement";
import { secretsOf } from "@/scripts/launcher/secrets";

export interface Reached {
  databaseUrl: string;
  /** In words, for the person at the terminal. */
  where: string;
  leave(): Promise<void>;
}

const nothing = async () => undefined;

/** The database that a backup is taken of: the one that DATABASE_URL names, else the embedded one: that of a running Buzón,
 *  or started for this.
 *  @throws LaunchError when there is none. */
export async function reachForBackup(settings: Settings, say: (line: string) => void): Promise<Reached> {
  if (settings.databaseUrl !== null) return given(settings.databaseUrl);
  const { dataDir } = settings;
  const folder = await dataFolder(dataDir, await databaseOwner());
  if (!(await isThere(join(dataDir, "secrets.json"))) || !(await isThere(folder))) {
    throw new LaunchError(`There is no database in ${dataDir}: set DATA_DIR or DATABASE_URL.`);
  }
  const lock = await lockDataDir(dataDir).catch((error: unknown) => {
    if (error instanceof LaunchError) return null;
    throw error;
  });
  if (lock !== null) return embedded(dataDir, lock, say);
  const { DATABASE_PASSWORD } = await secretsOf(dataDir);
  const lines = (await readFile(join(folder, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  const port = Number(lines[3]);
  if (!Number.isInteger(port) || port === 0 || lines[7]?.trim() !== "ready") {
    throw new LaunchError(`The Buzón on ${dataDir} is starting or stopping: try again in a moment.`);
  }
  return {
    databaseUrl: `postgresql://buzon:${DATABASE_PASSWORD}@127.0.0.1:${port}/buzon`,
    where: `the running Buzón on ${dataDir}`,
    leave: nothing,
  };
}

/** The database that a backup is restored into. The embedded one must not be in use.
 *  @throws LaunchError when another Buzón runs on it. */
export async function reachForRestore(settings: Settings, say: (line: string) => void): Promise<Reached> {
  if (settings.databaseUrl !== null) {
    await refuseWorkers(settings.databaseUrl);
    return given(settings.databaseUrl);
  }
  return embedded(settings.dataDir, await lockDataDir(settings.dataDir), say);
}

function given(databaseUrl: string): Reached {
  const { host, pathname } = new URL(databaseUrl);
  return { databaseUrl, where: `DATABASE_URL (${host}${pathname})`, leave: nothing };
}

async function embedded(
  dataDir: string,
  lock: { release(): Promise<void> },
  say: (line: string) => void,
): Promise<Reached> {
  try {
    await stopSurvivorOf(dataDir);
    const { DATABASE_PASSWORD } = await secretsOf(dataDir);
    const postgres = await startEmbedded({ dataDir, password: DATABASE_PASSWORD, say });
    return {
      databaseUrl: postgres.databaseUrl,
      where: `the database in ${dataDir}`,
      async leave() {
        await postgres.stop(0);
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** A worker that lives would act on rows while they arrive. */
async function refuseWorkers(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rows: known } = await client.query<{ table: string | null }>(
      "select to_regclass('public.workers')::text as table",
    );
    if (!known[0]?.table) return;
    const { rows } = await client.query(
      "select 1 from workers where seen_at > clock_timestamp() - interval '6 seconds'",
    );
    if (rows.length > 0) {
      throw new LaunchError("A worker runs on that database: stop every Buzón that uses it.");
    }
  } finally {
    await client.end();
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
