import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import { DUE_BELOW } from "@/lib/shared/rank";
import { type ClaimHouse, createClaimHouse, type OpenClaim, PROFILES } from "@/scripts/testing/claim-house";

/** What the life of a claim at Mercado Libre makes of the claim that the seller has before them (claims.md 4.6, 6, 7, 8). */

let at: ClaimHouse;

beforeAll(async () => {
  at = await createClaimHouse();
});
afterAll(() => at.house.close());

/** The claim read anew from Mercado Libre, as the screen then gets it. */
async function fresh(claim: OpenClaim) {
  const { claim: shown, ...view } = await at.house.read(ThreadViewSchema, `${claim.thread}/refresh`, {
    as: claim.owner,
    method: "POST",
  });
  if (shown === null) throw new Error("no claim");
  return { ...view, ...shown };
}

const play = (claim: OpenClaim, tail: string, body: object = {}) =>
  at.house.control(`/claims/${claim.claimId}${tail}`, body);

const DISPUTE = { stage: "dispute", openedHoursAgo: 90, dispute: { by: "buyer", hoursAgo: 20 } };

describe.each(PROFILES)("a claim of a $profile seller", (where) => {
  const open = (seed: object = {}, more: object = {}) => at.open(seed, { in: where, ...more });

  it("is over when its term has passed unanswered, and stands last then", async () => {
    const claim = await open();
    const before = await fresh(claim);
    expect(before.row.rank).toBeLessThan(DUE_BELOW);
    await play(claim, "/deadline", { inMs: -1_000 });
    const after = await fresh(claim);
    expect(after.facts).toMatchObject({
      status: "closed",
      actions: [],
      resolution: { reason: "respondent_timeout", benefited: ["complainant"] },
    });
    expect(after.row.rank).toBeGreaterThan(DUE_BELOW);
    expect([after.row.dueAt, after.row.isWaiting, after.offered, after.composer.allowed]).toEqual([
      null,
      false,
      [],
      false,
    ]);
  });

  it("owes the seller nothing once they have answered, until the buyer writes again", async () => {
    const claim = await open({ messages: [{ from: "buyer", text: "Roto", hoursAgo: 0.5 }] });
    const duty = async () => (await fresh(claim)).facts.actions.find(({ isMandatory }) => isMandatory);
    expect(await duty()).toMatchObject({ action: "send_message_to_complainant", dueAt: expect.any(Date) });
    await play(claim, "/seller", { act: "message", text: "Lo veo" });
    expect(await duty()).toBeUndefined();
    expect((await fresh(claim)).offered.map(({ act }) => act)).toContain("openDispute");
    await play(claim, "/buyer/message", { text: "¿Y?" });
    expect(await duty()).toMatchObject({ action: "send_message_to_complainant" });
  });

  it("holds what only one side may hold: a duty is the seller's or another's, never both", async () => {
    for (const seed of [{}, DISPUTE, { messages: [{ from: "seller", text: "Hola", hoursAgo: 0 }] }]) {
      const { facts } = await fresh(await open(seed));
      const mine = facts.actions.filter(({ isMandatory }) => isMandatory);
      expect(mine.length + facts.others.length).toBeLessThanOrEqual(1);
    }
  });

  it("closes with the offer that the buyer takes", async () => {
    const claim = await open({ offer: { percentage: 30, hoursAgo: 2 } });
    const offered = (await fresh(claim)).facts.expected.find(({ kind }) => kind === "partial_refund");
    expect(offered).toMatchObject({
      role: "respondent",
      status: "pending",
      percentage: 30,
      amount: { minor: expect.any(Number), currency: where.profile === "LOCAL" ? "ARS" : "MXN" },
    });
    await play(claim, "/buyer/offer", { accept: true });
    const { facts } = await fresh(claim);
    expect(facts).toMatchObject({ status: "closed", resolution: { reason: "partial_refunded" } });
    expect(facts.expected.find(({ kind }) => kind === "partial_refund")?.status).toBe("accepted");
  });

  it("goes to mediation with the offer that the buyer refuses", async () => {
    const claim = await open({ offer: { percentage: 30, hoursAgo: 2 } });
    await play(claim, "/buyer/offer", { accept: false });
    const { facts, composer, offered } = await fresh(claim);
    expect(facts.stage).toBe("dispute");
    expect(facts.expected.find(({ kind }) => kind === "partial_refund")?.status).toBe("rejected");
    expect(composer).toMatchObject({ allowed: true, to: ["mediator"] });
    expect(offered).toEqual([]);
  });

  it.each(["buyer", "mediator"])(
    "is in mediation once the %s asked for it, with the mediator's date",
    async (who) => {
      const claim = await open();
      await play(claim, `/${who}/dispute`);
      const { facts, row, composer } = await fresh(claim);
      expect(facts).toMatchObject({
        stage: "dispute",
        detail: { responsible: "mediator", dueAt: expect.any(Date) },
      });
      // Roles are fixed for the life of a claim.
      expect(facts.role).toBe("respondent");
      expect(facts.stages.at(-1)).toMatchObject({
        stage: "dispute",
        by: who === "buyer" ? "complainant" : "mediator",
      });
      expect(row.claim).toMatchObject({ stage: "dispute", turn: "mediator", clock: "term" });
      expect(composer).toMatchObject({ to: ["mediator"] });
    },
  );

  it.each(["complainant", "respondent"] as const)(
    "ends as the mediator decides, for the %s",
    async (side) => {
      const claim = await open(DISPUTE);
      await play(claim, "/mediator/decide", { for: side, applied: side === "complainant" });
      expect((await fresh(claim)).facts).toMatchObject({
        status: "closed",
        resolution: { benefited: [side], closedBy: "mediator", isCovered: side === "complainant" },
      });
    },
  );

  it("keeps its return after it is over, and follows the parcel", async () => {
    const claim = await open({
      openedHoursAgo: 60,
      status: "closed",
      resolution: { reason: "worked_out_with_seller", hoursAgo: 5 },
      return: { status: "shipped", hoursAgo: 20 },
    });
    expect((await fresh(claim)).facts).toMatchObject({ status: "closed", return: { status: "shipped" } });
    await play(claim, "/return", { status: "delivered" });
    expect((await fresh(claim)).facts).toMatchObject({
      status: "closed",
      return: { status: "delivered", shipments: [{ status: "delivered", destination: "seller_address" }] },
    });
  });

  it("lets the seller review a return once the parcel has arrived, and not before", async () => {
    const claim = await open({
      openedHoursAgo: 60,
      messages: [{ from: "seller", text: "Hola", hoursAgo: 40 }],
      return: { status: "shipped", hoursAgo: 20 },
    });
    const reviews = async () =>
      (await fresh(claim)).offered.map(({ act }) => act).filter((act) => /review/.test(act));
    expect(await reviews()).toEqual([]);
    await play(claim, "/return", { status: "delivered" });
    expect(await reviews()).toEqual(["reviewOk", "reviewFail"]);
  });

  it("has no review of what goes to the warehouse", async () => {
    const claim = await open({
      openedHoursAgo: 60,
      messages: [{ from: "seller", text: "Hola", hoursAgo: 40 }],
      return: { status: "shipped", hoursAgo: 20, destination: "warehouse" },
    });
    await play(claim, "/return", { status: "delivered" });
    const { offered, facts } = await fresh(claim);
    expect(facts.return).toMatchObject({ status: "delivered", shipments: [{ destination: "warehouse" }] });
    expect(offered.map(({ act }) => act)).not.toContain("reviewOk");
  });

  it("marks what moderation took from either side, and answers no words that are gone", async () => {
    const claim = await open({
      messages: [
        { from: "buyer", text: "Uno", hoursAgo: 0.9 },
        { from: "seller", text: "Dos", hoursAgo: 0.8 },
        { from: "buyer", text: "Tres", hoursAgo: 0.7 },
      ],
    });
    const shown = async () =>
      (await fresh(claim)).messages.flatMap(({ text, visibility }) =>
        visibility === "visible" ? [text] : [`(${text}: ${visibility})`],
      );
    expect(await shown()).toEqual(["Uno", "Dos", "Tres"]);
    await play(claim, "/moderation", { index: 1, reason: "OUT_OF_PLACE_LANGUAGE" });
    expect(await shown()).toEqual(["Uno", "(Dos: rejected)", "Tres"]);
    // What was stored a moment ago may be missing from a read; what was there before is gone.
    await at.house.rt.database.pool.query("update messages set stored_at = now() - interval '1 day'");
    expect((await fresh(claim)).row.isWaiting).toBe(true);
    // The other side's is dropped from the answer, and stays before the seller as it was seen, struck.
    await play(claim, "/moderation", { index: 2, reason: "OUT_OF_PLACE_LANGUAGE" });
    expect(await shown()).toEqual(["Uno", "(Dos: rejected)", "(Tres: rejected)"]);
    await play(claim, "/moderation", { index: 1, reason: null });
    expect(await shown()).toEqual(["Uno", "Dos", "(Tres: rejected)"]);
    expect((await fresh(claim)).row.isWaiting).toBe(false);
  });

  it("takes turns with the conversation of its sale, which names it while it is blocked", async () => {
    const claim = await open();
    const pack = `/api/threads/messages/${claim.packId}`;
    const sale = async () =>
      at.house.read(ThreadViewSchema, `${pack}/refresh`, { as: claim.owner, method: "POST" });
    await at.house.call(pack, { as: claim.owner });
    expect((await sale()).composer.allowed).toBe(true);
    await play(claim, "/buyer/dispute");
    const blocked = await sale();
    expect(blocked.composer).toMatchObject({ allowed: false, because: "blocked" });
    expect(blocked.composer).toMatchObject({ substatus: expect.stringMatching(/^blo[cq]\w*_by_mediation$/) });
    expect(blocked.claimIds).toEqual([claim.claimId]);
    await play(claim, "/mediator/decide", { for: "respondent" });
    expect((await sale()).composer.allowed).toBe(true);
  });
});

it("becomes an exchange once the buyer takes the replacement, and stays the claim that it was", async () => {
  const claim = await at.open(
    { openedHoursAgo: 20, replacement: "pending" },
    { sale: { shipment: { status: "delivered", logisticType: "fulfillment" } } },
  );
  expect((await fresh(claim)).facts).toMatchObject({ type: "mediations", change: null });
  await play(claim, "/buyer/replacement", { accept: true });
  const { facts, offered } = await fresh(claim);
  expect(facts).toMatchObject({ type: "mediations", change: { status: "pending", type: "replace" } });
  expect(facts.expected.find(({ kind }) => kind === "change_product")?.status).toBe("accepted");
  expect(offered.map(({ act }) => act)).not.toContain("allowReplace");
  await play(claim, "/change", { status: "purchase_shipped" });
  expect((await fresh(claim)).facts.change?.status).toBe("purchase_shipped");
});

it("keeps the messages of a claim that is over when Mercado Libre shows them no more", async () => {
  const claim = await at.open({
    status: "closed",
    openedHoursAgo: 90,
    resolution: { reason: "timeout", hoursAgo: 20 },
    messages: [{ from: "buyer", text: "Gracias igual", hoursAgo: 80 }],
  });
  await at.house.rt.database.pool.query("update messages set stored_at = now() - interval '1 day'");
  const body = { message: "Resource not found", error: "business_logic_error", status: 404, cause: [] };
  const path = `/claims/${claim.claimId}/messages$`;
  await at.house.control("/faults", { method: "GET", path, times: 1, status: 404, body });
  expect((await fresh(claim)).messages).toMatchObject([{ text: "Gracias igual", visibility: "visible" }]);
  const reads = await at.house.calls({ method: "GET", path });
  expect(reads.at(-1)?.status).toBe(404);
});

it("shows a return on which nobody can write, without a message", async () => {
  const seed = { type: "returns", openedHoursAgo: 50, return: { status: "shipped", hoursAgo: 40 } };
  const claim = await at.open(seed);
  const body = { message: "Resource not found", error: "business_logic_error", status: 404, cause: [] };
  const path = `/claims/${claim.claimId}/messages$`;
  await at.house.control("/faults", { method: "GET", path, times: 1, status: 404, body });
  const { facts, messages, composer } = await fresh(claim);
  expect([facts.type, facts.return?.status, messages]).toEqual(["returns", "shipped", []]);
  expect(composer).toMatchObject({ allowed: false, because: "no_action" });
});

it("shows the translation under what was written once Mercado Libre has it", async () => {
  const claim = await at.open(
    { messages: [{ from: "buyer", text: "No enciende", translated: "It does not turn on", hoursAgo: 1 }] },
    { in: PROFILES[1] },
  );
  expect((await fresh(claim)).messages).toMatchObject([
    { text: "No enciende", textTranslated: "It does not turn on" },
  ]);
});
