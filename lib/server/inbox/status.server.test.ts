import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { insertNotices } from "@/lib/server/store/notices";
import { beat, leave } from "@/lib/server/store/workers";
import { NeedsSchema, StatusSchema } from "@/lib/shared/api/account";
import { workerId } from "@/lib/shared/ids";
import { type Belongings, furnish } from "@/scripts/testing/belongings";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";

let house: House;
let mine: Belongings;
let theirs: Belongings;

beforeAll(async () => {
  house = await createHouse();
  [mine, theirs] = [await furnish(house, "PROPIA"), await furnish(house, "AJENA")];
});
afterAll(() => house.close());

const read = (as: SignedIn) => house.read(StatusSchema, "/api/status", { as });

/** A notification of this seller's, as the intake stores it. */
const notify = (userId: string, topic: string, subject: string) =>
  insertNotices(house.rt.db, [
    {
      userId,
      topic,
      resource: `/${subject}`,
      subject,
      actions: ["created"],
      noticeId: null,
      attempts: 1,
      sentAt: null,
      receivedAt: null,
      source: "push",
      dedupe: `${userId} ${topic} ${subject}`,
    },
  ]);

it("tells each seller of the notifications of their own accounts only", async () => {
  await notify(mine.sellerId, "messages", "m1");
  await notify(mine.sellerId, "messages", "m2");
  await notify(theirs.sellerId, "orders_v2", "o1");

  const own = (await read(mine.as)).notifications;
  expect(own.pending).toBe(2);
  expect(own.topics.map(({ accountId, topic }) => `${accountId} ${topic}`)).toEqual([
    `${mine.sellerId} messages`,
  ]);
  expect(own.topics[0]?.hours).toHaveLength(24);
  expect(own.topics[0]?.hours.at(-1)).toMatchObject({ received: 2, found: 0 });

  const other = await read(theirs.as);
  expect(other.notifications.pending).toBe(1);
  expect(other.notifications.topics.map(({ topic }) => topic)).toEqual(["orders_v2"]);
  expect(JSON.stringify(other)).not.toContain(mine.sellerId);
  expect(JSON.stringify(await read(mine.as))).not.toContain(theirs.sellerId);
});

it("counts the conversations that could not be read, of the account they belong to", async () => {
  await house.rt.db.execute(
    sql`update threads set pull_failures = 3, pull_wanted_at = now() where external_id = ${mine.packId}`,
  );
  expect((await read(mine.as)).accounts.map(({ unreadable }) => unreadable)).toEqual([1]);
  expect((await read(theirs.as)).accounts.map(({ unreadable }) => unreadable)).toEqual([0]);
});

it("counts the workers that live, and none that fell silent", async () => {
  expect((await read(mine.as)).workers).toBe(0);
  const [one, other] = [workerId(randomUUID()), workerId(randomUUID())];
  await beat(house.rt.db, one);
  await beat(house.rt.db, other);
  expect((await read(mine.as)).workers).toBe(2);
  await leave(house.rt.db, one);
  await house.rt.db.execute(
    sql`update workers set seen_at = now() - interval '7 seconds' where id = ${other}`,
  );
  expect((await read(mine.as)).workers).toBe(0);
});

it("tells what is left of the rate budget, and until when Mercado Libre wants less", async () => {
  const part = async () =>
    (await read(mine.as)).budget.find(({ family, kind }) => family === "messages" && kind === "read");
  expect(await part()).toMatchObject({ perMinute: 60_000, factor: 1, blockedUntil: null });
  await house.rt.db.execute(
    sql`update rate_buckets set blocked_until = now() + interval '1 minute', factor = 0.5, adapted_at = now() where key like '%:messages:read'`,
  );
  const slow = await part();
  expect(slow?.factor).toBeLessThan(0.6);
  expect(slow?.blockedUntil?.getTime()).toBeGreaterThan(Date.now());
});

it("calls for the seller when no worker lives, and for the one whose account lost its permission", async () => {
  const calls = async (as: SignedIn) =>
    (await house.read(NeedsSchema, "/api/status/needs", { as })).needsSeller;
  expect(await calls(mine.as)).toBe(true);
  const worker = workerId(randomUUID());
  await beat(house.rt.db, worker);
  expect(await calls(mine.as)).toBe(false);
  await house.rt.db.execute(sql`update accounts set state = 'reconnect' where id = ${mine.sellerId}`);
  expect([await calls(mine.as), await calls(theirs.as)]).toEqual([true, false]);
  await leave(house.rt.db, worker);
});
