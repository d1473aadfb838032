import { join } from "node:path";
import { Client } from "pg";
import { LaunchError } from "@/scripts/launcher/launch-error";
import type { Running } from "@/scripts/launcher/process";
import { startCluster } from "./cluster";
import { databaseOwner } from "./owner";
import { dataFolder, reachableBinaries, SHARED_ROOT, setAsideStranger } from "./placement";
import { stopSurvivor } from "./survivor";

export interface Embedded extends Running {
  databaseUrl: string;
}

const DATABASE = "buzon";

/** Starts the PostgreSQL of this DATA_DIR; stops the one that a killed predecessor left on it.
 *  @throws Error in one line when it does not come up. */
export async function startEmbedded(o: {
  dataDir: string;
  password: string;
  say: (line: string) => void;
}): Promise<Embedded> {
  const owner = await databaseOwner();
  const native = await reachableBinaries(owner);
  const folder = await dataFolder(o.dataDir, owner);
  const moved = [
    ...(native.startsWith(SHARED_ROOT) ? ["programs"] : []),
    ...(folder === join(o.dataDir, "postgres") ? [] : ["data"]),
  ];
  if (owner !== null && moved.length > 0) {
    o.say(
      `PostgreSQL runs as the user ${owner.name}, who cannot reach this folder: its ${moved.join(" and ")} are in ${SHARED_ROOT}.`,
    );
  }
  await stopSurvivor(folder);
  await setAsideStranger(folder, o.dataDir, o.password);
  const cluster = await startCluster({
    native,
    owner,
    dataDir: folder,
    logFile: join(o.dataDir, "postgres.log"),
    password: o.password,
  });
  try {
    await ensureDatabase(cluster.url("postgres"));
  } catch (error) {
    await cluster.stop();
    if (!isWrongPassword(error)) throw error;
    throw new LaunchError(
      `The database in ${folder} does not know the password in ${join(o.dataDir, "secrets.json")}: restore that file.`,
    );
  }
  return {
    name: "PostgreSQL",
    pid: cluster.pid,
    databaseUrl: cluster.url(DATABASE),
    ready: Promise.resolve(),
    exited: cluster.exited.then(() => ({ code: null, signal: null })),
    stop: () => cluster.stop(),
  };
}

/** Stops what a killed launcher left of this DATA_DIR's PostgreSQL. @returns whether there was something. */
export async function stopSurvivorOf(dataDir: string): Promise<boolean> {
  return stopSurvivor(await dataFolder(dataDir, await databaseOwner()));
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "28P01";
}
