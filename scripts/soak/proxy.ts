import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

export interface RoundRobin {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** Methods that a proxy may send again although the first server may have got them (RFC 9110 9.2.2). */
const IDEMPOTENT = new Set(["GET", "HEAD", "OPTIONS"]);

/** A proxy before several web processes, as nginx with `proxy_next_upstream error`: each request goes to the next one in
 *  turn, without sticky sessions; bodies and event streams pass as they come. Where no connection can be made the next one
 *  is asked, with any method, as nothing was sent; one that breaks before its answer is asked elsewhere only when the
 *  method is idempotent; else 502. */
export async function openProxy(upstreams: readonly string[]): Promise<RoundRobin> {
  let turn = 0;
  const agents = new Map(upstreams.map((url) => [url, new Agent({ keepAlive: false })]));
  const server = createServer((incoming, outgoing) => {
    turn += 1;
    pass({
      incoming,
      outgoing,
      order: upstreams.map((_, n) => upstreams[(turn + n) % upstreams.length] ?? ""),
    });
  });

  function pass(o: { incoming: IncomingMessage; outgoing: ServerResponse; order: string[] }): void {
    const { incoming, outgoing, order } = o;
    const [upstream, ...others] = order;
    if (upstream === undefined) {
      outgoing.writeHead(502, { "content-type": "text/plain" }).end("Bad gateway");
      return;
    }
    const { hostname, port } = new URL(upstream);
    let isConnected = false;
    const asked = request(
      {
        hostname,
        port,
        method: incoming.method,
        path: incoming.url,
        headers: {
          ...incoming.headers,
          "x-forwarded-for": incoming.socket.remoteAddress ?? "",
          "x-forwarded-proto": "http",
        },
        agent: agents.get(upstream),
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        outgoing.flushHeaders();
        answer.pipe(outgoing);
        // What breaks in the middle breaks for the browser too.
        answer.on("error", () => outgoing.destroy());
        answer.on("close", () => answer.complete || outgoing.destroy());
      },
    );
    asked.on("socket", (socket) => {
      if (!socket.connecting) isConnected = true;
      else
        socket.once("connect", () => {
          isConnected = true;
        });
      // The body goes out once somebody is there to take it.
      if (isConnected) incoming.pipe(asked);
      else socket.once("connect", () => incoming.pipe(asked));
    });
    asked.on("error", () => {
      if (outgoing.headersSent || outgoing.destroyed) {
        outgoing.destroy();
        return;
      }
      const mayRepeat = !isConnected || IDEMPOTENT.has(incoming.method ?? "GET");
      pass({ incoming, outgoing, order: mayRepeat ? others : [] });
    });
    outgoing.on("close", () => asked.destroy());
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  return {
    url: `http://localhost:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const agent of agents.values()) agent.destroy();
      }),
  };
}
