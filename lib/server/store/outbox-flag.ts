import "server-only";
import { eq, sql } from "drizzle-orm";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import { noteChange } from "./changes";
import type { Database } from "./database";
import { threads } from "./schema";

/** The most urgent of a thread's replies, for its row in the list. */
export async function refreshFlag(tx: Database, accountId: AccountId, threadId: ThreadId): Promise<void> {
  await tx
    .update(threads)
    .set({
      outboxFlag: sql`(
        select case max(rank) when 6 then 'failed' when 5 then 'rejected' when 4 then 'uncertain' when 3 then 'held' when 2 then 'moderation' when 1 then 'sending' end
        from (select case state when 'failed' then 6 when 'rejected' then 5 when 'uncertain' then 4 when 'held' then 3 when 'moderation' then 2
          when 'queued' then 1 when 'sending' then 1 when 'accepted' then 1 end as rank
          from outbox where thread_id = ${threadId}) ranked)`,
    })
    .where(eq(threads.id, threadId));
  await noteChange(tx, accountId, { threadId });
}
