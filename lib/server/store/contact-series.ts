import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { CONTACT_KINDS, type ContactKind } from "@/lib/shared/api/leads";
import type { Unit } from "@/lib/shared/contacts/buckets";
import type { AccountId } from "@/lib/shared/ids";
import { assertConnected } from "./accounts";
import { BLOCK, blockOf, finalFrom } from "./bucket-index";
import type { Database } from "./database";

/** Of a listing; without one, of the account. */
export const OWN = "";

/** Buckets `from` up to right before `to`, by their numbers (bucket-index.ts). */
export interface Span {
  from: number;
  to: number;
}

/** What was told of one listing (or of the account), by bucket. -1: it was asked for, and not told. */
export interface Told {
  itemId: string;
  kind: ContactKind;
  counts: ReadonlyMap<number, number>;
}

/** 24 neighbours of one series. */
export interface SeriesBlock {
  itemId: string;
  kind: ContactKind;
  block: number;
  /** Null: nothing of it is held. */
  counts: (number | null)[] | null;
  readAt: (number | null)[] | null;
}

/** One writer of an account's series at a time: rows are merged, and two mergers would lose each other's part. */
const lock = (tx: Database, accountId: AccountId) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtext('contacts'), hashtext(${accountId}))`);

/** Keeps what was told in that minute, beside what is held. May be repeated.
 *  @throws AppError account_disconnected: nothing is written for an account that was disconnected meanwhile */
export async function saveSeries(
  db: Database,
  accountId: AccountId,
  unit: Unit,
  told: readonly Told[],
  minute: number,
): Promise<void> {
  const rows = told.flatMap(({ itemId, kind, counts }) => {
    const blocks = [...new Set([...counts.keys()].map(blockOf))];
    return blocks.map((block) => {
      const slots = Array.from({ length: BLOCK }, (_, slot) => counts.get(block * BLOCK + slot) ?? null);
      return { itemId, kind, block, counts: arrayOf(slots) };
    });
  });
  if (rows.length === 0) return;
  await db.transaction(async (tx) => {
    await assertConnected(tx, accountId);
    await lock(tx, accountId);
    await tx.execute(sql`
      insert into contact_series as held
        (account_id, item_id, kind, unit, block, counts, read_at, is_settled, sum, told)
      select ${accountId}, n.item_id, n.kind, ${unit}, n.block, m.counts, m.read_at, m.is_settled, m.sum, m.told
      from unnest(${list(rows, "itemId")}::text[], ${list(rows, "kind")}::text[],
          ${list(rows, "block")}::int[], ${list(rows, "counts")}::text[]) as n (item_id, kind, block, counts)
      left join contact_series o on o.account_id = ${accountId} and o.item_id = n.item_id and o.kind = n.kind
        and o.unit = ${unit} and o.block = n.block
      cross join lateral (${merged(unit, {
        block: sql`n.block`,
        count: sql`(n.counts::int[])[i]`,
        readAt: sql`case when (n.counts::int[])[i] is null then null else ${minute}::int end`,
      })}) m
      on conflict (account_id, item_id, unit, kind, block) do update set counts = excluded.counts,
        read_at = excluded.read_at, is_settled = excluded.is_settled, sum = excluded.sum, told = excluded.told`);
  });
}

/** The 24 of a row: what is new, else what is held in `o`; and what follows from them. */
const merged = (unit: Unit, { block, count, readAt }: Record<"block" | "count" | "readAt", SQL>) => sql`
  select array_agg(v.count order by i) as counts, array_agg(v.read_at order by i) as read_at,
    bool_and(coalesce(v.count >= 0
      and v.read_at >= ${finalFrom(0, unit)}::int + (${block} * ${BLOCK}::int + i - 1) * ${minutesOf(unit)}::int, false)) as is_settled,
    coalesce(sum(v.count) filter (where v.count >= 0), 0)::int as sum,
    (count(*) filter (where v.count >= 0))::int as told
  from generate_series(1, ${BLOCK}::int) i
  cross join lateral (select coalesce(${count}, o.counts[i]) as count, coalesce(${readAt}, o.read_at[i]) as read_at) v`;

const minutesOf = (unit: Unit) => finalFrom(1, unit) - finalFrom(0, unit);

/** What is held of some series, a block where nothing is held left out. */
export async function listSeries(
  db: Database,
  accountId: AccountId,
  unit: Unit,
  itemIds: readonly string[],
  span: Span,
): Promise<SeriesBlock[]> {
  if (itemIds.length === 0 || span.to <= span.from) return [];
  const { rows } = await db.execute<WireBlock>(sql`
    select item_id, kind, block, counts, read_at from contact_series
    where account_id = ${accountId} and unit = ${unit} and item_id = any(${sql.param([...itemIds])}::text[])
      and kind = any(${KINDS}::text[]) and block between ${blockOf(span.from)} and ${blockOf(span.to - 1)}`);
  return rows.map(blockFrom);
}

/** The blocks of some listings in which something may have to be asked for: those that are not settled, and those of which
 *  nothing is held. */
export async function listUnsettled(
  db: Database,
  accountId: AccountId,
  unit: Unit,
  itemIds: readonly string[],
  span: Span,
): Promise<SeriesBlock[]> {
  if (itemIds.length === 0 || span.to <= span.from) return [];
  const { rows } = await db.execute<WireBlock>(sql`
    select item.id as item_id, wanted.kind, wanted.block, s.counts, s.read_at
    from unnest(${sql.param([...itemIds])}::text[]) item (id)
    cross join (select kind, block from unnest(${KINDS}::text[]) kind,
      generate_series(${blockOf(span.from)}::int, ${blockOf(span.to - 1)}::int) block) wanted
    left join contact_series s on s.account_id = ${accountId} and s.unit = ${unit} and s.item_id = item.id
      and s.kind = wanted.kind and s.block = wanted.block
    where s.is_settled is not true`);
  return rows.map(blockFrom);
}

/** How often each listing was contacted in some buckets, and of how many of them that is known. */
export async function sumItems(
  db: Database,
  accountId: AccountId,
  unit: Unit,
  span: Span,
): Promise<{ itemId: string; kind: ContactKind; sum: number; told: number }[]> {
  if (span.to <= span.from) return [];
  const [first, last] = [Math.ceil(span.from / BLOCK), Math.floor(span.to / BLOCK) - 1];
  const edges = [...new Set([blockOf(span.from), blockOf(span.to - 1)])].filter(
    (block) => block < first || block > last,
  );
  const { rows } = await db.execute<{ item_id: string; kind: string; sum: number; told: number }>(sql`
    select item_id, kind, sum(sum)::int as sum, sum(told)::int as told from (
      select item_id, kind, sum, told from contact_series
      where account_id = ${accountId} and unit = ${unit} and block between ${first}::int and ${last}::int and item_id <> ''
      union all
      select item_id, kind, v.count, 1 from contact_series, unnest(counts) with ordinality v (count, i)
      where account_id = ${accountId} and unit = ${unit} and block = any(${sql.param(edges)}::int[]) and item_id <> ''
        and v.count >= 0 and block * ${BLOCK}::int + i - 1 >= ${span.from}::int and block * ${BLOCK}::int + i - 1 < ${span.to}::int
    ) part
    group by item_id, kind`);
  return rows.flatMap(({ item_id, kind, sum, told }) => {
    const known = CONTACT_KINDS.find((one) => one === kind);
    return known === undefined ? [] : [{ itemId: item_id, kind: known, sum, told }];
  });
}

/** Takes what is held of these listings' buckets for told in that minute, where all of them together are what the account has:
 *  then none of them has moved. Returns the buckets for which that is so. */
export async function confirmItems(
  db: Database,
  accountId: AccountId,
  unit: Unit,
  asked: {
    kind: ContactKind;
    itemIds: readonly string[];
    /** Bucket -> what the account has, told in that minute. */
    own: ReadonlyMap<number, number>;
    minute: number;
  },
): Promise<number[]> {
  const { kind, itemIds, own, minute } = asked;
  const indices = [...own.keys()];
  const blocks = [...new Set(indices.map(blockOf))];
  if (indices.length === 0 || itemIds.length === 0) return [];
  return db.transaction(async (tx) => {
    await lock(tx, accountId);
    const { rows } = await tx.execute<{ index: number; sum: number; told: number }>(sql`
      select (block * ${BLOCK}::int + i - 1)::int as index, sum(v.count)::int as sum, count(*)::int as told
      from contact_series, unnest(counts) with ordinality v (count, i)
      where account_id = ${accountId} and unit = ${unit} and kind = ${kind} and block = any(${sql.param(blocks)}::int[])
        and item_id = any(${sql.param([...itemIds])}::text[]) and v.count >= 0
        and block * ${BLOCK}::int + i - 1 = any(${sql.param(indices)}::int[])
      group by 1`);
    const same = rows
      .filter(({ index, sum, told }) => told === itemIds.length && own.get(index) === sum)
      .map(({ index }) => index);
    if (same.length === 0) return [];
    await tx.execute(sql`
      insert into contact_series as held
        (account_id, item_id, kind, unit, block, counts, read_at, is_settled, sum, told)
      select o.account_id, o.item_id, o.kind, o.unit, o.block, m.counts, m.read_at, m.is_settled, m.sum, m.told
      from contact_series o
      cross join lateral (${merged(unit, {
        block: sql`o.block`,
        count: sql`null::int`,
        readAt: sql`case when o.block * ${BLOCK}::int + i - 1 = any(${sql.param(same)}::int[])
            then greatest(o.read_at[i], ${minute}::int) end`,
      })}) m
      where o.account_id = ${accountId} and o.unit = ${unit} and o.kind = ${kind}
        and o.block = any(${sql.param(blocks)}::int[]) and o.item_id = any(${sql.param([...itemIds])}::text[])
      on conflict (account_id, item_id, unit, kind, block) do update set read_at = excluded.read_at,
        is_settled = excluded.is_settled`);
    return same;
  });
}

interface WireBlock extends Record<string, unknown> {
  item_id: string;
  kind: string;
  block: number;
  counts: (number | null)[] | null;
  read_at: (number | null)[] | null;
}

const KINDS = sql.param([...CONTACT_KINDS]);

const blockFrom = ({ item_id, kind, block, counts, read_at }: WireBlock): SeriesBlock => ({
  itemId: item_id,
  kind: CONTACT_KINDS.find((one) => one === kind) ?? "questions",
  block,
  counts,
  readAt: read_at,
});

/** A list of PostgreSQL's, as its text. */
const arrayOf = (slots: readonly (number | null)[]) => `{${slots.map((one) => one ?? "null").join(",")}}`;

const list = <T, K extends keyof T>(rows: readonly T[], key: K) => sql.param(rows.map((row) => row[key]));
