import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "@/scripts/launcher/paths";
import { tied, untied } from "@/scripts/launcher/process";

/** Runs a script of ours in a process of its own, which ends with this one, and reads the JSON that it leaves in the file
 *  named by its last argument. A runtime is one per process: two measurements that need one cannot share it.
 *  @throws Error when the script ends badly */
export async function apart(
  script: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), "buzon-apart-"));
  const file = join(folder, "result.json");
  const source = { ...process.env, NODE_OPTIONS: untied(process.env.NODE_OPTIONS), ...env };
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", script, ...args, file],
    { cwd: ROOT, env: tied(source), stdio: ["ignore", "inherit", "inherit"] },
  );
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new Error(`${script} ${args.join(" ")} ended with ${code}`);
  const result: unknown = JSON.parse(await readFile(file, "utf8"));
  await rm(folder, { recursive: true, force: true });
  return result;
}
