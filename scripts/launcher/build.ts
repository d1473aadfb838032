import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NEXT, ROOT } from "./paths";
import { tied } from "./process";
import { sourceHash } from "./source-hash";

const BUILD_ID = join(ROOT, ".next/BUILD_ID");
const HASH = join(ROOT, ".next/buzon-source-hash");

export type Built = { kind: "fresh" } | { kind: "built" } | { kind: "failed"; output: string };

/** Is there a build that `npm start` can serve? */
export function hasBuild(): boolean {
  return existsSync(BUILD_ID);
}

/** Builds for production, unless what is there was built from these very sources.
 *  @param o.say one line, only when it builds; @param o.isLoud Next's words go to the terminal. */
export async function build(o: {
  force: boolean;
  isLoud: boolean;
  say: (line: string) => void;
}): Promise<Built> {
  const hash = await sourceHash(ROOT);
  const built = await readFile(HASH, "utf8").catch(() => null);
  if (!o.force && hasBuild() && built === hash) return { kind: "fresh" };
  o.say("Building (about a minute the first time)...");
  await Promise.all([BUILD_ID, HASH].map((path) => rm(path, { force: true })));
  const { code, output } = await runNextBuild(o.isLoud);
  if (code !== 0) return { kind: "failed", output };
  await writeFile(HASH, hash);
  return { kind: "built" };
}

async function runNextBuild(isLoud: boolean): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [NEXT, "build"], {
    cwd: ROOT,
    env: tied({ ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" }),
    stdio: isLoud ? "inherit" : ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(127));
    child.once("close", resolve);
  });
  return { code, output };
}
