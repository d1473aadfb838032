import { sellerRoleOf } from "@/sandbox/claims/actions";
import { acted, changed, closeClaim } from "@/sandbox/claims/acts";
import { lateEvening } from "@/sandbox/claims/dates";
import { MEDIATOR_ANSWERS } from "@/sandbox/claims/mediator-words";
import type { Claim, PendingAct } from "@/sandbox/claims/model";
import { writeMessage } from "@/sandbox/claims/write-message";
import { pick } from "@/sandbox/world/random";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

/** Lets what is due happen, oldest first: every read of a claim does this, and the alarm of each moment. */
export function settleClaim(world: World, claim: Claim): void {
  const now = world.now().getTime();
  for (;;) {
    const next = claim.pending.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];
    const due = expiryOf(claim);
    if (due && due.getTime() <= now && (!next || due <= next.at)) {
      expire(world, claim, due);
    } else if (next && next.at.getTime() <= now) {
      claim.pending.splice(claim.pending.indexOf(next), 1);
      happen(world, claim, next);
    } else {
      return;
    }
  }
}

/** When the claim is lost for want of an answer: at its deadline, or as long after it as the claim is left open. */
function expiryOf({ replyDueAt, closesAt }: Claim): Date | null {
  return replyDueAt && closesAt && closesAt > replyDueAt ? closesAt : replyDueAt;
}

/** The mandatory answer never came (claims.md 7, 8). */
function expire(world: World, claim: Claim, at: Date): void {
  const end = {
    reason: "respondent_timeout",
    benefited: ["complainant" as const],
    closedBy: "mediator" as const,
  };
  closeClaim(world, claim, { ...end, at });
}

function happen(world: World, claim: Claim, { kind, at }: PendingAct): void {
  switch (kind) {
    case "close_after_refund":
      // claims.md 6: `close_claim` by the mediator, one second after the refund
      closeClaim(world, claim, {
        reason: "payment_refunded",
        benefited: ["complainant"],
        closedBy: "respondent",
        by: "mediator",
        at,
      });
      return;
    case "mediator_answers":
      mediatorAnswers(world, claim, at);
      return;
    case "return_refund":
      returnRefunds(world, claim, at);
      return;
    default:
      settleTexts(world, claim, at);
  }
}

/** claims.md 13: a mediator posts HTML, and in a mediation has another two days. An end called it off. */
function mediatorAnswers(world: World, claim: Claim, at: Date): void {
  const { language } = SITES[claim.thread.siteId];
  const { text, translated } = pick(world.random, MEDIATOR_ANSWERS[language]);
  if (claim.stage === "dispute") claim.decisionDueAt = lateEvening(at, 2);
  writeMessage(world, claim, { from: "mediator", to: sellerRoleOf(claim), text, translated, at });
}

/** claims.md 6.2, 8: three days after the seller got the parcel, unless it was reviewed before. */
function returnRefunds(world: World, claim: Claim, at: Date): void {
  const { returnCase } = claim;
  if (!returnCase || returnCase.review) return;
  returnCase.money = "refunded";
  returnCase.closedAt = at;
  returnCase.updatedAt = at;
  if (claim.status === "closed") {
    changed(world, claim, at);
    return;
  }
  acted(world, claim, { action: "refund", role: "mediator", at });
  closeClaim(world, claim, {
    reason: "item_returned",
    benefited: ["complainant"],
    closedBy: "mediator",
    at,
  });
}

/** Translations and verdicts that are due (claims.md 4.6). */
function settleTexts(world: World, claim: Claim, at: Date): void {
  for (const message of claim.messages) {
    if (message.translation && message.translation.from <= at) {
      message.translated = message.translation.text;
      message.translation = null;
      message.updatedAt = at;
    }
    if (message.verdict && message.verdict.from <= at) {
      const { reason } = message.verdict;
      message.verdict = null;
      message.status = reason ? world.settings.claimModeratedWord : "available";
      message.moderation = { status: reason ? "rejected" : "clean", reason, at };
      message.updatedAt = at;
    }
  }
  changed(world, claim, at);
}

/** Has every alarm of the world's claims heard. */
export function keepClaimTime(world: World): void {
  world.onClaimDue = (claim) => {
    if (world.claims.get(claim.id) === claim) settleClaim(world, claim);
  };
}
