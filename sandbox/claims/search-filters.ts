import type { Claim } from "@/sandbox/claims/model";
import { plainRefusal, searchRefusal } from "@/sandbox/claims/refuse";
import { paymentIdOf } from "@/sandbox/claims/seed-parts";
import type { Profile } from "@/sandbox/messages/refuse";
import type { Refusal } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** What a search asks for, dotted and underscored names made one; unknown parameters are left out (claims.md 4.1, 13). */
export type Filters = Partial<Record<Name, string>>;

type Name = (typeof NAMES)[number] | "role" | "user";

const NAMES = [
  "id",
  "type",
  "stage",
  "status",
  "reason_id",
  "site_id",
  "parent_id",
  "payment_id",
  "resource",
  "resource_id",
  "order_id",
  "pack_id",
  "user_id",
] as const;
const NO_FILTER =
  "at least any of these filters: id, type, stage, status, resource, resource_id, reason_id, site_id, players.role, players.user_id, order_id, pack_id, parent_id, payment_id, range";

/** The filters of a query. @throws Refusal 400: none, a broken dependency, or two that exclude each other. */
export function readFilters(world: World, profile: Profile, query: Record<string, string>): Filters {
  const { claimFilterNames, claimResourceNeeds } = world.settings;
  const filters: Filters = {};
  for (const name of NAMES) {
    const value = query[name];
    // `user_id` chooses the marketplace user in GLOBAL (claims.md 4.1)
    if (value !== undefined && (name !== "user_id" || profile === "GLOBAL")) filters[name] = value;
  }
  const dotted = { role: query["players.role"], user: query["players.user_id"] };
  const plain = { role: query.player_role, user: query.player_user_id };
  // claims.md 11: which of the two names works is disputed
  const isRefused = (names: typeof dotted) => names.role !== undefined || names.user !== undefined;
  if (claimFilterNames === "underscored" && isRefused(dotted)) throw broken(world);
  if (claimFilterNames === "dotted" && isRefused(plain)) throw broken(world);
  const role = dotted.role ?? plain.role;
  const user = dotted.user ?? plain.user;
  if (role !== undefined) filters.role = role;
  if (user !== undefined) filters.user = user;

  const hasRange = query.range !== undefined;
  if (Object.keys(filters).length === 0 && !hasRange) throw none(world);
  const hasPlayer = role !== undefined && user !== undefined;
  // claims.md 4.1: in GLOBAL `user_id` may stand for the player's
  const hasUser = user !== undefined || (profile === "GLOBAL" && filters.user_id !== undefined);
  if ((role !== undefined && !hasUser) || (user !== undefined && role === undefined)) throw broken(world);
  if (filters.resource_id !== undefined && filters.resource === undefined) throw broken(world);
  const isEnough = filters.resource_id !== undefined || (hasPlayer && claimResourceNeeds === "either");
  if (filters.resource !== undefined && !isEnough) throw broken(world);
  if (filters.order_id !== undefined && filters.pack_id !== undefined) {
    throw searchRefusal("invalid_params", "Invalid parameters. order_id and pack_id are mutually exclusive");
  }
  return filters;
}

/** Whether this claim is one that was asked for. */
export function matches(world: World, claim: Claim, filters: Filters): boolean {
  const values: Partial<Record<Name, string | null>> = {
    id: claim.id,
    stage: claim.stage,
    status: claim.status,
    reason_id: claim.reasonId,
    site_id: claim.thread.siteId,
    parent_id: claim.parentId,
    resource: claim.resource,
    resource_id: claim.resourceId,
  };
  for (const [name, wanted] of Object.entries(values)) {
    const asked = Object.entries(filters).find(([one]) => one === name)?.[1];
    if (asked !== undefined && asked !== wanted) return false;
  }
  // claims.md 13: both spellings of a return
  if (filters.type !== undefined && typeOf(filters.type) !== claim.type) return false;
  return isReachable(claim, filters) && hasPlayer(world, claim, filters);
}

/** claims.md 4.1: every claim reachable from the order or pack, its shipments and payments too. */
function isReachable(claim: Claim, { order_id, pack_id, payment_id }: Filters): boolean {
  const isOf = (orderId: string) =>
    claim.orderId === orderId ||
    (claim.resource === "shipment" && claim.thread.orders.some(({ id }) => id === orderId)) ||
    (claim.resource === "purchase" && claim.thread.orders.some(({ id }) => id === orderId));
  if (order_id !== undefined && !isOf(order_id)) return false;
  if (pack_id !== undefined && claim.thread.packId !== pack_id) return false;
  return payment_id === undefined || payment_id === paymentIdOf(claim.orderId);
}

/** The account's own id stands for all its marketplace users (claims.md 15: which one is passed is unknown). */
function hasPlayer(world: World, claim: Claim, { role, user, user_id }: Filters): boolean {
  const isUser = (wanted: string, userId: string) =>
    userId === wanted || world.ownerOf.get(userId)?.seller.id === wanted;
  const wanted = user ?? (role === undefined ? undefined : user_id);
  if (user_id !== undefined && !claim.players.some(({ userId }) => isUser(user_id, userId))) return false;
  if (wanted === undefined) return true;
  return claim.players.some(
    (player) => isUser(wanted, player.userId) && (role === undefined || player.role === role),
  );
}

function typeOf(asked: string): string {
  return asked === "return" ? "returns" : asked;
}

/** claims.md 4.1: only offset, limit, sort, or names nobody knows. */
function none(world: World): Refusal {
  if (world.settings.claimFilterErrorForm === "page") return searchRefusal("invalid_query", NO_FILTER);
  return plainRefusal(400, "bad_request_error", NO_FILTER);
}

/** claims.md 4.1: the page's body, or the one captured live. */
function broken(world: World): Refusal {
  const { claimFilterErrorForm, claimFilterNames } = world.settings;
  if (claimFilterErrorForm === "page" && claimFilterNames !== "underscored") {
    return searchRefusal(
      "invalid_params",
      "Invalid parameters. At least submit some of these filters: [resource and resource_id] [players.role and players.user_id]",
    );
  }
  return plainRefusal(
    400,
    "bad_request_error",
    "Invalid parameters. At least submit some of these filters: [resource and resource_id] [player_role and player_user_id] [player_role and player_user_id and resource]",
  );
}
