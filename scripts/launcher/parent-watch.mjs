import { readFileSync } from "node:fs";

/** How soon an orphan notices. The slowest chain (launcher, web, a child of web) takes three of these. */
const EVERY_MS = 400;

/** Calls `onOrphan` once, when the process that started this one is gone, even if it was killed with -9.
 *  The parent's id is asked of the system: it changes at that instant, on every way to die, and needs no open pipe,
 *  so that it also works for children that others (Next, its compilers) start for us.
 *  @param {() => void} onOrphan
 *  @param {{ throughShell?: boolean }} [options] throughShell: npm runs scripts in a shell, which may stay between npm and
 *    this process and would outlive npm; then npm is watched too */
export function watchParent(onOrphan, { throughShell = false } = {}) {
  const parent = process.ppid;
  const supervisor = Number(process.env.BUZON_SUPERVISOR_PID ?? 0);
  const behindShell = throughShell && isShell(parent) ? parentOf(parent) : null;
  const timer = setInterval(() => {
    const isShellAlone = behindShell !== null && parentOf(parent) !== behindShell;
    if (process.ppid === parent && !isShellAlone && isAlive(supervisor)) return;
    clearInterval(timer);
    onOrphan();
  }, EVERY_MS);
  timer.unref();
}

/** The supervisor may have died before this process could look at its parent.
 *  @param {number} pid 0: none is known */
function isAlive(pid) {
  if (pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Only where /proc tells; elsewhere the shell replaces itself with what it runs.
 *  @param {number} pid */
function isShell(pid) {
  const [program = ""] = read(`/proc/${pid}/cmdline`).split("\0");
  return /(?:^|\/|-)(?:sh|dash|bash|ash|zsh)$/.test(program);
}

/** @param {number} pid @returns {number | null} */
function parentOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[1] === undefined ? null : Number(fields[1]);
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
