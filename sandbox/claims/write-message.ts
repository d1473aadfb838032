import { sellerRoleOf } from "@/sandbox/claims/actions";
import { acted, sellerAnswered } from "@/sandbox/claims/acts";
import { later, setReplyDue } from "@/sandbox/claims/alarms";
import { lateEvening } from "@/sandbox/claims/dates";
import type { Claim, ClaimMessage, ClaimRole } from "@/sandbox/claims/model";
import { judge } from "@/sandbox/messages/moderation";
import { uuid } from "@/sandbox/world/random";
import type { World } from "@/sandbox/world/world";

export interface Written {
  from: ClaimRole;
  to: ClaimRole;
  text: string;
  /** The text in the reader's language; Global Selling only. */
  translated?: string | undefined;
  attachments?: string[] | undefined;
  /** A reason: moderation refuses it. Default: a seller's text is judged, others are not. */
  moderatedFor?: string | null | undefined;
  at?: Date | undefined;
}

/** A message enters the claim's thread, with all that follows: clocks, marks, history, notices, and a mediator's answer
 *  (claims.md 4.6, 5.3, 13). */
export function writeMessage(world: World, claim: Claim, o: Written): ClaimMessage {
  const at = o.at ?? world.now();
  const message = newMessage(world, claim, { ...o, at });
  claim.messages.push(message);
  const seller = sellerRoleOf(claim);
  const isSellers = o.from === seller;
  if (message.verdict) later(world, claim, { kind: "verdict", at: message.verdict.from });
  if (message.translation) later(world, claim, { kind: "translation", at: message.translation.from });
  // claims.md 15: what sets `date_read` is unknown; an answer says that the other side was read
  for (const one of claim.messages) if (one.to === o.from && !one.readAt) one.readAt = at;
  if (isSellers && o.to !== "mediator") sellerAnswered(claim);
  // claims.md 13: the buyer's word makes an answer mandatory again
  if (!isSellers && o.from !== "mediator" && claim.stage === "claim" && o.to === seller) {
    setReplyDue(world, claim, lateEvening(at, 4));
  }
  acted(world, claim, { action: `send_message_to_${o.to}`, role: o.from, at });
  const { claimMediatorAnswersMs } = world.settings;
  if (isSellers && o.to === "mediator" && claimMediatorAnswersMs !== null) {
    later(world, claim, { kind: "mediator_answers", at: new Date(at.getTime() + claimMediatorAnswersMs) });
  }
  return message;
}

/** A message as it is held, without any effect. */
export function newMessage(world: World, claim: Claim, o: Written & { at: Date }): ClaimMessage {
  const { claimModerationMs, claimModeratedWord } = world.settings;
  const isSellers = o.from === sellerRoleOf(claim);
  const reason = o.moderatedFor === undefined ? (isSellers ? judge(world, o.text) : null) : o.moderatedFor;
  const isLater = reason !== null && claimModerationMs > 0;
  const isStruck = reason !== null && !isLater;
  return {
    // claims.md 4.6: "<claimId>_<n>_<uuid>"
    hash: `${claim.id}_${claim.messages.length}_${uuid(world.random)}`,
    from: o.from,
    to: o.to,
    text: o.text,
    ...translationOf(world, claim, o),
    status: isStruck ? claimModeratedWord : "available",
    moderation: { status: isStruck ? "rejected" : "clean", reason: isStruck ? reason : null, at: o.at },
    verdict: isLater ? { reason, from: new Date(o.at.getTime() + claimModerationMs) } : null,
    stage: claim.stage,
    createdAt: o.at,
    updatedAt: o.at,
    readAt: null,
    attachments: o.attachments ?? [],
    // claims.md 13
    isRepeated: claim.messages.some((one) => one.from === o.from && one.text === o.text),
  };
}

/** GLOBAL: first `pending_translation`, then there (claims.md 13); LOCAL has none. */
function translationOf(
  world: World,
  claim: Claim,
  o: Written & { at: Date },
): Pick<ClaimMessage, "translated" | "translation"> {
  if (claim.thread.sellerId === claim.thread.localSellerId) return { translated: null, translation: null };
  const text = o.translated ?? o.text;
  const from = new Date(o.at.getTime() + world.settings.claimTranslationMs);
  if (from <= world.now()) return { translated: text, translation: null };
  return { translated: null, translation: { text, from } };
}
