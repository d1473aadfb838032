import "server-only";
import { sql } from "drizzle-orm";
import type { WorkerId } from "@/lib/shared/ids";
import type { Database } from "./database";

/** How often a worker says that it lives. */
export const BEAT_MS = 1_000;
/** After how long without a word its leases are taken over. A worker that merely stood still finds its leases gone: every
 *  step it writes is fenced. */
const SILENCE = sql`interval '6 seconds'`;

/** The ids of the workers that live, for a condition such as `owner not in (...)`. */
export const LIVE_WORKERS = sql`(select id from workers where seen_at > clock_timestamp() - ${SILENCE})`;

/** Says that a worker lives. */
export async function beat(db: Database, id: WorkerId): Promise<void> {
  await db.execute(sql`
    insert into workers (id, started_at, seen_at) values (${id}, clock_timestamp(), clock_timestamp())
    on conflict (id) do update set seen_at = excluded.seen_at`);
}

/** A worker has stopped in order: its leases end now. */
export async function leave(db: Database, id: WorkerId): Promise<void> {
  await db.execute(sql`delete from workers where id = ${id}`);
}

/** How many workers live. */
export async function countWorkers(db: Database): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from workers where id in ${LIVE_WORKERS}`);
  return rows[0]?.count ?? 0;
}

/** Forgets workers that are long gone. */
export async function buryWorkers(db: Database): Promise<void> {
  await db.execute(sql`delete from workers where seen_at < clock_timestamp() - interval '1 hour'`);
}
