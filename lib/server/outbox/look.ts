import "server-only";
import type { AccountCtx, Act, Channel } from "@/lib/server/channels/channel";
import { channelOf } from "@/lib/server/channels/channels";
import { isUnbegun, unbegunSnapshot } from "@/lib/server/channels/message-start";
import { HOLD, ITEM_NOT_ACTIVE, QUESTION_CLOSED } from "@/lib/server/channels/question-reasons";
import type { Runtime } from "@/lib/server/runtime";
import { claimActOf } from "@/lib/server/store/audits";
import { listSiblings, type OutboxRow, type OutboxStep, type Sibling } from "@/lib/server/store/outbox";
import { readThreadById, type StoredThread } from "@/lib/server/store/threads";
import { pullInto } from "@/lib/server/sync/pull-thread";
import { offeredActs } from "@/lib/shared/claim/offered";
import { lengthOf } from "@/lib/shared/message-length";
import { unseenOf } from "@/lib/shared/stale-reply";
import type { Thread, ThreadSnapshot } from "@/lib/shared/thread";
import { assertTold, untold } from "./claim-proof";
import { readListing } from "./read-listing";

export type Looked =
  | { kind: "free"; snapshot: ThreadSnapshot }
  /** The reply does not leave: what becomes of it instead. */
  | { kind: "step"; step: OutboxStep };

/** What a row asks of a channel. */
export function actOf({ text, option, act }: Pick<OutboxRow, "text" | "option" | "act">): Act {
  if (act?.kind === "message" || act?.kind === "answer") return { ...act, text };
  if (act !== null) return { kind: "claim", act, text: "" };
  return option === null ? { kind: "reply", text } : { kind: "guideOption", choice: option, text };
}

/** The question that a row answers. Null: it is no answer. Pure. */
export const questionOf = ({ act }: Pick<OutboxRow, "act">): string | null =>
  act?.kind === "answer" ? act.questionId : null;

/** Reads the thread anew: what the reply is measured against; of a chain of questions above all the one that is answered. Null:
 *  Mercado Libre does not show it. */
export async function readNow(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  row: Pick<OutboxRow, "act">,
): Promise<ThreadSnapshot | null> {
  const pulled = await pullInto(rt, ctx, thread.channel, {
    externalId: thread.externalId,
    sellerId: thread.sellerId,
    siteId: thread.siteId,
    asked: questionOf(row),
  });
  return pulled.kind === "stored" ? pulled.snapshot : null;
}

/** Reads the thread and says whether the reply may still leave: it is not there yet, the thread is open to it, and
 *  nothing was written that its sender has not seen. Changes nothing at Mercado Libre. @throws MeliError, AppError meli_down: retryable */
export async function look(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  row: OutboxRow,
): Promise<Looked> {
  const snapshot = (await readNow(rt, ctx, thread, row)) ?? (await readUnbegun(rt, thread));
  if (snapshot === null) {
    return stop(untold(row, { state: "failed", reason: "thread_refused", isSettled: true }));
  }
  const siblings = await listSiblings(rt.db, thread.id);
  // It may have left before and been lost sight of: what is there is never sent again (design 2.2).
  const found = mayBeThere(row) ? foundIn(thread, measured(row, snapshot), snapshot, siblings) : null;
  if (found !== null) return stop(found);
  assertTold(row, snapshot);
  // A listing that was paused when it was read last may be active again.
  const isPaused = questionOf(row) !== null && (thread.listingStatus ?? "active") !== "active";
  if (isPaused) await readListing(rt, ctx, thread);
  // What has just been read may have given back the first message that was spent.
  const isMoved = thread.isStartSpent || isPaused;
  const stored = isMoved ? await readThreadById(rt.db, thread.accountId, thread.id) : thread;
  const refusal = refusalOf(channelOf(thread.channel), { ...(stored ?? thread), ...snapshot }, row);
  const stale = staleStep(row, snapshot, siblings);
  // Who begins a conversation that the buyer has begun meanwhile is shown what was written, not only that no reason is needed.
  const isOvertaken = refusal === "guide_not_needed" && stale !== null;
  if (refusal !== null && !isOvertaken) return stop({ state: "failed", reason: refusal, isSettled: true });
  return stale === null ? { kind: "free", snapshot } : stop(stale);
}

/** May what the row asks for be there already? Whatever left before; and an answer, which others may have given as well. Pure. */
const mayBeThere = (row: OutboxRow): boolean => row.baseline !== null || questionOf(row) !== null;

/** Of an answer that never left, whatever stands in the thread is another's, unless its words are the same. Pure. */
const measured = (row: OutboxRow, { messages }: ThreadSnapshot): OutboxRow =>
  row.baseline === null ? { ...row, baseline: messages.map(({ id }) => id) } : row;

/** What stands for a conversation that is not shown because nobody has written yet. Null: it is not shown for something
 *  else. That no message of it is known is no proof that none is there: a reply that left is looked for by `readNow` alone. */
async function readUnbegun(rt: Runtime, { accountId, id }: StoredThread): Promise<ThreadSnapshot | null> {
  const stored = await readThreadById(rt.db, accountId, id);
  return stored !== null && isUnbegun(stored) ? unbegunSnapshot(stored) : null;
}

const stop = (step: OutboxStep): Looked => ({ kind: "step", step });

/** Why the thread, as it was just read, does not take what the row asks for. Null: it does. Pure. */
function refusalOf(
  channel: Channel,
  thread: Thread,
  row: Pick<OutboxRow, "text" | "option" | "act">,
): string | null {
  const { text, option, act } = row;
  if (questionOf(row) !== null) return answerRefusal(channel, { ...thread, asked: questionOf(row) }, text);
  if (claimActOf(row) !== null) return isStillOffered(thread, row) ? null : "action_gone";
  const abilities = channel.abilities(thread);
  const reply = abilities.find((ability) => ability.kind === "reply");
  if (option !== null && abilities.some(({ kind }) => kind === "guide")) return null;
  if (reply === undefined) return "not_available";
  if (!reply.allowed) return reply.because === "blocked" ? (reply.substatus ?? "blocked") : reply.because;
  if (option !== null) return "guide_not_needed";
  if (act?.kind === "message" && !(reply.to ?? []).includes(act.to)) {
    // Nobody but the one who was named reads it: a claim that went to mediation meanwhile has another reader.
    return reply.to?.length ? "reader_changed" : "action_gone";
  }
  return lengthOf(text) > reply.maxLength ? "too_long" : null;
}

/** Why the question, as it was just read, takes no answer now (questions-and-contacts.md 1.3). Null: it does. Pure. */
function answerRefusal(channel: Channel, thread: Thread, text: string): string | null {
  const reply = channel.abilities(thread).find((ability) => ability.kind === "reply");
  if (reply === undefined) return "not_available";
  if (reply.allowed) return lengthOf(text) > reply.maxLength ? "too_long" : null;
  if (reply.because !== "blocked") return reply.because === "closed" ? QUESTION_CLOSED : reply.because;
  if (reply.substatus === "hold") return HOLD;
  return reply.substatus === "UNDER_REVIEW" ? QUESTION_CLOSED : ITEM_NOT_ACTIVE;
}

/** May the claim, as it was just read, still be acted on in this way (claims.md 12.4)? Pure. */
function isStillOffered({ claim, profile }: Thread, row: Pick<OutboxRow, "act">): boolean {
  const offered = claim === null ? [] : offeredActs(claim, profile);
  return offered.some(({ act }) => act === claimActOf(row)?.kind);
}

/** The stale-reply stop: what becomes of a reply when its thread has moved on without its sender (issue: held). Null: it
 *  has not. Pure. */
export function staleStep(
  row: Pick<OutboxRow, "seen" | "createdAt">,
  snapshot: Pick<ThreadSnapshot, "messages">,
  siblings: readonly Sibling[],
): OutboxStep | null {
  if (row.seen === null) return null;
  const unseen = unseenOf(snapshot.messages, row.seen, becameOf(siblings));
  if (unseen.length === 0) return null;
  // This very read may have brought to light an older reply that had been given up: that one is looked for first.
  const isBehind = siblings.some(({ isOpen, createdAt }) => isOpen && createdAt < row.createdAt);
  if (isBehind) return { state: "queued", againInMs: 0 };
  return { state: "held", heldFor: unseen, reason: null, isSettled: true };
}

/** Which message each reply of a thread has become. Pure. */
export function becameOf(siblings: readonly Pick<Sibling, "id" | "messageId">[]): Map<string, string> {
  return new Map(siblings.flatMap(({ id, messageId }) => (messageId === null ? [] : [[id, messageId]])));
}

/** What became of a reply in the thread that was just read. Null: it is not there. Pure. */
export function foundIn(
  thread: Pick<StoredThread, "channel">,
  row: OutboxRow,
  snapshot: ThreadSnapshot,
  siblings: readonly Sibling[],
): OutboxStep | null {
  const others = siblings.filter(({ id }) => id !== row.id);
  const delivery = channelOf(thread.channel).find(
    { messageIds: [...(row.baseline ?? []), ...becameOf(others).values()] },
    snapshot,
    actOf(row),
    row.messageId,
  );
  if (delivery.kind === "absent") return null;
  if (delivery.kind === "overtaken") return { state: "failed", reason: delivery.reason, isSettled: true };
  const { messageId } = delivery;
  const found = { messageId, isSettled: true, ...sentText(row, snapshot, messageId) };
  switch (delivery.kind) {
    case "visible":
      return { state: "sent", reason: null, ...found };
    case "pending":
      return { state: "moderation", reason: null, ...found };
    case "rejected":
      return { state: "rejected", reason: delivery.reason ?? "rejected", ...found };
  }
}

/** A template's text is Mercado Libre's: it is read off the message where the answer to the send was lost. */
function sentText(row: OutboxRow, snapshot: ThreadSnapshot, messageId: string): { text?: string } {
  if (row.option === null || row.option.templateId === null || row.text !== "") return {};
  const message = snapshot.messages.find(({ id }) => id === messageId);
  return message === undefined ? {} : { text: message.text };
}
