import { afterAll, beforeAll, expect, it } from "vitest";
import { accountId } from "@/lib/shared/ids";
import { createHouse, type House } from "@/scripts/testing/house";
import { createExplainer, type Explainer } from "@/scripts/testing/plans";
import { listNews } from "./push-news";

let house: House;
let explainer: Explainer;

/** 20 accounts with 1,000 conversations each, all new to their user; of 20 in each something was just written. */
beforeAll(async () => {
  house = await createHouse();
  const run = (text: string) => house.rt.database.pool.query(text);
  await run(`insert into accounts (id, site_id, profile, nickname)
    select (900000000 + n)::text, 'MLA', 'LOCAL', 'T' || n from generate_series(1, 20) n`);
  await run(`insert into users (origin_account_id) select id from accounts where id like '9000%'`);
  await run(`insert into memberships (user_id, account_id, created_at)
    select id, origin_account_id, now() - interval '1 day' from users where origin_account_id like '9000%'`);
  await run(`insert into syncs (account_id, unread_at)
    select id, now() - interval '1 day' from accounts where id like '9000%'
    on conflict (account_id) do update set unread_at = excluded.unread_at`);
  await run(`insert into sessions (user_id, expires_at)
    select id, now() + interval '1 day' from users where origin_account_id like '9000%'`);
  await run(`insert into push_subscriptions (user_id, session_id, endpoint, p256dh, auth)
    select user_id, id, 'https://fcm.googleapis.com/fcm/send/' || id, 'p', 'a' from sessions`);
  const at = `now() - interval '1 minute' * case when n <= 20 then 1 else 60 + n end`;
  await run(`insert into threads (account_id, channel, external_id, site_id, seller_id, sort_at)
    select a.id, 'messages', n::text, 'MLA', a.id, ${at} from accounts a, generate_series(1, 1000) n where a.id like '9000%'`);
  await run(`insert into messages (thread_id, id, account_id, direction, author, from_user_id, text, visibility, created_at)
    select t.id, t.id || '-' || k, t.account_id, 'in', 'buyer', '1', 'Hola', 'visible', t.sort_at - interval '1 hour' * k
    from threads t, generate_series(0, 2) k`);
  await run(`insert into unseen (user_id, thread_id, account_id, channel, count, sort_at)
    select u.id, t.id, t.account_id, t.channel, 3, t.sort_at from threads t join users u on u.origin_account_id = t.account_id`);
  await run(`insert into looks (user_id, thread_id, seen_at)
    select user_id, thread_id, sort_at - interval '30 minutes' from unseen`);
  await run(`insert into chores (key, claimed_at, cursor_at)
    select 'push:' || user_id || ':' || thread_id, now() - interval '2 minutes', now() - interval '2 minutes'
    from unseen where sort_at < now() - interval '30 minutes'`);
  await run("vacuum analyze");
  explainer = await createExplainer(house);
});
afterAll(async () => {
  await explainer.close();
  await house.close();
});

it("finds what is new for everybody without reading any conversation that did not move", async () => {
  let found = 0;
  const { tables, plans } = await explainer.scannedBy(async () => {
    found = (await listNews(explainer.rt.db, null)).length;
  });
  expect({ found, plans }).toEqual({ found: 400, plans: 1 });
  // Who wants to be told is a short list, and so are their sessions and accounts.
  const long = ["messages", "threads", "unseen", "looks", "chores"];
  expect(tables.filter((table) => long.includes(table))).toEqual([]);
});

it("finds what is new in some accounts", async () => {
  const news = await listNews(house.rt.db, [accountId("900000003"), accountId("900000004")]);
  expect(news).toHaveLength(40);
  expect(new Set(news.map((one) => one.accountId))).toEqual(new Set(["900000003", "900000004"]));
  expect(news[0]).toMatchObject({ count: 1, toldAgoMs: null });
});

it("leads to the question of a chain that is to be answered", async () => {
  const run = (text: string) => house.rt.database.pool.query(text);
  await run(
    `update threads set channel = 'questions', brief = '{"address":"13000000077"}' where account_id = '900000005'`,
  );
  const news = await listNews(house.rt.db, [accountId("900000005")]);
  expect(new Set(news.map(({ externalId }) => externalId))).toEqual(new Set(["13000000077"]));
});
