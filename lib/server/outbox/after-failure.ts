import "server-only";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import { textRefusalOf } from "@/lib/server/mercadolibre/send-refusal";
import type { OutboxRow, OutboxStep } from "@/lib/server/store/outbox";
import { AppError } from "@/lib/shared/errors";

/** A reply that Mercado Libre cannot take now is tried again for about a quarter of an hour. */
const MAX_ATTEMPTS = 12;

/** What passes by itself: too many calls, Mercado Libre in trouble, an answer that makes no sense (auth-and-limits.md 7.2). */
const PASSING: ReadonlySet<string> = new Set(["slow_down", "meli_down", "meli_unreadable"]);

/** How long to wait before the next try, in milliseconds: doubling, with some chance in it. */
export const pauseOf = (attempts: number): number =>
  Math.min(1_000 * 2 ** attempts, 120_000) * (0.75 + Math.random() * 0.5);

/** What a failure means for a reply that has certainly not been applied: later, once more, or never. A failure of what
 *  may have been applied is not for this function. Pure but for the chance in the pause. */
export function afterFailure(row: Pick<OutboxRow, "attempts" | "reason">, error: unknown): OutboxStep {
  const reason = reasonOf(error);
  const never: OutboxStep = { state: "failed", reason, isSettled: true };
  if (isExpiredAttachment(error)) {
    // Keys last 48 hours (messages.md 2.4): fresh ones are made by the next try. A second time it is something else.
    if (row.reason === ATTACHMENT_EXPIRED) return { ...never, reason: ATTACHMENT_EXPIRED };
    return { state: "queued", reason: ATTACHMENT_EXPIRED, attempts: row.attempts + 1, againInMs: 0 };
  }
  // What is not ours to name is PostgreSQL's most of the time, and passes; a fault of ours ends with the last try.
  const isPassing = !(error instanceof AppError) || PASSING.has(error.code);
  if (!isPassing) return never;
  const passing = error instanceof AppError ? error.code : "bug";
  if (row.attempts >= MAX_ATTEMPTS) return { ...never, reason: passing };
  const asked = error instanceof AppError ? (error.detail.retryAt?.getTime() ?? 0) - Date.now() : 0;
  return {
    state: "queued",
    reason: passing,
    attempts: row.attempts + 1,
    againInMs: Math.max(pauseOf(row.attempts), asked),
  };
}

const ATTACHMENT_EXPIRED = "attachment_expired";

/** 422 means one thing on this resource: the key is unknown or expired (messages.md 2.3). */
const isExpiredAttachment = (error: unknown) => error instanceof MeliError && error.failure.status === 422;

/** The code that the screen has words for: a substatus, else Mercado Libre's own code, else ours. */
export function reasonOf(error: unknown): string {
  if (error instanceof MeliError && error.code !== "account_disconnected")
    return (
      textRefusalOf(error.failure) ??
      error.failure.blockedBy ??
      error.detail.reason ??
      error.failure.code ??
      error.code
    );
  if (!(error instanceof AppError)) return "bug";
  return error.code === "account_disconnected" ? error.code : (error.detail.reason ?? error.code);
}
