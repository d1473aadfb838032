import { describe, expect, it } from "vitest";
import { client, errorOf, failureOf } from "@/lib/server/mercadolibre/testing/edge";
import { claimPage, refusals, searchedClaim } from "@/lib/server/mercadolibre/testing/wire-claims";
import { searchClaims, searchClaimsOf } from "./claims";

const one = { userId: "222222222", role: "respondent", offset: 0 } as const;
const asked = (url: URL | undefined) => Object.fromEntries(url?.searchParams ?? []);
const HINT =
  "Invalid parameters. At least submit some of these filters: [resource and resource_id] [player_role and player_user_id]";

describe("a search of claims", () => {
  it("names role and user with dots in LOCAL, and never asks to be sorted", async () => {
    const { meli, sent } = client([{ body: claimPage([searchedClaim()]) }]);
    const found = await searchClaims(meli, one);
    expect(sent[0]?.url.pathname).toBe("/post-purchase/v1/claims/search");
    expect(asked(sent[0]?.url)).toEqual({
      "players.role": "respondent",
      "players.user_id": "222222222",
      offset: "0",
      limit: "100",
    });
    expect(found).toMatchObject({ total: 1, next: null, claims: [{ id: "5300000001", status: "opened" }] });
  });

  it("names role, user and marketplace user with underscores in GLOBAL", async () => {
    const { meli, sent } = client([{ body: claimPage([]) }], { profile: "GLOBAL" });
    await searchClaims(meli, { ...one, role: "complainant", status: "opened" });
    expect(sent[0]?.url.pathname).toBe("/marketplace/v2/claims/search");
    expect(asked(sent[0]?.url)).toEqual({
      player_role: "complainant",
      player_user_id: "222222222",
      user_id: "222222222",
      status: "opened",
      offset: "0",
      limit: "100",
    });
  });

  it("writes the range with milliseconds and an offset", async () => {
    const { meli, sent } = client([{ body: claimPage([]) }]);
    await searchClaims(meli, { ...one, updatedSince: new Date("2026-03-19T12:31:54Z") });
    expect(sent[0]?.url.searchParams.get("range")).toBe("last_updated:after:2026-03-19T12:31:54.000+00:00");
    expect(sent[0]?.url.search).toContain("%2B00%3A00");
  });

  it.each([
    ["the newer envelope", refusals.newer(400, HINT)],
    ["the page's own", refusals.short(400, "Invalid parameters.", "invalid_params")],
    ["no filter at all", refusals.short(400, "at least any of these filters: id, type", "invalid_query")],
  ])(
    "spells the names in the other way once when refused in %s, and remembers it",
    async (_name, refusal) => {
      const { meli, sent } = client(({ url }) =>
        url.searchParams.has("players.role") ? refusal : { body: claimPage([]) },
      );
      await searchClaims(meli, one);
      await searchClaims(meli, one);
      expect(sent.map(({ url }) => url.searchParams.has("player_role"))).toEqual([false, true, true]);
    },
  );

  it("spells them with dots in GLOBAL where underscores are refused", async () => {
    const { meli, sent } = client(
      ({ url }) =>
        url.searchParams.has("player_role") ? refusals.newer(400, HINT) : { body: claimPage([]) },
      { profile: "GLOBAL" },
    );
    await searchClaims(meli, one);
    expect(sent).toHaveLength(2);
    expect(sent[1]?.url.searchParams.get("players.role")).toBe("respondent");
  });

  it("gives up when both spellings are refused, and tries the first one again next time", async () => {
    const { meli, sent } = client([refusals.newer(400, HINT)]);
    expect((await failureOf(searchClaims(meli, one))).code).toBe("refused_by_meli");
    expect(sent).toHaveLength(2);
    await failureOf(searchClaims(meli, one));
    expect(sent[2]?.url.searchParams.has("players.role")).toBe(true);
  });

  it.each([refusals.newer(400, "offset is too large"), refusals.local(403, "no", "forbidden_error")])(
    "takes any other refusal as it is",
    async (refusal) => {
      const { meli, sent } = client([refusal]);
      await failureOf(searchClaims(meli, one));
      expect(sent).toHaveLength(1);
    },
  );

  it("pages to the total, whatever the size of the pages", async () => {
    const { meli, sent } = client([
      { body: claimPage([searchedClaim(), searchedClaim({ id: 2 })], { total: 5, offset: 0, limit: 30 }) },
    ]);
    expect(await searchClaims(meli, one)).toMatchObject({ next: 2, total: 5 });
    expect(await searchClaims(meli, { ...one, offset: 3 })).toMatchObject({ next: null, total: 5 });
    expect(sent[1]?.url.searchParams.get("offset")).toBe("3");
  });

  it("ends at an empty page, whatever the total", async () => {
    const { meli } = client([{ body: claimPage([], { total: 9, offset: 0, limit: 100 }) }]);
    expect((await searchClaims(meli, one)).next).toBeNull();
  });

  it.each([
    ["none", {}],
    ["null", { paging: null }],
    ["a text", { paging: { total: "1" } }],
  ])("reads a page whose paging is %s", async (_name, more) => {
    const { meli } = client([{ body: { ...claimPage([searchedClaim()]), paging: undefined, ...more } }]);
    expect(await searchClaims(meli, one)).toMatchObject({ total: 1, next: null });
  });

  it("goes on after a full page that names no total", async () => {
    const data = Array.from({ length: 100 }, (_, index) => searchedClaim({ id: index + 1 }));
    const { meli } = client([{ body: { data } }]);
    expect((await searchClaims(meli, one)).next).toBe(100);
  });

  it("keeps offset and limit together below ten thousand", async () => {
    const data = Array.from({ length: 49 }, (_, index) => searchedClaim({ id: index + 1 }));
    const { meli, sent } = client([{ body: claimPage(data, { total: 20_000, offset: 9_950, limit: 49 }) }]);
    expect((await searchClaims(meli, { ...one, offset: 9_950 })).next).toBeNull();
    expect(sent[0]?.url.searchParams.get("limit")).toBe("49");
    expect(await searchClaims(meli, { ...one, offset: 9_999 })).toMatchObject({ claims: [], next: null });
    expect(sent).toHaveLength(1);
  });

  it("leaves out what makes no sense, and says so in the log without its content", async () => {
    const { meli, lines } = client([
      { body: claimPage([searchedClaim(), { id: 7, message: "secreto" }, null, "x"], { total: 4 }) },
    ]);
    expect((await searchClaims(meli, one)).claims).toHaveLength(1);
    expect(lines.join("\n")).toContain('"droppedClaims":3');
    expect(lines.join("\n")).not.toContain("secreto");
  });

  it("takes a list under `results`, and nothing that is no list", async () => {
    const { meli } = client([{ body: { results: [searchedClaim()] } }, { body: { ok: true } }]);
    expect((await searchClaims(meli, one)).claims).toHaveLength(1);
    expect(await errorOf(searchClaims(meli, one))).toMatchObject({ code: "meli_unreadable" });
  });

  it("refuses a user id that is none before any call", async () => {
    const { meli, sent } = client([{ body: claimPage([]) }]);
    expect(await errorOf(searchClaims(meli, { ...one, userId: "1&x=2" }))).toMatchObject({
      code: "invalid_input",
    });
    expect(sent).toEqual([]);
  });
});

describe("the claims of a sale", () => {
  it.each([
    [{ orderId: "2000010000000001" }, { order_id: "2000010000000001" }],
    [{ packId: "2000011112222333" }, { pack_id: "2000011112222333" }],
  ])("asks by %j, never by both and never by its resource", async (ref, query) => {
    const { meli, sent } = client([{ body: claimPage([searchedClaim()]) }]);
    expect(await searchClaimsOf(meli, ref)).toHaveLength(1);
    expect(asked(sent[0]?.url)).toEqual({ ...query, offset: "0", limit: "100" });
  });

  it("names the marketplace user in GLOBAL when it is known", async () => {
    const { meli, sent } = client([{ body: claimPage([]) }], { profile: "GLOBAL" });
    await searchClaimsOf(meli, { orderId: "1", userId: "9" });
    expect(sent[0]?.url.searchParams.get("user_id")).toBe("9");
  });

  it("reads every page, each claim once", async () => {
    const { meli, sent } = client([
      { body: claimPage([searchedClaim({ id: 1 }), searchedClaim({ id: 2 })], { total: 3 }) },
      { body: claimPage([searchedClaim({ id: 2 })], { total: 3 }) },
    ]);
    expect((await searchClaimsOf(meli, { packId: "1" })).map(({ id }) => id)).toEqual(["1", "2"]);
    expect(sent.map(({ url }) => url.searchParams.get("offset"))).toEqual(["0", "2"]);
  });

  it("is not asked again in another spelling: it names no player", async () => {
    const { meli, sent } = client([refusals.newer(400, HINT)]);
    await failureOf(searchClaimsOf(meli, { orderId: "1" }));
    expect(sent).toHaveLength(1);
  });
});
