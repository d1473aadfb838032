import { actionsOf } from "@/sandbox/claims/actions";
import { claimDate, zuluDate } from "@/sandbox/claims/dates";
import type {
  Claim,
  ClaimFile,
  ClaimMessage,
  ClaimPlayer,
  ExpectedResolution,
  HistoryEntry,
  StatusEntry,
} from "@/sandbox/claims/model";
import type { Profile } from "@/sandbox/messages/refuse";
import type { World } from "@/sandbox/world/world";

export type View = "search" | "get";

/** The mediator's user id in every mediation. */
const MEDIATOR_ID = 100_000_001;

/** A claim (claims.md 3): search leaves out `related_entities` and the mediator (12.5, 13). */
export function wireClaim(world: World, claim: Claim, o: { profile: Profile; view: View }): object {
  const { claimReturnType, claimQuantityNull } = world.settings;
  const quantity = claimQuantityNull && o.view === "search" ? null : claim.quantityType;
  return {
    id: Number(claim.id),
    resource_id: Number(claim.resourceId),
    status: claim.status,
    type: claim.type === "returns" ? claimReturnType : claim.type,
    stage: claim.stage,
    parent_id: claim.parentId === null ? null : Number(claim.parentId),
    resource: claim.resource,
    reason_id: claim.reasonId,
    fulfilled: claim.isFulfilled,
    quantity_type: quantity,
    // claims.md 13: LOCAL only in the documents
    ...(o.profile === "LOCAL"
      ? { claimed_quantity: claim.claimedQuantity, claim_version: claim.version }
      : {}),
    players: playersOf(world, claim, o.view),
    resolution: resolutionOf(world, claim),
    site_id: claim.thread.siteId,
    date_created: claimDate(world, claim.createdAt),
    last_updated: claimDate(world, claim.updatedAt),
    ...(o.view === "get" ? { related_entities: claim.relatedEntities } : {}),
  };
}

function playersOf(world: World, claim: Claim, view: View): object[] {
  const { claimMediatorAt } = world.settings;
  const isMediated = claim.status === "opened" && claim.stage === "dispute";
  const isShown = claimMediatorAt === "everywhere" || (claimMediatorAt === "get" && view === "get");
  const mediator = { role: "mediator", type: "internal", user_id: MEDIATOR_ID, available_actions: [] };
  return [
    ...claim.players.map((player) => wirePlayer(world, claim, player, view)),
    ...(isMediated && isShown ? [mediator] : []),
  ];
}

function wirePlayer(world: World, claim: Claim, player: ClaimPlayer, view: View): object {
  const { claimActions, claimOptionalAs } = world.settings;
  const { role, type, userId } = player;
  const common = { role, type, user_id: Number(userId) };
  if (claimActions === "missing") return common;
  // claims.md 7, 12.4: in `recontact` GET shows none; elsewhere search and GET may disagree
  const isHidden =
    (claim.stage === "recontact" && view === "get") ||
    (claimActions === "search_only" && view === "get") ||
    (claimActions === "get_only" && view === "search");
  const actions = isHidden ? [] : actionsOf(world, claim, role);
  return {
    ...common,
    available_actions: actions.map(({ action, mandatory, dueAt }) => ({
      action,
      mandatory: mandatory || claimOptionalAs === "false" ? mandatory : null,
      due_date: claimDate(world, dueAt),
    })),
  };
}

function resolutionOf(world: World, { resolution }: Claim): object | null {
  if (!resolution) return null;
  return {
    reason: resolution.reason,
    date_created: claimDate(world, resolution.at),
    benefited: resolution.benefited,
    closed_by: resolution.closedBy,
    applied_coverage: resolution.isCovered,
  };
}

/** One message (claims.md 4.6): no id; `hash` LOCAL, the translation GLOBAL (13). */
export function wireClaimMessage(world: World, profile: Profile, message: ClaimMessage): object {
  const { claimHash } = world.settings;
  const hasHash = claimHash === "both" || (claimHash === "local" && profile === "LOCAL");
  const isWaiting = message.translation !== null && message.status === "available";
  return {
    sender_role: message.from,
    receiver_role: message.to,
    message: message.text,
    translated_message: message.translated,
    date_created: claimDate(world, message.createdAt),
    last_updated: claimDate(world, message.updatedAt),
    message_date: claimDate(world, message.createdAt),
    date_read: zuluDate(message.readAt),
    attachments: message.attachments.flatMap((name) => {
      const file = world.claimFiles.get(name);
      return file ? [wireClaimFile(world, file)] : [];
    }),
    status: isWaiting ? "pending_translation" : message.status,
    stage: message.stage,
    message_moderation: {
      status: message.moderation.status,
      reason: message.moderation.reason ?? "",
      source: "online",
      date_moderated: zuluDate(message.moderation.at),
    },
    repeated: message.isRepeated,
    ...(hasHash ? { hash: message.hash } : {}),
  };
}

/** What is told of a file: no address, and no bytes (claims.md 4.6, 5.2). */
export function wireClaimFile(world: World, file: ClaimFile): object {
  return {
    filename: file.filename,
    original_filename: file.originalFilename,
    size: file.bytes.byteLength,
    date_created: claimDate(world, file.uploadedAt),
    type: file.type,
  };
}

/** claims.md 6: what somebody wants or offers, under current or older names. */
export function wireResolution(world: World, one: ExpectedResolution): object {
  const isOld = world.settings.claimKeys === "aliases";
  return {
    player_role: one.role,
    user_id: Number(one.userId),
    expected_resolution: one.wish,
    [isOld ? "detail" : "details"]: one.details,
    date_created: claimDate(world, one.createdAt),
    [isOld ? "last_update" : "last_updated"]: claimDate(world, one.updatedAt),
    status: one.status,
  };
}

/** claims.md 4.4 */
export function wireHistory(world: World, entry: HistoryEntry): object {
  return {
    action_name: entry.action,
    player_role: entry.role,
    action_reason_id: entry.reasonId,
    claim_stage: entry.stage,
    claim_status: entry.status,
    date_created: claimDate(world, entry.at),
  };
}

/** claims.md 4.4 */
export function wireStatus(world: World, { stage, status, at, by }: StatusEntry): object {
  return { stage, status, date: claimDate(world, at), change_by: by };
}
