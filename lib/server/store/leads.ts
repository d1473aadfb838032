import "server-only";
import { sql } from "drizzle-orm";
import type pg from "pg";
import type { LeadBuyer, LeadRow } from "@/lib/shared/api/leads";
import type { AccountId } from "@/lib/shared/ids";
import { assertConnected } from "./accounts";
import { noteChange } from "./changes";
import type { Database } from "./database";

/** A lead as it is kept. */
export interface StoredLead {
  id: string;
  contactType: string;
  status: string | null;
  subStatus: string | null;
  createdAt: Date | null;
  itemId: string | null;
  isGuest: boolean;
  buyer: LeadBuyer | null;
  questionId: string | null;
}

/**
 * Keeps leads as they were told, and tells the browsers if any of them is new or moved; returns how many did.
 * Writes nothing for an account that was disconnected meanwhile.
 * @param source the list knows who is a guest and tells all of a person; one that was read by itself adds to what is held
 * @throws AppError account_disconnected
 */
export async function saveLeads(
  db: Database,
  accountId: AccountId,
  leads: readonly StoredLead[],
  source: "list" | "one",
): Promise<number> {
  if (leads.length === 0) return 0;
  const isList = source === "list";
  const buyer = isList
    ? sql`excluded.buyer`
    : sql`case when excluded.buyer is null then held.buyer
        else coalesce(held.buyer, '{}') || jsonb_strip_nulls(excluded.buyer) end`;
  const distinct = [...new Map(leads.map((lead) => [lead.id, lead])).values()];
  return db.transaction(async (tx) => {
    await assertConnected(tx, accountId);
    const { rows } = await tx.execute(sql`
      insert into leads as held (account_id, id, contact_type, status, sub_status, created_at, sort_at, item_id, is_guest, buyer, question_id)
      select ${accountId}, n.id, n."contactType", n.status, n."subStatus", n."createdAt", coalesce(n."createdAt", now()),
        n."itemId", n."isGuest", nullif(n.buyer, 'null'::jsonb), n."questionId"
      from jsonb_to_recordset(${JSON.stringify(distinct)}::jsonb) as n (id text, "contactType" text, status text,
        "subStatus" text, "createdAt" timestamptz, "itemId" text, "isGuest" boolean, buyer jsonb, "questionId" text)
      order by n.id
      on conflict (account_id, id) do update set
        contact_type = case when ${isList} then excluded.contact_type else held.contact_type end,
        status = coalesce(excluded.status, held.status),
        sub_status = coalesce(excluded.sub_status, held.sub_status),
        created_at = coalesce(excluded.created_at, held.created_at),
        sort_at = coalesce(excluded.created_at, held.sort_at),
        item_id = coalesce(excluded.item_id, held.item_id),
        is_guest = case when ${isList} then excluded.is_guest else held.is_guest and excluded.is_guest end,
        buyer = ${buyer},
        question_id = coalesce(excluded.question_id, held.question_id),
        read_at = now()
      where (held.contact_type, held.status, held.sub_status, held.created_at, held.item_id, held.is_guest, held.buyer, held.question_id)
        is distinct from (
          case when ${isList} then excluded.contact_type else held.contact_type end,
          coalesce(excluded.status, held.status), coalesce(excluded.sub_status, held.sub_status),
          coalesce(excluded.created_at, held.created_at), coalesce(excluded.item_id, held.item_id),
          case when ${isList} then excluded.is_guest else held.is_guest and excluded.is_guest end,
          ${buyer},
          coalesce(excluded.question_id, held.question_id))
      returning 1`);
    if (rows.length > 0) await noteChange(tx, accountId);
    return rows.length;
  });
}

/** The kind that is held of a lead; null: the lead is not. */
export async function readLeadType(db: Database, accountId: AccountId, id: string): Promise<string | null> {
  const { rows } = await db.execute<{ contact_type: string }>(sql`
    select contact_type from leads where account_id = ${accountId} and id = ${id}`);
  return rows[0]?.contact_type ?? null;
}

/** What a list of leads is narrowed to. */
export interface LeadScope {
  accountIds: readonly AccountId[];
  type: string | null;
  itemId: string | null;
  isGuest: boolean | null;
  from: Date | null;
  to: Date | null;
}

/** The last row of the page before. */
export interface LeadCursor {
  at: number;
  id: string;
}

/** Conditions on `leads l`, and their values from $2 on. */
function conditionsOf(scope: Omit<LeadScope, "accountIds">, cursor: LeadCursor | null) {
  const values: unknown[] = [];
  const put = (value: unknown) => `$${values.push(value) + 1}`;
  const parts = [
    scope.type === null ? "" : `and l.contact_type = ${put(scope.type)}`,
    scope.itemId === null ? "" : `and l.item_id = ${put(scope.itemId)}`,
    scope.isGuest === null ? "" : `and l.is_guest = ${put(scope.isGuest)}`,
    scope.from === null ? "" : `and l.sort_at >= ${put(scope.from.toISOString())}::timestamptz`,
    scope.to === null ? "" : `and l.sort_at < ${put(scope.to.toISOString())}::timestamptz`,
    cursor === null
      ? ""
      : `and (l.sort_at, l.id) < (to_timestamp(${put(cursor.at)}::float8 / 1000)::timestamptz(3), ${put(cursor.id)}::text)`,
  ];
  return { where: parts.filter((part) => part !== "").join(" "), values, put };
}

const ROW = `l.account_id, l.id, l.contact_type, l.status, l.sub_status, l.created_at, l.sort_at, l.item_id, l.is_guest, l.buyer,
  l.question_id`;
const SHOWN = `${ROW}, (extract(epoch from l.sort_at) * 1000)::float8 as sort_ms,
  (extract(epoch from l.created_at) * 1000)::float8 as created_ms,
  li.listing ->> 'title' as title, li.listing ->> 'thumbnail' as thumbnail, q.status as question_status`;
const BESIDE = `left join listings li on li.account_id = l.account_id and li.item_id = l.item_id
  left join questions q on q.account_id = l.account_id and q.id = l.question_id`;

interface WireLead {
  account_id: string;
  id: string;
  contact_type: string;
  status: string | null;
  sub_status: string | null;
  sort_ms: number;
  created_ms: number | null;
  item_id: string | null;
  is_guest: boolean;
  buyer: Partial<LeadBuyer> | null;
  question_id: string | null;
  title: string | null;
  thumbnail: string | null;
  question_status: string | null;
}

/** A page of leads, the newest first: for each account an index read, whatever the filter. */
export async function listLeadRows(
  pool: pg.Pool,
  scope: LeadScope,
  cursor: LeadCursor | null,
  limit: number,
): Promise<{ rows: LeadRow[]; next: LeadCursor | null }> {
  const { where, values, put } = conditionsOf(scope, cursor);
  const most = put(limit + 1);
  const { rows } = await pool.query<WireLead>(
    `select ${SHOWN}
     from (
       select one.* from unnest($1::text[]) owner (id)
       cross join lateral (
         select ${ROW} from leads l where l.account_id = owner.id ${where}
         order by l.sort_at desc, l.id desc limit ${most}
       ) one
       order by one.sort_at desc, one.id desc limit ${most}
     ) l
     ${BESIDE}
     order by l.sort_at desc, l.id desc`,
    [[...scope.accountIds], ...values],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { rows: page.map(rowOf), next: hasMore ? { at: last.sort_ms, id: last.id } : null };
}

/** One lead. Null: none that is held. */
export async function readLeadRow(pool: pg.Pool, accountId: AccountId, id: string): Promise<LeadRow | null> {
  const { rows } = await pool.query<WireLead>(
    `select ${SHOWN} from leads l ${BESIDE} where l.account_id = $1 and l.id = $2`,
    [accountId, id],
  );
  return rows[0] === undefined ? null : rowOf(rows[0]);
}

/** How many leads there are of each kind, under the same filter but for the kind. The most frequent first. */
export async function countLeadTypes(
  pool: pg.Pool,
  scope: LeadScope,
): Promise<{ type: string; count: number }[]> {
  const { where, values } = conditionsOf({ ...scope, type: null }, null);
  const { rows } = await pool.query<{ type: string; count: number }>(
    `select l.contact_type as type, count(*)::int as count from leads l
     where l.account_id = any($1::text[]) ${where} group by 1 order by 2 desc, 1`,
    [[...scope.accountIds], ...values],
  );
  return rows;
}

/** The listings that have leads, under the same filter but for the listing; at most so many, those with most leads first. */
export async function countLeadItems(
  pool: pg.Pool,
  scope: LeadScope,
  limit: number,
): Promise<{ itemId: string; title: string | null; count: number }[]> {
  const { where, values, put } = conditionsOf({ ...scope, itemId: null }, null);
  const { rows } = await pool.query<{ itemId: string; title: string | null; count: number }>(
    `select n.item_id as "itemId", li.listing ->> 'title' as title, n.count from (
       select l.account_id, l.item_id, count(*)::int as count from leads l
       where l.account_id = any($1::text[]) and l.item_id is not null ${where}
       group by 1, 2 order by 3 desc, 2 limit ${put(limit)}
     ) n
     left join listings li on li.account_id = n.account_id and li.item_id = n.item_id
     order by n.count desc, n.item_id`,
    [[...scope.accountIds], ...values],
  );
  return rows;
}

/** The listings that leads name and that were not read since then. */
export async function listUnnamedItems(
  db: Database,
  accountId: AccountId,
  since: Date,
  limit: number,
): Promise<string[]> {
  const { rows } = await db.execute<{ item_id: string }>(sql`
    select distinct l.item_id from leads l
    left join listings li on li.account_id = l.account_id and li.item_id = l.item_id
    where l.account_id = ${accountId} and l.item_id is not null
      and (li.item_id is null or li.listing is null and li.read_at < ${since.toISOString()}::timestamptz)
    limit ${limit}`);
  return rows.map(({ item_id }) => item_id);
}

const rowOf = (wire: WireLead): LeadRow => ({
  accountId: wire.account_id,
  id: wire.id,
  contactType: wire.contact_type,
  status: wire.status,
  subStatus: wire.sub_status,
  createdAt: wire.created_ms === null ? null : new Date(wire.created_ms),
  itemId: wire.item_id,
  title: wire.title,
  thumbnail: wire.thumbnail,
  isGuest: wire.is_guest,
  buyer: wire.is_guest || wire.buyer === null ? null : { ...NOBODY, ...wire.buyer },
  questionId: wire.question_id,
  question:
    wire.question_id === null || wire.question_status === null
      ? null
      : { address: wire.question_id, isUnanswered: wire.question_status === "UNANSWERED" },
});

const NOBODY: LeadBuyer = { id: null, name: null, email: null, phone: null, identification: null };
