import "server-only";
import type { WireAction, WireClaim } from "@/lib/server/mercadolibre/claims";
import type { Claim } from "@/lib/shared/api/claim";
import { isOpenClaim } from "@/lib/shared/claim/turn";
import { type Extras, NONE } from "./claim-extras";
import { othersOf, type Part } from "./claim-part";

/** What the seller may do now. */
export interface Standing {
  actions: WireAction[];
  isUnsure: boolean;
}

/** What a search alone tells of a claim: its stage, who must do what until when, how it ended. That it names no action of
 *  an open claim is no proof that there is none (claims.md 12.4). Pure. */
export function foundClaim(wire: WireClaim, part: Part): Claim {
  const actions = isOpenClaim(wire) ? (part.actions ?? []) : [];
  return claimOf(wire, part, { actions, isUnsure: isOpenClaim(wire) && actions.length === 0 }, NONE);
}

/** A claim as the house keeps it, of what was read of it. Pure. */
export function claimOf(wire: WireClaim, part: Part, standing: Standing, extras: Extras): Claim {
  const { detail, reason, expected, history, stages, reputation, returnCost, change, evidences } = extras;
  return {
    id: wire.id,
    type: wire.type,
    stage: wire.stage,
    status: wire.status,
    resource: wire.resource,
    resourceId: wire.resourceId,
    reasonId: wire.reasonId,
    isDelivered: wire.fulfilled,
    quantity: wire.claimedQuantity,
    createdAt: wire.createdAt,
    updatedAt: wire.updatedAt,
    role: part.role,
    actions: standing.actions,
    isActionsUnsure: standing.isUnsure,
    others: othersOf(wire.players, part.role),
    resolution: wire.resolution,
    detail,
    reason,
    expected,
    history,
    stages,
    reputation,
    return: extras.return,
    returnCost,
    change,
    evidences,
    unread: extras.unread,
    isWhole: extras.isWhole,
  };
}
