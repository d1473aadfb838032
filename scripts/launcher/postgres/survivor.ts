import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const FAST_MS = 5_000;

/** Stops the PostgreSQL that a killed launcher left on this data folder, so that the next one starts from a known state.
 *  A process that merely has the number of a former PostgreSQL is left alone, and its number is forgotten.
 *  @returns whether one was running. */
export async function stopSurvivor(dataDir: string): Promise<boolean> {
  const lockFile = join(dataDir, "postmaster.pid");
  const lines = (await readFile(lockFile, "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return false;
  const command = await commandOf(pid);
  if (command === null) return false;
  if (!command.includes("postgres") || !command.includes(dataDir)) {
    // PostgreSQL would refuse to start while any process has that number.
    await rm(lockFile, { force: true });
    return false;
  }
  process.kill(pid, "SIGINT");
  if (await isGoneWithin(pid, FAST_MS)) return true;
  process.kill(pid, "SIGQUIT");
  await isGoneWithin(pid, FAST_MS);
  return true;
}

async function isGoneWithin(pid: number, ms: number): Promise<boolean> {
  for (const until = Date.now() + ms; Date.now() < until; ) {
    if (!isAlive(pid)) return true;
    await sleep(20);
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** The command line of a process; "" for one that has exited but was not collected, null if the system does not tell. */
async function commandOf(pid: number): Promise<string | null> {
  const fromProc = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => null);
  if (fromProc !== null) return fromProc.replaceAll("\0", " ");
  const listed = await promisify(execFile)("ps", ["-o", "args=", "-p", String(pid)]).catch(() => null);
  return listed?.stdout ?? null;
}
