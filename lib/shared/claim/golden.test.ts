import { expect, test } from "vitest";
import type { Claim } from "@/lib/shared/api/claim";
import { rankOf } from "./rank";
import { claimOf } from "./testing/claim-of";

/** Friday noon in Buenos Aires. */
const NOW = new Date("2026-11-20T15:00:00Z");
const hours = (n: number) => new Date(NOW.getTime() + n * 3_600_000);

interface Case {
  /** What is on the claim, in words. */
  name: string;
  claim: Partial<Claim>;
  isWaiting?: boolean;
  movedAt?: Date;
}

const duty = (inHours: number | null, action = "send_message_to_complainant"): Partial<Claim> => ({
  actions: [{ action, isMandatory: true, dueAt: inHours === null ? null : hours(inHours) }],
});
const may = (...actions: string[]): Partial<Claim> => ({
  actions: actions.map((action) => ({ action, isMandatory: false, dueAt: null })),
});
const incentive = (inHours: number | null, openedHoursAgo = 1): Partial<Claim> => ({
  createdAt: hours(-openedHoursAgo),
  reputation: {
    effect: "affected",
    hasIncentive: true,
    dueAt: inHours === null ? null : hours(inHours),
  },
});
const summary = (responsible: string, inHours: number | null): Partial<Claim> => ({
  detail: {
    title: null,
    problem: null,
    description: null,
    responsible,
    dueAt: inHours === null ? null : hours(inHours),
  },
});
const theirs = (role: string, inHours: number | null): Partial<Claim> => ({
  others: [{ role, dueAt: inHours === null ? null : hours(inHours) }],
});
const mediation: Partial<Claim> = { stage: "dispute", ...may("send_message_to_mediator") };
const over = (reason: string): Partial<Claim> => ({
  status: "closed",
  resolution: { reason, at: null, benefited: [], closedBy: null, isCovered: null },
});

/** Sixty claims in the order in which they hurt: the order of these lines is the golden one. */
const GOLDEN: readonly Case[] = [
  // A duty of mine, by its term; one that is over hurts most of all.
  { name: "my answer was due three days ago", claim: duty(-72) },
  { name: "my answer was due a minute ago", claim: duty(-1 / 60) },
  { name: "my answer is due in ten minutes", claim: duty(1 / 6) },
  { name: "my answer is due in an hour", claim: duty(1) },
  { name: "due in two hours, and the incentive ends in one", claim: { ...incentive(1), ...duty(2) } },
  { name: "due in three hours; the buyer has not written for days", claim: duty(3), movedAt: hours(-96) },
  {
    name: "shipping evidence is due in four hours",
    claim: { reasonId: "PNR9502", ...duty(4, "add_shipping_evidence") },
  },
  {
    name: "the review of a return is due in five hours",
    claim: { type: "returns", ...duty(5, "return_review_ok") },
  },
  { name: "a return label is due in six hours", claim: duty(6, "allow_return_label") },
  {
    name: "a duty towards the mediator in seven hours",
    claim: { stage: "dispute", ...duty(7, "send_message_to_mediator") },
  },
  { name: "due tonight", claim: duty(12) },
  { name: "due in a day", claim: duty(24) },
  {
    name: "due in a day and a half, the mediator has a term too",
    claim: { ...theirs("mediator", 1), ...duty(36) },
  },
  { name: "due on Monday", claim: duty(72) },
  { name: "due in a hundred hours", claim: duty(100) },
  { name: "due in a year, as the wire says", claim: duty(8_760) },
  { name: "a duty without a term, opened four days ago", claim: { createdAt: hours(-96), ...duty(null) } },
  { name: "a duty without a term, opened today", claim: { createdAt: hours(-2), ...duty(null) } },
  // Nothing is due, but a quick answer keeps the claim out of my reputation.
  { name: "the incentive ends in five minutes", claim: { ...incentive(1 / 12), ...may("refund") } },
  {
    name: "the incentive ends in an hour, the summary says it is my turn",
    claim: { ...incentive(1), ...summary("seller", 90) },
  },
  { name: "the incentive ends in two hours; nobody was named", claim: incentive(2) },
  { name: "the incentive's date was not told: 48 hours from a day ago", claim: incentive(null, 24) },
  { name: "the incentive ends in thirty hours", claim: incentive(30) },
  { name: "the incentive's date was not told: just opened", claim: incentive(null, 0) },
  // No such clock: still mine to do.
  { name: "my turn by the summary, its term was yesterday", claim: summary("seller", -24) },
  { name: "my turn by the summary, ends in an hour", claim: summary("seller", 1) },
  {
    name: "my turn by the summary, ends in a day; its incentive is over",
    claim: { ...incentive(-1, 49), ...summary("seller", 24) },
  },
  {
    name: "my turn by the summary, ends in three days, in mediation",
    claim: { ...mediation, ...summary("seller", 72) },
  },
  {
    name: "the buyer waits since five days, nobody was named",
    claim: may("send_message_to_complainant"),
    isWaiting: true,
    movedAt: hours(-120),
  },
  {
    name: "my turn by the summary without a term, moved four days ago",
    claim: summary("seller", null),
    movedAt: hours(-96),
  },
  {
    name: "the buyer waits since a day, no reputation at stake",
    claim: {
      ...may("send_message_to_complainant"),
      reputation: { effect: "not_applies", hasIncentive: true, dueAt: hours(1) },
    },
    isWaiting: true,
    movedAt: hours(-24),
  },
  {
    name: "the buyer waits since an hour",
    claim: may("send_message_to_complainant"),
    isWaiting: true,
    movedAt: hours(-1),
  },
  {
    name: "the buyer waits since a minute",
    claim: may("send_message_to_complainant"),
    isWaiting: true,
    movedAt: hours(-1 / 60),
  },
  // Somebody else's turn, whatever its term: what moved last comes first.
  { name: "the buyer must act within a minute", claim: theirs("complainant", 1 / 60), movedAt: hours(-1) },
  {
    name: "the mediator must act, and its term is over",
    claim: { ...mediation, ...theirs("mediator", -1) },
    movedAt: hours(-2),
  },
  {
    name: "the mediator decides by tonight; the buyer wrote last",
    claim: { ...mediation, ...summary("mediator", 8) },
    isWaiting: true,
    movedAt: hours(-3),
  },
  {
    name: "the buyer's turn by the summary, though the incentive runs",
    claim: { ...incentive(1), ...summary("buyer", 4) },
    movedAt: hours(-4),
  },
  {
    name: "the mediator's turn, though the incentive runs",
    claim: { ...incentive(1), ...theirs("mediator", 3) },
    movedAt: hours(-5),
  },
  {
    name: "answered, nobody was named",
    claim: may("send_message_to_complainant", "refund"),
    movedAt: hours(-6),
  },
  {
    name: "answered, the incentive is over",
    claim: { ...incentive(-2, 50), ...may("refund") },
    movedAt: hours(-7),
  },
  {
    name: "an offer waits for the buyer",
    claim: { ...summary("buyer", 48), ...may("open_dispute") },
    movedAt: hours(-8),
  },
  {
    name: "a return is on its way",
    claim: { type: "returns", ...summary("buyer", null) },
    movedAt: hours(-9),
  },
  { name: "a mediation where nobody was named", claim: mediation, movedAt: hours(-10) },
  {
    name: "a recontact with the mediator",
    claim: { stage: "recontact", ...may("send_message_to_mediator") },
    movedAt: hours(-11),
  },
  {
    name: "a case between the buyer and Mercado Libre",
    claim: { type: "ml_case", stage: "stale" },
    movedAt: hours(-12),
  },
  { name: "one of the fulfilment's", claim: { type: "fulfillment" }, movedAt: hours(-13) },
  { name: "a stage that nobody knows", claim: { stage: "limbo" }, movedAt: hours(-14) },
  { name: "responsible is somebody that nobody knows", claim: summary("warehouse", 1), movedAt: hours(-15) },
  { name: "an action that nobody knows, not mandatory", claim: may("do_a_dance"), movedAt: hours(-16) },
  { name: "a quiet one from last month", claim: may("refund"), movedAt: hours(-700) },
  // What is over, the latest first, whatever was left on it.
  { name: "closed a minute ago by a refund", claim: over("payment_refunded"), movedAt: hours(-1 / 60) },
  {
    name: "closed an hour ago, a duty was left on it",
    claim: { ...duty(1), ...over("respondent_timeout") },
    movedAt: hours(-1),
  },
  {
    name: "closed this morning, the incentive still ran",
    claim: { ...incentive(5), ...over("item_returned") },
    movedAt: hours(-5),
  },
  {
    name: "closed this morning for the seller",
    claim: over("seller_explained_functions"),
    movedAt: hours(-6),
  },
  {
    name: "closed yesterday, the buyer wrote last",
    claim: over("timeout"),
    isWaiting: true,
    movedAt: hours(-25),
  },
  {
    name: "a cancelled sale without a resolution",
    claim: { type: "cancel_sale", stage: "none", status: "closed", role: "complainant" },
    movedAt: hours(-30),
  },
  { name: "closed in mediation", claim: { ...mediation, ...over("coverage_decision") }, movedAt: hours(-72) },
  { name: "an exchange that was made", claim: over("item_changed"), movedAt: hours(-100) },
  { name: "closed last month", claim: over("opened_claim_by_mistake"), movedAt: hours(-720) },
  { name: "closed last year", claim: over("partial_refunded"), movedAt: hours(-8_760) },
];

const rank = ({ claim, isWaiting = false, movedAt = hours(-1) }: Case) =>
  rankOf({ ...claimOf(claim), isWaiting, movedAt }, NOW);

/** The same shuffle every time. */
function shuffled<T>(all: readonly T[], seed: number): T[] {
  const out = [...all];
  let state = seed;
  for (let at = out.length - 1; at > 0; at -= 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = state % (at + 1);
    const [a, b] = [out[at], out[other]];
    if (a !== undefined && b !== undefined) [out[at], out[other]] = [b, a];
  }
  return out;
}

test("orders sixty claims by how much they hurt", () => {
  expect(GOLDEN).toHaveLength(60);
  for (const seed of [1, 7, 42, 2_026]) {
    const ordered = shuffled(GOLDEN, seed).sort((a, b) => rank(a) - rank(b));
    expect(ordered.map(({ name }) => name)).toEqual(GOLDEN.map(({ name }) => name));
  }
});

test("gives every rank as a whole number that JavaScript and bigint both hold", () => {
  for (const one of GOLDEN) expect(Number.isSafeInteger(rank(one)), one.name).toBe(true);
  expect(new Set(GOLDEN.map(rank)).size).toBe(GOLDEN.length);
});
