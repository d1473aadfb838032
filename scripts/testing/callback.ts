import { createServer } from "node:http";
import type { House } from "./house";

export interface Callback {
  url: string;
  close(): Promise<void>;
}

/** Has the simulator notify our own handler over HTTP, as Mercado Libre would, from now on. */
export async function openCallback(house: House): Promise<Callback> {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    );
    const answer = await house.answer(
      new Request(`http://inbox.test${incoming.url}`, {
        method: incoming.method ?? "POST",
        headers,
        body: Buffer.concat(chunks),
      }),
    );
    outgoing.writeHead(answer.status).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the callback has no port");
  const url = `http://127.0.0.1:${address.port}/api/notifications`;
  await house.control("/notifications", { callbackUrl: url });
  return {
    url,
    async close() {
      await house.control("/notifications", { callbackUrl: null });
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
