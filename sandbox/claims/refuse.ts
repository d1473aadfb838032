import type { Profile } from "@/sandbox/messages/refuse";
import { Refusal, standard } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** A refusal in envelope 1 LOCAL, envelope 2 GLOBAL, unless the settings choose one for both (claims.md 10). */
export function claimRefusal(
  world: World,
  profile: Profile,
  said: { status: number; error: string; message: string },
): Refusal {
  const { claimErrorForm } = world.settings;
  const form = claimErrorForm === "profile" ? (profile === "LOCAL" ? "1" : "2") : claimErrorForm;
  const { status, error, message } = said;
  return form === "1" ? standard(status, error, message) : plainRefusal(status, error, message);
}

/** Envelope 2: `{code, error, message, cause: null}` (claims.md 10). */
export function plainRefusal(status: number, error: string, message: string): Refusal {
  return new Refusal(status, { code: status, error, message, cause: null });
}

/** Envelope 3: the gateway; GLOBAL also for claims that do not exist (claims.md 10). */
export function gatewayRefusal(): Refusal {
  return new Refusal(403, {
    code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES",
    blocked_by: "PolicyAgent",
    message: "At least one policy returned UNAUTHORIZED.",
    status: 403,
  });
}

/** Envelope 4: a code in words, at uploads and returns (claims.md 5.1, 10). */
export function fileRefusal(status: 400 | 404, message: string): Refusal {
  return new Refusal(status, { code: status === 404 ? "not_found" : "bad_request", message });
}

/** Envelope 5: the search page (claims.md 4.1, 10). */
export function searchRefusal(error: "invalid_query" | "invalid_params", message: string): Refusal {
  return new Refusal(400, { error, message });
}

/** 400 of an action that the player does not hold (claims.md 5.3, 6). */
export function unavailable(world: World, profile: Profile, action: string): Refusal {
  const isOffer = action === "allow_partial_refund";
  // claims.md 11: the offer's `error` differs between two pages, and GLOBAL drops " for player"
  const error = isOffer && profile === "LOCAL" ? world.settings.claimOfferError : "bad_request_error";
  const tail = isOffer && profile === "GLOBAL" ? "" : " for player";
  return claimRefusal(world, profile, {
    status: 400,
    error,
    message: `Action ${action} not available${tail}`,
  });
}
