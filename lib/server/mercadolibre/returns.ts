import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/shared/errors";
import type { Money } from "@/lib/shared/money";
import { change, type WireChange } from "./change-wire";
import { type OutgoingFile, uploadTo } from "./claim-files";
import { CLAIM_PATHS } from "./claim-paths";
import { isClaimMissing } from "./claim-refusal";
import { rows } from "./claim-values";
import { claimIn, type WireClaim } from "./claim-wire";
import { MeliError } from "./failure";
import type { Meli } from "./http";
import type { Route } from "./paths";
import { failReasons, type ReturnFailReason, type ReturnReview, returnReviews } from "./return-review-wire";
import { returned, type WireReturn } from "./return-wire";
import { amount, moneyOf, sift } from "./wire";

export type { WireChange } from "./change-wire";
export type { ReturnFailReason, ReturnReview } from "./return-review-wire";
export type { WireReturn } from "./return-wire";

/** Reasons that need photos (claims.md 6.2): damaged, and a different product. */
const NEED_PHOTOS: ReadonlySet<string> = new Set(["SRF2", "SRF4"]);

/** Must a failed review with this reason have photos (claims.md 6.2)? */
export function needsPhotos(reasonId: string): boolean {
  return NEED_PHOTOS.has(reasonId.toUpperCase());
}

/** One thing that is wrong with what came back. `attachments` are keys of uploadReviewFile; `orderId` for carts only. */
export interface ReturnFailure {
  reasonId: string;
  message: string;
  attachments: readonly string[];
  orderId: string | null;
}

/**
 * The return of a claim; null when there is none, of which only this is proof (claims.md 6.2, 7).
 * @throws MeliError, also when it says that there is no such claim
 */
export async function readReturn(meli: Meli, claimId: string): Promise<WireReturn | null> {
  return await unless404(meli.wire.read(CLAIM_PATHS[meli.profile].returns(claimId), returned));
}

/**
 * The id of a claim's return where GLOBAL prints none, which its review needs (claims.md 6.2, 15). The same claim answers
 * under the other prefix too, as live accounts show for the rest of it (claims.md 1). Null: not told there either, and in
 * LOCAL, whose returns name themselves. @throws MeliError
 */
export async function readUnprintedReturnId(meli: Meli, claimId: string): Promise<string | null> {
  if (meli.profile !== "GLOBAL") return null;
  return (await unless404(meli.wire.read(CLAIM_PATHS.LOCAL.returns(claimId), returned)))?.id ?? null;
}

async function unless404<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof MeliError && error.failure.status === 404 && !isClaimMissing(error.failure))
      return null;
    throw error;
  }
}

/** What was found in what came back; null when there is no review, and in GLOBAL, whose returns tell it themselves (claims.md
 *  2, 6.2). @throws MeliError */
export async function readReturnReviews(meli: Meli, returnId: string): Promise<ReturnReview[] | null> {
  const route = CLAIM_PATHS[meli.profile].returnReviews;
  return route === null ? null : await unless404(meli.wire.read(route(returnId), returnReviews));
}

/**
 * Says how a return arrived: as it should, or what is wrong with it. Decides about money and cannot be undone; sent once and
 * never retried: after `failure.mayHaveApplied` the claim must be read first (claims.md 6.2).
 * @returns the claim as it is now; null when the answer, a success, did not tell
 * @throws MeliError: `claimRefusalOf` says what a refusal means; AppError invalid_input without failures or needed photos
 */
export async function reviewReturn(
  meli: Meli,
  o: { claimId: string; returnId: string },
  verdict: "ok" | readonly ReturnFailure[],
): Promise<WireClaim | null> {
  const json = JSON.stringify(verdict === "ok" ? {} : failuresOf(verdict));
  const found = claimIn(await meli.wire.act(CLAIM_PATHS[meli.profile].reviewReturn(o.returnId), () => json));
  return found?.id === o.claimId ? found : null;
}

function failuresOf(failures: readonly ReturnFailure[]): object[] {
  if (failures.length === 0) throw new AppError("invalid_input", "nothing failed", { reason: "review_form" });
  return failures.map(({ reasonId, message, attachments, orderId }) => {
    if (needsPhotos(reasonId) && attachments.length === 0) {
      throw new AppError("invalid_input", "this reason needs photos", { reason: "review_photos" });
    }
    return {
      reason: reasonId,
      message,
      ...(attachments.length === 0 ? {} : { attachments }),
      ...(orderId === null ? {} : { order_id: wireId(orderId) }),
    };
  });
}

/** An id as the number it is on the wire, where a number can hold it (claims.md 3). */
function wireId(id: string): number | string {
  const number = Number(id);
  return Number.isSafeInteger(number) ? number : id;
}

/** What a failed review may say of this claim's return (claims.md 6.2). @throws MeliError */
export async function readReturnFailReasons(meli: Meli, claimId: string): Promise<ReturnFailReason[]> {
  return await meli.wire.read(CLAIM_PATHS[meli.profile].failReasons(claimId), failReasons);
}

/** Uploads a photo for a failed review; limits as uploadClaimFile (claims.md 5.1, 6.2). @throws as uploadClaimFile */
export async function uploadReviewFile(
  meli: Meli,
  claimId: string,
  file: OutgoingFile,
): Promise<{ id: string }> {
  return await uploadTo(meli, CLAIM_PATHS[meli.profile].uploadReviewFile(claimId), file);
}

const cost = z
  .object({ currency_id: amount, amount, amount_usd: amount })
  .transform((wire, context): { amount: Money; amountUsd: Money | null } => {
    const money = moneyOf(wire.amount, wire.currency_id);
    if (money !== null) return { amount: money, amountUsd: moneyOf(wire.amount_usd, "USD") };
    context.issues.push({ code: "custom", message: "a cost without an amount", input: null });
    return z.NEVER;
  });

/**
 * What the way back costs; null when there is no such cost. In dollars besides where `inUsd` is asked for (claims.md 6.2).
 * @throws MeliError
 */
export async function readReturnCost(
  meli: Meli,
  claimId: string,
  o: { inUsd?: boolean } = {},
): Promise<{ amount: Money; amountUsd: Money | null } | null> {
  return await unless404(
    meli.wire.read(CLAIM_PATHS[meli.profile].returnCost(claimId, o.inUsd === true), cost),
  );
}

/** The exchanges of a claim; none in GLOBAL, which documents no such thing (claims.md 2, 6.3). @throws MeliError */
export async function readChanges(meli: Meli, claimId: string): Promise<WireChange[]> {
  const { changes } = CLAIM_PATHS[meli.profile];
  if (changes === null) return [];
  const route: Route = changes(claimId);
  const found = await unless404(meli.wire.read(route, rows));
  const { kept, dropped } = sift(found ?? [], change);
  if (dropped > 0) meli.wire.odd(route, { droppedChanges: dropped });
  return kept;
}
