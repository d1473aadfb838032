import { expect, test } from "vitest";
import type { Claim } from "@/lib/shared/api/claim";
import { DUE_BELOW } from "@/lib/shared/rank";
import { rankOf } from "./rank";
import { claimOf } from "./testing/claim-of";

test("keeps each claim in its tier, however far off a date of the wire is", () => {
  const at = new Date("2026-11-20T15:00:00Z");
  const rank = (claim: Partial<Claim>) => {
    const whole = claimOf(claim);
    return rankOf({ ...whole, isWaiting: false, movedAt: whole.updatedAt }, at);
  };
  const duty = (dueAt: Date): Partial<Claim> => ({
    actions: [{ action: "refund", isMandatory: true, dueAt }],
  });
  const term = (dueAt: Date): Partial<Claim> => ({
    detail: { title: null, problem: null, description: null, responsible: "seller", dueAt },
  });
  const incentive: Partial<Claim> = {
    reputation: { effect: "affected", hasIncentive: true, dueAt: new Date("2026-11-20T16:00:00Z") },
  };
  const [never, once] = [new Date("9999-12-31T23:59:59Z"), new Date("0001-01-01T00:00:00Z")];
  expect(rank(duty(never))).toBeLessThan(rank(incentive));
  expect(rank(incentive)).toBeLessThan(rank(term(once)));
  expect(rank(term(never))).toBeLessThan(DUE_BELOW);
  expect(rank(duty(once))).toBeLessThan(rank(duty(at)));
  expect(rank({ status: "closed", updatedAt: never })).toBeGreaterThan(rank({ updatedAt: once }));
});
