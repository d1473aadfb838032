import "server-only";
import { z } from "zod";
import { CLAIM_PATHS } from "./claim-paths";
import { choice, quantity, rows, words } from "./claim-values";
import { MeliError } from "./failure";
import type { Meli } from "./http";
import { part, requiredId, sift } from "./wire";

/** A rule by which Mercado Libre pays a buyer back in part before a claim exists (claims.md 6.4). */
export interface RefundRule {
  id: string;
  isActive: boolean;
  /** In the currency of the account; null: no limit. */
  prices: { from: number | null; to: number | null };
  /** 10 to 90, by tens. */
  percentage: number | null;
  logistics: string[];
  reasons: string[];
}

const rule = z
  .object({
    id: requiredId,
    active: choice,
    price_range: part(z.object({ from: quantity, to: quantity, all_prices: choice })),
    refund_offer: quantity,
    logistic: words,
    reason: words,
  })
  .transform(
    ({ price_range: range, ...wire }): RefundRule => ({
      id: wire.id,
      isActive: wire.active !== false,
      prices: range.all_prices === true ? { from: null, to: null } : { from: range.from, to: range.to },
      percentage: wire.refund_offer,
      logistics: wire.logistic,
      reasons: wire.reason,
    }),
  );

/** The automatic partial refunds of a GLOBAL seller: some problems never become claims (claims.md 6.4). None in LOCAL; null
 *  when the application may not see them, for which they need a permission of their own. @throws MeliError */
export async function readRefundRules(meli: Meli): Promise<RefundRule[] | null> {
  const { refundRules } = CLAIM_PATHS[meli.profile];
  if (refundRules === null) return [];
  const route = refundRules();
  let found: readonly unknown[];
  try {
    found = await meli.wire.read(route, rows);
  } catch (error) {
    if (error instanceof MeliError && error.failure.code === "unauthorized_scopes") return null;
    throw error;
  }
  const { kept, dropped } = sift(found, rule);
  if (dropped > 0) meli.wire.odd(route, { droppedRules: dropped });
  return kept;
}
