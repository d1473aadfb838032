// Preloaded (--import) into every process that the launcher starts, and by inheritance into their children: whoever
// loses its parent ends, as on SIGTERM if it can, for certain within three seconds.
import { isMainThread } from "node:worker_threads";
import { watchParent } from "./parent-watch.mjs";

const GRACE_MS = 2_000;

if (isMainThread) {
  watchParent(() => {
    setTimeout(() => process.kill(process.pid, "SIGKILL"), GRACE_MS);
    process.kill(process.pid, "SIGTERM");
  });
}
