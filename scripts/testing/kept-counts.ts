import type pg from "pg";
import { z } from "zod";

const Difference = z.object({
  account: z.string(),
  channel: z.string(),
  list: z.string(),
  kept: z.number(),
  held: z.number(),
});

/** Where the counts that are kept of each account's lists differ from what the lists hold; empty when none does. */
export async function countDifferences(pool: pg.Pool): Promise<z.output<typeof Difference>[]> {
  const { rows } = await pool.query(`
    select a.id as account, c.channel, l.list, l.kept, l.held
    from accounts a
    cross join unnest(array['messages', 'claims', 'questions']) c(channel)
    left join list_counts k on k.account_id = a.id and k.channel = c.channel
    cross join lateral (
      select count(*) filter (where t.is_todo) as todo, count(*) filter (where t.status = 'blocked') as blocked,
        count(*) filter (where t.outbox_flag in ('held', 'uncertain', 'rejected', 'failed')) as troubled
      from threads t where t.account_id = a.id and t.channel = c.channel
    ) n
    cross join lateral (values
      ('todo', coalesce(k.todo, 0), least(n.todo, 100)::int),
      ('blocked', coalesce(k.blocked, 0), least(n.blocked, 100)::int),
      ('troubled', coalesce(k.troubled, 0), least(n.troubled, 100)::int)
    ) l(list, kept, held)
    where l.kept <> l.held
    order by 1, 2, 3`);
  return z.array(Difference).parse(rows);
}
