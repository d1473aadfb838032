import { createHash } from "node:crypto";
import { chmod, cp, mkdir, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { locateBinaries } from "./binaries";
import { canUse, type Owner } from "./owner";

/** Where root puts what PostgreSQL's own user could not reach where it is. */
const SHARED_ROOT = "/var/lib/buzon";

/** The binaries, where `owner` can run them: a checkout under a private folder of root gets a copy.
 *  `say` receives one line when that happens. */
export async function reachableBinaries(owner: Owner | null, say: (line: string) => void): Promise<string> {
  const native = await locateBinaries();
  if (owner === null || (await canUse(owner, join(native, "bin", "postgres"), "execute"))) return native;
  const manifest: unknown = JSON.parse(await readFile(join(dirname(native), "package.json"), "utf8"));
  const version =
    typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "0";
  const copy = join(SHARED_ROOT, `postgresql-${version}`);
  if (await canUse(owner, join(copy, "bin", "postgres"), "execute")) return copy;
  say(`PostgreSQL runs as ${owner.name}, who cannot reach this folder: copying its programs to ${copy}.`);
  await makeSharedRoot();
  const half = `${copy}.${process.pid}`;
  await cp(native, half, { recursive: true, verbatimSymlinks: true });
  await rename(half, copy).catch(() => rm(half, { recursive: true, force: true }));
  if (await canUse(owner, join(copy, "bin", "postgres"), "execute")) return copy;
  throw new Error(
    `${owner.name} cannot run the programs in ${copy}: set DATABASE_URL or start as another user.`,
  );
}

/** The data folder of this DATA_DIR: inside it, or under /var/lib/buzon when `owner` cannot reach it there.
 *  Two DATA_DIRs never get the same one. */
export async function dataFolder(
  dataDir: string,
  owner: Owner | null,
  say: (line: string) => void,
): Promise<string> {
  const inside = join(dataDir, "postgres");
  if (owner === null) return inside;
  const elsewhere = join(await elsewhereOf(dataDir), "postgres");
  if (await canUse(owner, dataDir, "enter")) return inside;
  say(`PostgreSQL runs as ${owner.name}, who cannot reach ${dataDir}: its data is in ${elsewhere}.`);
  await makeSharedRoot();
  await mkdir(dirname(elsewhere), { recursive: true, mode: 0o755 });
  return elsewhere;
}

/** Everything that belongs to this DATA_DIR, wherever placement put it. For the demo, which starts afresh. */
export async function forgetData(dataDir: string): Promise<void> {
  const elsewhere = process.getuid?.() === 0 ? await elsewhereOf(dataDir) : null;
  await rm(dataDir, { recursive: true, force: true });
  if (elsewhere !== null) await rm(elsewhere, { recursive: true, force: true });
}

async function elsewhereOf(dataDir: string): Promise<string> {
  const real = await realpath(dataDir).catch(() => dataDir);
  return join(SHARED_ROOT, createHash("sha256").update(real).digest("hex").slice(0, 16));
}

async function makeSharedRoot(): Promise<void> {
  await mkdir(SHARED_ROOT, { recursive: true, mode: 0o755 });
  const { mode } = await stat(SHARED_ROOT);
  // Whatever root's umask was, others may pass through.
  if ((mode & 0o055) !== 0o055) await chmod(SHARED_ROOT, 0o755);
}
