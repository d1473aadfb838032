import "server-only";
import { randomUUID } from "node:crypto";
import { withAccount } from "@/lib/server/account-context";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { traced } from "@/lib/server/log";
import { count } from "@/lib/server/metrics/count";
import type { Runtime } from "@/lib/server/runtime";
import { claimActOf } from "@/lib/server/store/audits";
import { type OutboxRow, type OutboxStep, readOutboxRow, saveStep } from "@/lib/server/store/outbox";
import { claimNext, type Lease } from "@/lib/server/store/outbox-lease";
import { readThreadById, type StoredThread } from "@/lib/server/store/threads";
import { AppError } from "@/lib/shared/errors";
import type { ThreadId } from "@/lib/shared/ids";
import { noteFound, noteRejected } from "./after-send";
import { untold } from "./claim-proof";
import { confirm, send } from "./deliver";
import { prepare } from "./prepare";

/** What the outbox tells the rest of the house. */
export interface OutboxEvents {
  /** A row waits: look at the thread again then. */
  onLater(threadId: ThreadId, ms: number): void;
}

/** After what nobody expected (PostgreSQL went away) the thread is looked at again: the lease of a run that is over holds
 *  nobody up in its own process. */
const AFTER_TROUBLE_MS = 2_000;

/** The owners of this process's runs. Any other lease with this worker's name was left behind. */
const running = new Set<string>();

/** Works off the due replies and acts of one thread, in order. Safe to call from anywhere at any time: a lease per row and a
 *  fenced write per step decide who acts. @throws what PostgreSQL throws; the thread is looked at again by itself */
export async function runOutbox(rt: Runtime, threadId: ThreadId, events: OutboxEvents): Promise<void> {
  const lease: Lease = { worker: rt.worker, owner: `${rt.worker}:${randomUUID()}` };
  running.add(lease.owner);
  try {
    for (;;) {
      const claim = await claimNext(rt.db, threadId, lease, running);
      if (claim.kind === "later") return events.onLater(threadId, claim.ms);
      if (claim.kind === "none") return;
      const { row } = claim;
      const thread = await readThreadById(rt.db, row.accountId, threadId);
      if (thread === null) return;
      await traced({ accountId: row.accountId, threadId, outboxId: row.id }, () =>
        work(rt, row, thread, lease, events),
      );
    }
  } catch (error) {
    events.onLater(threadId, AFTER_TROUBLE_MS);
    throw error;
  } finally {
    running.delete(lease.owner);
  }
}

async function work(
  rt: Runtime,
  row: OutboxRow,
  thread: StoredThread,
  lease: Lease,
  events: OutboxEvents,
): Promise<void> {
  try {
    await withAccount(rt, row.accountId, "reply", (ctx) => advance(rt, ctx, thread, row, lease, events));
  } catch (error) {
    // Only the account itself can fail here: its tokens are gone, or could not be asked for.
    if (!(error instanceof AppError)) throw error;
    rt.log.info({ err: error, outboxId: row.id }, "no access for a reply");
    const now = await readOutboxRow(rt.db, [row.accountId], row.id);
    if (now === null) return;
    const step = withoutAccess(now, error);
    if (await save(rt, row, lease, step)) later(events, thread, step.againInMs);
  }
}

function withoutAccess(row: OutboxRow, error: AppError): OutboxStep {
  const isLasting = error.code === "account_disconnected" || error.code === "not_found";
  // A send that throws for want of access was refused with 401: nothing of it was applied.
  if (isLasting && (row.state === "queued" || row.state === "sending")) {
    const failed = { state: "failed", reason: "account_disconnected", isSettled: true } as const;
    return row.state === "queued" ? untold(row, failed) : failed;
  }
  return { state: row.state === "sending" ? "uncertain" : row.state, againInMs: 10_000 };
}

/** Takes one row as far as it goes now: queued -> sending -> accepted -> seen. */
async function advance(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  row: OutboxRow,
  lease: Lease,
  events: OutboxEvents,
): Promise<void> {
  let current = row;
  let rejectedFor: string | null = null;
  if (current.state === "queued") {
    const prepared = await prepare(rt, ctx, thread, current, lease);
    if (prepared.kind === "lost") return;
    if (prepared.kind === "step") {
      if (await save(rt, current, lease, prepared.step)) later(events, thread, prepared.step.againInMs);
      return;
    }
    const { messages, marks = [] } = prepared.snapshot;
    const baseline = [...messages.map((message) => message.id), ...marks];
    const sending: OutboxStep = { state: "sending", baseline, keepsLease: true };
    if (!(await save(rt, current, lease, sending))) return;
    const { step, rejectedFor: verdict } = await send(rt, prepared, current);
    if (!(await save(rt, current, lease, step))) return;
    if (step.state !== "accepted") return later(events, thread, step.againInMs);
    rejectedFor = verdict;
    const { messageId = null, text = current.text } = step;
    current = { ...current, state: "accepted", baseline, messageId, text, lookups: 0 };
  }
  const step = await confirm(rt, ctx, thread, current, rejectedFor);
  if (!(await save(rt, current, lease, step))) return;
  later(events, thread, step.againInMs);
  if (step.state === "rejected") await noteRejected(rt, thread, current);
  else if (current.state === "uncertain" && step.isSettled && step.state !== "uncertain") {
    await noteFound(rt, thread, current);
  }
}

/** One fenced step, counted by where it leads. */
async function save(rt: Runtime, row: OutboxRow, lease: Lease, step: OutboxStep): Promise<boolean> {
  const isSaved = await saveStep(rt.db, row, lease.owner, step);
  if (!isSaved || step.state === row.state) return isSaved;
  const act = claimActOf(row);
  if (act === null) count("replies", { state: step.state });
  else count("acts", { act: act.kind, state: step.state });
  return isSaved;
}

function later(events: OutboxEvents, thread: StoredThread, ms: number | undefined): void {
  if (ms !== undefined) events.onLater(thread.id, ms);
}
