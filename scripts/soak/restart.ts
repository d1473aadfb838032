import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { House, SignedIn } from "@/scripts/testing/house";
import { type Doomed, startDoomed, WORKER } from "./doomed";
import { openGate } from "./gate";
import { type Check, check, told } from "./report";
import { until } from "./until";

const Acknowledged = z.object({
  totals: z.object({ delivered: z.number(), pending: z.number(), failures: z.number() }),
  notices: z.array(z.object({ resource: z.string(), outcome: z.string() })),
});
const Burst = z.object({ state: z.string(), messages: z.array(z.object({ id: z.string() })) });

/** Buyers write in one half of them, the seller answers in the other. */
const THREADS = 12;

/** PostgreSQL is cut off and comes back while buyers write, notifications come and replies leave. Mercado Libre repeats a
 *  notification that got no 200, a browser repeats a Send that got no answer, with the same key: neither may be lost,
 *  neither may count twice. */
export async function runRestarts(
  house: House,
  o: {
    restart: () => Promise<void>;
    restarts: number;
    everyMs: number;
    perSecond: number;
    /** False: replies that are still looked for, which takes a minute, are not waited for. */
    waitsForSearches: boolean;
  },
): Promise<Check[]> {
  const sellerId = await house.newSeller();
  const packIds: string[] = [];
  for (let n = 0; n < THREADS; n += 1) {
    packIds.push(
      await house.newThread(sellerId, { messages: [{ from: "buyer", text: "Hola", minutesAgo: 60 }] }),
    );
  }
  const me = await house.signIn(sellerId);
  await house.rt.database.pool.query("update users set undo_seconds = 0");
  for (const packId of packIds) await house.call(`/api/threads/messages/${packId}`, { as: me });
  // No sweep may find what a notification has lost.
  await house.control("/faults", { path: "/messages/unread", status: 500, times: 1_000_000 });
  await house.control("/settings", { retryOffsetsMs: Array.from({ length: 60 }, (_, n) => n * 1_000) });
  const gate = await openGate(house.answer);
  await house.control("/notifications", { callbackUrl: gate.url });
  const workers = [startDoomed(WORKER), startDoomed(WORKER)];
  const length = o.everyMs * (o.restarts + 1);
  try {
    const started = z.object({ id: z.string() }).parse(
      await house.control("/buyer/burst", {
        count: Math.round((length / 1_000) * o.perSecond),
        perSecond: o.perSecond,
        // Buyers write in one half, the seller answers in the other: nothing is held back.
        packIds: packIds.slice(THREADS / 2),
      }),
    );
    const replies = answerAll(house, me, packIds.slice(0, THREADS / 2), Date.now() + length);
    for (let n = 0; n < o.restarts; n += 1) {
      await sleep(o.everyMs);
      await o.restart();
    }
    const sent = await replies;
    const burst = Burst.parse(await house.control(`/buyer/burst/${started.id}`));
    const ids = burst.messages.map(({ id }) => id);
    await until(() => isQuiet(house, ids, o.waitsForSearches), 150_000, 300);
    return [
      told("restarts (immediate) under load", o.restarts),
      ...(await noticeChecks(house, ids)),
      ...(await replyChecks(house, packIds, sent)),
      await aliveCheck(workers),
    ];
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()));
    await gate.close();
  }
}

/** Sends replies one after the other, each until the server has answered for it. @returns their texts. */
async function answerAll(
  house: House,
  as: SignedIn,
  packIds: readonly string[],
  endAt: number,
): Promise<string[]> {
  const texts: string[] = [];
  for (let n = 0; Date.now() < endAt; n += 1) {
    const text = `Respuesta ${n} ${randomUUID()}`;
    const body = { key: randomUUID(), text, files: [] };
    const path = `/api/threads/messages/${packIds[n % packIds.length]}/replies`;
    await until(
      async () => (await house.call(path, { as, method: "POST", body }).catch(() => null))?.ok === true,
      60_000,
      300,
    );
    texts.push(text);
    await sleep(150);
  }
  return texts;
}

/** Nothing is under way any more, and what was written is stored. */
async function isQuiet(house: House, ids: readonly string[], waitsForSearches: boolean): Promise<boolean> {
  const { rows } = await house.rt.database.pool
    .query(
      `select (select count(*) from notices where state = 'pending')
            + (select count(*) from outbox where settled_at is null and ($3 or state <> 'uncertain'))
            + (select $2 - count(*) from messages where id = any($1)) as open`,
      [ids, ids.length, waitsForSearches],
    )
    .catch(() => ({ rows: [{ open: 1 }] }));
  const { totals } = Acknowledged.parse(await house.control("/notifications?limit=0"));
  return Number(rows[0]?.open) === 0 && totals.pending === 0;
}

async function noticeChecks(house: House, ids: readonly string[]): Promise<Check[]> {
  const { pool } = house.rt.database;
  const { totals, notices } = Acknowledged.parse(
    await house.control("/notifications?outcome=delivered&topic=messages"),
  );
  const acknowledged = new Set(notices.map(({ resource }) => resource));
  const told200 = ids.filter((id) => acknowledged.has(id));
  const kept = await pool.query("select count(distinct subject) from notices where subject = any($1)", [
    told200,
  ]);
  const stored = await pool.query(
    "select count(*) filter (where noticed_at is not null) as noticed, count(*) as stored from messages where id = any($1)",
    [ids],
  );
  const lost = told200.length - Number(kept.rows[0]?.count);
  const { noticed, stored: messages } = stored.rows[0] ?? {};
  return [
    told("notifications refused or unanswered meanwhile, and sent again", totals.failures),
    check("acknowledged notifications that are not stored", "0", `${lost} of ${told200.length}`, lost === 0),
    check(
      "buyer messages stored by their notifications",
      String(ids.length),
      String(noticed),
      Number(noticed) === ids.length,
    ),
    check("buyer messages stored", String(ids.length), String(messages), Number(messages) === ids.length),
  ];
}

async function replyChecks(
  house: House,
  packIds: readonly string[],
  sent: readonly string[],
): Promise<Check[]> {
  const seen = new Map<string, number>();
  for (const packId of packIds) {
    const { messages } = await house.held(packId);
    for (const { author, text } of messages) {
      if (author === "seller") seen.set(text, (seen.get(text) ?? 0) + 1);
    }
  }
  const { rows } = await house.rt.database.pool.query(
    "select text, state, settled_at is not null as settled from outbox",
  );
  const states = new Map(
    rows.map((row) => [String(row.text), { state: String(row.state), settled: row.settled === true }]),
  );
  const doubled = sent.filter((text) => (seen.get(text) ?? 0) > 1).length;
  // What nobody could find is offered to a person: told, not lost.
  const offered = sent.filter((text) => !seen.has(text) && states.get(text)?.state === "uncertain").length;
  const lost = sent.filter((text) => !seen.has(text)).length - offered;
  return [
    check("replies lost", "0", `${lost} of ${sent.length}`, lost === 0),
    check("replies doubled", "0", doubled, doubled === 0),
    told("replies that a person is asked about", offered),
  ];
}

async function aliveCheck(workers: readonly Doomed[]): Promise<Check> {
  const dead: Doomed[] = [];
  for (const worker of workers) {
    if (await Promise.race([worker.exited.then(() => true), sleep(10, false)])) dead.push(worker);
  }
  const words = dead.map((worker) => `\n${worker.words().slice(-1_500)}`).join("");
  return check("workers that did not survive it", "0", `${dead.length}${words}`, dead.length === 0);
}
