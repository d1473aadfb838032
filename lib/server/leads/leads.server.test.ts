import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listLeadRows } from "@/lib/server/store/leads";
import { LEAD_TYPES, type LeadRow, type LeadsPage, LeadsPageSchema } from "@/lib/shared/api/leads";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { createLeadShop, type LeadShop, makeLead, readWaiting } from "@/scripts/testing/lead-house";
import { createExplainer } from "@/scripts/testing/plans";

let house: House;
let shop: LeadShop;
beforeAll(async () => {
  house = await createHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  shop = await createLeadShop(house, { items: 3, series: null });
  await house.control("/leads/series", { sellerId: shop.sellerId, perDay: 0 });
});
afterEach(async () => {
  await house.control("/faults/clear", {});
  await house.control("/settings", {
    leadMaxLimit: null,
    leadsPerMinute: 0,
    leadQuotaStatus: 429,
    leadBadToken: 403,
    leadPersonalData: "present",
    leadDaysIn: "utc",
  });
});

const query = async (text: string, values: unknown[] = []) =>
  (await house.rt.database.pool.query(text, values)).rows;
const address = (more: Record<string, string> = {}) => `/api/leads?${new URLSearchParams(more)}`;
const page = (as: SignedIn, more: Record<string, string> = {}) =>
  house.read(LeadsPageSchema, address(more), { as });
/** The page, with all read that it waits for. */
async function list(of: LeadShop, more: Record<string, string> = {}): Promise<LeadsPage> {
  await page(of.as, more);
  await readWaiting(house, of.as.accountId);
  return page(of.as, more);
}

const DAY_MIN = 24 * 60;
const lead = (itemIndex: number, seed: object, of = shop) => makeLead(house, of, itemIndex, seed);

/** One of each kind, a guest, and some that repeat. */
async function many(of = shop): Promise<void> {
  for (const [index, type] of LEAD_TYPES.entries()) {
    await lead(index % 3, { type, minutesAgo: 10 + index * 90, buyer: { name: `Ana ${index}` } }, of);
  }
  await lead(0, { type: "whatsapp", minutesAgo: 3 * DAY_MIN, buyer: null }, of);
  await lead(1, { type: "call", minutesAgo: 20 * DAY_MIN, buyer: null }, of);
  await lead(2, { type: "whatsapp", minutesAgo: 29 * DAY_MIN }, of);
}

const ids = (rows: readonly LeadRow[]) => rows.map(({ id }) => id);

describe("leads", () => {
  it("are those of the last 30 days at the first visit, of every kind, guests included", async () => {
    await many();
    await lead(0, { type: "call", minutesAgo: 40 * DAY_MIN });
    const first = await page(shop.as);
    expect(first).toMatchObject({ rows: [], hasClassifieds: true, sync: { readAt: null, isReading: true } });
    await readWaiting(house, shop.as.accountId);
    const shown = await page(shop.as);
    expect(shown.rows).toHaveLength(12);
    expect(new Set(shown.rows.map(({ contactType }) => contactType))).toEqual(new Set(LEAD_TYPES));
    const times = shown.rows.map(({ createdAt }) => createdAt?.getTime() ?? 0);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(shown.rows.filter(({ isGuest }) => isGuest).map(({ buyer }) => buyer)).toEqual([null, null]);
    expect(shown.rows.find(({ contactType }) => contactType === "credit")).toMatchObject({
      title: "Auto 1",
      buyer: { name: "Ana 3", email: expect.any(String), identification: { type: "RUT" } },
    });
    expect(shown.sync).toMatchObject({ isReading: false, readAt: expect.any(Date), problem: null });
  });

  it("are counted as each list of them is long", async () => {
    await many();
    const shown = await list(shop);
    expect(shown.counts?.all).toBe(shown.rows.length);
    for (const { type, count } of shown.counts?.types ?? []) {
      const narrowed = await page(shop.as, { type });
      expect([type, narrowed.rows.length]).toEqual([type, count]);
      expect(narrowed.rows.every(({ contactType }) => contactType === type)).toBe(true);
    }
    for (const { itemId, count } of shown.items ?? []) {
      const narrowed = await page(shop.as, { item: itemId });
      expect(narrowed.rows.map((row) => row.itemId)).toEqual(Array.from({ length: count }, () => itemId));
      expect(narrowed.counts?.all).toBe(count);
    }
    const guests = await page(shop.as, { guests: "only" });
    const others = await page(shop.as, { guests: "none" });
    expect([guests.rows.length, others.rows.length]).toEqual([2, 10]);
    expect(guests.counts).toMatchObject({ all: 2 });
  });

  it("come page by page, each once, also when Mercado Libre gives fewer at a time than were asked for", async () => {
    await house.control("/settings", { leadMaxLimit: 7 });
    for (let made = 0; made < 60; made += 1) {
      await lead(made % 3, { type: "call", minutesAgo: 5 + made });
    }
    const first = await list(shop);
    expect(first.rows).toHaveLength(50);
    const second = await page(shop.as, { cursor: first.nextCursor ?? "" });
    expect([second.rows.length, second.nextCursor, second.counts]).toEqual([10, null, null]);
    expect(new Set([...ids(first.rows), ...ids(second.rows)]).size).toBe(60);
    expect(await house.calls({ sellerId: shop.sellerId, path: "/leads/buyers$" })).toHaveLength(9);
  });

  it("of all accounts of a user are one list, and each account has its own", async () => {
    const other = await createLeadShop(house, { items: 3, series: null });
    await house.signIn(other.sellerId, {
      kind: "connect",
      userId: shop.as.userId,
      sessionId: shop.as.sessionId,
      renews: null,
    });
    await lead(0, { type: "call", minutesAgo: 5 });
    await lead(0, { type: "whatsapp", minutesAgo: 10 }, other);
    await lead(1, { type: "call", minutesAgo: 15 });
    await list(other);
    const both = await list(shop);
    expect(both.rows.map(({ accountId }) => accountId)).toEqual([
      shop.sellerId,
      other.sellerId,
      shop.sellerId,
    ]);
    expect((await page(shop.as, { account: other.sellerId })).rows).toHaveLength(1);
  });

  it("from before are read when somebody asks for those days, and only then", async () => {
    await lead(0, { type: "call", minutesAgo: 5 });
    const old = await lead(1, { type: "whatsapp", minutesAgo: 50 * DAY_MIN });
    expect((await list(shop)).rows).toHaveLength(1);
    const from = new Date(Date.now() - 60 * DAY_MIN * 60_000).toISOString().slice(0, 10);
    expect((await page(shop.as, { from })).sync.isReading).toBe(true);
    const wide = await list(shop, { from });
    expect(ids(wide.rows)).toContain(old);
    expect(wide.sync.isReading).toBe(false);
    const before = (await house.calls({ sellerId: shop.sellerId })).length;
    await list(shop, { from });
    expect((await house.calls({ sellerId: shop.sellerId })).length).toBe(before);
  });

  it("are narrowed to days of the zone that is asked for", async () => {
    const now = new Date();
    const at = (text: string) => (now.getTime() - new Date(text).getTime()) / 60_000;
    const day = new Date(now.getTime() - 5 * DAY_MIN * 60_000).toISOString().slice(0, 10);
    const late = await lead(0, { type: "call", minutesAgo: at(`${day}T02:30:00Z`) });
    const early = await lead(1, { type: "call", minutesAgo: at(`${day}T12:00:00Z`) });
    await list(shop);
    const inUtc = await page(shop.as, { from: day, to: day });
    const inChile = await page(shop.as, { from: day, to: day, zone: "America/Santiago" });
    expect([ids(inUtc.rows), ids(inChile.rows)]).toEqual([[early, late], [early]]);
  });

  it("tell the browsers of one that moved, beside that they were read", async () => {
    const id = await lead(0, { type: "call", minutesAgo: 5 });
    await list(shop);
    const changeNo = async () =>
      Number((await query("select change_no from accounts where id = $1", [shop.sellerId]))[0].change_no);
    const readAgain = async () => {
      await query("update lead_syncs set wanted_at = now() where account_id = $1", [shop.sellerId]);
      const before = await changeNo();
      await readWaiting(house, shop.as.accountId);
      return (await changeNo()) - before;
    };
    const still = await readAgain();
    await house.control(`/leads/${id}`, { status: "closed", subStatus: "answered", notify: false });
    expect(await readAgain()).toBe(still + 1);
    expect((await page(shop.as)).rows[0]).toMatchObject({ status: "closed", subStatus: "answered" });
  });

  it("are read again when somebody asks for it, but not twice within a minute", async () => {
    await lead(0, { type: "call", minutesAgo: 5 });
    await list(shop);
    const refresh = () =>
      house.call("/api/leads/refresh", { as: shop.as, method: "POST", body: { account: shop.sellerId } });
    const id = await lead(1, { type: "whatsapp" });
    await refresh();
    expect((await page(shop.as)).sync.isReading).toBe(false);
    await query("update lead_syncs set leads_at = now() - interval '2 minutes' where account_id = $1", [
      shop.sellerId,
    ]);
    await refresh();
    expect((await page(shop.as)).sync.isReading).toBe(true);
    await readWaiting(house, shop.as.accountId);
    expect(ids((await page(shop.as)).rows)).toContain(id);
  });

  it("without personal data are shown without", async () => {
    await house.control("/settings", { leadPersonalData: "null" });
    await lead(0, { type: "call", minutesAgo: 5 });
    const [row] = (await list(shop)).rows;
    expect(row).toMatchObject({
      isGuest: false,
      buyer: { name: null, email: null, phone: null, identification: null },
    });
    expect(row?.buyer?.id).toEqual(expect.any(String));
  });
});

describe("trouble with leads", () => {
  it.each([429, 409])(
    "is told with the time of the next try when the quota is used up (%i), and all that is held stays",
    async (status) => {
      await lead(0, { type: "call", minutesAgo: 5 });
      expect((await list(shop)).rows).toHaveLength(1);
      await query("update lead_syncs set wanted_at = now() where account_id = $1", [shop.sellerId]);
      await house.control("/faults", {
        method: "GET",
        path: "/leads/buyers",
        times: 1_000,
        status,
        body: { code: "too_many_requests", message: "quota exceeded" },
      });
      await query("update rate_buckets set blocked_until = null");
      await readWaiting(house, shop.as.accountId);
      const shown = await page(shop.as);
      expect(shown.rows).toHaveLength(1);
      expect(shown.sync).toMatchObject({
        isReading: false,
        problem: { code: "slow_down", retryAt: expect.any(Date) },
      });
    },
    400_000,
  );

  it("is none when the token has run out: it is renewed once, for a 403 that means a 401", async () => {
    await lead(0, { type: "call", minutesAgo: 5 });
    await house.control("/tokens/expire", { sellerId: shop.sellerId });
    expect((await list(shop)).rows).toHaveLength(1);
  });

  it("in the middle leaves what was read, and the next reading has the rest", async () => {
    await house.control("/settings", { leadMaxLimit: 5 });
    for (let made = 0; made < 12; made += 1) await lead(made % 3, { type: "call", minutesAgo: 5 + made });
    await page(shop.as);
    // The first page comes, the second does not.
    await house.control("/faults", { path: "/leads/buyers", times: 1, delayMs: 0 });
    await house.control("/faults", { path: "/leads/buyers", times: 1, status: 400, body: {} });
    await readWaiting(house, shop.as.accountId);
    const half = await page(shop.as);
    expect(half).toMatchObject({ sync: { problem: { code: "refused_by_meli" } } });
    expect(half.rows).toHaveLength(5);
    await query("update lead_syncs set retry_at = now() where account_id = $1", [shop.sellerId]);
    await readWaiting(house, shop.as.accountId);
    const whole = await page(shop.as);
    expect(whole.rows).toHaveLength(12);
    expect(whole.sync.problem).toBeNull();
  });
});

describe("a request for leads", () => {
  it.each([
    ["a day that does not exist", { from: "2026-02-30" }],
    ["days in the wrong order", { from: "2026-03-02", to: "2026-03-01" }],
    ["another way to write a day", { to: "2026-3-2" }],
    ["a zone that is none", { zone: "America/Nowhere" }],
    ["a cursor of nobody's", { cursor: "x" }],
    ["a cursor beyond all time", { cursor: "9999999999999999.x" }],
    ["a kind that is no word", { type: "call;drop" }],
    ["an item that is none", { item: "auto" }],
  ])("is refused for %s, before any call", async (_name, more) => {
    const before = (await house.calls({ sellerId: shop.sellerId })).length;
    const { status } = await house.call(address(more), { as: shop.as });
    expect([status, (await house.calls({ sellerId: shop.sellerId })).length]).toEqual([422, before]);
  });

  it("reads no table of leads from end to end, whatever it is narrowed to", async () => {
    const { accountId } = shop.as;
    await query(
      `insert into leads (account_id, id, contact_type, sort_at, created_at, item_id, is_guest)
       select $1, 'plan-' || n, (array['call', 'whatsapp', 'question'])[1 + n % 3], now() - n * interval '1 minute', now(), 'MLC' || n % 40, n % 5 = 0
       from generate_series(1, 20000) n`,
      [accountId],
    );
    await query("analyze leads");
    const explainer = await createExplainer(house);
    const all = { accountIds: [accountId], type: null, itemId: null, isGuest: null, from: null, to: null };
    const cursor = { at: Date.now() - 60_000 * 5_000, id: "plan-5000" };
    const scopes = [
      all,
      { ...all, type: "call" },
      { ...all, itemId: "MLC7" },
      { ...all, isGuest: true },
      { ...all, from: new Date(Date.now() - 86_400_000), to: new Date() },
    ];
    const { tables, plans } = await explainer.scannedBy(async () => {
      for (const scope of scopes) {
        await listLeadRows(explainer.rt.database.pool, scope, null, 50);
        await listLeadRows(explainer.rt.database.pool, scope, cursor, 50);
      }
    });
    await explainer.close();
    expect(plans).toBeGreaterThanOrEqual(10);
    expect(tables.filter((table) => table === "leads")).toEqual([]);
    await query("delete from leads where id like 'plan-%'");
  });
});
