// Stops the process and removes the folder it is told, once its own input closes: when whoever started it is done or dead.
import { rmSync } from "node:fs";

const [pid = "", folder = ""] = process.argv.slice(2);

process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
process.stdin.resume();
process.stdin.on("close", () => {
  try {
    process.kill(Number(pid), "SIGQUIT");
  } catch {
    // Gone already.
  }
  const remove = (left) => {
    try {
      process.kill(Number(pid), 0);
      if (left > 0) return void setTimeout(remove, 50, left - 1);
    } catch {
      // Gone: nothing writes in the folder any more.
    }
    rmSync(folder, { recursive: true, force: true });
  };
  remove(100);
});
