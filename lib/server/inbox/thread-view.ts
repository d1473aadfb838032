import "server-only";
import type { Session } from "@/lib/server/accounts/current-session";
import { channelOf } from "@/lib/server/channels/channels";
import { startable } from "@/lib/server/channels/message-start";
import { runtime } from "@/lib/server/runtime";
import { readBlocked } from "@/lib/server/store/account-facts";
import { listActs } from "@/lib/server/store/audits";
import { findSale, listClaimIds } from "@/lib/server/store/claim-links";
import { reviveContext } from "@/lib/server/store/contexts";
import { readDraft } from "@/lib/server/store/drafts";
import { listDraftFiles, listOutboxFiles, type StoredFile } from "@/lib/server/store/files";
import { listHidden } from "@/lib/server/store/held-questions";
import { readInboxRow } from "@/lib/server/store/inbox";
import { listMessages } from "@/lib/server/store/messages";
import { listOutbox, type OutboxRow } from "@/lib/server/store/outbox";
import type { StoredThread } from "@/lib/server/store/threads";
import type { ComposerView, DraftView, MessageView, OutboxView, ThreadView } from "@/lib/shared/api/thread";
import { attachmentRulesOf } from "@/lib/shared/attachment-rules";
import { offeredActs } from "@/lib/shared/claim/offered";
import { isUnanswered } from "@/lib/shared/question/chain";
import type { Message } from "@/lib/shared/thread";
import { aboutOf } from "./about";
import { actView } from "./act-view";
import { standingOf } from "./outbox-standing";

/** Messages of one page of a conversation. */
export const MESSAGES_PAGE = 50;

type Address = Pick<StoredThread, "channel" | "externalId" | "accountId">;

/** A message as the screen gets it: its files point to our own download. Pure. */
export function messageView(thread: Address, message: Message): MessageView {
  const { fromUserId: _kept, ...shown } = message;
  return {
    ...shown,
    to: message.to ?? null,
    stage: message.stage ?? null,
    attachments: message.attachments.map((file) => ({
      ...file,
      href: `/api/threads/${thread.channel}/${thread.externalId}/attachments/${encodeURIComponent(file.filename)}?account=${thread.accountId}`,
    })),
  };
}

/** A reply as the screen gets it. Pure. */
export function outboxView(row: OutboxRow, files: readonly StoredFile[]): OutboxView {
  return {
    id: row.id,
    key: row.key,
    text: row.text,
    files: files.map(({ id, name, type, size }) => ({ id, name, type, size })),
    state: row.state,
    reason: row.reason,
    messageId: row.messageId,
    option: row.option,
    to: row.act?.kind === "message" ? row.act.to : null,
    questionId: row.act?.kind === "answer" ? row.act.questionId : null,
    createdAt: row.createdAt,
    ...standingOf(row),
  };
}

/** What the composer may do on a thread now. */
export function composerView(stored: StoredThread): ComposerView {
  const thread = startable(stored);
  if (thread.accountState !== "connected")
    return { allowed: false, because: "disconnected", substatus: null, hasGuide: false };
  if (thread.refusedAt !== null && thread.status !== "blocked") {
    return { allowed: false, because: "not_shown", substatus: null, hasGuide: false };
  }
  const abilities = channelOf(thread.channel).abilities(thread);
  const reply = abilities.find((ability) => ability.kind === "reply");
  if (reply === undefined) {
    return { allowed: false, because: "unread_state", substatus: null, hasGuide: false };
  }
  if (reply.allowed) {
    const { maxLength, isOnlyOne, to = [] } = reply;
    return { allowed: true, maxLength, isOnlyOne, to: [...to] };
  }
  return {
    allowed: false,
    because: reply.because,
    substatus: reply.because === "blocked" ? reply.substatus : null,
    hasGuide: abilities.some((ability) => ability.kind === "guide"),
  };
}

async function draftView(session: Session, thread: StoredThread): Promise<DraftView> {
  const { db } = runtime();
  const draft = await readDraft(db, session.userId, thread.id, aboutOf(thread));
  if (draft === null) return { text: "", files: [], updatedAt: null };
  const files = await listDraftFiles(db, thread.id, session.userId, draft.fileIds);
  return { text: draft.text, files, updatedAt: draft.updatedAt };
}

/** A claim as the screen gets it: what is known, what may be done now, and what was. Null on other channels. */
async function claimView(thread: StoredThread): Promise<ThreadView["claim"]> {
  const { claim, profile } = thread;
  if (claim === null) return null;
  const offered = offeredActs(claim, profile);
  const acts = await listActs(runtime().db, thread.id);
  return { facts: claim, offered, acts: acts.map((one) => actView(one, offered)) };
}

/** A chain of questions as the screen gets it. Null on other channels. */
async function questionView(thread: StoredThread): Promise<ThreadView["question"]> {
  const { channel, chain, listing, accountId } = thread;
  if (channel !== "questions" || chain === null) return null;
  const { db } = runtime();
  const [hidden, blocked] = await Promise.all([
    listHidden(db, accountId, thread.id),
    readBlocked(db, accountId),
  ]);
  const main = aboutOf(thread);
  const next = chain.questions.find((question) => isUnanswered(question) && question.id !== main);
  const isBuyerBlocked = blocked?.value.buyers.some(({ id }) => id === chain.buyerId) ?? null;
  return { asked: main, chain, listing, next: next?.id ?? null, hidden, isBuyerBlocked };
}

/** The claims of a conversation: those it names, and those we know of its sale. */
async function claimIdsOf(thread: StoredThread): Promise<string[]> {
  if (thread.channel !== "messages") return thread.claimIds;
  return [...new Set([...thread.claimIds, ...(await listClaimIds(runtime().db, thread))])];
}

/** Everything the screen shows of one thread, from the store. */
export async function threadView(
  session: Session,
  thread: StoredThread,
  isStale: boolean,
): Promise<ThreadView | null> {
  const { db, database } = runtime();
  // A reply becomes `sent` after its message was stored: read in this order, none is shown as sent without its message.
  const replies = listOutbox(db, thread.id);
  const [row, page, outbox, draft, claim, question, claimIds, sale] = await Promise.all([
    readInboxRow(database.pool, session.userId, session.accountIds, thread.id),
    replies.then(() => listMessages(db, thread.accountId, thread.id, MESSAGES_PAGE)),
    replies,
    draftView(session, thread),
    claimView(thread),
    questionView(thread),
    claimIdsOf(thread),
    thread.channel === "claims" ? findSale(db, thread) : null,
  ]);
  if (row === null) return null;
  const files = await listOutboxFiles(
    db,
    outbox.map(({ id }) => id),
  );
  const rules = attachmentRulesOf(thread.channel, thread.profile);
  return {
    row,
    accountNickname: thread.accountNickname,
    messages: page.messages.map((message) => messageView(thread, message)),
    // What we do not hold is read when somebody scrolls up to it.
    hasOlder:
      page.hasOlder || (thread.channel === "messages" && !thread.isComplete && page.messages.length > 0),
    outbox: outbox.map((one) =>
      outboxView(
        one,
        files.filter((file) => file.outboxId === one.id),
      ),
    ),
    draft,
    composer: composerView(thread),
    claimIds,
    claim,
    question,
    sale,
    hasAgent: thread.isAgentPath || page.messages.some(({ author }) => author === "agent"),
    context: reviveContext(thread.context),
    pulledAt: thread.pulledAt,
    isStale,
    attachmentTypes: [...rules.types],
    maxFiles: rules.maxPerMessage,
    maxFileBytes: rules.maxBytes,
  };
}
