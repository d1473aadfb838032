import type { ActView, Claim, ClaimActKind } from "@/lib/shared/api/claim";

/** Something that happened on a claim beside messages. */
export type ClaimEvent = {
  key: string;
  at: Date;
  /** A role as Mercado Libre names it; null: not told. */
  by: string | null;
} & (
  | { kind: "opened" }
  /** It reached this stage. */
  | { kind: "stage"; stage: string }
  | { kind: "closed" }
  /** What somebody did, by the history's name of it. `act`: ours, confirmed here. */
  | { kind: "done"; action: string; act: ActView | null }
  /** Ours, and not in the history (yet). */
  | { kind: "act"; act: ActView }
);

/** The histories tell of one and the same event seconds apart (claims.md 6: `close_claim` one second after `refund`). */
const SAME_MS = 120_000;
/** Mercado Libre's clock and ours. */
const CLOCKS_APART_MS = 60_000;

/** Names under which the history tells of an act of ours. */
const ACTION_OF: Readonly<Record<ClaimActKind, readonly string[]>> = {
  refund: ["refund"],
  partialRefund: ["partial_refund", "allow_partial_refund"],
  allowReturn: ["allow_return", "allow_return_label"],
  allowReplace: ["allow_replace"],
  openDispute: ["open_dispute"],
  evidence: ["add_shipping_evidence", "send_potential_shipping", "send_tracking_number"],
  reviewOk: ["return_review_ok", "return_review"],
  reviewFail: ["return_review_fail", "return_review"],
};

/** Has left, or may have: the history can tell of it before its row does. */
const MAY_BE_DONE: ReadonlySet<ActView["state"]> = new Set(["sending", "accepted", "sent", "uncertain"]);

const near = (a: Date, b: Date, ms = SAME_MS) => Math.abs(a.getTime() - b.getTime()) <= ms;
const isMessage = (action: string) => action.startsWith("send_message_to_");

type Facts = Pick<Claim, "history" | "stages" | "role" | "createdAt" | "resolution" | "status">;

/** What happened on a claim, oldest first, each thing once: stages from one history, what was done from the other, and our
 *  own acts where they happened. Messages are left to the conversation. Pure. */
export function claimTimeline(facts: Facts, acts: readonly ActView[]): ClaimEvent[] {
  const events: ClaimEvent[] = [opened(facts)];
  const moves = stageMoves(facts);
  events.push(...moves);
  const left = [...acts];
  for (const [index, { action, role, at }] of facts.history.entries()) {
    if (isMessage(action) || action === "open_claim") continue;
    const place = left.findIndex((act) => tells(act, action, at) && isOwn(role, facts.role));
    const act = place === -1 ? null : (left.splice(place, 1)[0] ?? null);
    const twin = moves.find(
      (move) =>
        near(move.at, at) &&
        ((action === "open_dispute" && move.kind === "stage" && move.stage === "dispute") ||
          (action === "close_claim" && move.kind === "closed")),
    );
    if (twin === undefined) {
      events.push({ key: `done/${index}`, kind: "done", action, by: role, at, act });
      continue;
    }
    twin.by ??= role;
    // Confirmed here: it says more than the stage does.
    if (act !== null) events.push({ key: `act/${act.id}`, kind: "act", by: facts.role, at, act });
  }
  for (const act of left) {
    events.push({ key: `act/${act.id}`, kind: "act", by: facts.role, at: placeOf(act, events), act });
  }
  return events
    .map((event, index) => ({ event, index }))
    .sort((a, b) => a.event.at.getTime() - b.event.at.getTime() || a.index - b.index)
    .map(({ event }) => event);
}

function opened({ history, stages, createdAt }: Facts): ClaimEvent {
  const by = history.find(({ action }) => action === "open_claim")?.role ?? stages[0]?.by ?? null;
  return { key: "opened", kind: "opened", by, at: createdAt };
}

/** Every change of the stage, and the end, after the opening. */
function stageMoves({ stages, createdAt, status, resolution }: Facts) {
  const moves: (ClaimEvent & { kind: "stage" | "closed" })[] = [];
  let before = stages[0];
  const isLate = before !== undefined && before.at.getTime() - createdAt.getTime() > SAME_MS;
  for (const [index, step] of stages.entries()) {
    const isFirst = index === 0 && !isLate;
    if (step.status === "closed" && (isFirst || before?.status !== "closed" || index === 0)) {
      moves.push({ key: "closed", kind: "closed", by: step.by, at: step.at });
    } else if (step.status !== "closed" && index > 0 && step.stage !== before?.stage) {
      moves.push({ key: `stage/${index}`, kind: "stage", stage: step.stage, by: step.by, at: step.at });
    }
    before = step;
  }
  const isTold = moves.some(({ kind }) => kind === "closed");
  if (status === "closed" && !isTold && resolution?.at != null) {
    moves.push({ key: "closed", kind: "closed", by: resolution.closedBy, at: resolution.at });
  }
  return moves;
}

const isOwn = (role: string, own: Claim["role"]) => role === own || role === "seller";

function tells(act: ActView, action: string, at: Date): boolean {
  return (
    MAY_BE_DONE.has(act.state) &&
    ACTION_OF[act.act.kind].includes(action) &&
    at.getTime() >= act.at.getTime() - CLOCKS_APART_MS
  );
}

/** One that waits for a decision stands below all that happened since. */
function placeOf(act: ActView, events: readonly ClaimEvent[]): Date {
  if (act.state !== "held") return act.at;
  return new Date(Math.max(act.at.getTime(), ...events.map(({ at }) => at.getTime())));
}
