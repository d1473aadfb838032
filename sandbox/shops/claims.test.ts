import { beforeAll, describe, expect, it } from "vitest";
import { actionsOf, sellerHolds, sellerRoleOf } from "@/sandbox/claims/actions";
import type { Claim } from "@/sandbox/claims/model";
import { createSandbox } from "@/sandbox/create-sandbox";
import { stateOf } from "@/sandbox/messages/state";
import { buildShops } from "@/sandbox/shops/build-shops";
import { drive, listAt, textAt } from "@/sandbox/testing";
import { World } from "@/sandbox/world/world";

const NOW = new Date("2026-11-20T15:00:00Z");
const HOUR_MS = 3_600_000;

const world = new World(() => NOW);
let claims: Claim[] = [];

beforeAll(() => {
  buildShops(world);
  claims = [...world.claims.values()];
});

const of = (who: string): Claim => {
  const found = claims.find(({ thread: { buyer } }) => `${buyer.firstName} ${buyer.lastName}` === who);
  if (!found) throw new Error(`no claim of ${who}`);
  return found;
};
const isGlobal = ({ thread }: Claim) => thread.sellerId !== thread.localSellerId;
const holds = (claim: Claim, action: string) => sellerHolds(world, claim, action);
const mandatory = (claim: Claim) =>
  actionsOf(world, claim, sellerRoleOf(claim)).find((one) => one.mandatory === true);
const hoursTo = (date: Date | null | undefined) =>
  ((date?.getTime() ?? Number.NaN) - NOW.getTime()) / HOUR_MS;

/** Rows of claims.md 7: type, stage, status, and something that tells this case from its neighbours. */
const CASES: [string, (claim: Claim) => boolean][] = [
  [
    "unanswered, due within a day",
    (one) => hoursTo(mandatory(one)?.dueAt) > 0 && hoursTo(mandatory(one)?.dueAt) < 12,
  ],
  [
    "unanswered, due tomorrow",
    (one) => hoursTo(mandatory(one)?.dueAt) > 22 && hoursTo(mandatory(one)?.dueAt) < 36,
  ],
  ["unanswered, overdue", (one) => one.status === "opened" && hoursTo(mandatory(one)?.dueAt) < 0],
  ["answered, the buyer's turn", (one) => holds(one, "open_dispute") && !mandatory(one) && !one.returnCase],
  [
    "answered, and the buyer wrote again",
    (one) => holds(one, "open_dispute") && mandatory(one) !== undefined,
  ],
  ["not received, own carrier, evidence may be given", (one) => holds(one, "add_shipping_evidence")],
  [
    "not received, Mercado Envios",
    (one) => one.reasonId.startsWith("PNR") && holds(one, "refund") && !holds(one, "add_shipping_evidence"),
  ],
  ["a partial refund may be offered", (one) => holds(one, "allow_partial_refund")],
  ["a replacement may be offered", (one) => holds(one, "allow_replace")],
  [
    "a replacement waits for the buyer",
    (one) =>
      one.resolutions.some(
        ({ wish, role, status }) =>
          wish === "change_product" && role === "respondent" && status === "pending",
      ),
  ],
  ["a partial refund waits for the buyer", (one) => offer(one) === "pending" && one.status === "opened"],
  ["a partial refund was refused, no mediation", (one) => offer(one) === "rejected" && one.stage === "claim"],
  [
    "a partial refund was refused, and a mediation followed",
    (one) => offer(one) === "rejected" && one.stage === "dispute",
  ],
  ["a partial refund was taken", (one) => offer(one) === "accepted" && one.status === "closed"],
  ["a return not sent yet", (one) => one.returnCase?.status === "label_generated"],
  ["a return on its way", (one) => one.returnCase?.status === "shipped" && one.type === "mediations"],
  ["a return to be reviewed", (one) => holds(one, "return_review_fail") && one.stage === "claim"],
  [
    "a return of a cart of two orders to be reviewed",
    (one) => holds(one, "return_review_fail") && one.thread.orders.length === 2,
  ],
  [
    "a return to be reviewed in mediation",
    (one) => holds(one, "return_review_fail") && one.stage === "dispute",
  ],
  ["a return reviewed as fine", (one) => one.returnCase?.review?.isOk === true],
  ["a return reviewed as failed", (one) => one.returnCase?.review?.isOk === false && one.stage === "dispute"],
  [
    "a return that goes to the warehouse",
    (one) => one.returnCase?.hasIntermediateCheck === true && one.status === "opened",
  ],
  [
    "a return that travels nowhere",
    (one) => one.returnCase?.subtype === "low_cost" && one.status === "opened",
  ],
  ["an exchange under way", (one) => one.change !== null && one.status === "opened"],
  ["an exchange done", (one) => one.change?.status === "changed"],
  [
    "a mediation that the mediator has not answered",
    (one) =>
      one.status === "opened" &&
      holds(one, "send_message_to_mediator") &&
      one.messages.at(-1)?.from === "respondent",
  ],
  [
    "a mediator's text with markup",
    (one) => one.messages.some(({ from, text }) => from === "mediator" && /<(p|b|ul|br)>/.test(text)),
  ],
  [
    "a buyer's HEIC",
    (one) =>
      one.messages.some(({ attachments }) =>
        attachments.some((name) => world.claimFiles.get(name)?.type === "image/heic"),
      ),
  ],
  ["recontact", (one) => one.stage === "recontact"],
  [
    "an own text that was moderated",
    (one) => one.messages.some(({ from, status }) => from === "respondent" && status === "moderated"),
  ],
  [
    "an incentive's clock that runs",
    (one) =>
      one.reputation.effect === "affected" &&
      one.reputation.hasIncentive &&
      hoursTo(one.reputation.dueAt) > 0,
  ],
  [
    "an incentive's clock that is over",
    (one) => one.reputation.hasIncentive && hoursTo(one.reputation.dueAt) < 0,
  ],
  ["no incentive", (one) => one.reputation.effect === "affected" && !one.reputation.hasIncentive],
  ["out of the reputation", (one) => one.reputation.effect === "not_affected"],
  ["nothing to do with it", (one) => one.reputation.effect === "not_applies"],
  [
    "a reason, a stage and an action that nobody knows",
    (one) => one.reasonId === "QXY0001" && holds(one, "request_home_inspection"),
  ],
];

const offer = (claim: Claim) => claim.resolutions.find(({ wish }) => wish === "partial_refund")?.status;

describe("the claims of the shops", () => {
  it("are at least 25, in every shop that sells by parcel", () => {
    expect(claims.length).toBeGreaterThanOrEqual(25);
    for (const [seller, { userType }] of world.sellers) {
      if (userType !== "car_dealer") expect(world.claimsOf.get(seller)?.length).toBeGreaterThanOrEqual(12);
    }
  });

  it.each([
    ["mediations", "claim", "opened"],
    ["mediations", "claim", "closed"],
    ["mediations", "dispute", "opened"],
    ["mediations", "dispute", "closed"],
    ["mediations", "recontact", "opened"],
    ["returns", "claim", "opened"],
    ["returns", "dispute", "opened"],
    ["fulfillment", "claim", "opened"],
    ["fulfillment", "dispute", "opened"],
    ["ml_case", "stale", "opened"],
    ["ml_case", "stale", "closed"],
    ["cancel_sale", "none", "closed"],
    ["cancel_purchase", "none", "closed"],
    ["change", "claim", "closed"],
    ["service", "inspection", "opened"],
  ])("hold %s in %s, %s", (type, stage, status) => {
    expect(
      claims.filter((one) => one.type === type && `${one.stage}` === stage && one.status === status),
    ).not.toEqual([]);
  });

  it.each(CASES)("show %s", (_name, isCase) => {
    expect(claims.filter(isCase)).not.toEqual([]);
  });

  it("end for at least a dozen reasons", () => {
    const reasons = new Set(claims.flatMap(({ resolution }) => (resolution ? [resolution.reason] : [])));
    expect(reasons.size).toBeGreaterThanOrEqual(12);
  });

  it.each([
    ["LOCAL", false],
    ["GLOBAL", true],
  ])(
    "let a new user of a %s account answer, offer, ask for a mediation, write to it and review",
    (_name, global) => {
      const mine = claims.filter((one) => isGlobal(one) === global && one.type === "mediations");
      for (const action of [
        "send_message_to_complainant",
        "allow_partial_refund",
        "open_dispute",
        "send_message_to_mediator",
        "return_review_fail",
      ]) {
        expect(mine.filter((one) => holds(one, action))).not.toEqual([]);
      }
    },
  );

  it("block the sale's conversation while a mediation runs, and are named by it", () => {
    const mediated = claims.filter((one) => one.stage === "dispute" && one.status === "opened");
    expect(mediated.length).toBeGreaterThanOrEqual(8);
    for (const { thread, id } of mediated) {
      expect(stateOf(world, thread).substatus).toMatch(/^blo(ck|qu)ed_by_mediation(_fbm)?$/);
      expect(thread.claimIds).toContain(id);
    }
  });

  it("have a translation of every text in Global Selling, and none elsewhere", () => {
    for (const claim of claims) {
      for (const one of claim.messages) expect(one.translated !== null).toBe(isGlobal(claim));
      if (isGlobal(claim)) {
        expect(claim.messages.filter(({ translated, text }) => translated === text)).toEqual([]);
      }
    }
  });

  it("lie in the past, in order, after their sale", () => {
    for (const { messages, createdAt, thread, history } of claims) {
      expect(createdAt.getTime()).toBeGreaterThan(thread.soldAt.getTime());
      const times = [createdAt, ...messages.map((one) => one.createdAt)].map((date) => date.getTime());
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(Math.max(...times, ...history.map(({ at }) => at.getTime()))).toBeLessThanOrEqual(NOW.getTime());
    }
  });

  it("are the same on every start, whatever the hour", () => {
    const facts = (of: World) =>
      [...of.claims.values()].map(({ id, stage, status, messages }) => [
        id,
        stage,
        status,
        messages.map(({ hash }) => hash),
      ]);
    for (const hour of ["2027-02-03T02:50:00Z", "2027-02-06T23:59:00Z"]) {
      const other = new World(() => new Date(hour));
      buildShops(other);
      expect(facts(other)).toEqual(facts(world));
    }
  });

  it("leave an overdue one open for a day, and until the new deadline once it was answered and asked again", async () => {
    const api = drive(createSandbox({ scenario: "shops" }));
    const { id } = of("Roxana Villalba");
    const status = async () => textAt((await api.control(`/claims/${id}`)).body, "status");
    expect(await status()).toBe("opened");
    await api.control("/clock", { advanceMs: 23 * HOUR_MS });
    expect(await status()).toBe("opened");
    await api.control(`/claims/${id}/seller`, { act: "message", text: "Hola Roxana, disculpá la demora." });
    await api.control(`/claims/${id}/buyer/message`, { text: "Ya era hora" });
    await api.control("/clock", { advanceMs: 48 * HOUR_MS });
    expect(await status()).toBe("opened");
    const { id: other } = of("Micaela Duarte");
    expect(textAt((await api.control(`/claims/${other}`)).body, "resolution", "reason")).toBe(
      "respondent_timeout",
    );
  });

  it("are found through both roles by whoever asks as Mercado Libre is asked", async () => {
    const api = drive(createSandbox({ scenario: "shops" }));
    for (const [sellerId, path] of [
      ["700000001", "/post-purchase/v1/claims/search"],
      ["700000002", "/post-purchase/v1/claims/search"],
    ] as const) {
      const { access } = await api.connect(sellerId);
      const found = await Promise.all(
        ["respondent", "complainant"].map((role) =>
          api.get(`${path}?players.role=${role}&players.user_id=${sellerId}&limit=100`, access),
        ),
      );
      const ids = found.flatMap(({ body }) => listAt(body, "data").map((one) => textAt(one, "id")));
      const held = world.claimsOf.get(sellerId)?.map(({ id }) => id) ?? [];
      expect(ids.toSorted()).toEqual(held.toSorted());
    }
  });
});
