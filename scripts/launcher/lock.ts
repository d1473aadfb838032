import { createHash } from "node:crypto";
import { realpath, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { platform, tmpdir } from "node:os";
import { join } from "node:path";
import { LaunchError } from "./launch-error";

/** Holds DATA_DIR for this process. The lock is a listening socket: the system lets go of it with the process,
 *  however that ends, so that there is never a stale one.
 *  @throws LaunchError when another Buzón holds it. */
export async function lockDataDir(dataDir: string): Promise<{ release(): Promise<void> }> {
  const path = socketOf(await realpath(dataDir));
  for (let attempt = 1; ; attempt++) {
    const server = createServer((socket) => socket.end(String(process.pid)));
    const isMine = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(path, () => resolve(true));
    });
    if (isMine) {
      server.unref();
      return { release: () => new Promise((resolve) => server.close(() => resolve())) };
    }
    const holder = await holderOf(path);
    if (holder !== null || attempt === 2) {
      const who = holder === null ? "" : ` (process ${holder})`;
      throw new LaunchError(
        `Another Buzón${who} already runs on ${dataDir}. Stop it, or choose another folder with DATA_DIR.`,
      );
    }
    // Only where sockets are files can one outlive its process.
    await rm(path, { force: true });
  }
}

function socketOf(dataDir: string): string {
  const name = `buzon-${createHash("sha256").update(dataDir).digest("hex").slice(0, 16)}`;
  if (platform() === "linux") return `\0${name}`;
  return platform() === "win32" ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function holderOf(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    let said = "";
    const socket = connect(path);
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on("data", (chunk) => {
      said += chunk;
    });
    socket.on("error", () => resolve(null));
    socket.on("close", () => resolve(said === "" ? null : said));
  });
}
