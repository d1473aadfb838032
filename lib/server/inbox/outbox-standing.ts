import "server-only";
import type { OutboxRow } from "@/lib/server/store/outbox";

/** Reasons that the same reply or act meets again, however often it is sent. */
const UNREPEATABLE = new Set([
  "characters",
  "too_long",
  "guide_text",
  "guide_template",
  "guide_vars",
  "guide_gone",
  // Until the buyer writes, and then it is another conversation.
  "start_spent",
  "guide_used",
  "guide_not_needed",
  "delivery_past",
  "account_deactivated",
  // On a claim: it has moved on, and what is offered now is something else.
  "reader_changed",
  "action_gone",
  "offer_changed",
  "duplicate",
  "percentage",
  "not_eligible",
  "not_yours",
  "no_claim",
  "no_return",
  "review_form",
  // On a question: there is one answer, and it is not this one.
  "answered_elsewhere",
  "question_closed",
  "question_gone",
]);

/** What a person may do about a row that stands still, or still waits to leave. Pure. */
export function standingOf(
  row: Pick<OutboxRow, "state" | "reason" | "settledAt" | "attempts" | "notBefore" | "heldFor">,
): { canRetry: boolean; sendsAt: Date | null; heldFor: string[] } {
  const isRepeatable = row.state === "failed" && !UNREPEATABLE.has(row.reason ?? "");
  const isWaiting = row.state === "queued" && row.attempts === 0 && row.notBefore > new Date();
  return {
    canRetry: isRepeatable || (row.state === "uncertain" && row.settledAt !== null),
    sendsAt: isWaiting ? row.notBefore : null,
    heldFor: row.heldFor ?? [],
  };
}
