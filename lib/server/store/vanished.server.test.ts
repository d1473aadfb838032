import { afterAll, beforeAll, expect, it } from "vitest";
import type { Message, ThreadSnapshot } from "@/lib/shared/thread";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { saveSnapshot } from "./snapshots";
import { databaseNow } from "./wanted";

let house: House;
let me: SignedIn;

beforeAll(async () => {
  house = await createHouse();
  me = await house.signIn(await house.newSeller());
});
afterAll(() => house.close());

const START = Date.UTC(2026, 8, 1);
const said = (n: number, createdAt = new Date(START + n * 60_000)): Message => ({
  id: `m${n}`,
  direction: n % 2 === 0 ? "out" : "in",
  author: n % 2 === 0 ? "seller" : "buyer",
  fromUserId: n % 2 === 0 ? me.accountId : "77",
  text: `texto ${n}`,
  textTranslated: null,
  visibility: "visible",
  reason: null,
  createdAt,
  readAt: null,
  attachments: [],
});
const TOTAL = 40;
const all = () => Array.from({ length: TOTAL }, (_, n) => said(n));

/** A conversation of which we hold all, since long ago. */
async function held(externalId: string): Promise<ThreadSnapshot> {
  const snapshot: ThreadSnapshot = {
    externalId,
    siteId: "MLA",
    sellerId: me.accountId,
    status: "open",
    substatus: null,
    isAgentPath: false,
    sellerMaxLength: 350,
    claimIds: [],
    buyerName: null,
    messages: all(),
    total: TOTAL,
    isComplete: true,
  };
  await saveSnapshot(house.rt.db, me.accountId, "messages", snapshot, await databaseNow(house.rt.db));
  await house.rt.database.pool.query("update messages set stored_at = now() - interval '1 day'");
  return snapshot;
}

/** The messages that do not stand any more once `messages` was read of it. */
async function goneAfter(snapshot: ThreadSnapshot, messages: Message[]): Promise<string[]> {
  const readFrom = await databaseNow(house.rt.db);
  await saveSnapshot(house.rt.db, me.accountId, "messages", snapshot, readFrom, { messages, isExact: true });
  const { rows } = await house.rt.database.pool.query<{ id: string }>(
    `select m.id from messages m join threads t on t.id = m.thread_id
     where t.external_id = $1 and m.visibility = 'rejected' order by m.created_at`,
    [snapshot.externalId],
  );
  return rows.map(({ id }) => id);
}

it("takes for gone what the newest part of a conversation should show and does not, and nothing older", async () => {
  const snapshot = await held("5001");
  const newest = all().slice(20);
  expect(await goneAfter(snapshot, newest)).toEqual([]);
  expect(
    await goneAfter(
      snapshot,
      newest.filter(({ id }) => id !== "m31"),
    ),
  ).toEqual(["m31"]);
});

it("takes nothing older for gone because a message of the newest part tells no date", async () => {
  const snapshot = await held("5002");
  const undated = said(100, new Date(0));
  expect(await goneAfter(snapshot, [undated, ...all().slice(20)])).toEqual([]);
  expect(await goneAfter(snapshot, [undated])).toEqual([]);
});

it("takes nothing for gone from a part that does not reach to the newest, or from none at all", async () => {
  const snapshot = await held("5003");
  expect(await goneAfter(snapshot, all().slice(5, 15))).toEqual([]);
  expect(await goneAfter(snapshot, [])).toEqual([]);
});
