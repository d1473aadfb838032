import "server-only";
import { searchPage } from "@/lib/server/mercadolibre/claim-search";
import { readClaim, readClaimMessages, type WireClaim } from "@/lib/server/mercadolibre/claims";
import { isAbsent } from "@/lib/server/mercadolibre/context-read";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import type { Lane, Meli } from "@/lib/server/mercadolibre/http";
import type { Claim } from "@/lib/shared/api/claim";
import { isReturning } from "@/lib/shared/claim/returning";
import { isOpenClaim } from "@/lib/shared/claim/turn";
import { AppError } from "@/lib/shared/errors";
import type { ThreadSnapshot } from "@/lib/shared/thread";
import type { AccountCtx, Gone, Held, Pulled, Ref } from "./channel";
import { isPassing, readExtras } from "./claim-extras";
import { claimOf, type Standing } from "./claim-facts";
import { marksOf } from "./claim-marks";
import { claimMessageOf } from "./claim-messages";
import { buyerOf, type Part, partOf } from "./claim-part";

/** Reads a claim: itself and its messages surely, and of what stands around it, as far as it is given, what the list and the
 *  clock need; all of it when somebody looks (the lanes `open` and `reply`), and when it moved since it was read whole. A claim
 *  that is over is read so once after it closed; from then on only itself and its messages, until it moves again.
 *  @throws MeliError that may be retried */
export async function pullClaim(ctx: AccountCtx, ref: Ref, held: Held | null = null): Promise<Pulled | Gone> {
  const known = held?.claim ?? null;
  const wire = await readShown(ctx.meli, ref.externalId);
  if ("kind" in wire) return wire;
  const part = partOf(ctx, wire);
  // The account bought something itself: that claim is none of a seller's.
  if (part === null) return { kind: "gone", status: null, reason: "not_the_seller" };
  const isUnmoved = known?.updatedAt.getTime() === wire.updatedAt.getTime();
  const isWhole = LOOKED_AT.has(ctx.meli.lane) || (known?.isWhole === true && !isUnmoved);
  // What is held of a claim that was never read is what a search has told.
  const told = !isWhole && isUnmoved && held?.total === null ? known : null;
  const [standing, read] = await Promise.all([
    actionsOf(ctx, wire, part, told),
    readMessages(ctx.meli, wire),
  ]);
  const isSettled = isUnmoved && !isOpenClaim(wire) && held?.total !== null && isOver(known, isWhole);
  const { extras, isShort } = isSettled
    ? { extras: known, isShort: false }
    : await readExtras(ctx.meli, { ...wire, actions: standing.actions }, known, isWhole);
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
  return {
    kind: "pulled",
    snapshot,
    read: messages,
    isExact: read.isExact,
    isShort: isShort || standing.isShort === true,
  };
}

/** Somebody waits for the whole of it: whoever opened it, or an act that is measured against it. */
const LOOKED_AT: ReadonlySet<Lane> = new Set(["open", "reply"]);

/** The claim, or that it is not shown: GLOBAL answers 403 for what does not exist (claims.md 10). */
async function readShown(meli: Meli, claimId: string): Promise<WireClaim | Gone> {
  try {
    return await readClaim(meli, claimId);
  } catch (error) {
    if (!isAbsent(error) || !(error instanceof MeliError)) throw error;
    return { kind: "gone", status: error.failure.status, reason: error.failure.code ?? "refused" };
  }
}

/** Was all that is asked for read of a claim since it closed? */
function isOver(held: Claim, isWhole: boolean): boolean {
  return !isOpenClaim(held) && held.unread.length === 0 && !isReturning(held) && (held.isWhole || !isWhole);
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

/** What the seller may do now. An open claim that names nothing by its id may name something in the search: that is asked
 *  before a button is hidden (claims.md 12.4), unless a search has just `told` of it. */
async function actionsOf(
  ctx: AccountCtx,
  wire: WireClaim,
  part: Part,
  told: Claim | null,
): Promise<Standing & { isShort?: boolean }> {
  if (!isOpenClaim(wire)) return { actions: [], isUnsure: false };
  if (part.actions !== null && part.actions.length > 0) return { actions: part.actions, isUnsure: false };
  if (told !== null) {
    const { actions } = told;
    return { actions, isUnsure: actions.length > 0 || part.actions === null };
  }
  try {
    const page = await searchPage(ctx.meli, { player: null, filters: { id: wire.id }, offset: 0 });
    const found = page.claims.find(({ id }) => id === wire.id);
    const second = found === undefined ? null : (partOf(ctx, found)?.actions ?? null);
    if (second === null) return { actions: [], isUnsure: part.actions === null };
    return { actions: second, isUnsure: second.length > 0 };
  } catch (error) {
    if (!(error instanceof AppError) || (error instanceof MeliError && error.failure.status === 401))
      throw error;
    return { actions: [], isUnsure: true, isShort: isPassing(error) };
  }
}
