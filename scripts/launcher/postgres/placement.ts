import { createHash } from "node:crypto";
import { chmod, cp, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { locateBinaries } from "./binaries";
import { canUse, type Owner } from "./owner";

/** Where root puts what PostgreSQL's own user could not reach where it is. */
export const SHARED_ROOT = "/var/lib/buzon";

/** The binaries, where `owner` can run them: of a checkout under a private folder of root, a copy. */
export async function reachableBinaries(owner: Owner | null): Promise<string> {
  const native = await locateBinaries();
  if (owner === null || (await canUse(owner, join(native, "bin", "postgres"), "execute"))) return native;
  const manifest: unknown = JSON.parse(await readFile(join(dirname(native), "package.json"), "utf8"));
  const version =
    typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "0";
  const copy = join(SHARED_ROOT, `postgresql-${version}`);
  if (await canUse(owner, join(copy, "bin", "postgres"), "execute")) return copy;
  await makeSharedRoot();
  const half = `${copy}.${process.pid}`;
  await cp(native, half, { recursive: true, verbatimSymlinks: true });
  await openToAll(half);
  await rename(half, copy).catch(() => rm(half, { recursive: true, force: true }));
  if (await canUse(owner, join(copy, "bin", "postgres"), "execute")) return copy;
  throw new Error(
    `${owner.name} cannot run the programs in ${copy}: set DATABASE_URL or start as another user.`,
  );
}

/** The data folder of this DATA_DIR: inside it, or under /var/lib/buzon when `owner` cannot reach it there.
 *  Two DATA_DIRs never get the same one. */
export async function dataFolder(dataDir: string, owner: Owner | null): Promise<string> {
  const inside = join(dataDir, "postgres");
  if (owner === null || (await canUse(owner, dataDir, "enter"))) return inside;
  return join(await elsewhereOf(dataDir), "postgres");
}

/** Makes the folder of data that live outside their DATA_DIR. If a former DATA_DIR of the same path, since deleted, left
 *  its data there, they are moved aside: their keys went with it, and a new folder must start empty. */
export async function setAsideStranger(folder: string, dataDir: string, password: string): Promise<void> {
  if (folder === join(dataDir, "postgres")) return;
  const home = dirname(folder);
  const mark = join(home, "belongs-to");
  const digest = createHash("sha256").update(`buzon:${password}`).digest("hex");
  const known = await readFile(mark, "utf8").catch(() => null);
  if (known === digest) return;
  if (known !== null) await rename(home, `${home}.former-${Date.now()}`);
  await makeSharedRoot();
  await mkdir(home, { recursive: true });
  await chmod(home, 0o755);
  await writeFile(mark, digest, { mode: 0o600 });
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

/** What was installed under a strict umask is copied strict. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}
