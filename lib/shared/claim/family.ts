/** What a claim is about, by the first letters of its reason (claims.md 3): not received, defective or different, cancelled. */
export type ClaimFamily = "PNR" | "PDD" | "CS";

/** Null: a reason of another kind, which new ones may be. Pure. */
export function familyOf(reasonId: string): ClaimFamily | null {
  const code = reasonId.toUpperCase();
  if (code.startsWith("PNR")) return "PNR";
  if (code.startsWith("PDD")) return "PDD";
  return code.startsWith("CS") ? "CS" : null;
}
