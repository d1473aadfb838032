import { connect, createServer, type Socket } from "node:net";

export interface Tap {
  /** The address that leads through the tap to the target. */
  url: string;
  close(): Promise<void>;
}

/** A relay before a server, for tests that must stop a process at one exact moment. `watch` sees every piece of every
 *  connection before it goes on; answering "hold" keeps that piece, and everything after it, from arriving. */
export async function openTap(
  target: string,
  watch: (text: string, from: "client" | "server") => "pass" | "hold",
): Promise<Tap> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let isHeld = false;
    const relay = (from: Socket, to: Socket, side: "client" | "server") => {
      sockets.add(from);
      from.on("data", (bytes) => {
        if (!isHeld && watch(bytes.toString("latin1"), side) === "hold") isHeld = true;
        if (!isHeld) to.write(bytes);
      });
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    };
    relay(client, upstream, "client");
    relay(upstream, client, "server");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the tap has no port");
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String(address.port);
  return {
    url: url.href.replace(/\/$/, ""),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
