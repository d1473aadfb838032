import { familyOf, sellerHolds } from "@/sandbox/claims/actions";
import type { Claim, OfferLimit } from "@/sandbox/claims/model";
import { claimRefusal } from "@/sandbox/claims/refuse";
import type { Profile } from "@/sandbox/messages/refuse";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

const STEPS = [10, 20, 30, 40, 50, 60, 70, 80, 90];

/** The partial refunds that may be offered (claims.md 6). @throws Refusal 422 when the claim is not eligible. */
export function offersOf(world: World, profile: Profile, claim: Claim): object {
  const isEligible = familyOf(claim) === "PDD" && sellerHolds(world, claim, "allow_partial_refund");
  if (!isEligible) {
    throw claimRefusal(world, profile, {
      status: 422,
      error: "unprocessable_entity",
      message: `Claim ${claim.id} is not eligible for a partial refund`,
    });
  }
  const { claimRestrictionsAt, claimOffersHundred } = world.settings;
  const nested = claimRestrictionsAt === "nested";
  const steps = claimOffersHundred ? [...STEPS, 100] : STEPS;
  const offers = steps.filter((percentage) => isAllowed(claim, percentage));
  // claims.md 11: where restrictions stand, and their casing, differ between two samples
  const limits = (list: OfferLimit[]) =>
    list.map(({ reason, ...rest }) => ({ ...rest, reason: nested ? reason.toLowerCase() : reason }));
  return {
    currency_id: currencyOf(claim),
    available_offers: offers.map((percentage) => ({ amount: amountOf(claim, percentage), percentage })),
    // claims.md 6: LOCAL since 2025, empty lists when there are none
    ...(profile === "LOCAL" && nested
      ? { recommendations: [...limits(claim.recommendations), { restrictions: limits(claim.restrictions) }] }
      : {}),
    ...(profile === "LOCAL" && !nested
      ? { recommendations: limits(claim.recommendations), restrictions: limits(claim.restrictions) }
      : {}),
  };
}

/** The percentage of a body: 50 when it says none; refused unless offered, and 100 always (claims.md 6). */
export function percentageOf(world: World, profile: Profile, claim: Claim, body: object): number {
  const value = "percentage" in body ? body.percentage : 50;
  const isNumber = typeof value === "number";
  if (isNumber && STEPS.includes(value) && isAllowed(claim, value)) return value;
  if (profile === "GLOBAL") {
    throw claimRefusal(world, profile, {
      status: 400,
      error: "bad_request_error",
      message: `${String(value)} is not a valid percentage`,
    });
  }
  // printed as Java prints a double: 35.0
  const printed = isNumber && Number.isInteger(value) ? `${value}.0` : String(value);
  throw claimRefusal(world, profile, {
    status: 400,
    error: "error checking configuration percentage",
    message: `Percentage not found ${printed}`,
  });
}

/** What so many percent of the claimed order are, in its currency. */
export function amountOf(claim: Claim, percentage: number): number {
  const order = claim.thread.orders.find(({ id }) => id === claim.orderId);
  const unit = 10 ** SITES[claim.thread.siteId].decimals;
  return Math.round(((order?.total ?? 0) * percentage * unit) / 100) / unit;
}

export function currencyOf(claim: Claim): string {
  const order = claim.thread.orders.find(({ id }) => id === claim.orderId);
  return order?.currency ?? SITES[claim.thread.siteId].currency;
}

function isAllowed({ restrictions }: Claim, percentage: number): boolean {
  return restrictions.every((one) =>
    one.type === "maximum" ? percentage <= one.percentage : percentage >= one.percentage,
  );
}
