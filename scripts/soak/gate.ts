import { createServer } from "node:http";

/** An HTTP server of one address: Mercado Libre's callback, answered by the handler of app/api without Next around it. */
export interface Gate {
  url: string;
  close(): Promise<void>;
}

/** @param port 0 takes any free one. */
export async function openGate(
  answer: (request: Request) => Response | Promise<Response>,
  port = 0,
): Promise<Gate> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", async () => {
      const request = new Request(`http://inbox.test${incoming.url ?? "/"}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: Buffer.concat(chunks),
      });
      const response = await answer(request);
      outgoing.writeHead(response.status).end(await response.text());
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  const taken = typeof address === "object" ? (address?.port ?? port) : port;
  return {
    url: `http://127.0.0.1:${taken}/api/notifications`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
