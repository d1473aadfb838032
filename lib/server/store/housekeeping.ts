import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "./database";

/** Forgets notices: those that are over after 3 days (Mercado Libre lists missed ones for 2, notifications.md 4), those
 *  kept for channels to come after 30. */
export async function trimNotices(db: Database): Promise<void> {
  await db.execute(sql`
    delete from notices
    where stored_at < now() - interval '3 days'
      and (state in ('done', 'dropped') or stored_at < now() - interval '30 days')`);
}

/** Forgets changes older than a day. Of each account an unbroken end of the feed stays, its last one always: what is
 *  missing is only ever the beginning. */
export async function trimChanges(db: Database): Promise<void> {
  await db.execute(sql`
    delete from changes c
    using (
      select account_id, coalesce(min(no) filter (where at >= now() - interval '24 hours'), max(no)) as kept_from
      from changes group by account_id
    ) k
    where c.account_id = k.account_id and c.no < k.kept_from`);
}
