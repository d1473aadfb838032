import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { client, errorOf, failureOf, type Reply, type Sent } from "@/lib/server/mercadolibre/testing/edge";
import { refusal, SELLER } from "@/lib/server/mercadolibre/testing/wire-questions";
import { listItemIds, readListings } from "./listings";

const car = {
  id: "MLC1000000001",
  title: "Kia Rio 2019",
  price: 8_990_000,
  currency_id: "CLP",
  permalink: "https://auto.example/MLC-1000000001",
  thumbnail: "http://http2.mlstatic.com/a.jpg",
  status: "active",
  sub_status: ["warning"],
  available_quantity: 1,
  buying_mode: "classified",
  category_id: "MLC1744",
  attributes: [
    { id: "BRAND", name: "Marca", value_name: "Kia" },
    { id: "EMPTY", name: "Sin valor", value_name: null },
    { id: "FEATURES", name: "Extras", value_name: null, values: [{ name: "Aire" }, { name: "ABS" }] },
    { id: "DOORS", value_name: "5" },
  ],
};

const listing = {
  id: "MLC1000000001",
  title: "Kia Rio 2019",
  price: { minor: 8_990_000, currency: "CLP" },
  permalink: "https://auto.example/MLC-1000000001",
  thumbnail: "https://http2.mlstatic.com/a.jpg",
  status: "active",
  subStatus: ["warning"],
  stock: 1,
  attributes: [
    { name: "Marca", value: "Kia" },
    { name: "Extras", value: "Aire, ABS" },
    { name: "DOORS", value: "5" },
  ],
  buyingMode: "classified",
  categoryId: "MLC1744",
};

/** As the bulk read does it: only the fields that were named with `body.`, in the order that was asked. */
const bulk = ({ url }: Sent): Reply => {
  const fields = (url.searchParams.get("attributes") ?? "").split(",");
  return {
    body: (url.searchParams.get("ids") ?? "").split(",").map((id) => ({
      ...(fields.includes("status_code") ? { status_code: 200 } : {}),
      body: Object.fromEntries(
        Object.entries({ ...car, id, secret: "x" }).filter(([name]) => fields.includes(`body.${name}`)),
      ),
    })),
  };
};

describe("listings", () => {
  it("are read in bulk with every field that one has", async () => {
    const { meli, sent } = client(bulk);
    expect(Object.fromEntries(await readListings(meli, ["MLC1000000001"]))).toEqual({
      MLC1000000001: listing,
    });
    expect(sent[0]?.url.pathname).toBe("/items/bulk");
    expect(sent[0]?.url.searchParams.get("attributes")?.split(",")[0]).toBe("status_code");
  });

  it("are asked for by twenty, each once, and what is no item is not asked for", async () => {
    const { meli, sent } = client(bulk);
    const ids = Array.from({ length: 41 }, (_, index) => `MLC${index + 1}`);
    const found = await readListings(meli, [...ids, "MLC1", "x", ""]);
    expect([...found.keys()]).toEqual(ids);
    expect(sent.map(({ url }) => url.searchParams.get("ids")?.split(",").length)).toEqual([20, 20, 1]);
  });

  it("leave out what is unknown, foreign or without an id", async () => {
    const { meli } = client([
      {
        body: [
          { status_code: 404 },
          { status_code: 200, body: { ...car, id: "MLC2" } },
          { code: 403, body: { ...car, id: "MLC3" } },
          { status_code: 200, body: { ...car, id: null } },
          null,
          "x",
        ],
      },
    ]);
    expect([...(await readListings(meli, ["MLC1", "MLC2", "MLC3", "MLC4"])).keys()]).toEqual(["MLC2"]);
  });

  it("are read one by one in GLOBAL", async () => {
    const { meli, sent } = client(
      ({ url }) =>
        url.pathname.endsWith("CBT2") ? refusal(404, "not_found") : { body: { ...car, id: "CBT1" } },
      { profile: "GLOBAL" },
    );
    const found = await readListings(meli, ["CBT1", "CBT2"]);
    expect(Object.fromEntries(found)).toEqual({ CBT1: { ...listing, id: "CBT1" } });
    expect(sent.map(({ url }) => url.pathname)).toEqual([
      "/marketplace/items/CBT1",
      "/marketplace/items/CBT2",
    ]);
  });

  it("are an error in GLOBAL when the answer names no item", async () => {
    const { meli } = client([{ body: { title: "Kia Rio 2019" } }], { profile: "GLOBAL" });
    expect((await failureOf(readListings(meli, ["CBT1"]))).code).toBe("meli_unreadable");
  });

  it("keep the first twelve attributes that have a value", async () => {
    const attributes = Array.from({ length: 30 }, (_, n) => ({
      id: `A${n}`,
      name: `a${n}`,
      value_name: n % 2 === 0 ? null : `v${n}`,
    }));
    const { meli } = client([{ body: [{ status_code: 200, body: { ...car, attributes } }] }]);
    const kept = (await readListings(meli, ["MLC1000000001"])).get("MLC1000000001")?.attributes;
    expect(kept).toEqual(
      Array.from({ length: 12 }, (_, n) => ({ name: `a${2 * n + 1}`, value: `v${2 * n + 1}` })),
    );
  });

  it("are still listings whatever else is odd about them", async () => {
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(null, "", 0, -1, [], {}, [null], [[]]));
    const keys = Object.keys(car).filter((key) => key !== "id");
    const body = fc.record(Object.fromEntries(keys.map((key) => [key, odd])), { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom("LOCAL", "GLOBAL"), async (more, profile) => {
        const one = { ...car, ...more };
        const { meli } = client([{ body: profile === "GLOBAL" ? one : [{ status_code: 200, body: one }] }], {
          profile,
        });
        const found = (await readListings(meli, [car.id])).get(car.id);
        expect(found?.id).toBe(car.id);
        expect(found?.attributes.length).toBeLessThanOrEqual(12);
        expect(found?.stock === null || Number.isInteger(found?.stock)).toBe(true);
      }),
    );
  });

  it("are an error in trouble, and none when they may not be seen", async () => {
    const trouble = client([refusal(400, "bad_request")]);
    expect((await failureOf(readListings(trouble.meli, ["MLC1"]))).failure.status).toBe(400);
    const closed = client([refusal(403, "forbidden")]);
    expect((await readListings(closed.meli, ["MLC1"])).size).toBe(0);
  });
});

describe("the ids of what a seller sells", () => {
  it.each(["LOCAL", "GLOBAL"] as const)("are listed in %s by fifty", async (profile) => {
    const { meli, sent, taken } = client(
      [
        {
          body: {
            seller_id: SELLER,
            results: ["MLC1", "MLC2"],
            paging: { total: 52, offset: 50, limit: 50 },
          },
        },
      ],
      { profile },
    );
    expect(await listItemIds(meli, SELLER, { offset: 50 })).toEqual({ ids: ["MLC1", "MLC2"], total: 52 });
    expect(sent[0]?.url.pathname).toBe(`/users/${SELLER}/items/search`);
    expect(Object.fromEntries(sent[0]?.url.searchParams ?? [])).toEqual({ limit: "50", offset: "50" });
    expect(taken).toMatchObject([{ family: "items" }]);
  });

  it("leave out what is no item id", async () => {
    const { meli } = client([{ body: { results: ["MLC1", null, 7, { id: "MLC2" }, "x&y"] } }]);
    expect(await listItemIds(meli, SELLER, { offset: 0 })).toEqual({ ids: ["MLC1"], total: 5 });
  });

  it("go on after a full page that names no total", async () => {
    const results = Array.from({ length: 50 }, (_, index) => `MLC${index + 1}`);
    const { meli } = client([{ body: { results } }]);
    expect((await listItemIds(meli, SELLER, { offset: 100 })).total).toBe(151);
  });

  it("are never asked for beyond the last offset", async () => {
    const { meli, sent } = client([{ body: { results: [], paging: { total: 2_000 } } }]);
    expect(await errorOf(listItemIds(meli, SELLER, { offset: 1_050 }))).toMatchObject({
      code: "invalid_input",
    });
    expect(sent).toEqual([]);
    await listItemIds(meli, SELLER, { offset: 1_000 });
    expect(sent).toHaveLength(1);
  });

  it("are an error when the answer is no list of them", async () => {
    const { meli } = client([{ body: { ids: [] } }]);
    expect((await failureOf(listItemIds(meli, SELLER, { offset: 0 }))).code).toBe("meli_unreadable");
  });
});
