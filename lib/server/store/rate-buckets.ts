import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "./database";

export interface Bucket {
  key: string;
  /** The most that may be drawn at once. */
  capacity: number;
  /** What flows in. */
  perMs: number;
}

/** Draws one call from a bucket if it holds one more than `floor`. Not granted: `waitMs` says when it is worth asking
 *  again. One row lock per draw orders all processes. */
export async function drawFromBucket(
  db: Database,
  { key, capacity, perMs }: Bucket,
  floor: number,
): Promise<{ granted: boolean; waitMs: number }> {
  const draw = sql`
    update rate_buckets b
    set tokens = r.level - case when r.granted then 1 else 0 end, updated_at = clock_timestamp()
    from (
      select key, level, blocked_ms, blocked_ms <= 0 and level - 1 >= ${floor}::float8 as granted
      from (
        select key,
          least(${capacity}::float8, tokens + extract(epoch from clock_timestamp() - updated_at)::float8 * 1000 * ${perMs}::float8) as level,
          coalesce(extract(epoch from blocked_until - clock_timestamp())::float8 * 1000, 0) as blocked_ms
        from rate_buckets where key = ${key} for update
      ) held
    ) r
    where b.key = r.key
    returning r.granted, r.level, r.blocked_ms`;
  const drawn = await db.execute<{ granted: boolean; level: number; blocked_ms: number }>(draw);
  const row = drawn.rows[0];
  if (row === undefined) {
    await db.execute(sql`
      insert into rate_buckets (key, tokens, updated_at) values (${key}, ${capacity}, clock_timestamp())
      on conflict do nothing`);
    return drawFromBucket(db, { key, capacity, perMs }, floor);
  }
  const missing = floor + 1 - row.level;
  return { granted: row.granted, waitMs: Math.max(5, row.blocked_ms, missing / perMs) };
}

/** Closes a bucket for a while, and empties it so that it opens slowly. */
export async function closeBucket(db: Database, key: string, forMs: number): Promise<void> {
  await db.execute(sql`
    update rate_buckets
    set tokens = 0, updated_at = clock_timestamp(),
      blocked_until = greatest(blocked_until, clock_timestamp() + ${forMs}::float8 * interval '1 millisecond')
    where key = ${key}`);
}
