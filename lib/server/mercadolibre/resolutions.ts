import "server-only";
import { AppError } from "@/lib/shared/errors";
import { notInProtocol } from "./claim-files";
import { CLAIM_PATHS } from "./claim-paths";
import { claimRefusalOf } from "./claim-refusal";
import { rows } from "./claim-values";
import { claimIn, type WireClaim } from "./claim-wire";
import { MeliError } from "./failure";
import type { Meli } from "./http";
import type { Route } from "./paths";
import {
  type ExpectedResolution,
  expectedIn,
  expectedResolution,
  offers,
  type RefundOffers,
} from "./resolution-wire";
import { sift } from "./wire";

export type { ExpectedResolution, RefundBound, RefundOffers } from "./resolution-wire";

/** What each side asks for, and what became of it (claims.md 6). @throws MeliError */
export async function readExpectedResolutions(meli: Meli, claimId: string): Promise<ExpectedResolution[]> {
  const route = CLAIM_PATHS[meli.profile].expected(claimId);
  const { kept, dropped } = sift(await meli.wire.read(route, rows), expectedResolution);
  if (dropped > 0) meli.wire.odd(route, { droppedResolutions: dropped });
  return kept;
}

/** What may be offered back in part, or that nothing may. */
export type RefundOffersAnswer = RefundOffers | { kind: "not_eligible" };

/**
 * The parts of the price that may be offered back, of 1 to 99 percent (claims.md 6, 11). `not_eligible`: 422, or 400 when the
 * action is gone. Here 403 means in LOCAL that there is no such claim, and 404 that it is another's (claims.md 6).
 * @throws MeliError
 */
export async function readRefundOffers(meli: Meli, claimId: string): Promise<RefundOffersAnswer> {
  try {
    return await meli.wire.read(CLAIM_PATHS[meli.profile].offers(claimId), offers);
  } catch (error) {
    const refusal = error instanceof MeliError ? claimRefusalOf(error.failure) : null;
    if (refusal === "not_eligible" || refusal === "action_gone") return { kind: "not_eligible" };
    throw error;
  }
}

/**
 * Gives all of the money back: the buyer keeps the product and the claim closes. Cannot be undone. Sent once and never
 * retried: after `failure.mayHaveApplied` the claim must be read before anything else (claims.md 6, 10).
 * @returns the resolutions as they stand now; null when the answer, a success, did not tell
 * @throws MeliError: `claimRefusalOf` says what a refusal means
 */
export async function refund(meli: Meli, claimId: string): Promise<ExpectedResolution[] | null> {
  return await resolve(meli, CLAIM_PATHS[meli.profile].refund(claimId), null);
}

/**
 * Offers a part of the price back, one offer a claim: the buyer may take it, which closes the claim, or not, which may lead to
 * a mediation. `percentage` is one of readRefundOffers; 100 is refused there (claims.md 6, 11). Never retried, as `refund`.
 * @returns as `refund`
 * @throws MeliError: `claimRefusalOf` says what a refusal means; AppError invalid_input unless above 0 and below 100
 */
export async function offerPartialRefund(
  meli: Meli,
  claimId: string,
  percentage: number,
): Promise<ExpectedResolution[] | null> {
  if (!(percentage > 0 && percentage < 100)) {
    throw new AppError("invalid_input", "not a part of the price", { reason: "percentage" });
  }
  // Left out it would mean 50 (claims.md 6): it is always said.
  return await resolve(meli, CLAIM_PATHS[meli.profile].partialRefund(claimId), { percentage });
}

/** Accepts a return: the money goes back when the parcel is on its way or arrives (claims.md 6). Never retried, as `refund`.
 *  @returns as `refund`
 *  @throws MeliError: `claimRefusalOf` says what a refusal means */
export async function allowReturn(meli: Meli, claimId: string): Promise<ExpectedResolution[] | null> {
  return await resolve(meli, CLAIM_PATHS[meli.profile].allowReturn(claimId), null);
}

/** Offers the same product again, in LOCAL alone (claims.md 2, 6). Never retried, as `refund`.
 *  @returns as `refund`
 *  @throws MeliError: `claimRefusalOf` says what a refusal means; AppError not_available in GLOBAL */
export async function allowReplace(meli: Meli, claimId: string): Promise<ExpectedResolution[] | null> {
  const { allowReplace: route } = CLAIM_PATHS[meli.profile];
  if (route === null) throw notInProtocol("a replacement");
  return await resolve(meli, route(claimId), null);
}

/**
 * Asks Mercado Libre to mediate: from then on the seller writes to the mediator alone (claims.md 6, 7). Never retried, as
 * `refund`.
 * @returns the claim as it is now; null when the answer, a success, did not tell
 * @throws MeliError: `claimRefusalOf` says what a refusal means
 */
export async function openDispute(meli: Meli, claimId: string): Promise<WireClaim | null> {
  return claimIn(await meli.wire.act(CLAIM_PATHS[meli.profile].openDispute(claimId), null));
}

async function resolve(meli: Meli, route: Route, body: object | null): Promise<ExpectedResolution[] | null> {
  const json = body === null ? null : JSON.stringify(body);
  return expectedIn(await meli.wire.act(route, json === null ? null : () => json));
}
