import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { recountLists } from "@/lib/server/store/list-counts";
import { accountId as asAccountId } from "@/lib/shared/ids";

export interface Seeded {
  userId: string;
  sessionId: string;
  accountId: string;
}

/** What a busy shop's store looks like: of the claims one in eight is the seller's duty, of the chains one in twelve waits,
 *  every 40th conversation is blocked and every 500th reply did not go out. */
const MIX = `
  update threads set
    channel = case when n % 10 = 3 then 'claims' when n % 10 in (5, 8) then 'questions' else 'messages' end,
    rank = case
      when n % 10 = 3 then case when n % 8 = 0 then 0 else 400000000000000 end + n
      when n % 10 in (5, 8) then case when n % 12 = 0 then 200000000000000 else 400000000000000 end + n end,
    is_waiting = case when n % 10 in (5, 8) then n % 12 = 0 else is_waiting end,
    status = case when n % 40 = 1 then 'blocked' when n % 10 in (3, 5, 8) and n % 8 > 0 then 'closed' else 'open' end,
    outbox_flag = case when n % 500 = 2 then 'failed' end,
    item_id = case when n % 10 in (5, 8) then 'MLA' || n % 400 end,
    chain_key = case when n % 10 in (5, 8) then 'MLA' || n % 400 || ':' || buyer_id end,
    brief = case
      when n % 10 = 3 then '{"type":"mediations","stage":"claim","status":"opened","wants":"refund","title":"No funciona","turn":"seller","clock":null}'::jsonb
      when n % 10 in (5, 8) then jsonb_build_object('address', external_id, 'unanswered', (n % 12 = 0)::int, 'waitingSince',
        case when n % 12 = 0 then to_char(sort_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end,
        'status', case when n % 12 = 0 then 'UNANSWERED' else 'ANSWERED' end) end
  from (select id as thread_id, row_number() over (order by id) as n from threads where account_id = $1) numbered
  where threads.id = numbered.thread_id`;

/** Fills a migrated database with one seller of `threads` conversations of eight messages each, of which every 20th is
 *  new to the user and every 8th waits. Nothing is at Mercado Libre: these pages are read from the store.
 *  @param isMixed of ten, one is a claim and two are chains of questions, each with its rank; some of all are blocked, and
 *  of some a reply is in trouble */
export async function seedThreads(
  databaseUrl: string,
  accountId: string,
  threads: number,
  isMixed: boolean,
): Promise<Seeded> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const one = async <T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T> => {
      const row = (await client.query<T>(text, values)).rows[0];
      if (row === undefined) throw new Error("no row");
      return row;
    };
    await client.query(
      `insert into accounts (id, site_id, profile, nickname) values ($1, 'MLA', 'LOCAL', 'TIENDA GRANDE')`,
      [accountId],
    );
    await client.query(
      `insert into syncs (account_id, unread_at, sales_at, backfill_at) values ($1, now(), now(), now())`,
      [accountId],
    );
    const user = await one<{ id: string }>(
      `insert into users (origin_account_id, current_account_id) values ($1, $1) returning id`,
      [accountId],
    );
    await client.query(`insert into memberships (user_id, account_id) values ($1, $2)`, [user.id, accountId]);
    const session = await one<{ id: string }>(
      `insert into sessions (user_id, expires_at) values ($1, now() + interval '1 day') returning id`,
      [user.id],
    );
    await client.query(
      `insert into threads (account_id, channel, external_id, site_id, seller_id, buyer_id, buyer_name, product, order_id, sale_at,
         status, snippet, last_direction, last_message_at, sort_at, is_waiting, seen_baseline_at, message_total, is_complete, pulled_at,
         context, context_at)
       select $1, 'messages', (2000000000000000 + $3::bigint + n)::text, 'MLA', $1, (500000000 + n)::text, 'Comprador ' || n,
         (array['Taladro percutor 13 mm 750 W','Auricular inalámbrico con estuche','Zapatilla running talle 42','Monitor 24 pulgadas IPS'])[1 + n % 4],
         (2000000000000000 + $3::bigint + n)::text, now() - n * interval '3 minutes', 'open',
         'Hola, ¿me podrían mandar la factura a nombre de mi empresa? Les dejo los datos acá.',
         case when n % 8 = 0 then 'in' else 'out' end, now() - n * interval '3 minutes', now() - n * interval '3 minutes', n % 8 = 0,
         now() - interval '400 days', 8, true, now(),
         jsonb_build_object('order', null, 'buyer', jsonb_build_object('id', (500000000 + n)::text, 'nickname', 'COMPRADOR' || n, 'name', null, 'place', null), 'shipment', null),
         now()
       from generate_series(1, $2) n`,
      [accountId, threads, Number(accountId) % 1_000_000_000],
    );
    if (isMixed) await client.query(MIX, [accountId]);
    await client.query(
      `insert into messages (thread_id, id, account_id, direction, author, from_user_id, text, visibility, created_at)
       select t.id, md5(t.id::text || m), t.account_id,
         case when m % 2 = 1 then 'in' else 'out' end, case when m % 2 = 1 then 'buyer' else 'seller' end,
         case when m % 2 = 1 then t.buyer_id else t.seller_id end,
         'Mensaje ' || m || ': ' || repeat('hola, quería consultar por el envío. ', 3), 'visible',
         t.last_message_at - (8 - m) * interval '10 minutes'
       from threads t, generate_series(1, 8) m where t.account_id = $1`,
      [accountId],
    );
    await client.query(
      `insert into unseen (user_id, thread_id, account_id, channel, count, sort_at)
       select $1, t.id, t.account_id, t.channel, 1, t.sort_at from threads t
       where t.account_id = $2 and t.external_id::bigint % 20 = 0`,
      [user.id, accountId],
    );
    await recountLists(drizzle(client), asAccountId(accountId));
    await client.query("analyze");
    return { userId: user.id, sessionId: session.id, accountId };
  } finally {
    await client.end();
  }
}
