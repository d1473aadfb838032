import "server-only";
import { and, eq } from "drizzle-orm";
import type { ClaimAct, Confirmed } from "@/lib/shared/api/claim";
import type { Seen } from "@/lib/shared/api/thread";
import type { AccountId, FileId, ThreadId, UserId } from "@/lib/shared/ids";
import { findRivals, isSameAct } from "./act-rivals";
import { recordAct } from "./audits";
import type { Database } from "./database";
import { fateOf, lockDraftFiles, lockQueue, takeFiles, tellWorkers } from "./enqueue";
import type { OutboxRow } from "./outbox";
import { refreshFlag } from "./outbox-flag";
import { outbox } from "./schema-outbox";

export type EnqueuedAct =
  | { kind: "enqueued"; row: OutboxRow }
  | { kind: "key_used" }
  | { kind: "file_gone" }
  /** Another act that rules this one out is under way, or nobody knows what became of it. */
  | { kind: "pending" };

export interface NewAct {
  threadId: ThreadId;
  userId: UserId;
  key: string;
  act: ClaimAct;
  confirmed: Confirmed;
  fileIds: FileId[];
  /** What they had before their eyes who confirmed it. Null: they did not say, and nothing is held. */
  seen: Seen | null;
  undoSeconds: number;
}

/** Puts a confirmed act in the queue with its audit row, once per key, and takes its files along, all in one transaction. The
 *  same act that is pending already, whoever asked for it, answers the row that there is: never two of them. One whose
 *  confirmer has not seen all that we hold of the claim starts as `held`. */
export async function enqueueAct(db: Database, accountId: AccountId, asked: NewAct): Promise<EnqueuedAct> {
  const { threadId, userId, key, act, confirmed, fileIds, seen } = asked;
  return db.transaction(async (tx) => {
    await lockQueue(tx, threadId);
    const known = await readActByKey(tx, asked);
    if (known !== null) return known;
    const { twin, isPending } = await findRivals(tx, asked);
    if (twin !== null) return { kind: "enqueued", row: twin };
    if (isPending) return { kind: "pending" };
    if (!(await lockDraftFiles(tx, threadId, userId, fileIds))) return { kind: "file_gone" };
    const fate = await fateOf(tx, asked);
    const made = await tx
      .insert(outbox)
      .values({ accountId, threadId, userId, key, text: "", act, seen, ...fate })
      .onConflictDoNothing()
      .returning();
    const row = made[0];
    if (row === undefined) return (await readActByKey(tx, asked)) ?? { kind: "key_used" };
    await recordAct(tx, accountId, row, { act, confirmed });
    await takeFiles(tx, row.id, fileIds);
    await refreshFlag(tx, accountId, threadId);
    await tellWorkers(tx, threadId);
    return { kind: "enqueued", row };
  });
}

/** What this user has confirmed under the key. Null: nothing yet. */
export async function readActByKey(
  db: Database,
  { threadId, userId, key, act }: Pick<NewAct, "threadId" | "userId" | "key" | "act">,
): Promise<EnqueuedAct | null> {
  const rows = await db
    .select({ row: outbox, isSame: isSameAct(act) })
    .from(outbox)
    .where(and(eq(outbox.userId, userId), eq(outbox.key, key)));
  const held = rows[0];
  if (held === undefined) return null;
  return held.isSame && held.row.threadId === threadId
    ? { kind: "enqueued", row: held.row }
    : { kind: "key_used" };
}
