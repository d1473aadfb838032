import "server-only";
import type { WireClaim, WireClaimMessage } from "@/lib/server/mercadolibre/claims";
import { CLAIM_ROLES, type ClaimRole } from "@/lib/shared/api/claim";
import type { Message } from "@/lib/shared/thread";
import { reasonOf, visibilityOf } from "./message-pull";

/** A message of a claim as the house keeps it (claims.md 4.6). The two sides are known by their roles, for a message names
 *  no user; what the seller wrote and moderation took is shown and marked. Pure. */
export function claimMessageOf(
  wire: WireClaimMessage,
  role: ClaimRole,
  players: WireClaim["players"],
): Message {
  const isOurs = wire.sender === role;
  const sender = players.find((player) => player.role === wire.sender);
  const isInternal = wire.sender === "mediator" || sender?.type === "internal";
  return {
    id: wire.key,
    direction: isOurs ? "out" : "in",
    author: isOurs ? "seller" : isInternal ? "mediator" : "buyer",
    to: CLAIM_ROLES.find((one) => one === wire.receiver) ?? null,
    stage: wire.stage,
    fromUserId: sender?.userId ?? "",
    text: wire.text,
    textTranslated: wire.textTranslated,
    visibility: visibilityOf({ status: wire.status, moderation: wire.moderation ?? UNTOLD }),
    reason: reasonOf(wire.moderation?.reason ?? null),
    createdAt: wire.createdAt,
    readAt: wire.readAt,
    attachments: wire.attachments.map(({ filename, name, type, size }) => ({ filename, name, type, size })),
  };
}

const UNTOLD = { status: "unknown", reason: null, at: null };
