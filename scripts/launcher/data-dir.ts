import { chmod, mkdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LaunchError } from "./launch-error";

/** Makes DATA_DIR if need be and proves that it can be written.
 *  @throws LaunchError in one line. */
export async function prepareDataDir(dataDir: string): Promise<void> {
  const probe = join(dataDir, `.write-test-${process.pid}`);
  try {
    const isNew = (await stat(dataDir).catch(() => null)) === null;
    await makeFolder(dataDir);
    // Under a strict umask of root, PostgreSQL's own user must still pass through.
    if (isNew) await chmod(dataDir, 0o755);
    await writeFile(probe, "");
    await rm(probe);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "unknown";
    throw new LaunchError(
      `DATA_DIR ${dataDir} cannot be written (${code}). Choose another folder with DATA_DIR.`,
    );
  }
}

/** Like `mkdir -p`. Node's own recursive mkdir never returns where a parent accepts no folders, as /proc. */
async function makeFolder(path: string): Promise<void> {
  if ((await stat(path).catch(() => null))?.isDirectory()) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}
