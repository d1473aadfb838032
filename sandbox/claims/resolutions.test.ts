import { describe, expect, it } from "vitest";
import { startClaim } from "@/sandbox/claims/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

const wishes = (body: unknown) =>
  listAt({ list: body }, "list").map((one) => [textAt(one, "expected_resolution"), textAt(one, "status")]);
const offer = "/expected-resolutions/partial-refund";
const offers = "/partial-refund/available-offers";

describe("what the buyer wants (claims.md 6)", () => {
  it("is told with who, what, and where it stands", async () => {
    const c = await startClaim();
    const told = {
      player_role: "complainant",
      user_id: Number(c.buyer),
      expected_resolution: "return_product",
      date_created: "2026-03-02T09:59:05.000-04:00",
      status: "pending",
    };
    const read = async () => at((await c.get("/expected-resolutions")).body, 0);
    expect(await read()).toEqual({ ...told, details: [], last_updated: told.date_created });
    await c.change({ claimKeys: "aliases" });
    expect(await read()).toEqual({ ...told, detail: [], last_update: told.date_created });
  });
});

describe("a partial refund (claims.md 6)", () => {
  it("offers 10 to 90 per cent of the order, with empty lists beside in one country", async () => {
    const c = await startClaim();
    const { body } = await c.get(offers);
    expect(body).toMatchObject({ currency_id: "ARS", recommendations: [], restrictions: [] });
    expect(listAt(body, "available_offers")).toHaveLength(9);
    expect(at(body, "available_offers", 2)).toEqual({ amount: 300, percentage: 30 });
    const global = await startClaim({}, { siteId: "CBT" });
    expect((await global.get(offers)).body).not.toHaveProperty("restrictions");
  });

  it("tells limits at the top, or nested and in lower case (11), and holds to them", async () => {
    const limit = { percentage: 50, reason: "LOW_REPUTATION", type: "maximum" as const };
    const c = await startClaim({ restrictions: [limit] });
    const { body } = await c.get(offers);
    expect(at(body, "restrictions")).toEqual([limit]);
    expect(listAt(body, "available_offers").map((one) => at(one, "percentage"))).toEqual([
      10, 20, 30, 40, 50,
    ]);
    expect((await c.post(offer, { percentage: 60 })).status).toBe(400);
    await c.change({ claimRestrictionsAt: "nested" });
    expect(at((await c.get(offers)).body, "recommendations", 0, "restrictions", 0, "reason")).toBe(
      "low_reputation",
    );
  });

  it("may list 100, which is refused all the same (11)", async () => {
    const c = await startClaim();
    await c.change({ claimOffersHundred: true });
    expect(at((await c.get(offers)).body, "available_offers", 9, "percentage")).toBe(100);
    expect((await c.post(offer, { percentage: 100 })).status).toBe(400);
  });

  it("is 422 for a claim that is not eligible, 403 for none, 404 for another's", async () => {
    const c = await startClaim({ reasonId: "PNR9501" });
    expect((await c.get(offers)).status).toBe(422);
    expect((await c.api.get(`${c.base}/5999999999${offers}`, c.access)).status).toBe(403);
    expect((await c.api.get(`${c.path}${offers}`, await c.stranger())).status).toBe(404);
  });

  it("refuses the buyer's return and waits, its numbers as text", async () => {
    const c = await startClaim();
    const { status, body } = await c.post(offer, { percentage: 30 });
    expect([status, wishes(body)]).toEqual([
      200,
      [
        ["return_product", "rejected"],
        ["partial_refund", "pending"],
      ],
    ]);
    expect(at(body, 1, "details")).toEqual([
      { key: "percentage", value: "30" },
      { key: "seller_amount", value: "300" },
      { key: "seller_currency", value: "ARS" },
    ]);
  });

  it("is 50 per cent when the body says none", async () => {
    const c = await startClaim();
    expect(at((await c.post(offer, {})).body, 1, "details", 0, "value")).toBe("50");
  });

  it("is refused with the percentage in LOCAL, and in the other words in GLOBAL", async () => {
    const c = await startClaim();
    expect((await c.post(offer, { percentage: 35 })).body).toEqual({
      message: "Percentage not found 35.0",
      error: "error checking configuration percentage",
      status: 400,
      cause: [],
    });
    const global = await startClaim({}, { siteId: "CBT" });
    expect((await global.post(offer, { percentage: 35.5 })).body).toEqual({
      code: 400,
      error: "bad_request_error",
      message: "35.5 is not a valid percentage",
      cause: null,
    });
  });

  it("is one per claim, with the refusal of each profile (6, 11)", async () => {
    const c = await startClaim();
    await c.post(offer, { percentage: 30 });
    expect(await c.actions()).not.toContain("allow_partial_refund");
    expect((await c.post(offer, { percentage: 30 })).body).toMatchObject({
      error: "bad_request",
      message: "Action allow_partial_refund not available for player",
    });
    await c.change({ claimOfferError: "bad_request_error" });
    expect(at((await c.post(offer, {})).body, "error")).toBe("bad_request_error");
    const global = await startClaim({ without: ["allow_partial_refund"] }, { siteId: "CBT" });
    expect(at((await global.post(offer, {})).body, "message")).toBe(
      "Action allow_partial_refund not available",
    );
  });

  it("closes the claim when the buyer accepts", async () => {
    const c = await startClaim();
    await c.post(offer, { percentage: 30 });
    await c.play("/buyer/offer", { accept: true });
    expect(await c.body()).toMatchObject({ status: "closed", resolution: { reason: "partial_refunded" } });
    expect(wishes((await c.get("/expected-resolutions")).body)[1]).toEqual(["partial_refund", "accepted"]);
  });

  it("leads to a mediation when the buyer refuses (13), or not", async () => {
    const c = await startClaim();
    await c.post(offer, { percentage: 30 });
    await c.play("/buyer/offer", { accept: false });
    expect(at(await c.body(), "stage")).toBe("dispute");
    expect(wishes((await c.get("/expected-resolutions")).body)[1]).toEqual(["partial_refund", "rejected"]);
    const calm = await startClaim();
    await calm.change({ claimRefusedOffer: "claim" });
    await calm.post(offer, { percentage: 30 });
    await calm.play("/buyer/offer", { accept: false });
    expect(at(await calm.body(), "stage")).toBe("claim");
  });
});

describe("a full refund (claims.md 6)", () => {
  it("closes the claim one second later, by the mediator", async () => {
    const c = await startClaim();
    const { status, body } = await c.post("/expected-resolutions/refund");
    expect([status, wishes(body).at(-1)]).toEqual([200, ["refund", "accepted"]]);
    expect(await c.actions()).toEqual([]);
    await c.pass(1_000);
    expect(await c.body()).toMatchObject({
      status: "closed",
      resolution: { reason: "payment_refunded", closed_by: "respondent" },
    });
    const history = (await c.get("/actions-history")).body;
    expect([at(history, 0), at(history, 1)]).toEqual([
      expect.objectContaining({
        action_name: "close_claim",
        player_role: "mediator",
        date_created: "2026-03-02T09:59:06.000-04:00",
      }),
      expect.objectContaining({
        action_name: "refund",
        player_role: "respondent",
        date_created: "2026-03-02T09:59:05.000-04:00",
      }),
    ]);
  });

  it("pays once: a second order is refused", async () => {
    const c = await startClaim();
    await c.post("/expected-resolutions/refund");
    const { status, body } = await c.post("/expected-resolutions/refund");
    expect([status, at(body, "message")]).toEqual([400, "Action refund not available for player"]);
    await c.pass(1_000);
    expect((await c.post("/expected-resolutions/refund")).status).toBe(400);
    const refunds = listAt(await c.held(), "resolutions").filter((one) => at(one, "wish") === "refund");
    expect(refunds).toHaveLength(1);
  });

  it("answers one pending entry in Global Selling (11)", async () => {
    const c = await startClaim({}, { siteId: "CBT" });
    expect(wishes((await c.post("/expected-resolutions/refund")).body)).toEqual([["refund", "pending"]]);
    const other = await c.another();
    await c.change({ claimRefundAnswer: "accepted" });
    const { body } = await c.api.post(`${c.base}/${other.id}/expected-resolutions/refund`, c.access, {});
    expect(wishes(body).at(-1)).toEqual(["refund", "accepted"]);
  });
});

describe("returns, replacements, mediations (claims.md 6)", () => {
  it("accepts a return: a label is made and `related_entities` gains it", async () => {
    const c = await startClaim();
    const { status, body } = await c.post("/expected-resolutions/allow-return");
    expect([status, wishes(body)]).toEqual([200, [["return_product", "accepted"]]]);
    expect(at(await c.body(), "related_entities")).toEqual(["return"]);
    expect(await c.actions()).not.toContain("allow_return");
    expect((await c.post("/expected-resolutions/allow-return")).body).toMatchObject({
      message: "Action allow_return not available for player",
    });
    const history = (await c.get("/actions-history")).body;
    expect(textAt(history, 0, "action_name")).toBe("generate_return");
  });

  it("accepts it under the other action too", async () => {
    const c = await startClaim({ without: ["allow_return"], also: ["allow_return_label"] });
    expect((await c.post("/expected-resolutions/allow-return")).status).toBe(200);
  });

  it("offers a replacement for Full alone; accepted, it becomes an exchange of the same claim", async () => {
    const plain = await startClaim();
    expect((await plain.post("/expected-resolutions/allow-replace")).status).toBe(400);
    const c = await startClaim(
      { wants: "change_product" },
      { thread: { shipment: { status: "delivered", logisticType: "fulfillment" } } },
    );
    expect(wishes((await c.post("/expected-resolutions/allow-replace")).body).at(-1)).toEqual([
      "change_product",
      "pending",
    ]);
    await c.play("/buyer/replacement", { accept: true });
    expect(await c.body()).toMatchObject({ type: "mediations", related_entities: ["change"] });
  });

  it("has no replacement under the GLOBAL prefix (2)", async () => {
    const c = await startClaim({}, { siteId: "CBT" });
    expect((await c.post("/expected-resolutions/allow-replace")).status).toBe(404);
  });

  it("asks for the mediation: the claim comes back in dispute, the mediator in it", async () => {
    const c = await startClaim();
    expect((await c.post("/actions/open-dispute")).body).toMatchObject({
      message: "Action open_dispute not available for player",
    });
    await c.send("Hola");
    const { status, body } = await c.post("/actions/open-dispute");
    expect([status, at(body, "stage")]).toEqual([200, "dispute"]);
    expect(listAt(body, "players").map((one) => textAt(one, "role"))).toContain("mediator");
    expect(await c.actions()).toEqual(["send_message_to_mediator"]);
  });
});
