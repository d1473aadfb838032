import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "@/scripts/launcher/paths";
import { tied } from "@/scripts/launcher/process";
import type { LoadOrder, LoadResult } from "./notice-load";

const SCRIPT = fileURLToPath(new URL("./notice-load.ts", import.meta.url));

/** Runs a load of notifications in a process of its own. @throws Error when that ends badly. */
export async function sendNotices(order: LoadOrder): Promise<LoadResult> {
  const folder = await mkdtemp(join(tmpdir(), "buzon-load-"));
  const [orderFile, resultFile] = [join(folder, "order.json"), join(folder, "result.json")];
  await writeFile(orderFile, JSON.stringify(order));
  const child = spawn(process.execPath, ["--import", "tsx", SCRIPT, orderFile, resultFile], {
    cwd: ROOT,
    env: tied({ ...process.env, NODE_OPTIONS: "" }),
    stdio: ["ignore", "inherit", "inherit"],
  });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new Error(`the load of notifications ended with ${code}`);
  const result: LoadResult = JSON.parse(await readFile(resultFile, "utf8"));
  await rm(folder, { recursive: true, force: true });
  return result;
}
