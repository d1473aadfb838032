/** How soon an orphan notices: half of the second that the slowest chain (launcher, web, a child of web) may take. */
const EVERY_MS = 400;

/** Calls `onOrphan` once, when the process that started this one is gone, even if it was killed with -9.
 *  The parent's id is asked of the system: it changes at that instant, on every way to die, and needs no open pipe,
 *  so that it also works for children that others (Next, its compilers) start for us.
 *  @param {() => void} onOrphan */
export function watchParent(onOrphan) {
  const parent = process.ppid;
  const supervisor = Number(process.env.BUZON_SUPERVISOR_PID ?? 0);
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(supervisor)) return;
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
