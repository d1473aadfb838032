import "server-only";
import { randomUUID } from "node:crypto";
import { withAccount } from "@/lib/server/account-context";
import type { AccountCtx } from "@/lib/server/channels/channel";
import type { Runtime } from "@/lib/server/runtime";
import { claimNext, type OutboxRow, renewLease, saveStep } from "@/lib/server/store/outbox";
import { readThreadById, type StoredThread } from "@/lib/server/store/threads";
import { AppError } from "@/lib/shared/errors";
import type { ThreadId } from "@/lib/shared/ids";
import { confirm, prepare, send } from "./deliver";

/** What the outbox tells the rest of the house. */
export interface OutboxEvents {
  /** A row waits: look at the thread again then. */
  onLater(threadId: ThreadId, ms: number): void;
  /** A reply was seen in its thread. */
  onDelivered(row: OutboxRow, thread: StoredThread): Promise<void>;
}

/** Works off the due replies of one thread, in order. Safe to call from anywhere at any time: a lease per row and a
 *  fenced write per step decide who acts. */
export async function runOutbox(rt: Runtime, threadId: ThreadId, events: OutboxEvents): Promise<void> {
  const owner = randomUUID();
  for (;;) {
    const row = await claimNext(rt.db, threadId, owner);
    if (row === null) return;
    const thread = await readThreadById(rt.db, row.accountId, threadId);
    if (thread === null) return;
    try {
      await withAccount(rt, row.accountId, "reply", (ctx) => advance(rt, ctx, thread, row, owner, events));
    } catch (error) {
      // Only the account itself can fail here: its tokens are gone, or could not be asked for.
      if (!(error instanceof AppError)) throw error;
      rt.log.info({ err: error, outboxId: row.id }, "no access for a reply");
      await saveStep(rt.db, row, owner, withoutAccess(row, error));
    }
  }
}

function withoutAccess(row: OutboxRow, error: AppError) {
  const isLasting = error.code === "account_disconnected" || error.code === "not_found";
  if (row.state === "queued" && isLasting) {
    return { state: "failed", reason: "account_disconnected", isSettled: true } as const;
  }
  return { state: row.state, againInMs: 10_000 } as const;
}

/** Takes one row as far as it goes now: queued -> sending -> accepted -> seen. */
async function advance(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  row: OutboxRow,
  owner: string,
  events: OutboxEvents,
): Promise<void> {
  let current = row;
  if (current.state === "queued") {
    const keepLease = () => renewLease(rt.db, row.id, owner);
    const prepared = await prepare(rt, ctx, thread, current, keepLease);
    if (prepared.kind === "lost") return;
    if (prepared.kind === "step") {
      if (await saveStep(rt.db, current, owner, prepared.step))
        later(events, thread, prepared.step.againInMs);
      return;
    }
    const baseline = prepared.snapshot.messages.map((message) => message.id);
    const isOurs = await saveStep(rt.db, current, owner, { state: "sending", baseline, keepsLease: true });
    if (!isOurs) return;
    const step = await send(rt, ctx, prepared.thread, current, prepared.snapshot, prepared.files);
    if (!(await saveStep(rt.db, current, owner, step))) return;
    if (step.state !== "accepted") return later(events, thread, step.againInMs);
    current = { ...current, state: "accepted", baseline, messageId: step.messageId ?? null, lookups: 0 };
  }
  const step = await confirm(rt, ctx, thread, current);
  if (!(await saveStep(rt.db, current, owner, step))) return;
  later(events, thread, step.againInMs);
  if (step.state === "sent") await events.onDelivered(current, thread);
}

function later(events: OutboxEvents, thread: StoredThread, ms: number | undefined): void {
  if (ms !== undefined) events.onLater(thread.id, ms);
}
