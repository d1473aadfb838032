import { describe, expect, it } from "vitest";
import { client, errorOf } from "@/lib/server/mercadolibre/testing/edge";
import { readItems } from "./items";
import { readOrder } from "./orders";
import { readPack } from "./packs";
import { readShipment } from "./shipments";
import { publicUser } from "./users";

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
