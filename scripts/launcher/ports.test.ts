import { createServer, type Server } from "node:net";
import { afterEach, expect, it } from "vitest";
import { requireFreePort } from "@/scripts/launcher/ports";
import { freePort } from "@/scripts/launcher/postgres/cluster";

let server: Server | null = null;

afterEach(
  () => new Promise<void>((resolve) => (server === null ? resolve() : server.close(() => resolve()))),
);

async function occupy(host: string): Promise<number> {
  const port = await freePort();
  await new Promise<void>((resolve, reject) => {
    server = createServer().once("error", reject).listen({ port, host }, resolve);
  });
  return port;
}

it.each(["127.0.0.1", "0.0.0.0", "::"])(
  "names the port that is taken on %s and the variable for another",
  async (host) => {
    const port = await occupy(host);
    await expect(requireFreePort(port, "SANDBOX_PORT")).rejects.toThrow(
      `Port ${port} is taken by another program. Stop it, or choose another port with SANDBOX_PORT.`,
    );
  },
);

it("waits for a predecessor that is just going", async () => {
  const port = await occupy("0.0.0.0");
  setTimeout(() => server?.close(), 300);
  await expect(requireFreePort(port, "PORT", 5_000)).resolves.toBeUndefined();
});
