import { describe, expect, it } from "vitest";
import type { ThreadSeed } from "@/sandbox/control/seeds";
import { createSandbox } from "@/sandbox/create-sandbox";
import { at, drive, listAt, textAt } from "@/sandbox/testing";

async function start(threads: ThreadSeed[] = [{ product: { title: "Termo", price: 100, quantity: 2 } }]) {
  const api = drive(createSandbox());
  const { body } = await api.control("/sellers", { siteId: "MLA", threads });
  const seller = textAt(body, "id");
  const { access } = await api.connect(seller);
  return {
    api,
    access,
    seller,
    threads: listAt(body, "threads"),
    get: (path: string, headers?: Record<string, string>) => api.get(path, access, headers),
  };
}

describe("orders", () => {
  it("answer item, money, buyer and shipment", async () => {
    const { get, threads, seller } = await start();
    const { body } = await get(`/orders/${textAt(threads[0], "orderIds", 0)}`);
    expect(body).toMatchObject({
      status: "paid",
      total_amount: 200,
      currency_id: "ARS",
      seller: { id: Number(seller) },
    });
    expect(at(body, "order_items", 0)).toMatchObject({
      quantity: 2,
      unit_price: 100,
      item: { title: "Termo" },
    });
    expect(textAt(body, "date_created")).toMatch(/-04:00$/);
    expect(textAt(body, "pack_id")).toBe(textAt(threads[0], "packId"));
  });

  it("answer 206 without names when partial", async () => {
    const { api, get, threads } = await start();
    await api.control("/settings", { partialOrders: true });
    const { status, headers, body } = await get(`/orders/${textAt(threads[0], "orderIds", 0)}`);
    expect(status).toBe(206);
    expect(headers.get("x-content-missing")).toBe("buyer, feedback");
    expect(at(body, "buyer")).toEqual({ id: Number(textAt(threads[0], "buyerId")) });
  });

  it("are closed to others, 404 when missing", async () => {
    const { api, threads, get } = await start();
    const other = await api.connect(textAt((await api.control("/sellers", { siteId: "MLA" })).body, "id"));
    const order = textAt(threads[0], "orderIds", 0);
    expect((await api.get(`/orders/${order}`, other.access)).body).toMatchObject({
      error: "not_owned_order",
      status: 403,
    });
    expect((await get("/orders/2000000000000009")).body).toMatchObject({ error: "order_not_found" });
    expect((await get("/orders/abc")).body).toMatchObject({ error: "invalid_order_id" });
  });
});

describe("order search", () => {
  const many = Array.from({ length: 60 }, (_, day) => ({ soldDaysAgo: day / 2 }));

  it("pages by fifty, oldest first unless asked otherwise", async () => {
    const { get, seller } = await start(many);
    const first = (await get(`/orders/search?seller=${seller}&sort=date_desc`)).body;
    expect(at(first, "paging")).toEqual({ total: 60, offset: 0, limit: 50 });
    expect(listAt(first, "results")).toHaveLength(50);
    const dates = listAt(first, "results").map((order) => textAt(order, "date_created"));
    expect(dates).toEqual(dates.toSorted().toReversed());
    const asc = listAt((await get(`/orders/search?seller=${seller}&offset=50`)).body, "results");
    expect(asc).toHaveLength(10);
    expect(textAt(asc.at(-1), "date_created")).toBe(dates[0]);
    expect((await get(`/orders/search?seller=${seller}&limit=51`)).status).toBe(400);
  });

  it("filters by date and hides cancelled sales", async () => {
    const { get, seller } = await start([
      ...many,
      { status: "blocked", substatus: "blocked_by_cancelled_order", soldDaysAgo: 1 },
    ]);
    const from = encodeURIComponent(new Date(Date.now() - 10 * 86_400_000).toISOString());
    const { body } = await get(`/orders/search?seller=${seller}&order.date_created.from=${from}`);
    expect(Number(at(body, "paging", "total"))).toBeGreaterThanOrEqual(20);
    expect(Number(at(body, "paging", "total"))).toBeLessThanOrEqual(21);
    const cancelled = await get(`/orders/search?seller=${seller}&order.status=cancelled`);
    expect(at(cancelled.body, "paging", "total")).toBe(1);
  });

  it("wants a seller, and one's own", async () => {
    const { api, get } = await start();
    const other = textAt((await api.control("/sellers", { siteId: "MLA" })).body, "id");
    expect((await get("/orders/search")).status).toBe(400);
    expect((await get(`/orders/search?seller=${other}`)).status).toBe(403);
  });
});

describe("packs, items, shipments, users", () => {
  it("answer a pack, but not an order in a pack's place", async () => {
    const { get, threads } = await start([{}, { isPack: false }]);
    const { body } = await get(`/packs/${textAt(threads[0], "packId")}`);
    expect(textAt(body, "orders", 0, "id")).toBe(textAt(threads[0], "orderIds", 0));
    expect(textAt(body, "date_created")).toMatch(/-0400$/);
    expect((await get(`/packs/${textAt(threads[1], "packId")}`)).status).toBe(404);
  });

  it("answer items in bulk in the order asked, an unknown id without body, with attributes as measured", async () => {
    const { api, get, threads } = await start([{}, {}]);
    const [a, b] = threads.map((thread) => textAt(thread, "itemIds", 0));
    const { body } = await get(`/items/bulk?ids=${b},MLA9,${a}`);
    expect(listAt(body).map((one) => at(one, "status_code"))).toEqual([200, 404, 200]);
    expect(at(body, 1)).toEqual({ status_code: 404 });
    expect(at(body, 0, "body", "id")).toBe(b);
    const some = (await get(`/items/bulk?ids=${a}&attributes=body.title,price`)).body;
    expect(Object.keys(Object(at(some, 0)))).toEqual(["body"]);
    expect(Object.keys(Object(at(some, 0, "body")))).toEqual(["title"]);
    expect((await get(`/items/bulk?ids=${a},${a}`)).status).toBe(400);
    expect((await get(`/items/bulk?ids=${Array.from({ length: 21 }, (_, i) => `MLA${i}`)}`)).status).toBe(
      400,
    );
    expect((await get(`/items?ids=${a}`)).status).toBe(404);
    const other = await api.connect(textAt((await api.control("/sellers", { siteId: "MLA" })).body, "id"));
    expect((await api.get(`/items/${a}`, other.access)).body).toMatchObject({ error: "access_denied" });
  });

  it("answer a shipment only with its header, and mask the receiver until payment", async () => {
    const { get, threads } = await start([
      { buyerName: "Ana Paz", shipment: { status: "shipped", logisticType: "self_service" } },
      { status: "blocked", substatus: "blocked_by_payment" },
      { shipment: null },
    ]);
    const path = (at: number) => `/shipments/${textAt(threads[at], "shipmentId")}`;
    expect((await get(path(0))).status).toBe(400);
    const { body } = await get(path(0), { "x-format-new": "true" });
    expect(body).toMatchObject({
      status: "shipped",
      logistic: { mode: "me2", type: "self_service", direction: "forward" },
      destination: { receiver_name: "Ana Paz" },
    });
    const unpaid = await get(path(1), { "x-format-new": "true" });
    expect(at(unpaid.body, "destination", "receiver_name")).toBe("XXXXXXX");
    expect((await get(`/orders/${textAt(threads[2], "orderIds", 0)}/shipments`)).status).toBe(204);
  });

  it("show of a buyer only public fields, and of oneself all", async () => {
    const { get, threads, seller } = await start([{ buyerName: "Ana Paz" }]);
    const buyer = (await get(`/users/${textAt(threads[0], "buyerId")}`)).body;
    expect(buyer).not.toHaveProperty("first_name");
    expect(buyer).toHaveProperty("nickname");
    expect((await get(`/users/${seller}`)).body).toHaveProperty("email");
    expect((await get("/users/1")).status).toBe(404);
  });
});
