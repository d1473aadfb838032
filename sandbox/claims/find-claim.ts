import type { Claim } from "@/sandbox/claims/model";
import { claimRefusal, gatewayRefusal } from "@/sandbox/claims/refuse";
import { settleClaim } from "@/sandbox/claims/time";
import type { Profile } from "@/sandbox/messages/refuse";
import type { ApiContext } from "@/sandbox/world/guard";
import type { World } from "@/sandbox/world/world";

/** The caller's claim as it is now. @throws Refusal: LOCAL 403 for another's and 404 for none, GLOBAL the gateway's 403
 *  for both (claims.md 10, 13). */
export function ownClaim(world: World, c: ApiContext, profile: Profile, id: string): Claim {
  const claim = world.claims.get(id);
  const isOwn = claim?.thread.sellerId === c.var.seller.id;
  if (claim && isOwn) {
    settleClaim(world, claim);
    return claim;
  }
  if (profile === "GLOBAL" && world.settings.claimGlobalMissing === "policy") throw gatewayRefusal();
  if (claim) {
    throw claimRefusal(world, profile, {
      status: 403,
      error: "forbidden_error",
      message: "You don't have permission to access the resource",
    });
  }
  throw profile === "GLOBAL"
    ? claimRefusal(world, profile, {
        status: 404,
        error: "not_found_error",
        message: `Claim not found. claimId: ${id}`,
      })
    : claimRefusal(world, profile, {
        status: 404,
        error: "business_logic_error",
        message: "Resource not found",
      });
}
