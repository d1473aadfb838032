import { describe, expect, it } from "vitest";
import { client } from "@/lib/server/mercadolibre/testing/edge";
import { readOrder, searchSales } from "./orders";

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
