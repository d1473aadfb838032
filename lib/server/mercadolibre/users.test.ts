import { describe, expect, it } from "vitest";
import { client, edge, errorOf } from "@/lib/server/mercadolibre/testing/edge";
import { marketplaceUsers, publicUser, whoAmI } from "./users";

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
