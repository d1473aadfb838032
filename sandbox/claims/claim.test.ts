import { describe, expect, it } from "vitest";
import { startClaim } from "@/sandbox/claims/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

const roles = (body: unknown) => listAt(body, "players").map((one) => textAt(one, "role"));

describe("a claim (claims.md 3)", () => {
  it("has the fields of the contract, dates with milliseconds and -04:00", async () => {
    const c = await startClaim();
    expect(await c.body()).toEqual({
      id: Number(c.id),
      resource_id: Number(c.order),
      status: "opened",
      type: "mediations",
      stage: "claim",
      parent_id: null,
      resource: "order",
      reason_id: "PDD9939",
      fulfilled: true,
      quantity_type: "total",
      claimed_quantity: 1,
      claim_version: 2,
      players: [
        expect.objectContaining({ role: "complainant", type: "buyer", user_id: Number(c.buyer) }),
        expect.objectContaining({ role: "respondent", type: "seller", user_id: Number(c.seller) }),
      ],
      resolution: null,
      site_id: "MLA",
      date_created: "2026-03-02T09:59:05.000-04:00",
      last_updated: "2026-03-02T09:59:05.000-04:00",
      related_entities: [],
    });
    expect(c.id).toMatch(/^\d{10}$/);
  });

  it("leaves quantity and version out for GLOBAL (13)", async () => {
    const c = await startClaim({}, { siteId: "CBT" });
    const body = await c.body();
    expect(body).not.toHaveProperty("claimed_quantity");
    expect(body).not.toHaveProperty("claim_version");
    expect(textAt(body, "players", 1, "user_id")).toBe(c.localSeller);
  });

  it("is served under both prefixes from one store (1, 13)", async () => {
    const c = await startClaim();
    const global = await c.api.get(`/marketplace/v2/claims/${c.id}`, c.access);
    expect([global.status, textAt(global.body, "id")]).toEqual([200, c.id]);
    expect(global.body).not.toHaveProperty("claim_version");
  });

  it.each(["/v1/claims", "/post-purchase/claims", "/marketplace/claims"])(
    "is not at the dead prefix %s (1, 12.3)",
    async (base) => {
      const c = await startClaim();
      expect((await c.api.get(`${base}/${c.id}`, c.access)).status).toBe(404);
    },
  );

  it("names the players by its resource: collector of a payment, sender of a shipment", async () => {
    const types = async (resource: "payment" | "shipment") =>
      listAt(await (await startClaim({ resource })).body(), "players").map((one) => textAt(one, "type"));
    expect(await types("payment")).toEqual(["buyer", "collector"]);
    expect(await types("shipment")).toEqual(["receiver", "sender"]);
  });

  it("makes the seller the complainant of a cancelled sale, closed without a resolution", async () => {
    const c = await startClaim({ type: "cancel_sale", reasonId: "CS7100" });
    const body = await c.body();
    expect(body).toMatchObject({ status: "closed", stage: "none", resolution: null });
    expect(at(body, "players", 0)).toMatchObject({ role: "complainant", user_id: Number(c.seller) });
  });

  it("shows the mediator in GET during a mediation, nowhere, or everywhere (3, 13)", async () => {
    const c = await startClaim({ dispute: { hoursAgo: 1 }, openedHoursAgo: 30 });
    const inSearch = async () => roles(at((await c.search(`id=${c.id}`)).body, "data", 0));
    const both = async () => [
      roles(await c.body()).includes("mediator"),
      (await inSearch()).includes("mediator"),
    ];
    expect(await both()).toEqual([true, false]);
    await c.change({ claimMediatorAt: "everywhere" });
    expect(await both()).toEqual([true, true]);
    await c.change({ claimMediatorAt: "never" });
    expect(await both()).toEqual([false, false]);
  });

  it("tells how it ended: reason, who gains, who closed, coverage", async () => {
    const c = await startClaim({ dispute: { hoursAgo: 1 }, openedHoursAgo: 30 });
    await c.play("/mediator/decide", { for: "respondent" });
    expect(at(await c.body(), "resolution")).toEqual({
      reason: "rep_resolution",
      date_created: "2026-03-02T09:59:05.000-04:00",
      benefited: ["respondent"],
      closed_by: "mediator",
      applied_coverage: false,
    });
  });
});

describe("around a claim", () => {
  it("tells whose turn it is, until when, and why, in the seller's language (4.2)", async () => {
    const c = await startClaim();
    expect((await c.get("/detail")).body).toEqual({
      due_date: "2026-03-06T22:43:59.000-04:00",
      action_responsible: "seller",
      title: "Respondele a tu comprador",
      description: expect.any(String),
      problem: "El producto no funciona",
    });
    await c.send("Hola");
    expect((await c.get("/detail")).body).toMatchObject({ action_responsible: "buyer", due_date: null });
    const global = await startClaim({}, { siteId: "CBT" });
    expect(at((await global.get("/detail")).body, "problem")).toBe("The product does not work");
  });

  it("explains its reason: flow, name, detail, filter, settings (4.3)", async () => {
    const c = await startClaim();
    const { body } = await c.api.get(`${c.base}/reasons/PNR9502`, c.access);
    expect(body).toMatchObject({
      id: "PNR9502",
      flow: "mediations_undelivered",
      name: "respondent_unanswered",
      detail: "El vendedor no me respondió",
      filter: { group: null, site_id: expect.arrayContaining(["MLM", "CBT"]) },
      settings: { allowed_flows: [], expected_resolutions: ["refund", "product"], rules_engine_triage: [] },
      parent_id: null,
      children_title: null,
      status: "active",
    });
    expect((await c.api.get(`${c.base}/reasons/PDD9943`, c.access)).body).toMatchObject({
      filter: { group: ["fashion"] },
      settings: { rules_engine_triage: ["different"] },
    });
    expect((await c.api.get(`${c.base}/reasons/nothing`, c.access)).status).toBe(404);
  });

  it("keeps both histories, bare and newest first (4.4)", async () => {
    const c = await startClaim();
    await c.pass(60_000);
    await c.send("Hola");
    await c.pass(60_000);
    await c.post("/actions/open-dispute");
    expect((await c.get("/actions-history")).body).toEqual([
      expect.objectContaining({
        action_name: "open_dispute",
        claim_stage: "claim",
        player_role: "respondent",
      }),
      expect.objectContaining({ action_name: "send_message_to_complainant", claim_status: "opened" }),
      {
        action_name: "open_claim",
        player_role: "complainant",
        action_reason_id: "PDD9939",
        claim_stage: null,
        claim_status: null,
        date_created: "2026-03-02T09:59:05.000-04:00",
      },
    ]);
    expect((await c.get("/status-history")).body).toEqual([
      { stage: "dispute", status: "opened", date: "2026-03-02T10:01:05.000-04:00", change_by: "respondent" },
      { stage: "claim", status: "opened", date: "2026-03-02T09:59:05.000-04:00", change_by: "complainant" },
    ]);
  });

  it("tells the effect on the reputation and the 48 h of the incentive (4.5, 8)", async () => {
    const c = await startClaim();
    expect((await c.get("/affects-reputation")).body).toEqual({
      affects_reputation: "affected",
      has_incentive: true,
      due_date: "2026-03-04T09:59:05.000-04:00",
    });
    await c.change({ claimDateStyle: "no_seconds" });
    expect(at((await c.get("/affects-reputation")).body, "due_date")).toBe("2026-03-04T09:59-04:00");
    const payment = await startClaim({ resource: "payment" });
    expect((await payment.get("/affects-reputation")).body).toEqual({
      affects_reputation: "not_applies",
      has_incentive: false,
      due_date: null,
    });
  });

  it("keeps a claim that was refunded within 48 h out of the reputation, a later one not (8)", async () => {
    const effect = async (ms: number) => {
      const c = await startClaim();
      await c.pass(ms);
      await c.post("/expected-resolutions/refund");
      await c.pass(1_000);
      return at((await c.get("/affects-reputation")).body, "affects_reputation");
    };
    expect([await effect(47 * 3_600_000), await effect(49 * 3_600_000)]).toEqual([
      "not_affected",
      "affected",
    ]);
  });
});
