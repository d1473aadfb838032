import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "./database";

/** One total of the installation. `labels` is the text between Prometheus's braces. */
export interface Total {
  name: string;
  labels: string;
  value: number;
}

/** Adds to totals, in one statement. Give them in one order everywhere: each row is locked as it comes. */
export async function addToTotals(
  db: Database,
  added: readonly { name: string; labels: string; by: number }[],
): Promise<void> {
  if (added.length === 0) return;
  await db.execute(sql`
    insert into counters as c (name, labels, value)
    select name, labels, by from jsonb_to_recordset(${JSON.stringify(added)}::jsonb)
      as added(name text, labels text, by float8)
    on conflict (name, labels) do update set value = c.value + excluded.value`);
}

/** All totals, by name and labels. */
export async function readTotals(db: Database): Promise<Total[]> {
  const { rows } = await db.execute<{ name: string; labels: string; value: number }>(sql`
    select name, labels, value from counters order by name, labels`);
  return rows;
}
