import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { syncAccount } from "@/lib/server/sync/sync-account";
import { InboxPageSchema } from "@/lib/shared/api/inbox";
import { ContactsViewSchema, LeadsPageSchema } from "@/lib/shared/api/leads";
import { type Callback, openCallback } from "@/scripts/testing/callback";
import { createHouse, type House } from "@/scripts/testing/house";
import { createLeadShop, type LeadShop, readWaiting } from "@/scripts/testing/lead-house";
import { startWorker } from "@/scripts/testing/worker";

let house: House;
let callback: Callback;
let shop: LeadShop;
let stop: (() => Promise<void>) | null = null;

beforeAll(async () => {
  house = await createHouse();
  callback = await openCallback(house);
});
afterAll(async () => {
  await callback.close();
  await house.close();
});
beforeEach(async () => {
  shop = await createLeadShop(house, { items: 2, series: null });
  await house.control("/leads/series", { sellerId: shop.sellerId, perDay: 0 });
  await syncAccount(house.rt, shop.as.accountId, new AbortController().signal);
  await settled();
  await query("truncate notices");
});
afterEach(async () => {
  await stop?.();
  stop = null;
  await house.control("/settings", { leadNoticePath: "/vis/leads", leadQuotationAction: "quotation" });
});

const query = async (text: string, values: unknown[] = []) =>
  (await house.rt.database.pool.query(text, values)).rows;
const notices = () => query("select topic, state, outcome from notices order by id");
const settled = () => house.control("/notifications/flush", {});
const wait = (check: () => Promise<void>) => vi.waitFor(check, { interval: 30, timeout: 15_000 });
const worked = () =>
  wait(async () => {
    const all = await notices();
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter(({ state }) => state === "pending")).toEqual([]);
  });
const run = async () => {
  stop = await startWorker(house);
};
const leads = () => house.read(LeadsPageSchema, `/api/leads?account=${shop.sellerId}`, { as: shop.as });
const lead = async (seed: object) => {
  const made = await house.control("/leads", { itemId: shop.itemIds[0], ...seed });
  await settled();
  return String(Reflect.get(Object(made), "id"));
};
/** The reads of single leads. */
const reads = () => house.calls({ sellerId: shop.sellerId, path: "^/(vis/leads|leads|vis/loans)/" });

it.each([
  ["whatsapp", "/vis/leads", "quotation"],
  ["call", "/vis_leads", "quotation"],
  ["contact_request", "/vis/leads", "quotation"],
  ["reservation", "/vis_leads", "quotation"],
  ["credit", "/vis/leads", "quotation"],
  ["visit_request", "/vis/leads", "quotation"],
  ["quotation", "/vis/leads", "quotations"],
])(
  "brings a lead in with one read, at once (%s at %s)",
  async (type, leadNoticePath, leadQuotationAction) => {
    await house.control("/settings", { leadNoticePath, leadQuotationAction });
    // What a chore would ask is not the notice's.
    await query(
      "insert into lead_syncs (account_id, has_classifieds, leads_at, checked_at) values ($1, true, now(), now())",
      [shop.sellerId],
    );
    await run();
    const id = await lead({ type, buyer: { name: "Ana Prueba" } });
    await worked();
    expect(await notices()).toMatchObject([{ state: "done", outcome: "followed" }]);
    expect(await reads()).toHaveLength(1);
    const { rows } = await leads();
    expect(rows).toMatchObject([{ id, contactType: type, isGuest: false, buyer: { name: "Ana Prueba" } }]);
  },
);

it("knows from its first lead that an account has classified listings, and reads the others", async () => {
  await lead({ type: "whatsapp", minutesAgo: 60 });
  await query("truncate notices");
  await query("insert into lead_syncs (account_id, has_classifieds, checked_at) values ($1, false, now())", [
    shop.sellerId,
  ]);
  await run();
  await lead({ type: "call" });
  await worked();
  await wait(async () => expect((await leads()).rows).toHaveLength(2));
});

it("makes one thread and one lead of a question that is told by both topics", async () => {
  await run();
  const id = await lead({ type: "question", text: "¿Sigue disponible?", buyer: { name: "Ana" } });
  await worked();
  expect((await notices()).map(({ topic }) => topic).toSorted()).toEqual(["questions", "vis_leads"]);
  await readWaiting(house, shop.as.accountId);
  await wait(async () => {
    const { rows } = await leads();
    expect(rows).toMatchObject([{ id, contactType: "question", question: { isUnanswered: true } }]);
    expect(rows[0]?.question?.address).toBe(rows[0]?.questionId);
  });
  const inbox = await house.read(InboxPageSchema, `/api/inbox?channel=questions&account=${shop.sellerId}`, {
    as: shop.as,
  });
  expect(inbox.rows).toHaveLength(1);
  const [row] = (await leads()).rows;
  expect(inbox.rows[0]?.question?.address).toBe(row?.question?.address);
});

it("keeps nothing of a lead that nobody has, and spends one read on it", async () => {
  await run();
  await house.control("/notifications/send", {
    userId: shop.sellerId,
    topic: "vis_leads",
    resource: `/vis/leads/${randomUUID()}`,
    actions: ["whatsapp"],
  });
  await settled();
  await worked();
  expect(await notices()).toMatchObject([{ state: "dropped", outcome: "refused" }]);
  expect(await reads()).toHaveLength(1);
  expect(await query("select 1 from leads where account_id = $1", [shop.sellerId])).toEqual([]);
});

it("reads a classified listing that is notified, so that its contacts are shown with its new price", async () => {
  await house.control("/leads/contacts", { itemId: shop.itemIds[0], kind: "whatsapp", minutesAgo: 300 });
  await run();
  const address = "/api/leads/contacts?period=7d&zone=UTC";
  const item = async () =>
    (await house.read(ContactsViewSchema, address, { as: shop.as })).items.find(
      (one) => one.itemId === shop.itemIds[0],
    );
  await wait(async () => expect((await item())?.kinds.whatsapp.sum).toBe(1));
  await house.control(`/items/${shop.itemIds[0]}`, { price: 7_500_000 });
  await settled();
  await wait(async () => expect((await item())?.price?.minor).toBe(7_500_000));
});

it("looks once, after the first sync, whether an account has classified listings, and reads its leads if so", async () => {
  await house.control("/leads", { itemId: shop.itemIds[1], type: "call", minutesAgo: 600 });
  await settled();
  await query("truncate notices");
  const plain = await house.newSeller({ nickname: "TIENDA" });
  const as = await house.signIn(plain);
  await run();
  await wait(async () =>
    expect(
      await query(
        "select account_id, has_classifieds, leads_at is not null as read from lead_syncs where account_id = any($1) order by 1",
        [[shop.sellerId, as.accountId]],
      ),
    ).toEqual(
      [
        { account_id: shop.sellerId, has_classifieds: true, read: true },
        { account_id: plain, has_classifieds: false, read: false },
      ].toSorted((a, b) => a.account_id.localeCompare(b.account_id)),
    ),
  );
  expect(await house.calls({ sellerId: plain, path: "/contacts/|/leads/|/items/" })).toHaveLength(4);
  expect(await query("select 1 from leads where account_id = $1", [shop.sellerId])).toHaveLength(1);
});
