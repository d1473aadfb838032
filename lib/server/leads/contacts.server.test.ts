import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createRuntime } from "@/lib/server/runtime";
import { readWish } from "@/lib/server/store/contact-wishes";
import { beat } from "@/lib/server/store/workers";
import type { ContactsView } from "@/lib/shared/api/leads";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import {
  ageContacts,
  bothCounts,
  contactsAddress,
  contactsOf,
  costOf,
  createLeadShop,
  type LeadShop,
  ofContacts,
  readWaiting,
  viewContacts,
} from "@/scripts/testing/lead-house";
import { startWorker } from "@/scripts/testing/worker";
import { createLeadPump, workLeads } from "./lead-pump";

const HOUR_MS = 3_600_000;

let house: House;
beforeAll(async () => {
  house = await createHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  await house.control("/settings", {
    contactListPath: "both",
    contactMaxLast: null,
    contactLastAs: "number",
  });
});

const query = async (text: string, values: unknown[] = []) =>
  (await house.rt.database.pool.query(text, values)).rows;
const view = (as: SignedIn, more: Record<string, string> = {}) => viewContacts(house, as, more);
async function agrees(shop: LeadShop, page: ContactsView): Promise<void> {
  const { shown, counted } = await bothCounts(house, shop, page);
  expect(shown).toEqual(counted);
}

describe("contacts that are read", () => {
  let shop: LeadShop;
  beforeEach(async () => {
    shop = await createLeadShop(house, { items: 45 });
  });

  it("show how far it is while listings are read, and are told of to the browsers when they are there", async () => {
    const first = await view(shop.as);
    expect(first).toMatchObject({ accountId: shop.sellerId, progress: { done: 0, total: 0 }, items: [] });
    expect(first.kinds.questions.sum).toBe(first.kinds.questions.total);
    const [{ change_no: before }] = await query("select change_no from accounts where id = $1", [
      shop.sellerId,
    ]);
    await readWaiting(house, shop.as.accountId);
    const [{ change_no: after }] = await query("select change_no from accounts where id = $1", [
      shop.sellerId,
    ]);
    expect(Number(after)).toBeGreaterThan(Number(before));
    await agrees(shop, await view(shop.as));
  });

  it("go on where a worker stopped, and ask nothing twice", async () => {
    await view(shop.as);
    const stopping = new AbortController();
    await beat(house.rt.db, house.rt.worker);
    const { calls: begun } = await costOf(house, shop.sellerId, async () => {
      const work = workLeads(house.rt, shop.as.accountId, stopping.signal);
      await expect
        .poll(
          async () =>
            (
              await query("select 1 from contact_series where account_id = $1 and item_id <> ''", [
                shop.sellerId,
              ])
            ).length,
        )
        .toBeGreaterThan(0);
      stopping.abort();
      await work;
    });
    const { calls: rest } = await costOf(house, shop.sellerId, () => readWaiting(house, shop.as.accountId));
    await agrees(shop, await view(shop.as));
    const ofItems = [...begun, ...rest].filter((path) => path.startsWith("/items/contacts/"));
    expect(ofContacts(rest).length).toBeLessThan(9);
    expect(ofItems).toHaveLength(9);
  });

  it("are taken over from a worker that died in the middle", async () => {
    await view(shop.as);
    const dead = randomUUID();
    await query("insert into workers (id, seen_at) values ($1, now() - interval '1 minute')", [dead]);
    await query("insert into chores (key, claimed_by, claimed_at) values ($1, $2, now())", [
      `leads:${shop.sellerId}`,
      dead,
    ]);
    const stop = await startWorker(house);
    await expect.poll(async () => (await view(shop.as)).progress, { timeout: 15_000 }).toBeNull();
    await stop();
    await agrees(shop, await view(shop.as));
  });

  it("are read once however many tabs ask, and by one of two workers", async () => {
    const { calls: own } = await costOf(house, shop.sellerId, () =>
      Promise.all([view(shop.as), view(shop.as), view(shop.as)]),
    );
    // Four to know that there are any at most; then three series and six totals.
    expect(ofContacts(own).length).toBeLessThanOrEqual(12);
    const other = createRuntime(house.rt.env, "worker");
    const { signal } = new AbortController();
    await beat(house.rt.db, house.rt.worker);
    await beat(other.db, other.worker);
    const pumps = [createLeadPump(house.rt, signal), createLeadPump(other, signal)];
    const { calls } = await costOf(house, shop.sellerId, async () => {
      for (const pump of pumps) pump.wake();
      await expect.poll(async () => (await view(shop.as)).progress, { timeout: 15_000 }).toBeNull();
      for (const pump of pumps) await pump.stop();
    });
    await other.close();
    expect(calls.filter((path) => path.startsWith("/items/contacts/"))).toHaveLength(9);
  });

  it("come by the item path, in shorter series, and with `last` as text, where Mercado Libre wants it so", async () => {
    await house.control("/settings", {
      contactListPath: "item",
      contactMaxLast: 168,
      contactLastAs: "string",
    });
    const shown = await contactsOf(house, shop.as, { period: "7d" });
    expect(shown.items.every(({ sum }) => sum !== null)).toBe(true);
    await agrees(shop, shown);
  });

  it("stay on screen with the reason and the time of the next try when the quota is used up", async () => {
    await contactsOf(house, shop.as, { period: "7d" });
    await ageContacts(house, shop.sellerId, 6);
    await house.control("/faults", {
      method: "GET",
      path: "/contacts/",
      times: 99,
      status: 409,
      body: { code: "too_many_requests", message: "quota exceeded" },
    });
    await expect.poll(async () => (await view(shop.as)).problem, { timeout: 20_000 }).not.toBeNull();
    const shown = await view(shop.as);
    await house.control("/faults/clear", {});
    expect(shown.problem).toMatchObject({ code: "slow_down", retryAt: expect.any(Date) });
    expect(shown.kinds.questions.sum).not.toBeNull();
    expect(shown.items.every(({ sum }) => sum !== null)).toBe(true);
    const { calls } = await costOf(house, shop.sellerId, () => view(shop.as));
    expect(ofContacts(calls)).toEqual([]);
  });
});

describe("a request for contacts", () => {
  let shop: LeadShop;
  beforeAll(async () => {
    shop = await createLeadShop(house, { items: 2 });
  });

  it.each([
    ["a zone that is none", { zone: "America/Nowhere" }],
    ["a day that does not exist", { period: "custom", from: "2026-02-30", to: "2026-03-01" }],
    ["days in the wrong order", { period: "custom", from: "2026-03-02", to: "2026-03-01" }],
    ["a day that is missing", { period: "custom", from: "2026-03-02" }],
    ["days beside a preset", { period: "7d", from: "2026-03-02", to: "2026-03-03" }],
    ["another way to write a day", { period: "custom", from: "2026-3-2", to: "2026-03-05" }],
    ["a period of its own", { period: "1y" }],
    ["hours of three months", { period: "90d", unit: "hour" }],
  ])("is refused for %s, before any call", async (_name, more) => {
    const { result, calls } = await costOf(house, shop.sellerId, () =>
      house.call(contactsAddress(more), { as: shop.as }),
    );
    expect([result.status, calls]).toEqual([422, []]);
  });

  it("is answered with nothing there for another's account and for a listing that is not its own", async () => {
    const other = await createLeadShop(house, { items: 1 });
    await contactsOf(house, other.as, { period: "7d" });
    await contactsOf(house, shop.as, { period: "7d" });
    const items = (account: string, itemId = "") =>
      `/api/leads/contacts/items?account=${account}&items=${itemId}&period=7d&zone=UTC`;
    const answers = await Promise.all([
      house.call(contactsAddress({ account: other.sellerId }), { as: shop.as }),
      house.call(items(other.sellerId, other.itemIds[0]), { as: shop.as }),
      house.call(items(shop.sellerId, other.itemIds[0]), { as: shop.as }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  it("is answered with what is held when the account is no longer connected, without a call", async () => {
    const left = await createLeadShop(house, { items: 2 });
    const before = await contactsOf(house, left.as, { period: "7d" });
    const body = { forget: false };
    await house.call(`/api/accounts/${left.sellerId}/disconnect`, { as: left.as, method: "POST", body });
    const { result, calls } = await costOf(house, left.sellerId, () => view(left.as));
    expect(calls).toEqual([]);
    expect(result).toMatchObject({
      items: before.items,
      kinds: before.kinds,
      progress: null,
      problem: { code: "account_disconnected", reason: "disconnected" },
    });
  });

  it("leaves nothing behind when the account is forgotten", async () => {
    const gone = await createLeadShop(house, { items: 2 });
    await contactsOf(house, gone.as, { period: "7d" });
    const body = { forget: true };
    await house.call(`/api/accounts/${gone.sellerId}/disconnect`, { as: gone.as, method: "POST", body });
    for (const table of [
      "contact_series",
      "contact_totals",
      "contact_wishes",
      "contact_reads",
      "lead_syncs",
      "listings",
      "leads",
    ]) {
      expect([table, await query(`select 1 from ${table} where account_id = $1`, [gone.sellerId])]).toEqual([
        table,
        [],
      ]);
    }
  });

  it("is one wish of a period for as long as it is looked at", async () => {
    const looked = await createLeadShop(house, { items: 1 });
    const to = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS + HOUR_MS);
    const key = { unit: "hour" as const, from: new Date(to.getTime() - 48 * HOUR_MS), to };
    await view(looked.as, { period: "24h", zone: "UTC" });
    await view(looked.as, { period: "24h", zone: "America/Santiago" });
    expect(
      await query("select from_at, to_at from contact_wishes where account_id = $1", [looked.sellerId]),
    ).toEqual([{ from_at: key.from, to_at: key.to }]);
    await readWaiting(house, looked.as.accountId);
    expect((await readWish(house.rt.db, looked.as.accountId, key))?.doneAt).toEqual(expect.any(Date));
  });
});
