import "server-only";
import type { WireClaim, WirePlayer } from "@/lib/server/mercadolibre/claims";
import { CLAIM_ROLES, type Claim, type ClaimRole } from "@/lib/shared/api/claim";
import { profileOf } from "@/lib/shared/sites";
import type { AccountCtx } from "./channel";

/** What the seller's side of a claim is called: of an order, of a payment, of a shipment (claims.md 3). */
const SELLING: ReadonlySet<string> = new Set(["seller", "collector", "sender"]);
/** The other side. Whoever sells may buy as well: a claim of their own purchase is none of this inbox. */
const BUYING: ReadonlySet<string> = new Set(["buyer", "payer", "receiver"]);

/** The seller's own part in a claim. */
export interface Part {
  role: ClaimRole;
  userId: string;
  siteId: string;
  /** Null: the answer did not tell. */
  actions: WirePlayer["actions"];
}

/** Which of the claim's players the account is. Null: it has no part in it as a seller. Which user id a Global Selling
 *  player carries is not documented (claims.md 15), so there whoever is named by no id of ours is known by what they do; a LOCAL
 *  seller of another id is another seller. Pure. */
export function partOf(
  ctx: Pick<AccountCtx, "accountId" | "siteId" | "sellers">,
  claim: Pick<WireClaim, "players" | "type" | "siteId">,
): Part | null {
  const ours = new Set([ctx.accountId as string, ...ctx.sellers.map(({ userId }) => userId)]);
  const mine = claim.players.filter(({ userId }) => userId !== null && ours.has(userId));
  const sellers = claim.players.filter(({ type }) => type !== null && SELLING.has(type));
  const player =
    mine.find((one) => sellers.includes(one)) ??
    mine.find(({ type }) => type === null || !BUYING.has(type)) ??
    (mine.length === 0 ? sellers[0] : undefined);
  if (player === undefined && mine.length > 0) return null;
  const isNamed = player !== undefined && player.userId !== null && !ours.has(player.userId);
  if (isNamed && profileOf(ctx.siteId) === "LOCAL") return null;
  const role = CLAIM_ROLES.find((one) => one === player?.role) ?? usualRole(claim.type);
  const seller =
    ctx.sellers.find(({ userId }) => userId === player?.userId) ??
    ctx.sellers.find(({ siteId }) => siteId === claim.siteId) ??
    ctx.sellers[0];
  return {
    role,
    userId: seller?.userId ?? ctx.accountId,
    siteId: seller?.siteId ?? ctx.siteId,
    actions: player?.actions ?? null,
  };
}

/** The seller answers; only a cancelled sale is one of their own making (claims.md 3). */
const usualRole = (type: string): ClaimRole => (type === "cancel_sale" ? "complainant" : "respondent");

/** Who else must act, and until when: at most one party holds a duty at a time (claims.md 7). Pure. */
export function othersOf(players: readonly WirePlayer[], role: ClaimRole): Claim["others"] {
  return players
    .filter((player) => player.role !== role)
    .flatMap((player) => {
      const [duty] = (player.actions ?? [])
        .filter(({ isMandatory }) => isMandatory)
        .toSorted((a, b) => timeOf(a.dueAt) - timeOf(b.dueAt));
      return duty === undefined ? [] : [{ role: player.role, dueAt: duty.dueAt }];
    });
}

const timeOf = (at: Date | null) => at?.getTime() ?? Number.POSITIVE_INFINITY;

/** The buyer's user id: of whoever stands on the other side and is no mediator. Pure. */
export function buyerOf(players: readonly WirePlayer[], role: ClaimRole): string | null {
  const others = players.filter((player) => player.role !== role && player.role !== "mediator");
  const named = others.find(({ type }) => type !== null && BUYING.has(type)) ?? others[0];
  return named?.userId ?? null;
}
