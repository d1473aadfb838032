import "server-only";
import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { OutboxState } from "@/lib/shared/api/thread";
import type { OutboxId, ThreadId, WorkerId } from "@/lib/shared/ids";
import type { Database } from "./database";
import { outbox } from "./schema-outbox";
import { beat, LIVE_WORKERS } from "./workers";

/** States in which the worker still has something to do. */
export const OPEN: OutboxState[] = ["queued", "sending", "accepted", "uncertain"];

/** Longer than any single step takes with its time-outs, and renewed at each: the most that a worker which lives, but has
 *  lost a row out of its sight, keeps others from it. A dead worker's leases end with its heartbeat. */
const LEASE_MS = 120_000;

/** Until when a lease holds that is taken or renewed now. */
export const LEASE_END = sql`clock_timestamp() + ${LEASE_MS} * interval '1 millisecond'`;

/** Instants are stored in milliseconds: one that was rounded up is not in the future. */
const ROUNDING_MS = 2;

const WORKER_OF_LEASE = sql`split_part(${outbox.leaseOwner}, ':', 1)::uuid`;

/** Does somebody who lives work on the row? */
export const IS_LEASED = sql<boolean>`coalesce(${outbox.leaseUntil} > clock_timestamp() and ${WORKER_OF_LEASE} in ${LIVE_WORKERS}, false)`;

/** Who works on a row. `owner` starts with the worker's id and names one run of it. */
export interface Lease {
  worker: WorkerId;
  owner: string;
}

export type Claim =
  | { kind: "row"; row: typeof outbox.$inferSelect }
  /** The next one is not due yet. */
  | { kind: "later"; ms: number }
  /** Nothing to do, or somebody else does it. */
  | { kind: "none" };

/** Takes the oldest unfinished reply of a thread under a lease. Replies of one thread go one at a time and in order:
 *  while an older one is not finished or somebody holds a lease, there is nothing to take. A row that was being sent
 *  by a worker that died comes back as `uncertain`, never as `queued`.
 *  @param running the owners that this very process still works under: any other lease of its own is an abandoned one. It is
 *  read once the thread is ours to look at: a run that began meanwhile is among them */
export async function claimNext(
  db: Database,
  threadId: ThreadId,
  lease: Lease,
  running: ReadonlySet<string>,
): Promise<Claim> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('outbox'), hashtext(${threadId}))`);
    const isAbandoned = sql`(${WORKER_OF_LEASE} = ${lease.worker} and ${outbox.leaseOwner} <> all(${sql.param([...running])}::text[]))`;
    const rows = await tx
      .select({
        id: outbox.id,
        state: outbox.state,
        isLeased: sql<boolean>`${IS_LEASED} and not ${isAbandoned}`,
        dueInMs: sql<number>`(extract(epoch from ${outbox.notBefore} - clock_timestamp()) * 1000)::float8`,
      })
      .from(outbox)
      .where(and(eq(outbox.threadId, threadId), inArray(outbox.state, OPEN), isNull(outbox.settledAt)))
      .orderBy(asc(outbox.createdAt))
      .limit(1);
    const next = rows[0];
    if (next === undefined || next.isLeased) return { kind: "none" };
    if (next.dueInMs > ROUNDING_MS) return { kind: "later", ms: Math.ceil(next.dueInMs) };
    const claimed = await tx
      .update(outbox)
      .set({
        leaseOwner: lease.owner,
        leaseUntil: LEASE_END,
        ...(next.state === "sending"
          ? { state: "uncertain" as const, reason: "interrupted", lookups: 0 }
          : {}),
      })
      .where(eq(outbox.id, next.id))
      .returning();
    // Whoever takes a row lives, also before its first beat and where nobody beats for it.
    await beat(tx, lease.worker);
    return claimed[0] === undefined ? { kind: "none" } : { kind: "row", row: claimed[0] };
  });
}

/** Goes on working on a row. False: it is somebody else's now, or a person has decided about it. */
export async function renewLease(db: Database, id: OutboxId, { owner, worker }: Lease): Promise<boolean> {
  return db.transaction(async (tx) => {
    const renewed = await tx
      .update(outbox)
      .set({ leaseUntil: LEASE_END })
      .where(and(eq(outbox.id, id), eq(outbox.leaseOwner, owner)))
      .returning({ id: outbox.id });
    if (renewed.length === 1) await beat(tx, worker);
    return renewed.length === 1;
  });
}
