import { describe, expect, it } from "vitest";
import { client } from "@/lib/server/mercadolibre/testing/edge";
import { readItems } from "./items";

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
