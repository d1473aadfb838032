import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { withAccount } from "@/lib/server/account-context";
import { InboxPageSchema } from "@/lib/shared/api/inbox";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import { threadId } from "@/lib/shared/ids";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { isDue, sweepUnread } from "./sweep-unread";
import { syncAccount } from "./sync-account";

/** Between two sweeps: longer than it really is, to be done sooner. */
const SWEEP_S = 150;
const HOUR_S = 3_600;

let house: House;
let me: SignedIn;
let sellerId: string;
let packId: string;

beforeAll(async () => {
  house = await createHouse();
});
beforeEach(async () => {
  sellerId = await house.newSeller();
  packId = await house.newThread(sellerId, {
    messages: [
      { from: "buyer", text: "Hola", minutesAgo: 60 },
      { from: "seller", text: "Buenas", minutesAgo: 50 },
    ],
  });
  me = await house.signIn(sellerId);
  await syncAccount(house.rt, me.accountId, new AbortController().signal);
  await house.control("/calls/clear", {});
});
afterEach(() =>
  house.control("/settings", {
    unreadRefuses: [],
    unreadRows: "profile",
    unreadOwnerKey: "profile",
    unreadPath: "profile",
    unreadTotal: true,
  }),
);
afterAll(() => house.close());

const sql = (text: string, values: unknown[]) => house.rt.database.pool.query(text, values);
const sweep = () => withAccount(house.rt, me.accountId, "reconcile", (ctx) => sweepUnread(house.rt, ctx));
const row = async () =>
  (await house.read(InboxPageSchema, "/api/inbox", { as: me })).rows.find((one) => one.externalId === packId);
const reads = async () => (await house.calls({ method: "GET", path: `/messages/packs/${packId}` })).length;

/** Sweeps for so long. Returns how often the conversation was read. */
async function sweepFor(seconds: number): Promise<number> {
  await house.control("/calls/clear", {});
  for (let passed = 0; passed < seconds; passed += SWEEP_S) {
    await sql(
      `update threads set pulled_at = pulled_at - $2 * interval '1 second', refused_at = refused_at - $2 * interval '1 second',
         sort_at = sort_at - $2 * interval '1 second' where external_id = $1`,
      [packId, SWEEP_S],
    );
    await sweep();
  }
  return reads();
}

it("reads a conversation whose unread message nobody can see a few times in an hour, and shows no number for it", async () => {
  await house.control("/buyer/message", { packId, text: "grosería", moderatedFor: "OUT_OF_PLACE_LANGUAGE" });
  const count = await sweepFor(HOUR_S);
  expect(count).toBeGreaterThanOrEqual(1);
  expect(count).toBeLessThanOrEqual(6);
  expect(await row()).toMatchObject({ newCount: 0, isWaiting: false, snippet: "Buenas", meliUnread: 1 });
});

it("asks once for a listed conversation that is refused, says so on it, and leaves it alone for hours", async () => {
  await house.control("/settings", { unreadRefuses: [packId] });
  await house.control("/buyer/message", { packId, text: "¿Me leen?" });
  expect(await sweepFor(HOUR_S)).toBe(1);
  expect(await row()).toMatchObject({ meliUnread: 1, snippet: "Buenas" });
  const { rows } = await sql(
    "select refused_at is not null as is_refused from threads where external_id = $1",
    [packId],
  );
  expect(rows).toEqual([{ is_refused: true }]);

  // Another message is a reason to ask again, and it may be shown by now.
  await house.control("/settings", { unreadRefuses: [] });
  await house.control("/buyer/message", { packId, text: "¿Hola?" });
  await sweep();
  expect(await row()).toMatchObject({ snippet: "¿Hola?", isWaiting: true });
  const shown = await house.call(`/api/threads/messages/${packId}`, { as: me });
  expect(await shown.json()).toMatchObject({ composer: { allowed: true } });
});

it("finds a conversation that was never read and is refused in the list, and says on it that Mercado Libre does not show it", async () => {
  const other = await house.newThread(sellerId, {
    soldDaysAgo: 90,
    messages: [{ from: "buyer", text: "Se rompió", minutesAgo: 5, unread: true }],
  });
  await house.control("/settings", { unreadRefuses: [other] });
  await sweep();
  const { rows } = await house.read(InboxPageSchema, "/api/inbox", { as: me });
  expect(rows.find((one) => one.externalId === other)).toMatchObject({
    meliUnread: 1,
    isPulled: true,
    snippet: null,
  });
  const opened = await house.call(`/api/threads/messages/${other}`, { as: me });
  expect(await opened.json()).toMatchObject({ composer: { allowed: false, because: "not_shown" } });
});

it.each([
  ["legacy rows that name the order alone", { unreadRows: "order_id" }],
  ["an order beside the pack", { unreadRows: "with_order_id" }],
  ["packs without the seller", { unreadRows: "pack" }],
  ["the owner as userId and no total", { unreadOwnerKey: "userId", unreadTotal: false }],
  ["only the marketplace's address", { unreadPath: "marketplace" }],
])("finds what a buyer wrote with %s, under the pack's own name", async (_, settings) => {
  await house.control("/settings", settings);
  await house.control("/buyer/message", { packId, text: "¿Y la factura?" });
  await sweep();
  await sweep();
  const { rows } = await house.read(InboxPageSchema, "/api/inbox", { as: me });
  expect(rows.map(({ externalId, snippet }) => [externalId, snippet])).toEqual([[packId, "¿Y la factura?"]]);
  expect(await reads()).toBe(1);
});

it("asks an order for its pack once, and remembers it", async () => {
  await house.control("/settings", { unreadRows: "order_id" });
  await sql("update threads set order_id = null where external_id = $1", [packId]);
  await house.control("/buyer/message", { packId, text: "¿Y la factura?" });
  await sweep();
  const orders = () => house.calls({ method: "GET", path: "/orders/" });
  expect(await orders()).toHaveLength(1);
  await sweep();
  expect(await orders()).toHaveLength(1);
  const view = await house.read(ThreadViewSchema, `/api/threads/messages/${packId}`, { as: me });
  expect(view.row.snippet).toBe("¿Y la factura?");
});

it("finds the other conversations of a list when one of its orders cannot be read", async () => {
  const other = await house.newThread(sellerId, {});
  await house.control("/settings", { unreadRows: "order_id" });
  const { rows } = await sql("select order_id from threads where external_id = $1", [packId]);
  await sql("update threads set order_id = null where external_id = $1", [packId]);
  await house.control("/buyer/message", { packId, text: "¿Y la factura?" });
  await house.control("/buyer/message", { packId: other, text: "¿Y la mía?" });
  await house.control("/faults", {
    method: "GET",
    path: `/orders/${rows[0]?.order_id}`,
    times: 99,
    status: 400,
  });
  await sweep();
  await house.control("/faults/clear", {});
  const shown = async () =>
    (await house.read(InboxPageSchema, "/api/inbox", { as: me })).rows.map(({ snippet }) => snippet);
  expect(await shown()).toContain("¿Y la mía?");
  expect(await shown()).not.toContain("¿Y la factura?");
  await sweep();
  expect(await shown()).toContain("¿Y la factura?");
});

describe("an unchanged count", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const known = { unread: 1, refusedAt: null };

  it.each([
    ["of a talk under way, after nine minutes", 9, 15, false],
    ["of a talk under way, after eleven", 11, 15, true],
    ["after a day of silence, after an hour", 60, 24 * 60, false],
    ["after a day of silence, after three hours", 180, 24 * 60, true],
    ["after months of silence, after five hours", 300, 90 * 24 * 60, false],
    ["after months of silence, after seven", 420, 90 * 24 * 60, true],
  ])("%s", (_, readAgo, silence, expected) => {
    const pulledAt = ago(readAgo);
    const sortAt = new Date(pulledAt.getTime() - silence * 60_000);
    expect(isDue({ ...known, id: threadId("1"), pulledAt, sortAt }, now)).toBe(expected);
  });
});
