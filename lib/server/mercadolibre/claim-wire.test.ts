import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { client, errorOf, failureOf } from "@/lib/server/mercadolibre/testing/edge";
import { CLAIM, refusals, wireClaim } from "@/lib/server/mercadolibre/testing/wire-claims";
import { claimDateOf, dayOf, quantityOf } from "./claim-values";
import { readClaim } from "./claims";

const read = (more: object = {}) => readClaim(client([{ body: { ...wireClaim, ...more } }]).meli, CLAIM);
const action = (value: unknown) => ({
  players: [{ role: "respondent", type: "seller", user_id: 1, available_actions: [value] }],
});

describe("a claim", () => {
  it("is read as the contract prints it", async () => {
    expect(await read()).toEqual({
      id: CLAIM,
      resource: "order",
      resourceId: "2000010000000001",
      status: "opened",
      type: "mediations",
      stage: "claim",
      parentId: null,
      reasonId: "PDD9939",
      fulfilled: true,
      quantityType: "total",
      claimedQuantity: 1,
      siteId: "MLM",
      createdAt: new Date("2026-03-02T13:59:05Z"),
      updatedAt: new Date("2026-03-02T15:18:01Z"),
      relatedEntities: [],
      players: [
        { role: "complainant", type: "buyer", userId: "111111111", actions: [] },
        {
          role: "respondent",
          type: "seller",
          userId: "222222222",
          actions: [
            {
              action: "send_message_to_complainant",
              isMandatory: true,
              dueAt: new Date("2026-03-07T02:43:59Z"),
            },
            { action: "refund", isMandatory: false, dueAt: null },
          ],
        },
      ],
      resolution: null,
    });
  });

  it.each([
    ["LOCAL", "/post-purchase/v1/claims/5300000001"],
    ["GLOBAL", "/marketplace/v2/claims/5300000001"],
  ] as const)("is read at its %s address", async (profile, address) => {
    const { meli, sent } = client([{ body: wireClaim }], { profile });
    await readClaim(meli, CLAIM);
    expect(sent[0]?.url.pathname).toBe(address);
    expect(sent[0]?.method).toBe("GET");
  });

  it.each([
    ["return", "returns"],
    ["returns", "returns"],
    ["mediations", "mediations"],
    ["something_new", "something_new"],
  ])("of the type %s is one of %s", async (type, expected) => {
    expect((await read({ type })).type).toBe(expected);
  });

  it.each([
    [undefined, null],
    [null, null],
    [["return"], ["return"]],
    [
      ["returns", "changes", "new"],
      ["return", "change", "new"],
    ],
    [[], []],
  ])("with related entities %j tells %j", async (related_entities, expected) => {
    expect((await read({ related_entities })).relatedEntities).toEqual(expected);
  });

  it.each([
    ["missing", { role: "respondent", user_id: "1" }, null],
    ["null", { role: "respondent", user_id: 1, available_actions: null }, null],
    ["empty", { role: "respondent", user_id: 1, available_actions: [] }, []],
  ])("has a player whose actions are %s", async (_name, player, actions) => {
    expect((await read({ players: [player] })).players).toEqual([
      { role: "respondent", type: null, userId: "1", actions },
    ]);
  });

  it.each([
    [
      { action: "refund", mandatory: null, due_date: null },
      { action: "refund", isMandatory: false, dueAt: null },
    ],
    [{ action: "never_seen" }, { action: "never_seen", isMandatory: false, dueAt: null }],
    ["open_dispute", { action: "open_dispute", isMandatory: false, dueAt: null }],
  ])("holds the action %j", async (value, expected) => {
    expect((await read(action(value))).players[0]?.actions).toEqual([expected]);
  });

  it("leaves out an action without a name, and keeps the claim", async () => {
    expect((await read(action({ mandatory: true }))).players[0]?.actions).toEqual([]);
  });

  it("takes a mediator whose user is told or not", async () => {
    const players = [{ role: "mediator", type: "internal", user_id: null, available_actions: [] }];
    expect((await read({ stage: "dispute", players })).players[0]).toMatchObject({
      role: "mediator",
      userId: null,
    });
  });

  it("says how it ended", async () => {
    const resolution = {
      reason: "respondent_timeout",
      date_created: "2026-03-07T00:00:00.000-04:00",
      benefited: ["complainant"],
      closed_by: "mediator",
      applied_coverage: false,
    };
    expect((await read({ status: "closed", resolution })).resolution).toEqual({
      reason: "respondent_timeout",
      at: new Date("2026-03-07T04:00:00Z"),
      benefited: ["complainant"],
      closedBy: "mediator",
      isCovered: false,
    });
  });

  it("takes the old name of who benefited, and what is missing as not told", async () => {
    expect((await read({ resolution: { decision: ["respondent"] } })).resolution).toEqual({
      reason: null,
      at: null,
      benefited: ["respondent"],
      closedBy: null,
      isCovered: null,
    });
  });

  it("may be a closed cancellation without a resolution", async () => {
    const claim = await read({ type: "cancel_sale", stage: "none", status: "closed", resolution: null });
    expect(claim).toMatchObject({ type: "cancel_sale", stage: "none", status: "closed", resolution: null });
  });

  it.each([
    [{ quantity_type: null }, { quantityType: null }],
    [{ claimed_quantity: "1.0" }, { claimedQuantity: 1 }],
    [{ claimed_quantity: undefined, claim_version: undefined }, { claimedQuantity: null }],
    [{ parent_id: "5300000009" }, { parentId: "5300000009" }],
    [
      { resource: "pack", resource_id: "2000011112222333" },
      { resource: "pack", resourceId: "2000011112222333" },
    ],
    [
      { resource: undefined, resource_id: null },
      { resource: "unknown", resourceId: "" },
    ],
    [{ fulfilled: null }, { fulfilled: null }],
    [{ fulfilled: "false" }, { fulfilled: false }],
    [{ site_id: null }, { siteId: "" }],
    [{ players: undefined }, { players: [] }],
    [{ status: "CLOSED" }, { status: "closed" }],
    [{ last_updated: null }, { updatedAt: new Date("2026-03-02T13:59:05Z") }],
    [{ client_id: 1, labels: [], coverages: [] }, { id: CLAIM }],
  ])("reads %j as %j", async (more, expected) => {
    expect(await read(more)).toMatchObject(expected);
  });

  it("keeps every digit of an id beyond 2^53", async () => {
    const body = JSON.stringify(wireClaim).replace("2000010000000001", "9007199254740993123");
    expect((await readClaim(client([{ body }]).meli, CLAIM)).resourceId).toBe("9007199254740993123");
  });

  it.each([{ id: undefined }, { id: "x" }, { status: null }, { date_created: null, last_updated: "?" }])(
    "is none with %j",
    async (more) => {
      expect(await errorOf(read(more))).toMatchObject({ code: "meli_unreadable" });
    },
  );

  it("never fails on what an open set may hold", async () => {
    const anything = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.boolean(),
      fc.array(fc.string()),
      fc.object(),
    );
    const odd = fc.record({
      type: anything,
      stage: anything,
      resource: anything,
      reason_id: anything,
      players: anything,
      resolution: anything,
      related_entities: anything,
      quantity_type: anything,
      claimed_quantity: anything,
      fulfilled: anything,
    });
    await fc.assert(
      fc.asyncProperty(odd, async (more) => {
        expect((await read(more)).id).toBe(CLAIM);
      }),
    );
  });

  it.each([
    [refusals.local(404, "Resource not found", "business_logic_error"), "not_found"],
    [refusals.newer(404, "Claim not found. claimId: 9", "not_found_error"), "not_found"],
    [refusals.local(403, "You don't have permission", "forbidden_error"), "refused_by_meli"],
    [refusals.gateway, "not_available"],
    [refusals.worded(400, "Invalid roleId"), "refused_by_meli"],
    [refusals.short(400, "Invalid parameters", "invalid_params"), "refused_by_meli"],
  ])("is refused in every envelope: %j", async (refusal, code) => {
    expect((await failureOf(readClaim(client([refusal]).meli, CLAIM))).code).toBe(code);
  });

  it("takes the token that is renewed after a 401, once", async () => {
    const { meli, sent, refused } = client([
      refusals.local(401, "user not authorized", "unauthorized_request_error"),
      { body: wireClaim },
    ]);
    await readClaim(meli, CLAIM);
    expect(sent).toHaveLength(2);
    expect(refused).toHaveLength(1);
  });

  it("waits as told after a 429 and slows its family down", async () => {
    const { meli, pauses, pushed, taken } = client([
      { ...refusals.local(429, "Too Many Requests", "too_many_requests"), headers: { "retry-after": "2" } },
      { body: wireClaim },
    ]);
    await readClaim(meli, CLAIM);
    expect(pauses[0]).toBeGreaterThanOrEqual(2_000);
    expect(pushed).toMatchObject([{ family: "claims", kind: "read", retryAfterMs: 2_000 }]);
    expect(taken[0]).toMatchObject({ family: "claims", kind: "read" });
  });

  it.each(["", "..", "1/2", "1?x", "x"])("with the id %j is refused before any call", async (id) => {
    const { meli, sent } = client([{ body: wireClaim }]);
    expect(await errorOf(readClaim(meli, id))).toMatchObject({ code: "invalid_input" });
    expect(sent).toEqual([]);
  });
});

describe("the dates of claims", () => {
  it.each([
    ["2026-03-02T09:59:05.000-04:00", "2026-03-02T13:59:05.000Z"],
    ["2026-03-02T14:10:00Z", "2026-03-02T14:10:00.000Z"],
    ["2023-04-19T00:00-04:00", "2023-04-19T04:00:00.000Z"],
    ["2026-03-19T12:31:54.000-0300", "2026-03-19T15:31:54.000Z"],
    ["2026-03-02T09:59:05.000", "2026-03-02T13:59:05.000Z"],
    ["2026-03-02T09:59:05", "2026-03-02T13:59:05.000Z"],
    ["2026-03-02 09:59", "2026-03-02T13:59:00.000Z"],
    ["2026-03-02", "2026-03-02T04:00:00.000Z"],
    [" 2026-03-02T09:59:05 ", "2026-03-02T13:59:05.000Z"],
  ])("%s is %s", (written, instant) => {
    expect(claimDateOf(written)?.toISOString()).toBe(instant);
  });

  it.each(["", "soon", "2026-13-02", 7, null, undefined, {}])("%j is none", (value) => {
    expect(claimDateOf(value)).toBeNull();
    expect(dayOf(value)).toBeNull();
  });

  it.each(["2026-03-06", "2026-03-06T23:59:59.000-0400", "2026-03-06T00:00:00.000Z"])(
    "%s is of the day that it is written with",
    (written) => {
      expect(dayOf(written)).toBe("2026-03-06");
    },
  );
});

describe("the quantities of claims", () => {
  it.each([
    ["1.0", 1],
    ["2", 2],
    [3, 3],
    [0, 0],
    ["", null],
    ["x", null],
    [-1, null],
    [null, null],
    [Number.NaN, null],
  ])("%j is %j", (value, expected) => {
    expect(quantityOf(value)).toBe(expected);
  });
});
