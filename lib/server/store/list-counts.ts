import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { AccountId } from "@/lib/shared/ids";
import { CHANNELS } from "@/lib/shared/thread";
import type { Database } from "./database";
import { IS_BLOCKED, IS_TROUBLED, LIST_COUNT_CAP } from "./inbox-statements";

/** Counts an account's lists anew, for the first pages of the inbox. Inside a transaction that holds the lock of the account's
 *  counter, in a statement after the one that took it: only so does it see what all before it have changed. */
export async function recountLists(tx: Database, accountId: AccountId): Promise<void> {
  await tx.execute(sql`
    insert into list_counts as kept (account_id, channel, todo, blocked, troubled)
    select ${accountId}, list.channel, ${held(accountId, "t.is_todo")}, ${held(accountId, IS_BLOCKED)}, ${held(accountId, IS_TROUBLED)}
    from unnest(${sql.param([...CHANNELS])}::text[]) list(channel)
    on conflict (account_id, channel) do update
      set todo = excluded.todo, blocked = excluded.blocked, troubled = excluded.troubled
      where (kept.todo, kept.blocked, kept.troubled) is distinct from (excluded.todo, excluded.blocked, excluded.troubled)`);
}

/** By the index of the state, and no further than a list tells. */
const held = (accountId: AccountId, which: string): SQL => sql`(
  select count(*) from (
    select 1 from threads t
    where t.account_id = ${accountId} and t.channel = list.channel and ${sql.raw(which)}
    order by t.sort_at desc, t.id desc
    limit ${sql.raw(String(LIST_COUNT_CAP))}
  ) h)`;
