import { describe, expect, it } from "vitest";
import { DAY, HOUR, MONDAY, startClaim } from "@/sandbox/claims/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

const iso = (ms: number) => new Date(MONDAY.getTime() + ms).toISOString();

describe("searching claims (claims.md 4.1)", () => {
  it("answers paging and `data`, 30 a page, and clamps a larger limit to 100", async () => {
    const c = await startClaim();
    const { body } = await c.search("status=opened");
    expect(at(body, "paging")).toEqual({ total: 1, offset: 0, limit: 30 });
    expect(textAt(body, "data", 0, "id")).toBe(c.id);
    expect(at((await c.search("status=opened&limit=500")).body, "paging", "limit")).toBe(100);
  });

  it("leaves `related_entities` and the mediator out, which GET has (12.5, 13)", async () => {
    const c = await startClaim({ dispute: { hoursAgo: 1 }, openedHoursAgo: 30 });
    const found = at((await c.search(`id=${c.id}`)).body, "data", 0);
    expect(found).not.toHaveProperty("related_entities");
    expect(listAt(found, "players").map((one) => textAt(one, "role"))).toEqual(["complainant", "respondent"]);
    const whole = await c.body();
    expect(at(whole, "related_entities")).toEqual([]);
    expect(listAt(whole, "players").map((one) => textAt(one, "role"))).toContain("mediator");
  });

  it.each(["", "offset=0&limit=10&sort=date_created:desc", "seller_id=1&date_created.from=2026"])(
    "refuses a query without any real filter: '%s'",
    async (query) => {
      const { status, body } = await (await startClaim()).search(query);
      expect([status, at(body, "error")]).toEqual([400, "invalid_query"]);
      expect(textAt(body, "message")).toContain("at least any of these filters");
      expect(Object.keys(Object(body))).toEqual(["error", "message"]);
    },
  );

  it.each([
    "resource=order",
    "resource_id=1",
    "players.role=respondent",
    "players.user_id=1",
    "player_role=x",
  ])("refuses '%s', which needs another filter", async (query) => {
    const { status, body } = await (await startClaim()).search(query);
    expect([status, at(body, "error")]).toEqual([400, "invalid_params"]);
  });

  it("answers a wrong filter in the body captured live when told so (4.1, C9)", async () => {
    const c = await startClaim();
    await c.change({ claimFilterErrorForm: "live" });
    expect((await c.search("players.role=respondent")).body).toMatchObject({
      code: 400,
      error: "bad_request_error",
      cause: null,
    });
  });

  it("takes dotted and underscored player filters, or one of the two (11)", async () => {
    const c = await startClaim();
    const dotted = `players.role=respondent&players.user_id=${c.seller}`;
    const plain = `player_role=respondent&player_user_id=${c.seller}`;
    expect([await c.found(dotted), await c.found(plain)]).toEqual([[c.id], [c.id]]);
    await c.change({ claimFilterNames: "underscored" });
    const refused = await c.search(dotted);
    expect([refused.status, at(refused.body, "error")]).toEqual([400, "bad_request_error"]);
    expect(textAt(refused.body, "message")).toContain("[player_role and player_user_id]");
    expect(await c.found(plain)).toEqual([c.id]);
    await c.change({ claimFilterNames: "dotted" });
    expect([(await c.search(plain)).status, await c.found(dotted)]).toEqual([400, [c.id]]);
  });

  it("takes `resource` with the player filters, unless it needs its id (11)", async () => {
    const c = await startClaim();
    const query = `resource=order&players.role=respondent&players.user_id=${c.seller}`;
    expect(await c.found(query)).toEqual([c.id]);
    await c.change({ claimResourceNeeds: "resource_id" });
    expect((await c.search(query)).status).toBe(400);
    expect(await c.found(`resource=order&resource_id=${c.order}`)).toEqual([c.id]);
  });

  it("finds a cancelled sale through the complainant's role alone (3, 12.6)", async () => {
    const c = await startClaim();
    const cancelled = await c.another({ type: "cancel_sale", reasonId: "CS7100" });
    const as = (role: string) => c.found(`players.role=${role}&players.user_id=${c.seller}`);
    expect([await as("respondent"), await as("complainant")]).toEqual([[c.id], [cancelled.id]]);
  });

  it("finds by order or pack what hangs on their shipment and payment, never by both at once", async () => {
    const c = await startClaim({ resource: "shipment" });
    expect(textAt(await c.body(), "resource_id")).toBe(c.shipment);
    expect([await c.found(`order_id=${c.order}`), await c.found(`pack_id=${c.pack}`)]).toEqual([
      [c.id],
      [c.id],
    ]);
    const paid = await c.another({ resource: "payment" });
    expect(await c.found(`order_id=${paid.order}`)).toEqual([paid.id]);
    expect(await c.found(`payment_id=9${paid.order.slice(-10)}`)).toEqual([paid.id]);
    expect((await c.search(`order_id=${c.order}&pack_id=${c.pack}`)).status).toBe(400);
  });

  it("narrows by a range of either date, with one end or both", async () => {
    const c = await startClaim();
    const old = await c.another({ openedHoursAgo: 48 });
    const range = (text: string) => c.found(`range=${encodeURIComponent(text)}`);
    expect(await range(`date_created:after:${iso(-HOUR)}`)).toEqual([c.id]);
    expect(await range(`last_updated:before:${iso(-HOUR)}`)).toEqual([old.id]);
    expect(await range(`date_created:after:${iso(-3 * DAY)},before:${iso(-DAY)}`)).toEqual([old.id]);
    expect(await range("date_created:after:2026-03-02T09:59:05.000-0400")).toEqual([c.id]);
  });

  it.each([
    "2026-03-02T09:59:05-04:00",
    "2026-03-02T09:59:05.000",
    "2026-03-02",
    "2026-03-02T09:59:05.000 00:00",
  ])("refuses a range whose date is '%s'", async (date) => {
    const c = await startClaim();
    expect((await c.search(`range=${encodeURIComponent(`last_updated:after:${date}`)}`)).status).toBe(400);
  });

  it("ends below 10000: offset 10000 is refused, and so is offset plus limit", async () => {
    const c = await startClaim();
    const status = async (paging: string) => (await c.search(`status=opened&${paging}`)).status;
    expect(await status("offset=10000")).toBe(400);
    expect(await status("offset=9970&limit=30")).toBe(400);
    expect(await status("offset=9969&limit=30")).toBe(200);
    expect(await status("limit=-1")).toBe(400);
  });

  it("sorts newest first, or as asked; pages meet nothing twice", async () => {
    const c = await startClaim();
    const old = await c.another({ openedHoursAgo: 48 });
    expect(await c.found("status=opened")).toEqual([c.id, old.id]);
    expect(await c.found("status=opened&sort=last_updated:asc")).toEqual([old.id, c.id]);
    expect(await c.found("status=opened&limit=1&offset=1")).toEqual([old.id]);
    expect((await c.search("status=opened&sort=reason_id:asc")).status).toBe(400);
  });

  it("refuses last_updated:asc beside a range when told so (11)", async () => {
    const c = await startClaim();
    const range = encodeURIComponent(`last_updated:after:${iso(-DAY)}`);
    const query = (way: string) => c.search(`range=${range}&sort=last_updated:${way}`);
    expect((await query("asc")).status).toBe(200);
    await c.change({ claimSortWithRange: "refused" });
    expect([(await query("asc")).status, (await query("desc")).status]).toEqual([400, 200]);
    expect((await c.search("status=opened&sort=last_updated:asc")).status).toBe(200);
  });

  it("says `returns`, and takes both spellings as filter (11, 13)", async () => {
    const c = await startClaim({ type: "returns" });
    expect([await c.found("type=return"), await c.found("type=returns")]).toEqual([[c.id], [c.id]]);
    expect(at(await c.body(), "type")).toBe("returns");
    await c.change({ claimReturnType: "return" });
    expect(at(await c.body(), "type")).toBe("return");
  });

  it("ignores parameters it does not know, as long as one filter is real (12.14)", async () => {
    const c = await startClaim();
    expect(await c.found("status=opened&seller_id=1&date_created.from=2030-01-01")).toEqual([c.id]);
  });

  it("shows no one else's claims", async () => {
    const c = await startClaim();
    const { body } = await c.api.get(`${c.base}/search?status=opened`, await c.stranger());
    expect(at(body, "paging", "total")).toBe(0);
  });

  it("chooses the marketplace user by `user_id` in Global Selling; the account's own stands for all", async () => {
    const c = await startClaim({}, { siteId: "CBT" });
    expect(await c.found(`user_id=${c.localSeller}&player_role=respondent`)).toEqual([c.id]);
    expect(await c.found(`user_id=${c.seller}`)).toEqual([c.id]);
    expect(await c.found("user_id=1")).toEqual([]);
  });
});
