// Sends notifications as Mercado Libre would, from a process of its own:
//   node --import tsx scripts/bench/notice-load.ts <file of an order> <file of results>
// At a rate: each has its moment, and its time counts from there, also when we are late ourselves (no coordinated
// omission). Without a rate: as many as so many connections carry.
import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { z } from "zod";

export const LoadOrder = z.object({
  url: z.string(),
  connections: z.number(),
  seconds: z.number(),
  /** Null: as fast as it goes. */
  perSecond: z.number().nullable(),
  userId: z.string(),
  applicationId: z.string(),
  /** Message ids that the simulator knows; every other notification is of another topic. */
  messageIds: z.array(z.string()),
  /** An address that is read ten times a second meanwhile. */
  page: z.object({ url: z.string(), cookie: z.string() }).nullable(),
});
export type LoadOrder = z.infer<typeof LoadOrder>;

export interface LoadResult {
  /** Milliseconds of each answered notification. */
  times: number[];
  /** The ids of those that were answered with 200. */
  acknowledged: string[];
  refused: number;
  /** Milliseconds of each answer of the page. */
  pages: number[];
  elapsedMs: number;
}

const OTHERS = [
  { topic: "orders_v2", resource: (n: number) => `/orders/${2_000_000_000_000_000 + n}` },
  { topic: "shipments", resource: (n: number) => `/shipments/${40_000_000_000 + n}` },
  { topic: "questions", resource: (n: number) => `/questions/${12_000_000_000 + n}` },
  { topic: "post_purchase", resource: (n: number) => `/post-purchase/v1/claims/${5_000_000_000 + n}` },
];

function bodyOf(order: LoadOrder, n: number, id: string): string {
  const now = new Date(Date.now() + n).toISOString();
  const message = order.messageIds[n % Math.max(1, order.messageIds.length)];
  const other = OTHERS[(n >> 1) % OTHERS.length];
  const what =
    n % 2 === 0 && message !== undefined
      ? { topic: "messages", resource: message, actions: ["created"] }
      : { topic: other?.topic ?? "items", resource: other?.resource(n) ?? "/items/MLA1" };
  return JSON.stringify({
    _id: id,
    ...what,
    user_id: Number(order.userId),
    application_id: Number(order.applicationId),
    attempts: 1,
    sent: now,
    received: now,
  });
}

function ask(
  agent: Agent,
  url: string,
  o: { method: string; headers: Record<string, string>; body?: string },
): Promise<number | null> {
  return new Promise((resolve) => {
    const asked = request(url, { agent, method: o.method, headers: o.headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? null));
      answer.on("error", () => resolve(null));
    });
    asked.on("error", () => resolve(null));
    asked.end(o.body);
  });
}

async function run(order: LoadOrder): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
  const pageAgent = new Agent({ keepAlive: true, maxSockets: 4 });
  const result: LoadResult = { times: [], acknowledged: [], refused: 0, pages: [], elapsedMs: 0 };
  const startedAt = performance.now();
  const endAt = startedAt + order.seconds * 1_000;
  const under: Promise<void>[] = [];

  async function send(n: number, due: number): Promise<void> {
    const id = randomUUID();
    const body = bodyOf(order, n, id);
    const status = await ask(agent, order.url, {
      method: "POST",
      headers: { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) },
      body,
    });
    if (status !== 200) result.refused += 1;
    else result.acknowledged.push(id);
    result.times.push(performance.now() - due);
  }

  async function pages(): Promise<void> {
    if (order.page === null) return;
    const { url, cookie } = order.page;
    while (performance.now() < endAt) {
      const at = performance.now();
      const status = await ask(pageAgent, url, { method: "GET", headers: { cookie } });
      if (status !== 200) throw new Error(`${url} answered ${status}`);
      result.pages.push(performance.now() - at);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  const reading = pages();
  if (order.perSecond === null) {
    let n = 0;
    const lane = async () => {
      while (performance.now() < endAt) await send(n++, performance.now());
    };
    await Promise.all(Array.from({ length: order.connections }, lane));
  } else {
    const total = order.perSecond * order.seconds;
    const gap = 1_000 / order.perSecond;
    for (let n = 0; n < total; ) {
      const late = performance.now() - startedAt;
      while (n < total && n * gap <= late) {
        under.push(send(n, startedAt + n * gap));
        n += 1;
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(under);
  }
  result.elapsedMs = performance.now() - startedAt;
  await reading;
  agent.destroy();
  pageAgent.destroy();
  return result;
}

const [orderFile = "", resultFile = ""] = process.argv.slice(2);
if (orderFile !== "") {
  const order = LoadOrder.parse(JSON.parse(readFileSync(orderFile, "utf8")));
  writeFileSync(resultFile, JSON.stringify(await run(order)));
}
