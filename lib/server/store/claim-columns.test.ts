import { expect, it } from "vitest";
import { claimOf } from "@/lib/shared/claim/testing/claim-of";
import { nextReadAt } from "./claim-columns";
import { summaryOf } from "./summaries";

const REFUNDED = new Date("2026-11-20T15:00:00Z");
const after = (ms: number) => new Date(REFUNDED.getTime() + ms);
const refunded = claimOf({
  history: [{ action: "refund", role: "respondent", stage: "claim", at: REFUNDED }],
});

it("looks soon after a refund whether the claim has closed, and ever less often while it does not", () => {
  let at = after(500);
  const looks: number[] = [];
  for (;;) {
    const next = nextReadAt(refunded, summaryOf([]), at);
    if (next === null) break;
    expect(next.getTime()).toBeGreaterThan(at.getTime());
    looks.push(next.getTime() - REFUNDED.getTime());
    at = next;
  }
  // Mercado Libre closes it a second later (claims.md 6).
  expect(looks[0]).toBeLessThanOrEqual(4_000);
  expect(looks.length).toBeGreaterThan(5);
  // Each costs a dozen calls of the account's budget.
  expect(looks.length).toBeLessThan(20);
  expect(nextReadAt({ ...refunded, status: "closed" }, summaryOf([]), after(500))).toBeNull();
});
