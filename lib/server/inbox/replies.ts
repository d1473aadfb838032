import "server-only";
import type { Session } from "@/lib/server/accounts/current-session";
import { runtime } from "@/lib/server/runtime";
import { claimActOf } from "@/lib/server/store/audits";
import { enqueueReply } from "@/lib/server/store/enqueue-reply";
import { listOutboxFiles } from "@/lib/server/store/files";
import { decide, type OutboxRow, readOutboxRow } from "@/lib/server/store/outbox";
import type { StoredThread } from "@/lib/server/store/threads";
import type { ClaimRole } from "@/lib/shared/api/claim";
import type { ComposerView, GuideChoice, OutboxView, Seen } from "@/lib/shared/api/thread";
import { attachmentRulesOf } from "@/lib/shared/attachment-rules";
import { AppError } from "@/lib/shared/errors";
import { fileId, type OutboxId, outboxId } from "@/lib/shared/ids";
import { lengthOf } from "@/lib/shared/message-length";
import { aboutOf } from "./about";
import { requireThread, type ThreadAddress } from "./find-thread";
import { composerView, outboxView } from "./thread-view";

async function viewOf(row: OutboxRow): Promise<OutboxView> {
  return outboxView(row, await listOutboxFiles(runtime().db, [row.id]));
}

export interface Asked {
  key: string;
  text: string;
  files: string[];
  seen?: Seen | undefined;
  /** Begins the conversation under a reason. */
  option?: GuideChoice | undefined;
  /** Claims: who it is written to. */
  to?: ClaimRole | undefined;
}

/** More than any reason takes: the worker holds a text against the live limit of its reason (messages.md 3.1). */
const LONGEST_FIRST = 3_500;

/** Puts a reply in the outbox and answers at once. The same key answers the same row, however often it is asked. It
 *  leaves once the sender's time to take it back is over; it is held instead if the thread holds what they have not seen.
 *  A chosen reason is held against those that Mercado Libre offers when it leaves: nothing is asked here.
 *  @throws AppError not_found, invalid_input (empty, too long, unknown file, no reader named), conflict (key used for another
 *  text), refused_by_meli (the thread is blocked; reason: its substatus; on a claim `no_action`, or `action_gone` where that
 *  reader cannot be written to any more), account_disconnected. */
export async function enqueue(session: Session, address: ThreadAddress, reply: Asked): Promise<OutboxView> {
  const { db } = runtime();
  const thread = await requireThread(session, address);
  const composer = composerView(thread);
  const option = reply.option === undefined ? null : canonical(reply.option);
  const maxLength = option === null ? mayReply(composer) : mayBegin(composer);
  const { maxPerMessage } = attachmentRulesOf(thread.channel, thread.profile);
  const fault =
    reply.files.length > maxPerMessage
      ? { files: "too_many" }
      : option === null
        ? faultOf(reply.text, maxLength)
        : faultOfStart(reply, option, maxLength);
  if (fault !== null) throw new AppError("invalid_input", "not a reply to send", { fields: fault });
  const enqueued = await enqueueReply(db, thread.accountId, {
    threadId: thread.id,
    userId: session.userId,
    key: reply.key,
    text: reply.text,
    option,
    act: actOf(thread, readerOf(composer, reply.to)),
    fileIds: reply.files.map(fileId),
    seen: reply.seen ?? null,
    undoSeconds: session.settings.undoSeconds,
  });
  switch (enqueued.kind) {
    case "key_used":
      throw new AppError("conflict", "this key was used for another reply");
    case "answer_pending":
      throw new AppError("conflict", "another answer is on its way", { reason: "answer_pending" });
    case "file_gone":
      throw new AppError("invalid_input", "a file is not there", { fields: { files: "unknown" } });
    case "enqueued":
      return viewOf(enqueued.row);
  }
}

function refuseClosed(composer: Extract<ComposerView, { allowed: false }>): never {
  if (composer.because === "disconnected") throw new AppError("account_disconnected", "not connected");
  throw new AppError("refused_by_meli", "the thread is closed", {
    reason: composer.substatus ?? composer.because,
  });
}

function mayReply(composer: ComposerView): number {
  return composer.allowed ? composer.maxLength : refuseClosed(composer);
}

function mayBegin(composer: ComposerView): number {
  if (composer.allowed) {
    throw new AppError("refused_by_meli", "no reason is needed", { reason: "guide_not_needed" });
  }
  return composer.hasGuide ? LONGEST_FIRST : refuseClosed(composer);
}

/** What a reply is aimed at: a reader of the claim, or the question in the address. */
function actOf(thread: StoredThread, to: ClaimRole | null) {
  if (thread.channel === "questions") return { kind: "answer" as const, questionId: aboutOf(thread) };
  return to === null ? null : { kind: "message" as const, to };
}

/** Who reads the reply: on a claim the one who was named, or the only one there is (claims.md 5.3). Null: nobody need be named. */
function readerOf(composer: ComposerView, named: ClaimRole | undefined): ClaimRole | null {
  const [first, ...more] = composer.allowed ? composer.to : [];
  if (first === undefined) {
    if (named === undefined) return null;
    throw new AppError("invalid_input", "nobody is named here", { fields: { to: "not_here" } });
  }
  if (named === undefined) {
    if (more.length === 0) return first;
    throw new AppError("invalid_input", "who is it for", { fields: { to: "required" } });
  }
  if (named === first || more.includes(named)) return named;
  throw new AppError("refused_by_meli", "not to be written to now", { reason: "action_gone" });
}

type Fault = Record<string, string>;

function faultOf(text: string, maxLength: number): Fault | null {
  if (text.trim() === "") return { text: "empty" };
  return lengthOf(text) > maxLength ? { text: "too_long" } : null;
}

/** With a template Mercado Libre writes the text; no reason takes files (messages.md 3). */
function faultOfStart(
  { text, files }: Pick<Asked, "text" | "files">,
  { templateId }: GuideChoice,
  maxLength: number,
): Fault | null {
  if (files.length > 0) return { files: "not_with_option" };
  if (templateId === null) return faultOf(text, maxLength);
  return text === "" ? null : { text: "not_with_template" };
}

/** Two equal choices are written alike. */
function canonical({ vars, ...choice }: GuideChoice): GuideChoice {
  return { ...choice, vars: vars.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}

const DECISIONS = {
  retry: { from: ["failed", "uncertain"], to: "queued" },
  cancel: { from: ["queued"], to: "cancelled" },
  discard: { from: ["held", "failed", "rejected", "uncertain"], to: "cancelled" },
  send_anyway: { from: ["held"], to: "queued" },
} as const;

/** A person's decision about a reply that stands still: send again, take back while queued, let go, or send a held one
 *  although the thread has moved. `seen`: what they have before their eyes now; what has come even later holds it again.
 *  @throws AppError not_found, conflict when the reply has moved on meanwhile, or (reason `act_pending`) when another act on the
 *  claim rules this one out. */
export async function decideReply(
  session: Session,
  id: string,
  act: keyof typeof DECISIONS,
  seen?: Seen,
): Promise<OutboxView> {
  const { db } = runtime();
  const wanted: OutboxId = outboxId(id);
  const row = await readOutboxRow(db, session.accountIds, wanted);
  if (row === null) throw new AppError("not_found", "no such reply");
  const isAct = claimActOf(row) !== null;
  if (
    (act === "retry" || (act === "discard" && isAct)) &&
    row.state === "uncertain" &&
    row.settledAt === null
  ) {
    throw new AppError("conflict", "still looking for it", { reason: row.state });
  }
  const { from, to } = DECISIONS[act];
  const known = act === "send_anyway" ? (seen ?? null) : seen;
  const decided = await decide(db, row, from, to, session.userId, known);
  if (decided === null) throw new AppError("conflict", "the reply has moved on", { reason: row.state });
  if (decided === "rival") {
    const reason = row.act?.kind === "answer" ? "answer_pending" : "act_pending";
    throw new AppError("conflict", "another act is pending", { reason });
  }
  return viewOf(decided);
}
