import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

/** Folders whose content never reaches the build. */
const OUTSIDE = new Set([
  "node_modules",
  "docs",
  "e2e",
  "sandbox",
  "scripts",
  "coverage",
  "test-results",
  "playwright-report",
]);
const SOURCE = /\.(?:[cm]?[jt]sx?|json|css|svg|png|ico|webmanifest|woff2|sql)$/;
const NOT_BUILT =
  /\.test\.tsx?$|\.tsbuildinfo$|^next-env\.d\.ts$|^(?:vitest|playwright|drizzle)\.config\.ts$|^biome\.json$/;

/** A digest of every file that a build of `root` depends on: equal digests mean that building again changes nothing. */
export async function sourceHash(root: string): Promise<string> {
  const hash = createHash("sha256").update(process.version);
  for (const path of (await sources(root, root)).sort()) {
    hash.update(`\0${path}\0`).update(await readFile(join(root, path)));
  }
  return hash.digest("hex");
}

async function sources(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map((entry): string[] | Promise<string[]> => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        const isOutside = entry.name.startsWith(".") || (folder === root && OUTSIDE.has(entry.name));
        return isOutside ? [] : sources(root, path);
      }
      const name = relative(root, path);
      return SOURCE.test(name) && !NOT_BUILT.test(name) ? [name] : [];
    }),
  );
  return found.flat();
}
