import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { withAccount } from "@/lib/server/account-context";
import { readNotificationStatus } from "@/lib/server/store/gaps";
import { trimChanges, trimNotices } from "@/lib/server/store/housekeeping";
import { insertNotices } from "@/lib/server/store/notices";
import { openCallback } from "@/scripts/testing/callback";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { startWorker } from "@/scripts/testing/worker";
import { sweepUnread } from "./sweep-unread";
import { syncAccount } from "./sync-account";

const MESSAGES = 60;
const Log = z.object({
  notices: z.array(
    z.object({
      topic: z.string(),
      resource: z.string(),
      outcome: z.string(),
      actions: z.array(z.string()).nullable(),
    }),
  ),
});

let house: House;
let me: SignedIn;
let sellerId: string;
let packs: string[];

beforeAll(async () => {
  house = await createHouse();
  sellerId = await house.newSeller();
  packs = [];
  for (let n = 0; n < 12; n += 1) {
    packs.push(
      await house.newThread(sellerId, { messages: [{ from: "buyer", text: "Antes", minutesAgo: 90 }] }),
    );
  }
  me = await house.signIn(sellerId);
  await syncAccount(house.rt, me.accountId, new AbortController().signal);
  // Mercado Libre's times are whole seconds: what follows must not fall into the second of the first sync.
  await house.rt.database.pool.query(
    "update syncs set sweep_claimed_at = now(), unread_at = now() - interval '1 minute'",
  );
});
afterAll(() => house.close());

const query = async (text: string, values: unknown[] = []) =>
  (await house.rt.database.pool.query(text, values)).rows;
const status = async (now = new Date()) => readNotificationStatus(house.rt.db, [me.accountId], now);
const found = async () =>
  (await status()).topics
    .find(({ topic }) => topic === "messages")
    ?.hours.reduce((sum, hour) => sum + hour.found, 0) ?? 0;
const stored = async () =>
  (await query("select text from messages where text like 'Mensaje %'")).map(({ text }) => text);

it("loses and doubles nothing when notices are lost, repeated and out of order, and counts what was lost", async () => {
  const callback = await openCallback(house);
  await house.control("/notifications/faults", {
    seed: 7,
    drop: 0.3,
    duplicate: 0.3,
    copies: 2,
    reorder: { windowMs: 300 },
  });
  const stop = await startWorker(house);
  for (let n = 0; n < MESSAGES; n += 1) {
    await house.control("/buyer/message", { packId: packs[n % packs.length], text: `Mensaje ${n}` });
  }
  await house.control("/notifications/flush", {});
  const log = Log.parse(await house.control("/notifications?topic=messages"));
  const dropped = log.notices.filter(({ outcome }) => outcome === "dropped");
  expect(dropped.length).toBeGreaterThan(5);
  await vi.waitFor(
    async () => expect(await query("select 1 from notices where state = 'pending'")).toEqual([]),
    { timeout: 40_000, interval: 50 },
  );
  await stop();
  await withAccount(house.rt, me.accountId, "reconcile", (ctx) => sweepUnread(house.rt, ctx));
  const texts = await stored();
  expect([texts.length, new Set(texts).size]).toEqual([MESSAGES, MESSAGES]);
  expect(await found()).toBe(dropped.length);

  // A notice that comes late takes its message off the meter.
  const [late] = dropped;
  await house.control("/notifications/faults", {});
  await house.control("/notifications/send", {
    topic: "messages",
    resource: late?.resource,
    userId: sellerId,
    actions: ["created"],
  });
  await house.control("/notifications/flush", {});
  expect(await found()).toBe(dropped.length - 1);
  await callback.close();
});

it("says what came, what waits and since when, and that a topic looks switched off", async () => {
  await query("truncate notices");
  await query("update messages set noticed_at = null where text like 'Mensaje %'");
  const [{ id: messageId }] = await query("select id from messages where text = 'Mensaje 1'");
  const before = await status();
  expect(before).toMatchObject({ lastAt: null, pending: 0, oldestPendingAt: null, unknown: 0 });
  expect(before.topics).toMatchObject([{ topic: "messages", lastAt: null, isSilent: true }]);
  expect(before.topics[0]?.hours).toHaveLength(24);
  expect(before.topics[0]?.hours.at(-1)?.found).toBeGreaterThanOrEqual(1);

  await insertNotices(house.rt.db, [
    {
      userId: sellerId,
      topic: "messages",
      resource: messageId,
      subject: messageId,
      actions: ["created"],
      noticeId: null,
      attempts: 1,
      sentAt: null,
      receivedAt: null,
      source: "push",
      dedupe: "one",
    },
  ]);
  const after = await status();
  expect(after.pending).toBe(1);
  expect(after.oldestPendingAt).toEqual(after.lastAt);
  expect(after.topics).toMatchObject([{ topic: "messages", isSilent: false }]);
  expect(after.topics[0]?.hours.at(-1)?.received).toBe(1);
  expect(await readNotificationStatus(house.rt.db, [], new Date())).toMatchObject({ pending: 0, topics: [] });
});

it("counts what was written in the very second in which the first sync began, and nothing older", async () => {
  await query("truncate notices");
  await query("update messages set noticed_at = now()");
  await query(
    "update messages set noticed_at = null, created_at = '2026-11-22T10:00:05Z' where text = 'Mensaje 3'",
  );
  const before = await query("select unread_at from syncs where account_id = $1", [me.accountId]);
  const startAt = (at: unknown) =>
    query("update syncs set unread_at = $2 where account_id = $1", [me.accountId, at]);
  await startAt("2026-11-22T10:00:05.700Z");
  expect(await found()).toBe(1);
  await startAt("2026-11-22T10:00:06Z");
  expect(await found()).toBe(0);
  await startAt(before[0].unread_at);
});

it("does not count that a seller read a message as a notice of the message", async () => {
  await query("truncate notices");
  await query("update messages set noticed_at = null where text like 'Mensaje %'");
  const [{ id: messageId }] = await query("select id from messages where text = 'Mensaje 2'");
  const count = await found();
  await query(
    `insert into notices (user_id, topic, resource, subject, actions, dedupe) values ($1, 'messages', $2, $2, '["read"]', 'r')`,
    [sellerId, messageId],
  );
  expect(await found()).toBe(count);
});

it("forgets old notices and changes, and keeps each feed's unbroken end", async () => {
  await query("truncate notices, changes");
  await query(
    `insert into notices (user_id, topic, resource, subject, dedupe, state, stored_at)
     select '1', 'messages', 'x', 'x', state || days, state, now() - days * interval '1 day'
     from unnest(array['done', 'dropped', 'kept', 'pending']) state, unnest(array[1, 4, 31]) days`,
  );
  await trimNotices(house.rt.db);
  expect((await query("select dedupe from notices order by dedupe")).map(({ dedupe }) => dedupe)).toEqual([
    "done1",
    "dropped1",
    "kept1",
    "kept4",
    "pending1",
    "pending4",
  ]);

  const ages = (accountId: string, hours: number[]) =>
    query(
      `insert into changes (account_id, no, at)
       select $1, no, now() - age * interval '1 hour' from unnest($2::int[]) with ordinality as t (age, no)`,
      [accountId, hours],
    );
  const other = await house.newSeller();
  await house.signIn(other);
  await query("truncate changes");
  await ages(me.accountId, [30, 26, 20, 25, 1]);
  await ages(other, [50, 40, 30]);
  await trimChanges(house.rt.db);
  expect(
    await query("select account_id, no::int from changes order by account_id = $1 desc, no", [me.accountId]),
  ).toEqual([
    { account_id: me.accountId, no: 3 },
    { account_id: me.accountId, no: 4 },
    { account_id: me.accountId, no: 5 },
    { account_id: other, no: 3 },
  ]);
});
