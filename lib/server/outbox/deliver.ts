import "server-only";
import type { AccountCtx, Channel } from "@/lib/server/channels/channel";
import { channelOf } from "@/lib/server/channels/channels";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import { textRefusalOf } from "@/lib/server/mercadolibre/send-refusal";
import type { Runtime } from "@/lib/server/runtime";
import { listOutboxFiles, readFileBytes } from "@/lib/server/store/files";
import { listClaimedMessages, type OutboxRow, type OutboxStep } from "@/lib/server/store/outbox";
import { readThreadById, type StoredThread } from "@/lib/server/store/threads";
import { pullContext } from "@/lib/server/sync/pull-context";
import { pullInto } from "@/lib/server/sync/pull-thread";
import { AppError } from "@/lib/shared/errors";
import { lengthOf } from "@/lib/shared/message-length";
import type { ThreadSnapshot } from "@/lib/shared/thread";

/** After how long a reply that was not seen is looked for again; the last of them ends the search (design 2.3). */
const LOOKUP_PAUSES_MS = [1_500, 4_000, 15_000, 45_000] as const;
/** A reply that Mercado Libre cannot take now is tried again for about a quarter of an hour. */
const MAX_ATTEMPTS = 12;

const pauseOf = (attempts: number) => Math.min(1_000 * 2 ** attempts, 120_000) * (0.75 + Math.random() * 0.5);

const act = (row: OutboxRow) => ({ kind: "reply", text: row.text }) as const;

/** Reads the thread anew: what the reply is measured against. */
async function readNow(rt: Runtime, ctx: AccountCtx, thread: StoredThread): Promise<ThreadSnapshot | null> {
  const pulled = await pullInto(rt, ctx, thread.channel, {
    externalId: thread.externalId,
    sellerId: thread.sellerId,
    siteId: thread.siteId,
  });
  return pulled.kind === "stored" ? pulled.snapshot : null;
}

/** What a failure before anything could have been sent means for the row. */
function postponed(row: OutboxRow, error: unknown): OutboxStep {
  if (
    error instanceof AppError &&
    (error.code === "slow_down" || error.code === "meli_down" || error.code === "meli_unreadable")
  ) {
    if (row.attempts >= MAX_ATTEMPTS) return { state: "failed", reason: error.code, isSettled: true };
    return {
      state: "queued",
      reason: error.code,
      attempts: row.attempts + 1,
      againInMs: pauseOf(row.attempts),
    };
  }
  if (error instanceof AppError && error.code === "account_disconnected") {
    return { state: "failed", reason: "account_disconnected", isSettled: true };
  }
  return { state: "failed", reason: reasonOf(error), isSettled: true };
}

/** The code that the screen has words for: a substatus, else Mercado Libre's own code, else ours. */
function reasonOf(error: unknown): string {
  if (error instanceof MeliError)
    return (
      textRefusalOf(error.failure) ??
      error.failure.blockedBy ??
      error.detail.reason ??
      error.failure.code ??
      error.code
    );
  return error instanceof AppError ? (error.detail.reason ?? error.code) : "bug";
}

/** Where nobody has written yet, the recipient comes from the order (messages.md 4.3): read it, if it never was. */
async function withBuyer(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  snapshot: ThreadSnapshot,
): Promise<StoredThread> {
  const isKnown = thread.buyerId !== null || snapshot.messages.some(({ direction }) => direction === "in");
  if (isKnown || ctx.profile === "GLOBAL") return thread;
  await pullContext(rt, ctx, thread.id);
  return (await readThreadById(rt.db, thread.accountId, thread.id)) ?? thread;
}

export type Prepared =
  | { kind: "ready"; thread: StoredThread; snapshot: ThreadSnapshot; files: { id: string }[] }
  | { kind: "step"; step: OutboxStep }
  /** The lease went to another worker: everything else is its business. */
  | { kind: "lost" };

/** Everything that can be done before the request leaves: read the thread, check that a reply is allowed, upload the
 *  files. Nothing of it is seen by anybody, so all of it may be repeated.
 *  @throws MeliError 401 only: the account must be connected again. */
export async function prepare(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  row: OutboxRow,
  keepLease: () => Promise<boolean>,
): Promise<Prepared> {
  const channel = channelOf(thread.channel);
  try {
    const snapshot = await readNow(rt, ctx, thread);
    if (snapshot === null)
      return { kind: "step", step: { state: "failed", reason: "thread_refused", isSettled: true } };
    // It may have left before and been lost sight of: what is there is never sent again (design 2.2).
    const found = row.baseline === null ? null : await findIn(rt, thread, row, snapshot);
    if (found !== null) return { kind: "step", step: found };
    const refusal = refusalOf(channel, { ...thread, ...snapshot, pulledAt: new Date() }, row.text);
    if (refusal !== null)
      return { kind: "step", step: { state: "failed", reason: refusal, isSettled: true } };
    const files = [];
    for (const file of await listOutboxFiles(rt.db, [row.id])) {
      const bytes = await readFileBytes(rt.db, row.accountId, file.id);
      const blob = new Blob([new Uint8Array(bytes)], { type: file.type });
      files.push(await channel.upload(ctx, thread, { name: file.name, type: file.type, bytes: blob }));
      if (!(await keepLease())) return { kind: "lost" };
    }
    return { kind: "ready", thread: await withBuyer(rt, ctx, thread, snapshot), snapshot, files };
  } catch (error) {
    // A fresh token was refused: that is the account's trouble, not the reply's.
    if (error instanceof MeliError && error.failure.status === 401) throw error;
    rt.log.info({ err: error, outboxId: row.id, threadId: thread.id }, "reply not sent yet");
    return { kind: "step", step: postponed(row, error) };
  }
}

function refusalOf(channel: Channel, thread: StoredThread, text: string): string | null {
  const reply = channel.abilities(thread).find((ability) => ability.kind === "reply");
  if (reply === undefined) return "not_available";
  if (!reply.allowed) return reply.because === "blocked" ? (reply.substatus ?? "blocked") : reply.because;
  return lengthOf(text) > reply.maxLength ? "too_long" : null;
}

/** Sends the reply. The caller has written `sending` before. Whatever may have been applied ends as `uncertain` and is
 *  looked for; only what was certainly not applied is ever sent again by itself. */
export async function send(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  row: OutboxRow,
  snapshot: ThreadSnapshot,
  files: { id: string }[],
): Promise<OutboxStep> {
  try {
    const accepted = await channelOf(thread.channel).act(ctx, thread, snapshot, act(row), files);
    return { state: "accepted", messageId: accepted.messageId, reason: null, lookups: 0, keepsLease: true };
  } catch (error) {
    rt.log.warn({ err: error, outboxId: row.id, threadId: thread.id }, "sending a reply failed");
    if (error instanceof MeliError && !error.failure.mayHaveApplied) {
      return named(rt, ctx, thread, postponed(row, error), error);
    }
    if (error instanceof AppError && !(error instanceof MeliError)) return postponed(row, error);
    return { state: "uncertain", reason: reasonOf(error), lookups: 0, againInMs: LOOKUP_PAUSES_MS[0] };
  }
}

/** Gives a refusal its substatus: often only the conversation tells which block it is (messages.md 7). */
async function named(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  step: OutboxStep,
  { failure }: MeliError,
): Promise<OutboxStep> {
  if (failure.status !== 403) return step;
  try {
    const snapshot = await readNow(rt, ctx, thread);
    return snapshot?.status === "blocked" && snapshot.substatus !== null
      ? { ...step, reason: snapshot.substatus }
      : step;
  } catch (error) {
    rt.log.info({ err: error, threadId: thread.id }, "a refusal stays without its substatus");
    return step;
  }
}

/** Looks for a reply in the thread: seen, in moderation, rejected, or not there (yet). */
export async function confirm(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  row: OutboxRow,
): Promise<OutboxStep> {
  const again = (state: "accepted" | "uncertain", reason: string | null): OutboxStep => {
    const lookups = row.lookups + 1;
    const pause = LOOKUP_PAUSES_MS[lookups];
    return pause === undefined
      ? { state: "uncertain", reason: reason ?? "not_seen", lookups, isSettled: true }
      : { state, reason, lookups, againInMs: pause };
  };
  const state = row.state === "uncertain" ? "uncertain" : "accepted";
  let snapshot: ThreadSnapshot | null;
  try {
    snapshot = await readNow(rt, ctx, thread);
  } catch (error) {
    // A look that got no answer is no look: it does not count towards giving up.
    rt.log.info({ err: error, outboxId: row.id }, "could not look for a reply");
    return { state, againInMs: pauseOf(Math.min(row.lookups + 2, 5)) };
  }
  if (snapshot === null) return again(state, row.reason);
  return (await findIn(rt, thread, row, snapshot)) ?? again(state, row.reason);
}

/** What became of a reply in the thread that was just read. Null: it is not there. */
async function findIn(
  rt: Runtime,
  thread: StoredThread,
  row: OutboxRow,
  snapshot: ThreadSnapshot,
): Promise<OutboxStep | null> {
  const claimed = await listClaimedMessages(rt.db, thread.id, row.id);
  const delivery = channelOf(thread.channel).find(
    { messageIds: [...(row.baseline ?? []), ...claimed] },
    snapshot,
    act(row),
    row.messageId,
  );
  switch (delivery.kind) {
    case "visible":
      return { state: "sent", messageId: delivery.messageId, reason: null, isSettled: true };
    case "pending":
      return { state: "moderation", messageId: delivery.messageId, reason: null, isSettled: true };
    case "rejected":
      return {
        state: "rejected",
        messageId: delivery.messageId,
        reason: delivery.reason ?? "rejected",
        isSettled: true,
      };
    case "absent":
      return null;
  }
}
