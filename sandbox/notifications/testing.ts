import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { createSandbox } from "@/sandbox/create-sandbox";
import { at, drive, listAt, textAt } from "@/sandbox/testing";

/** One POST as a receiver got it. */
export interface Received {
  text: string;
  body: unknown;
  headers: IncomingHttpHeaders;
  method: string;
}

/** How the receiver answers one POST. */
export interface Answer {
  status?: number;
  afterMs?: number;
  /** Not before this. */
  after?: Promise<void>;
  headers?: Record<string, string>;
}

/** A receiver on a port of its own. */
export async function startReceiver(answer: (got: Received, n: number) => Answer = () => ({})) {
  const received: Received[] = [];
  let answering = answer;
  let connections = 0;
  let open = 0;
  let mostOpen = 0;
  const server = createServer((request, response) => {
    open += 1;
    mostOpen = Math.max(mostOpen, open);
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      const text = Buffer.concat(chunks).toString();
      const got = { text, body: parsed(text), headers: request.headers, method: request.method ?? "" };
      received.push(got);
      const { status = 200, afterMs = 0, after, headers = {} } = answering(got, received.length);
      if (afterMs > 0) await wait(afterMs);
      await after;
      open -= 1;
      response.writeHead(status, headers).end();
    });
  });
  server.on("connection", () => {
    connections += 1;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    connections: () => connections,
    mostOpen: () => mostOpen,
    answer(next: (got: Received, n: number) => Answer) {
      answering = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** A sandbox whose application is told about one connected seller with one conversation. Its deadline is long, so that
 *  a busy machine makes no failures, unless a test is about the deadline. */
export async function startTold(
  o: {
    answer?: (got: Received, n: number) => Answer;
    siteId?: string;
    thread?: object;
    keepsDeadline?: boolean;
  } = {},
) {
  const receiver = await startReceiver(o.answer);
  const api = drive(createSandbox({ callbackUrl: receiver.url }));
  if (!o.keepsDeadline) await api.control("/settings", { noticeDeadlineMs: 60_000 });
  const thread = o.thread ?? { messages: [{ from: "buyer", text: "Hola" }] };
  const { body } = await api.control("/sellers", { siteId: o.siteId ?? "MLA", threads: [thread] });
  const seller = textAt(body, "id");
  const pack = textAt(body, "threads", 0, "packId");
  const { access } = await api.connect(seller);
  const log = async (query = "") => (await api.control(`/notifications${query}`)).body;
  return {
    api,
    receiver,
    access,
    seller,
    pack,
    buyer: textAt(body, "threads", 0, "buyerId"),
    localSeller: textAt(body, "threads", 0, "localSellerId"),
    order: textAt(body, "threads", 0, "orderIds", 0),
    shipment: textAt(body, "threads", 0, "shipmentId"),
    log,
    notices: async (query = "") => listAt(await log(query), "notices"),
    outcomes: async () => listAt(await log(), "notices").map((one) => textAt(one, "outcome")),
    total: async (name: string) => Number(at(await log("?limit=0"), "totals", name)),
    write: async (text = "Hola?") =>
      textAt((await api.control("/buyer/message", { packId: pack, text })).body, "messageId"),
    change: (settings: Record<string, unknown>) => api.control("/settings", settings),
    fault: (order: Record<string, unknown>) => api.control("/notifications/faults", order),
    flush: async () => (await api.control("/notifications/flush", {})).body,
    missed: (query = "") => api.get(`/missed_feeds?app_id=1000000000000001${query}`, access),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
