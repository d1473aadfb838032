import "server-only";
import { sql } from "drizzle-orm";
import type pg from "pg";
import type { Database } from "./database";

export interface Bucket {
  key: string;
  /** The most that may be drawn at once. */
  capacity: number;
  /** What flows in. */
  perMs: number;
}

/** How full a bucket must stay behind a draw, as parts of its capacity. */
export interface Floors {
  /** Of an account's own share. */
  share: number;
  /** Of the pool, for an account that has used its share up: what stays free for the others. */
  surplus: number;
}

export interface Draw {
  granted: boolean;
  /** When it is worth asking again. */
  waitMs: number;
}

/** An account counts as active, and has a share, for so long after it last asked. */
const ACTIVE = "interval '10 seconds'";
/** After a 429 the factor grows back by a sixteenth for every ten seconds without another. Of a row `b` at a time `now`. */
const GROWN_FACTOR =
  "least(1, b.factor + coalesce(floor(extract(epoch from now - b.adapted_at)::float8 / 10) / 16, 1))";
/** It is never less than this: some calls must leave to find out that more may. */
const LEAST_FACTOR = 1 / 16;
/** Calls that were on their way together are refused together: that is one 429, not many. */
const SAME_429 = sql`interval '1 second'`;

/** What is stored of an account within a pool. The pool's own key has no blank in it. */
const keyOfAccount = (pool: string, account: string) => `${pool} ${account}`;

/** $1 the pool's key, $2 the account's, $3 capacity, $4 per ms, $5 and $6 the floors. The time is taken when both rows are
 *  held. The commit does not wait for the disk, so that the rows are free again in a fraction of a millisecond: a server
 *  that crashes forgets the draws of at most its last 0.6 s. */
const DRAW = `
  with pool as materialized (
    select * from rate_buckets where key = $1::text for update
  ), mine as materialized (
    select b.key, b.tokens, b.updated_at from pool, rate_buckets b where b.key = $2::text for update of b
  ), clock as materialized (
    select date_trunc('milliseconds', clock_timestamp()) as now from (select count(*) from mine) locked,
      set_config('synchronous_commit', 'off', true)
  ), active as materialized (
    select 1 + count(*) as accounts from clock, rate_buckets b
    where starts_with(b.key, $1 || ' ') and b.key <> $2 and b.updated_at > now - ${ACTIVE}
  ), paced as (
    select now, accounts, b.tokens, b.updated_at, b.blocked_until,
      mine.tokens as own_tokens, mine.updated_at as own_updated_at,
      greatest(1, $3::float8 * f.factor) as capacity, $4::float8 * f.factor as per_ms
    from clock, active, mine, pool b, lateral (select ${GROWN_FACTOR} as factor) f
  ), filled as (
    select now, accounts, capacity, per_ms,
      least(capacity, tokens + per_ms * greatest(0, extract(epoch from now - updated_at)::float8 * 1000)) as level,
      greatest(1, capacity / accounts) as own_capacity,
      least(greatest(1, capacity / accounts), own_tokens
        + per_ms / accounts * greatest(0, extract(epoch from now - own_updated_at)::float8 * 1000)) as own_level,
      coalesce(extract(epoch from blocked_until - now)::float8 * 1000, 0) as blocked_ms
    from paced
  ), missing as (
    select *,
      case when accounts = 1 then least(capacity, capacity * $5::float8 + 1) - level
        else greatest(1 - level, least(own_capacity, own_capacity * $5::float8 + 1) - own_level)
        end as of_share,
      least(capacity, capacity * $6::float8 + 1) - level as of_surplus
    from filled
  ), verdict as materialized (
    select *,
      blocked_ms <= 0 and (of_surplus <= 0 or of_share <= 0) as granted,
      greatest(blocked_ms, least(of_surplus, of_share * accounts) / per_ms) as wait_ms
    from missing
  )
  update rate_buckets b
  set updated_at = v.now, tokens = case
    when b.key = $1 then v.level - v.granted::int
    else greatest(0, v.own_level - v.granted::int) end
  from verdict v
  where b.key in ($1, $2)
  returning v.granted, v.wait_ms`;

/** Draws one call for an account from a pool that all accounts share. The account also has a bucket of its own, which fills
 *  at the pool's rate divided by the accounts that are active: as long as it holds something, the account is within its
 *  share and goes first; beyond, it takes only of what the others leave (`floors.surplus`). Alone, it may use all.
 *  One statement; the pool's row and then the account's are locked, always in this order. */
export async function drawFromBucket(
  pool: pg.Pool,
  { key, capacity, perMs }: Bucket,
  account: string,
  floors: Floors,
): Promise<Draw> {
  const own = keyOfAccount(key, account);
  const drawn = await pool.query<{ granted: boolean; wait_ms: number }>({
    name: "draw_from_bucket",
    text: DRAW,
    values: [key, own, capacity, perMs, floors.share, floors.surplus],
  });
  const row = drawn.rows[0];
  if (row !== undefined) return { granted: row.granted, waitMs: Math.max(5, row.wait_ms) };
  await pool.query(
    `insert into rate_buckets (key, tokens, updated_at)
     values ($1, $3, clock_timestamp()), ($2, $3, clock_timestamp()) on conflict do nothing`,
    [key, own, capacity],
  );
  return drawFromBucket(pool, { key, capacity, perMs }, account, floors);
}

/** Mercado Libre said 429: closes a bucket for a while, empties it so that it opens slowly, and halves its factor, once for
 *  all the calls that were refused together. */
export async function closeBucket(db: Database, key: string, forMs: number): Promise<void> {
  await db.execute(sql`
    with clock as (select date_trunc('milliseconds', clock_timestamp()) as now),
    told as (
      select now, now + ${forMs}::float8 * interval '1 millisecond' as until from clock
    )
    insert into rate_buckets as b (key, tokens, factor, adapted_at, updated_at, blocked_until)
    select ${key}, 0, 0.5, now, now, until from told
    on conflict (key) do update set
      tokens = 0, updated_at = excluded.updated_at,
      blocked_until = greatest(b.blocked_until, excluded.blocked_until),
      factor = case when b.adapted_at > excluded.updated_at - ${SAME_429} then b.factor
        else greatest(${LEAST_FACTOR}::float8, (select ${sql.raw(GROWN_FACTOR)} from clock) / 2) end,
      adapted_at = case when b.adapted_at > excluded.updated_at - ${SAME_429} then b.adapted_at
        else excluded.updated_at end`);
}

export interface BucketLevel {
  key: string;
  tokens: number;
  updatedAt: Date;
  /** By the database's clock. */
  now: Date;
  factor: number;
  blockedUntil: Date | null;
}

/** The pools of an application as they were left, without the buckets of single accounts. */
export async function readBuckets(db: Database, prefix: string): Promise<BucketLevel[]> {
  const { rows } = await db.execute<{
    key: string;
    tokens: number;
    updated_ms: number;
    now_ms: number;
    factor: number;
    blocked_ms: number | null;
  }>(sql`
    select key, tokens, ${sql.raw(GROWN_FACTOR)} as factor, extract(epoch from updated_at)::float8 * 1000 as updated_ms,
      extract(epoch from now)::float8 * 1000 as now_ms,
      case when blocked_until > now then extract(epoch from blocked_until)::float8 * 1000 end as blocked_ms
    from rate_buckets b, (select clock_timestamp() as now) clock
    where starts_with(key, ${prefix}) and key not like '% %'`);
  return rows.map((row) => ({
    key: row.key,
    tokens: row.tokens,
    updatedAt: new Date(row.updated_ms),
    now: new Date(row.now_ms),
    factor: row.factor,
    blockedUntil: row.blocked_ms === null ? null : new Date(row.blocked_ms),
  }));
}

/** Forgets the buckets of accounts that were idle for a day. */
export async function trimBuckets(db: Database): Promise<void> {
  await db.execute(sql`
    delete from rate_buckets where key in (
      select key from rate_buckets
      where key like '% %' and updated_at < clock_timestamp() - interval '1 day' for update skip locked
    )`);
}
