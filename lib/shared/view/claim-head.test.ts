import { describe, expect, it } from "vitest";
import type { Claim } from "@/lib/shared/api/claim";
import { claimOf } from "@/lib/shared/claim/testing/claim-of";
import { addresseeOf, claimTime, openOffer, wishOf } from "./claim-head";

const now = new Date("2026-03-02T12:00:00Z");
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

const claim = (o: Partial<Claim> = {}): Claim => claimOf({ createdAt: inHours(-2), updatedAt: now, ...o });

const duty = (hours: number): Partial<Claim> => ({
  actions: [{ action: "send_message_to_complainant", isMandatory: true, dueAt: inHours(hours) }],
});

const expected = (role: string, kind: string, status: string): Claim["expected"][number] => ({
  role,
  kind,
  status,
  percentage: null,
  amount: null,
  at: null,
});

describe("claimTime", () => {
  it("is loud about a duty of the seller's, however far its end is", () => {
    expect(claimTime(claim(duty(90)), now)).toMatchObject({ turn: "seller", tone: "soon", isOver: false });
    expect(claimTime(claim(duty(2)), now)).toMatchObject({ tone: "due" });
  });

  it("says that a duty is overdue", () => {
    expect(claimTime(claim(duty(-1)), now)).toMatchObject({ tone: "due", isOver: true });
  });

  it("stays quiet about a term of somebody else's, even one that ends within the hour", () => {
    const others = claim({ stage: "dispute", others: [{ role: "mediator", dueAt: inHours(0.5) }] });
    expect(claimTime(others, now)).toMatchObject({ turn: "mediator", tone: "mute" });
  });

  it("counts the time in which an answer keeps the claim out of the reputation", () => {
    const own = claim({ reputation: { effect: "affected", hasIncentive: true, dueAt: inHours(20) } });
    expect(claimTime(own, now)).toMatchObject({ clock: { kind: "incentive" }, tone: "soon" });
  });

  it("has no clock once the claim is closed", () => {
    expect(claimTime(claim({ ...duty(2), status: "closed" }), now)).toMatchObject({
      clock: null,
      turn: null,
      tone: "mute",
    });
  });
});

describe("what the parties want", () => {
  it("is the buyer's newest wish that was not rejected", () => {
    const wishes = [
      expected("complainant", "return_product", "rejected"),
      expected("complainant", "refund", "pending"),
      expected("respondent", "partial_refund", "pending"),
    ];
    expect(wishOf(claim({ expected: wishes }))?.kind).toBe("refund");
    expect(wishOf(claim({ expected: wishes.slice(0, 1) }))).toBeNull();
  });

  it("names the seller's offer only while it is unanswered and the claim is open", () => {
    const offer = [expected("respondent", "partial_refund", "pending")];
    expect(openOffer(claim({ expected: offer }))?.kind).toBe("partial_refund");
    expect(openOffer(claim({ expected: offer, status: "closed" }))).toBeNull();
    expect(openOffer(claim({ expected: [expected("respondent", "partial_refund", "accepted")] }))).toBeNull();
  });
});

describe("addresseeOf", () => {
  it.each([
    ["seller", "out", "complainant", null],
    ["seller", "out", "mediator", "mediator"],
    ["buyer", "in", "respondent", null],
    ["buyer", "in", "mediator", "mediator"],
    ["mediator", "in", "respondent", "you"],
    ["mediator", "in", "complainant", "buyer"],
    ["buyer", "in", null, null],
  ] as const)("says whom a message of the %s (%s) to %s is for: %s", (author, direction, to, named) => {
    expect(addresseeOf({ author, direction, to }, "respondent")).toBe(named);
  });
});
