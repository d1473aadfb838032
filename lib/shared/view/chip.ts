import type { ThreadRow } from "@/lib/shared/api/inbox";
import type { QuestionBrief } from "@/lib/shared/api/question";
import { ANSWER_TARGET_MS } from "@/lib/shared/question/chain";
import { blockRuleOf, isShut } from "@/lib/shared/substatus";
import { turnKeyOf } from "./claim-row";
import { toneOfDue } from "./due";

export type Tone = "due" | "soon" | "fine" | "mute" | "accent";

/** The one fact that a row's chip tells. `since`: what "waiting" counts from. `at`: when the answer is due. */
export type RowChip =
  | {
      kind:
        | "failed"
        | "rejected"
        | "uncertain"
        | "held"
        | "blocked"
        | "not_begun"
        | "moderation"
        | "sending"
        | "draft"
        | "answered"
        | "closed"
        | "mine";
    }
  /** `targetAt`: when an answer is late, where answers have a target. */
  | { kind: "waiting"; since: Date; targetAt: Date | null }
  | { kind: "due"; at: Date }
  /** Until then an answer keeps the claim out of the reputation (claims.md 8). */
  | { kind: "incentive"; at: Date }
  /** Somebody else must act; `at`: until when, where that was told. */
  | { kind: "buyer" | "mediator" | "meli"; at: Date | null };

const TONES: Readonly<Record<Exclude<RowChip["kind"], "due" | "incentive" | "waiting">, Tone>> = {
  failed: "due",
  rejected: "due",
  uncertain: "soon",
  held: "soon",
  blocked: "mute",
  not_begun: "mute",
  moderation: "soon",
  sending: "mute",
  draft: "mute",
  answered: "fine",
  closed: "mute",
  mine: "soon",
  buyer: "mute",
  mediator: "mute",
  meli: "mute",
};

/** What colour repeats of a chip: a clock's depends on what is left of it. */
export function toneOfChip(chip: RowChip, now: Date): Tone {
  if (chip.kind === "waiting") return chip.targetAt !== null && chip.targetAt <= now ? "due" : "soon";
  return chip.kind === "due" || chip.kind === "incentive" ? toneOfDue(chip.at, now) : TONES[chip.kind];
}

type Facts = Pick<
  ThreadRow,
  | "outbox"
  | "status"
  | "substatus"
  | "isWaiting"
  | "lastDirection"
  | "sortAt"
  | "hasDraft"
  | "dueAt"
  | "claim"
  | "question"
>;

/** Chooses the most urgent fact of a conversation: what the seller must repair, then what may have gone wrong, then what
 *  cannot be answered, then what is due and who waits. Null when there is nothing to say. */
export function chipOf(row: Facts): RowChip | null {
  if (row.outbox !== null && row.outbox !== "sending" && row.outbox !== "moderation") {
    return { kind: row.outbox };
  }
  const isLimited = row.status === "blocked" && blockRuleOf(row.substatus).step === "use_guide";
  // Closed to plain messages, and not to a first one: it is told by where it stands.
  if (isShut(row.status, row.substatus) && !isLimited) return { kind: "blocked" };
  if (row.outbox === "sending") return { kind: "sending" };
  if (row.question !== null) return questionChip(row, row.question);
  const claim = claimChip(row);
  if (claim !== null) return claim;
  if (row.dueAt !== null && row.claim === null) return { kind: "due", at: row.dueAt };
  if (row.isWaiting)
    return row.hasDraft ? { kind: "draft" } : { kind: "waiting", since: row.sortAt, targetAt: null };
  if (row.outbox === "moderation") return { kind: "moderation" };
  if (row.hasDraft) return { kind: "draft" };
  if (row.lastDirection === "out") return { kind: "answered" };
  return isLimited ? { kind: "not_begun" } : null;
}

/** How long the buyer has waited for an answer, also while one is being written, or what became of the question. */
function questionChip({ outbox }: Facts, { waitingSince, status }: QuestionBrief): RowChip {
  if (waitingSince !== null) {
    const targetAt = new Date(waitingSince.getTime() + ANSWER_TARGET_MS);
    return { kind: "waiting", since: waitingSince, targetAt };
  }
  if (outbox === "moderation") return { kind: "moderation" };
  return { kind: status === "ANSWERED" ? "answered" : "closed" };
}

/** Whose turn it is on a claim and what is left of it; the rest of a claim is told like any conversation. */
function claimChip({ claim, dueAt, status, isWaiting }: Facts): RowChip | null {
  if (status === "closed") return { kind: "closed" };
  if (claim === null) return null;
  if (claim.clock === "incentive" && dueAt !== null) return { kind: "incentive", at: dueAt };
  const turn = turnKeyOf(claim);
  if (turn === "buyer" || turn === "mediator" || turn === "meli") return { kind: turn, at: dueAt };
  if (turn === "seller") return dueAt === null ? { kind: "mine" } : { kind: "due", at: dueAt };
  // A term of nobody's is no duty of the seller's.
  return isWaiting || dueAt === null ? null : { kind: "answered" };
}
