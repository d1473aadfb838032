import type { Claim } from "@/lib/shared/api/claim";

/** Where a return has come to its end, in both profiles (claims.md 6.2). */
const ENDED: ReadonlySet<string> = new Set([
  "delivered",
  "return_to_buyer",
  "not_delivered",
  "cancelled",
  "expired",
  "failed",
  "closed",
]);

/** Is a product on its way back? A return may outlive its claim (claims.md 7). Pure. */
export function isReturning({ return: returned }: Pick<Claim, "return">): boolean {
  return returned !== null && returned.status !== null && !ENDED.has(returned.status);
}
