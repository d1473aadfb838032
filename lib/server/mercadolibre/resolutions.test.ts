import { describe, expect, it } from "vitest";
import { client, errorOf, failureOf } from "@/lib/server/mercadolibre/testing/edge";
import { CLAIM, refusals, wireClaim } from "@/lib/server/mercadolibre/testing/wire-claims";
import {
  allowReplace,
  allowReturn,
  offerPartialRefund,
  openDispute,
  readExpectedResolutions,
  readRefundOffers,
  refund,
} from "./resolutions";

const partial = {
  player_role: "respondent",
  user_id: 222222222,
  expected_resolution: "partial_refund",
  details: [
    { key: "percentage", value: "50" },
    { key: "seller_amount", value: 49.95 },
    { key: "seller_currency", value: "MXN" },
  ],
  date_created: "2026-03-02T10:00:00.000-04:00",
  last_updated: "2026-03-02T10:01:00.000-04:00",
  status: "pending",
};
const read = {
  role: "respondent",
  userId: "222222222",
  kind: "partial_refund",
  details: { percentage: "50", seller_amount: "49.95", seller_currency: "MXN" },
  at: new Date("2026-03-02T14:00:00Z"),
  updatedAt: new Date("2026-03-02T14:01:00Z"),
  status: "pending",
};

describe("expected resolutions", () => {
  it("tell who asks for what, and what became of it", async () => {
    expect(await readExpectedResolutions(client([{ body: [partial] }]).meli, CLAIM)).toEqual([read]);
  });

  it("are read under their other names, with dates that lack an offset", async () => {
    const { details, last_updated: _, ...rest } = partial;
    const other = {
      ...rest,
      detail: details,
      last_update: "2026-03-02T10:01:00.000",
      date_created: "2026-03-02T10:00:00",
    };
    expect(await readExpectedResolutions(client([{ body: [other] }]).meli, CLAIM)).toEqual([read]);
  });

  it.each([
    [{ details: null }, { details: {} }],
    [{ details: [{ key: "a", value: null }, { value: "b" }, "c"] }, { details: {} }],
    [
      { expected_resolution: "something_new", status: "accepted" },
      { kind: "something_new", status: "accepted" },
    ],
    [
      { user_id: null, date_created: null, last_updated: null },
      { userId: null, at: null, updatedAt: null },
    ],
  ])("with %j are %j", async (more, expected) => {
    const { meli } = client([{ body: [{ ...partial, ...more }] }]);
    expect(await readExpectedResolutions(meli, CLAIM)).toMatchObject([expected]);
  });

  it("leave out one of no kind, and say so in the log", async () => {
    const { meli, lines } = client([{ body: [partial, { status: "pending" }] }]);
    expect(await readExpectedResolutions(meli, CLAIM)).toHaveLength(1);
    expect(lines.join()).toContain('"droppedResolutions":1');
  });
});

describe("the offers of a partial refund", () => {
  const offers = (more: object = {}) => ({
    currency_id: "MXN",
    available_offers: [
      { amount: 9.99, percentage: 10 },
      { amount: "49.95", percentage: "50" },
      { amount: 99.9, percentage: 100 },
      { amount: 0, percentage: 0 },
    ],
    ...more,
  });
  const ask = (body: unknown) => readRefundOffers(client([{ body }]).meli, CLAIM);

  it("are money, of 1 to 99 percent", async () => {
    expect(await ask(offers())).toEqual({
      kind: "offers",
      currency: "MXN",
      offers: [
        { percentage: 10, amount: { minor: 999, currency: "MXN" } },
        { percentage: 50, amount: { minor: 4995, currency: "MXN" } },
      ],
      recommendations: [],
      restrictions: [],
    });
  });

  const wire = { percentage: 60, reason: "LOW_REPUTATION", type: "MAXIMUM" };
  const bound = { percentage: 60, reason: "low_reputation", type: "maximum" };

  it.each([
    ["beside the recommendations", { recommendations: [{ ...wire, type: "minimum" }], restrictions: [wire] }],
    ["inside them", { recommendations: [{ ...wire, type: "minimum", restrictions: [wire] }] }],
  ])("carry restrictions %s, their reasons in lower case", async (_name, more) => {
    expect(await ask(offers(more))).toMatchObject({
      recommendations: [{ ...bound, type: "minimum" }],
      restrictions: [bound],
    });
  });

  it("take restrictions that are all that the recommendations hold", async () => {
    const more = { recommendations: [{ restrictions: [wire] }], restrictions: null };
    expect(await ask(offers(more))).toMatchObject({ recommendations: [], restrictions: [bound] });
  });

  it.each([
    { available_offers: null },
    { available_offers: [] },
    { available_offers: [{ amount: "x", percentage: 10 }] },
  ])("may be none: %j", async (more) => {
    expect(await ask(offers(more))).toMatchObject({ kind: "offers", offers: [] });
  });

  it.each([
    refusals.local(422, "Claim is not eligible"),
    refusals.newer(422, "CBT without return label", "unprocessable"),
    refusals.newer(400, "Action allow_partial_refund not available"),
  ])("are not for every claim: %j", async (refusal) => {
    expect(await readRefundOffers(client([refusal]).meli, CLAIM)).toEqual({ kind: "not_eligible" });
  });

  it.each([
    [refusals.local(403, "no such claim"), 403],
    [refusals.local(404, "user not authorized"), 404],
    [refusals.local(400, "invalid"), 400],
  ])("refused with %j are no answer", async (refusal, status) => {
    const { failure } = await failureOf(readRefundOffers(client([refusal]).meli, CLAIM));
    expect(failure.status).toBe(status);
  });
});

const acts = [
  ["refund", refund, "/expected-resolutions/refund", ""],
  ["a return", allowReturn, "/expected-resolutions/allow-return", ""],
  ["a replacement", allowReplace, "/expected-resolutions/allow-replace", ""],
  ["a mediation", openDispute, "/actions/open-dispute", ""],
  [
    "a partial refund",
    (meli: Parameters<typeof refund>[0], id: string) => offerPartialRefund(meli, id, 30),
    "/expected-resolutions/partial-refund",
    '{"percentage":30}',
  ],
] as const;

describe.each(acts)("asking for %s", (_name, act, address, text) => {
  it("sends what the contract says, once, in LOCAL", async () => {
    const { meli, sent, taken } = client([{ body: [] }]);
    await act(meli, CLAIM);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.method).toBe("POST");
    expect(sent[0]?.url.pathname).toBe(`/post-purchase/v1/claims/${CLAIM}${address}`);
    expect(sent[0]?.text).toBe(text);
    expect(sent[0]?.headers.get("content-type")).toBe(text === "" ? null : "application/json");
    expect(taken).toMatchObject([{ family: "claims", kind: "write" }]);
  });

  it.each([
    { status: 201 },
    { status: 200, body: "ok" },
    { status: 200, body: { other: true } },
    { status: 200, body: "[{", cuts: true },
  ])("is done when the answer is a success that tells nothing: %j", async (reply) => {
    const { meli, sent } = client([reply]);
    expect(await act(meli, CLAIM)).toBeNull();
    expect(sent).toHaveLength(1);
  });

  it.each([
    [refusals.local(500, "Internal Server Error"), true],
    [{ fails: new TypeError("terminated") }, true],
    [refusals.local(429, "Too Many Requests", "too_many_requests"), false],
    [refusals.newer(400, "Action x not available for player"), false],
  ])(
    "is never sent again by itself, and tells whether it may have been done: %j",
    async (reply, mayHaveApplied) => {
      const { meli, sent } = client([reply]);
      expect((await failureOf(act(meli, CLAIM))).failure.mayHaveApplied).toBe(mayHaveApplied);
      expect(sent).toHaveLength(1);
    },
  );

  it("leaves only when it is let through right before", async () => {
    const { meli, sent } = client([{ body: [] }]);
    const reserved = await meli.reserve("claims", async () => {
      throw new Error("not any more");
    });
    expect(await errorOf(act(reserved, CLAIM))).toMatchObject({ message: "not any more" });
    expect(sent).toEqual([]);
  });
});

describe("acts on a claim", () => {
  it.each([
    [[partial], [read]],
    [partial, [read]],
    [{ data: [partial] }, [read]],
    [[], []],
    [[{ status: "pending" }], null],
  ])("answer the resolutions as they stand: %j", async (body, expected) => {
    expect(await refund(client([{ body }]).meli, CLAIM)).toEqual(expected);
  });

  it.each([wireClaim, { claim: wireClaim }])("answer the claim when it is a mediation now", async (body) => {
    const answer = { ...body, ...("claim" in body ? {} : { stage: "dispute" }) };
    expect(await openDispute(client([{ body: answer }]).meli, CLAIM)).toMatchObject({ id: CLAIM });
  });

  it.each([0, 100, 101, -5, Number.NaN])("never offer %s percent", async (percentage) => {
    const { meli, sent } = client([{ body: [] }]);
    expect(await errorOf(offerPartialRefund(meli, CLAIM, percentage))).toMatchObject({
      code: "invalid_input",
      detail: { reason: "percentage" },
    });
    expect(sent).toEqual([]);
  });

  it("include no replacement in GLOBAL, and nothing is sent", async () => {
    const { meli, sent } = client([{ body: [] }], { profile: "GLOBAL" });
    expect(await errorOf(allowReplace(meli, CLAIM))).toMatchObject({
      code: "not_available",
      detail: { reason: "not_in_protocol" },
    });
    expect(sent).toEqual([]);
  });

  it.each([refund, allowReturn, openDispute])("go to GLOBAL's own address", async (act) => {
    const { meli, sent } = client([{ body: [] }], { profile: "GLOBAL" });
    await act(meli, CLAIM);
    expect(sent[0]?.url.pathname.startsWith(`/marketplace/v2/claims/${CLAIM}/`)).toBe(true);
  });
});
