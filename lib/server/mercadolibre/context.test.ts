import { describe, expect, it } from "vitest";
import { client, edge, errorOf } from "@/lib/server/mercadolibre/testing/edge";
import { readItems } from "./items";
import { readOrder, searchSales } from "./orders";
import { readPack } from "./packs";
import { readShipment } from "./shipments";
import { marketplaceUsers, publicUser, whoAmI } from "./users";

const wireOrder = {
  id: 2000003508419013,
  pack_id: 2000006000000001,
  status: "paid",
  date_created: "2026-10-01T10:01:50.000-04:00",
  last_updated: "2026-10-01T10:05:00.000-04:00",
  order_items: [
    {
      item: {
        id: "MLB12345678",
        title: "Camiseta",
        variation_id: 1,
        variation_attributes: [
          { name: "Cor", value_name: "Azul" },
          { name: "Tamanho", value_name: "M" },
        ],
        seller_sku: "SKU-1",
      },
      quantity: 2,
      unit_price: 49.9,
      currency_id: "BRL",
    },
  ],
  total_amount: 99.8,
  currency_id: "BRL",
  buyer: { id: 700000099, nickname: "ANA", first_name: "Ana", last_name: "Prueba" },
  seller: { id: 900100200 },
  shipping: { id: 44000000001 },
  tags: ["paid", "pack_order"],
  mediations: [{ id: 5100000001 }],
  context: { site: "MLB" },
};

describe("readOrder", () => {
  it.each(["LOCAL", "GLOBAL"] as const)("reads what an inbox shows, in %s", async (profile) => {
    const { meli, sent } = client([{ body: wireOrder }], { profile });
    expect(await readOrder(meli, "2000003508419013")).toEqual({
      id: "2000003508419013",
      packId: "2000006000000001",
      status: "paid",
      createdAt: new Date("2026-10-01T14:01:50Z"),
      updatedAt: new Date("2026-10-01T14:05:00Z"),
      total: { minor: 9_980, currency: "BRL" },
      buyer: { id: "700000099", nickname: "ANA", name: "Ana Prueba" },
      sellerId: "900100200",
      items: [
        {
          id: "MLB12345678",
          title: "Camiseta",
          quantity: 2,
          unitPrice: { minor: 4_990, currency: "BRL" },
          variation: "Cor: Azul, Tamanho: M",
          sku: "SKU-1",
        },
      ],
      shipmentId: "44000000001",
      tags: ["paid", "pack_order"],
      mediationIds: ["5100000001"],
      siteId: "MLB",
    });
    expect(sent[0]?.url.pathname).toBe(
      `${profile === "GLOBAL" ? "/marketplace" : ""}/orders/2000003508419013`,
    );
  });

  it.each<[string, object, object]>([
    ["a pack that is null", { pack_id: null }, { packId: null }],
    [
      "the older last update",
      { last_updated: undefined, date_last_updated: "2026-10-02T00:00:00Z" },
      { updatedAt: new Date("2026-10-02") },
    ],
    [
      "a buyer of whom only the id is left",
      { buyer: { id: "7" } },
      { buyer: { id: "7", nickname: null, name: null } },
    ],
    ["a partial answer without buyer", { buyer: undefined }, { buyer: { id: "" } }],
    ["no shipment yet", { shipping: null }, { shipmentId: null }],
    ["the site from the item", { context: null }, { siteId: "MLB" }],
  ])("reads %s", async (_name, change, expected) => {
    const { meli } = client([{ status: 206, body: { ...wireOrder, ...change } }]);
    expect(await readOrder(meli, "1")).toMatchObject(expected);
  });
});

describe("searchSales", () => {
  const since = new Date("2026-10-01T00:00:00Z");
  const results = [
    { ...wireOrder, id: 3, pack_id: 30, date_created: "2026-10-03T00:00:00Z", buyer: { id: 7 } },
    { ...wireOrder, id: 2, pack_id: null, date_created: "2026-10-02T00:00:00Z" },
    {
      ...wireOrder,
      id: 1,
      pack_id: 30,
      date_created: "2026-10-01T00:00:00Z",
      last_updated: "2026-10-09T00:00:00Z",
    },
  ];

  it("asks for the newest first since a date, and groups orders by purchase", async () => {
    const { meli, sent } = client([{ body: { paging: { total: 53, offset: 50, limit: 50 }, results } }]);
    const page = await searchSales(meli, { sellerId: "900100200", since, offset: 50 });
    expect(Object.fromEntries(sent[0]?.url.searchParams ?? [])).toEqual({
      seller: "900100200",
      sort: "date_desc",
      "order.date_created.from": "2026-10-01T00:00:00.000Z",
      limit: "50",
      offset: "50",
    });
    expect(page.sales.map((sale) => [sale.packId, sale.orderIds])).toEqual([
      ["30", ["3", "1"]],
      ["2", ["2"]],
    ]);
    expect(page.sales[0]).toMatchObject({
      buyerId: "7",
      buyerName: null,
      title: "Camiseta",
      itemId: "MLB12345678",
      createdAt: new Date("2026-10-01"),
      updatedAt: new Date("2026-10-09"),
      total: { minor: 19_960, currency: "BRL" },
      siteId: "MLB",
      shipmentId: "44000000001",
      status: "paid",
    });
    expect([page.total, page.next]).toEqual([53, null]);
  });

  it("gives the next offset until the end, and ends on an empty page", async () => {
    const { meli } = client([
      { body: { paging: { total: 9 }, results } },
      { body: { paging: { total: 9 }, results: [] } },
    ]);
    expect((await searchSales(meli, { sellerId: "1", since, offset: 0 })).next).toBe(3);
    expect((await searchSales(meli, { sellerId: "1", since, offset: 3 })).next).toBeNull();
  });

  it("reads GLOBAL purchases, which name no product", async () => {
    const row = {
      id: 2000000000000001,
      buyer: { id: 1 },
      config: { items: [{ id: "MLM123" }] },
      orders: [{ id: 2400000001, items: null, payments: [{ id: 1 }], mediations: [], seller: { id: 11 } }],
      shipment: { id: 9 },
    };
    const { meli, sent } = client([{ body: { paging: { total: 1 }, results: [row, { orders: [] }] } }], {
      profile: "GLOBAL",
    });
    const page = await searchSales(meli, { sellerId: "11", since, offset: 0 });
    expect(sent[0]?.url.pathname).toBe("/marketplace/orders/search");
    expect(page.sales).toEqual([
      {
        packId: "2000000000000001",
        orderIds: ["2400000001"],
        buyerId: "1",
        buyerName: null,
        sellerId: "11",
        siteId: "MLM",
        title: null,
        itemId: "MLM123",
        createdAt: null,
        updatedAt: null,
        total: null,
        shipmentId: "9",
        status: null,
      },
    ]);
  });
});

describe("readPack", () => {
  const wirePack = {
    id: 30,
    status: "released",
    orders: [{ id: 3 }, { id: "1" }],
    shipment: null,
    buyer: { id: 7 },
  };
  const expected = { id: "30", orderIds: ["3", "1"], shipmentId: null, buyerId: "7", status: "released" };

  it("names the orders of a purchase", async () => {
    const { meli } = client([{ body: wirePack }]);
    expect(await readPack(meli, "30")).toEqual(expected);
  });

  it("tries both GLOBAL addresses", async () => {
    const { meli, sent } = client(
      (one) => (one.url.pathname === "/packs/30" ? { body: wirePack } : { status: 404 }),
      {
        profile: "GLOBAL",
      },
    );
    expect(await readPack(meli, "30")).toEqual(expected);
    expect(sent.map((one) => one.url.pathname)).toEqual(["/marketplace/orders/pack/30", "/packs/30"]);
  });
});

describe("readItems", () => {
  it("asks for twenty distinct ids at a time and leaves out what is unknown", async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `MLA${index + 1}`);
    const { meli, sent } = client((one) => ({
      body: (one.url.searchParams.get("ids") ?? "").split(",").map((id) =>
        id === "MLA3"
          ? { status_code: 404 }
          : {
              status_code: 200,
              body: {
                id,
                title: `T ${id}`,
                price: 10,
                currency_id: "ARS",
                thumbnail: "http://http2.mlstatic.com/a.jpg",
                status: "active",
              },
            },
      ),
    }));
    const items = await readItems(meli, [...ids, "MLA1", "not an item"]);
    expect(sent.map((one) => one.url.searchParams.get("ids")?.split(",").length)).toEqual([20, 5]);
    expect(sent[0]?.url.searchParams.get("attributes")).toMatch(/^status_code,body\.id,body\.title/);
    expect(items.size).toBe(24);
    expect(items.get("MLA1")).toEqual({
      id: "MLA1",
      title: "T MLA1",
      thumbnail: "https://http2.mlstatic.com/a.jpg",
      permalink: null,
      price: { minor: 1_000, currency: "ARS" },
      status: "active",
    });
  });

  it("reads the older rows with `code`", async () => {
    const { meli } = client([
      { body: [{ code: 200, body: { id: "MLA1", title: "T" } }, { code: 403, body: { id: "MLA2" } }, null] },
    ]);
    expect([...(await readItems(meli, ["MLA1", "MLA2"])).keys()]).toEqual(["MLA1"]);
  });

  it("asks GLOBAL one by one", async () => {
    const { meli, sent } = client(
      (one) => (one.url.pathname.endsWith("MLM2") ? { status: 403 } : { body: { id: "MLM1", title: "T" } }),
      {
        profile: "GLOBAL",
      },
    );
    expect([...(await readItems(meli, ["MLM1", "MLM2"])).keys()]).toEqual(["MLM1"]);
    expect(sent.map((one) => one.url.pathname)).toEqual([
      "/marketplace/items/MLM1",
      "/marketplace/items/MLM2",
    ]);
  });

  it("asks nothing for nothing", async () => {
    const { meli, sent } = client([{ body: [] }]);
    expect((await readItems(meli, [])).size).toBe(0);
    expect(sent).toEqual([]);
  });
});

describe("readShipment", () => {
  it("sends the mandatory header and reads the new layout", async () => {
    const { meli, sent } = client([
      {
        body: {
          id: 44,
          status: "shipped",
          substatus: null,
          tracking_number: "AB1",
          tracking_method: "Express",
          logistic: { mode: "me2", type: "fulfillment", direction: "forward" },
          lead_time: {
            estimated_delivery_time: { date: "2026-10-10T00:00:00.000-03:00" },
            estimated_delivery_limit: { date: "2026-10-12T00:00:00.000-03:00" },
          },
          destination: { receiver_name: "Ana" },
          last_updated: "2026-10-08T00:00:00Z",
        },
      },
    ]);
    expect(await readShipment(meli, "44")).toEqual({
      id: "44",
      status: "shipped",
      substatus: null,
      trackingNumber: "AB1",
      trackingMethod: "Express",
      logisticType: "fulfillment",
      mode: "me2",
      estimatedAt: new Date("2026-10-10T03:00:00Z"),
      limitAt: new Date("2026-10-12T03:00:00Z"),
      receiverName: "Ana",
      updatedAt: new Date("2026-10-08"),
    });
    expect(sent[0]?.headers.get("x-format-new")).toBe("true");
  });

  it("reads the moments of the old layout, oldest first", async () => {
    const { meli } = client([
      {
        body: {
          id: 44,
          status: "delivered",
          logistic_type: "drop_off",
          mode: "me2",
          status_history: {
            date_delivered: "2026-10-09T00:00:00Z",
            date_shipped: "2026-10-07T00:00:00Z",
            date_cancelled: null,
          },
        },
      },
    ]);
    expect(await readShipment(meli, "44")).toMatchObject({
      logisticType: "drop_off",
      mode: "me2",
      history: [
        { status: "shipped", at: new Date("2026-10-07") },
        { status: "delivered", at: new Date("2026-10-09") },
      ],
    });
  });
});

describe.each(["LOCAL", "GLOBAL"] as const)("context that is not there, in %s", (profile) => {
  it.each([403, 404])("is null after %i", async (status) => {
    const { meli } = client([{ status }], { profile });
    expect(await readOrder(meli, "1")).toBeNull();
    expect(await readPack(meli, "1")).toBeNull();
    expect(await readShipment(meli, "1")).toBeNull();
    expect(await publicUser(meli, "1")).toBeNull();
    expect((await readItems(meli, ["MLA1"])).size).toBe(0);
  });

  it("is an error when Mercado Libre is down", async () => {
    const { meli } = client([{ status: 500 }], { profile });
    expect(await errorOf(readOrder(meli, "1"))).toMatchObject({ code: "meli_down" });
    expect(await errorOf(readItems(meli, ["MLA1"]))).toMatchObject({ code: "meli_down" });
  });
});

describe("users", () => {
  const me = {
    id: 700000001,
    nickname: "TIENDA",
    first_name: "Ana",
    country_id: "AR",
    site_id: "MLA",
    user_type: "normal",
    tags: ["normal"],
  };

  it("tells whose token it is", async () => {
    const { fetcher, sent } = edge([{ status: 500 }, { status: 206, body: me }]);
    const owner = await whoAmI({ apiUrl: "https://api.test", fetch: fetcher }, "APP_USR-new");
    expect(owner).toEqual({
      id: "700000001",
      nickname: "TIENDA",
      siteId: "MLA",
      countryId: "AR",
      firstName: "Ana",
      tags: ["normal"],
      userType: "normal",
    });
    expect(sent.at(-1)?.headers.get("authorization")).toBe("Bearer APP_USR-new");
  });

  it("says that a refused token is no sign-in", async () => {
    const { fetcher } = edge([{ status: 401 }]);
    expect(await errorOf(whoAmI({ apiUrl: "https://api.test", fetch: fetcher }, "x"))).toMatchObject({
      code: "account_disconnected",
    });
  });

  it("lists the local accounts of a global one", async () => {
    const body = {
      user_id: 800000001,
      site_id: "CBT",
      marketplaces: [
        { user_id: 800000002, site_id: "MLM", logistic_type: "remote" },
        { user_id: "x" },
        { user_id: 800000001, site_id: "CBT" },
      ],
    };
    const { meli } = client([{ body }], { profile: "GLOBAL" });
    expect(await marketplaceUsers(meli, "800000001")).toEqual([
      { userId: "800000002", siteId: "MLM", logisticType: "remote" },
    ]);
  });

  it("reads the public view of a buyer", async () => {
    const { meli } = client([
      { status: 206, body: { id: 7, nickname: "ANA", address: { city: null, state: "AR-C" } } },
    ]);
    expect(await publicUser(meli, "7")).toEqual({ id: "7", nickname: "ANA", city: null, state: "AR-C" });
  });
});
