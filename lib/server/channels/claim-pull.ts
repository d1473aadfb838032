import "server-only";
import { searchPage } from "@/lib/server/mercadolibre/claim-search";
import {
  readClaim,
  readClaimMessages,
  type WireAction,
  type WireClaim,
} from "@/lib/server/mercadolibre/claims";
import { isAbsent } from "@/lib/server/mercadolibre/context-read";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import type { Meli } from "@/lib/server/mercadolibre/http";
import type { Claim } from "@/lib/shared/api/claim";
import { isReturning } from "@/lib/shared/claim/returning";
import { isOpenClaim } from "@/lib/shared/claim/turn";
import { AppError } from "@/lib/shared/errors";
import type { ThreadSnapshot } from "@/lib/shared/thread";
import type { AccountCtx, Gone, Held, Pulled, Ref } from "./channel";
import { type Extras, readExtras } from "./claim-extras";
import { marksOf } from "./claim-marks";
import { claimMessageOf } from "./claim-messages";
import { buyerOf, othersOf, type Part, partOf } from "./claim-part";

/** Reads a claim: itself and its messages surely, all that stands around it as far as it is given. A claim that is over is
 *  read in full once after it closed; from then on only itself and its messages, until it moves again.
 *  @throws MeliError that may be retried */
export async function pullClaim(ctx: AccountCtx, ref: Ref, held: Held | null = null): Promise<Pulled | Gone> {
  const known = held?.claim ?? null;
  const wire = await readShown(ctx.meli, ref.externalId);
  if ("kind" in wire) return wire;
  const part = partOf(ctx, wire);
  // The account bought something itself: that claim is none of a seller's.
  if (part === null) return { kind: "gone", status: null, reason: "not_the_seller" };
  const [standing, read] = await Promise.all([actionsOf(ctx, wire, part), readMessages(ctx.meli, wire)]);
  const extras = isSettled(wire, known, held?.total ?? null)
    ? known
    : await readExtras(ctx.meli, { ...wire, actions: standing.actions }, known);
  const claim = claimOf(wire, part, standing, extras);
  const messages = read.messages.map((message) => claimMessageOf(message, part.role, wire.players));
  const snapshot: ThreadSnapshot = {
    externalId: wire.id,
    siteId: part.siteId,
    sellerId: part.userId,
    status: isOpenClaim(claim) ? "open" : "closed",
    substatus: isOpenClaim(claim) ? null : (claim.resolution?.reason ?? null),
    isAgentPath: false,
    sellerMaxLength: null,
    claimIds: [],
    buyerName: null,
    messages,
    total: messages.length,
    isComplete: true,
    claim,
    orderId: claim.resource === "order" && claim.resourceId !== "" ? claim.resourceId : null,
    buyerId: buyerOf(wire.players, part.role),
    marks: marksOf(claim),
  };
  return { kind: "pulled", snapshot, read: messages, isExact: read.isExact };
}

/** The claim, or that it is not shown: GLOBAL answers 403 for what does not exist (claims.md 10). */
async function readShown(meli: Meli, claimId: string): Promise<WireClaim | Gone> {
  try {
    return await readClaim(meli, claimId);
  } catch (error) {
    if (!isAbsent(error) || !(error instanceof MeliError)) throw error;
    return { kind: "gone", status: error.failure.status, reason: error.failure.code ?? "refused" };
  }
}

/** Was everything about a claim that is over read since it closed? What a person asks for by hand is read anew. */
function isSettled(wire: WireClaim, held: Claim | null, total: number | null): held is Claim {
  return (
    !isOpenClaim(wire) &&
    held !== null &&
    total !== null &&
    !isOpenClaim(held) &&
    held.unread.length === 0 &&
    !isReturning(held) &&
    held.updatedAt.getTime() === wire.updatedAt.getTime()
  );
}

/** The messages. Whether a claim that is over keeps them is not documented (claims.md 15), and returns may have none (11):
 *  where they are not shown, those that we hold stand, and none of them is taken for gone. */
async function readMessages(meli: Meli, wire: WireClaim): ReturnType<typeof readClaimMessages> {
  try {
    const { messages, isExact } = await readClaimMessages(meli, wire.id);
    return { messages, isExact: isExact && isOpenClaim(wire) };
  } catch (error) {
    const isUnshown = isAbsent(error) && (!isOpenClaim(wire) || wire.type === "returns");
    if (isUnshown) return { messages: [], isExact: false };
    throw error;
  }
}

interface Standing {
  actions: WireAction[];
  isUnsure: boolean;
}

/** What the seller may do now. An open claim that names nothing by its id may name something in the search: that is asked
 *  before a button is hidden (claims.md 12.4). */
async function actionsOf(ctx: AccountCtx, wire: WireClaim, part: Part): Promise<Standing> {
  if (!isOpenClaim(wire)) return { actions: [], isUnsure: false };
  if (part.actions !== null && part.actions.length > 0) return { actions: part.actions, isUnsure: false };
  try {
    const page = await searchPage(ctx.meli, { player: null, filters: { id: wire.id }, offset: 0 });
    const found = page.claims.find(({ id }) => id === wire.id);
    const second = found === undefined ? null : (partOf(ctx, found)?.actions ?? null);
    if (second === null) return { actions: [], isUnsure: part.actions === null };
    return { actions: second, isUnsure: second.length > 0 };
  } catch (error) {
    if (!(error instanceof AppError) || (error instanceof MeliError && error.failure.status === 401))
      throw error;
    return { actions: [], isUnsure: true };
  }
}

function claimOf(wire: WireClaim, part: Part, standing: Standing, extras: Extras): Claim {
  const { detail, reason, expected, history, stages, reputation, returnCost, change, evidences, unread } =
    extras;
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
    unread,
  };
}
