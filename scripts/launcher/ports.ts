import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { LaunchError } from "./launch-error";

/** Both families, and loopback alone: a server that listens on any of them would get our visitors. */
const HOSTS = ["::", "0.0.0.0", "127.0.0.1"];

/** Makes sure that nothing listens on `port`. `patienceMs` is for a predecessor that is just going.
 *  @throws LaunchError naming the variable that chooses the port. */
export async function requireFreePort(port: number, variable: string, patienceMs = 0): Promise<void> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const code = await firstProblem(port);
    if (code === null) return;
    if (code !== "EADDRINUSE") {
      throw new LaunchError(
        `${variable}: port ${port} cannot be used (${code}). Choose another one with ${variable}.`,
      );
    }
    if (Date.now() >= until) {
      throw new LaunchError(
        `Port ${port} is taken by another program. Stop it, or choose another port with ${variable}.`,
      );
    }
    await sleep(200);
  }
}

async function firstProblem(port: number): Promise<string | null> {
  for (const host of HOSTS) {
    const code = await problemOn(port, host);
    // A machine without IPv6 is no problem.
    if (code !== null && code !== "EADDRNOTAVAIL" && code !== "EAFNOSUPPORT") return code;
  }
  return null;
}

function problemOn(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}
