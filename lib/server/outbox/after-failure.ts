import "server-only";
import { questionReasonOf } from "@/lib/server/channels/question-reasons";
import { type GuideRefusal, guideRefusalOf } from "@/lib/server/mercadolibre/action-guide-refusal";
import { type ClaimRefusal, claimRefusalOf } from "@/lib/server/mercadolibre/claim-refusal";
import { MeliError, type MeliFailure } from "@/lib/server/mercadolibre/failure";
import { isStartSpent, textRefusalOf } from "@/lib/server/mercadolibre/send-refusal";
import { fileFaultOf } from "@/lib/server/mercadolibre/upload-refusal";
import type { OutboxRow, OutboxStep } from "@/lib/server/store/outbox";
import { AppError } from "@/lib/shared/errors";
import type { FileFault } from "@/lib/shared/files/file-reason";
import type { ChannelName } from "@/lib/shared/thread";

/** A reply that Mercado Libre cannot take now is tried again for about a quarter of an hour. */
const MAX_ATTEMPTS = 12;

/** What passes by itself: too many calls, Mercado Libre in trouble, an answer that makes no sense (auth-and-limits.md 7.2). */
const PASSING: ReadonlySet<string> = new Set(["slow_down", "meli_down", "meli_unreadable"]);

/** How long to wait before the next try, in milliseconds: doubling, with some chance in it. */
export const pauseOf = (attempts: number): number =>
  Math.min(1_000 * 2 ** attempts, 120_000) * (0.75 + Math.random() * 0.5);

/** What a failure means for a reply that has certainly not been applied: later, once more, or never. A failure of what
 *  may have been applied is not for this function. Pure but for the chance in the pause. */
export function afterFailure(
  row: Pick<OutboxRow, "attempts" | "reason" | "option" | "act">,
  error: unknown,
): OutboxStep {
  const reason = reasonOf(error, row);
  const never: OutboxStep = { state: "failed", reason, isSettled: true };
  if (reason === LOCKED) {
    // Another request runs on the sale: once more after a pause, and then a person decides (messages.md 3.3).
    if (row.reason === LOCKED) return never;
    return { state: "queued", reason, attempts: row.attempts + 1, againInMs: LOCK_PAUSE_MS };
  }
  if (isCertain(error, row)) return never;
  if (isExpiredAttachment(error, row)) {
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

/** 422 means one thing on messages: the key is unknown or expired (messages.md 2.3). Claims say it in words (claims.md 5.3). */
function isExpiredAttachment(error: unknown, { act }: Pick<OutboxRow, "act">): boolean {
  if (!(error instanceof MeliError)) return false;
  return act === null ? error.failure.status === 422 : claimRefusalOf(error.failure) === "attachment_unknown";
}

const LOCKED = "guide_locked";
/** Long enough for another option to have run. */
const LOCK_PAUSE_MS = 4_000;

/** What the guide's refusals are called on the screen (lib/shared/view/reasons.ts). What only the conversation can decide
 *  keeps its own word, if it has one. */
const GUIDE_REASONS: Readonly<Record<Exclude<GuideRefusal, "undecided">, string>> = {
  excepted: "guide_not_needed",
  has_begun: "guide_not_needed",
  used: "guide_used",
  gone: "guide_gone",
  locked: LOCKED,
  deactivated: "account_deactivated",
  text: "guide_text",
  template: "guide_template",
  delivery_past: "delivery_past",
};

/** What the action guide said of a row that goes by it. Null: nothing of its own. Pure. */
export function guideRefusal(error: unknown, { option }: Pick<OutboxRow, "option">): GuideRefusal | null {
  // A permission that the application lacks is no word of the guide (messages.md 7, form E).
  if (option === null || !(error instanceof MeliError) || error.code === "not_available") return null;
  return guideRefusalOf(error.failure);
}

/** Is this refusal the end of it, although its status speaks of trouble? Mercado Libre answers 500 to a promise for a day
 *  that is over (messages.md 3.3). Pure. */
export function isCertain(error: unknown, row: Pick<OutboxRow, "option">): boolean {
  return guideRefusal(error, row) === "delivery_past";
}

/** The code that the screen has words for: a refusal of the guide or of a first message, a substatus, else Mercado
 *  Libre's own code, else ours. Pure. */
export function reasonOf(error: unknown, row: Pick<OutboxRow, "option" | "act">): string {
  if (error instanceof MeliError && error.code !== "account_disconnected") {
    const { failure } = error;
    const own = refusalOfAct(error, row);
    if (own !== null) return own;
    const guide = guideRefusal(error, row);
    if (guide !== null) {
      return guide === "undecided" ? (failure.blockedBy ?? "guide_refused") : GUIDE_REASONS[guide];
    }
    if (row.option === null && isStartSpent(failure)) return START_SPENT;
    // 451 has one meaning (messages.md 3.3), and bodies of forms D and F no code for it.
    if (failure.status === 451) return GUIDE_REASONS.deactivated;
    const said =
      textRefusalOf(failure) ?? failure.blockedBy ?? error.detail.reason ?? failure.code ?? error.code;
    return said === "http_403" ? "forbidden" : said;
  }
  if (!(error instanceof AppError)) return "bug";
  return error.code === "account_disconnected" ? error.code : (error.detail.reason ?? error.code);
}

/** What the refusal of an act or an answer is called on the screen. Null: nothing of its own. */
function refusalOfAct(error: MeliError, { act }: Pick<OutboxRow, "act">): string | null {
  if (act === null) return null;
  return act.kind === "answer" ? questionReasonOf(error) : claimRefusalOf(error.failure);
}

/** The one message that a conversation may be begun with was sent before (messages.md 5). */
export const START_SPENT = "start_spent";

const CLAIM_FILE_FAULTS: Partial<Record<ClaimRefusal, FileFault>> = {
  file_type: "type",
  file_name: "name_characters",
  file_size: "too_big",
  file: "refused",
};

/** What is wrong with the file of a failed upload, in the words of its channel; null: the failure is not about the file. Pure. */
export function fileFaultOn(channel: ChannelName, failure: MeliFailure): FileFault | null {
  if (channel !== "claims") return fileFaultOf(failure);
  const refusal = claimRefusalOf(failure);
  if (refusal !== null) return CLAIM_FILE_FAULTS[refusal] ?? null;
  return failure.status === 400 ? "refused" : null;
}
