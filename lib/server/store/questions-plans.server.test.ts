import { afterAll, beforeAll, expect, it } from "vitest";
import { threadId } from "@/lib/shared/ids";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { createExplainer, type Explainer } from "@/scripts/testing/plans";
import { listHeldQuestions, listHidden, listWaitingBefore, listWaitingQuestions } from "./held-questions";
import { recountLists } from "./list-counts";
import { listListingsOf, saveListings } from "./listings";
import { listNamelessChains } from "./questions";
import { findThread } from "./threads";

/** Chains of each of two accounts: mine, and somebody else's. */
const CHAINS = [8_000, 30_000];

let house: House;
let me: SignedIn;
let explainer: Explainer;

beforeAll(async () => {
  house = await createHouse();
  me = await house.signIn(await house.newSeller());
  const other = await house.signIn(await house.newSeller());
  const { pool } = house.rt.database;
  for (const [n, { accountId }] of [me, other].entries()) {
    // One in twenty waits; ten chains ask about one listing.
    await pool.query(
      `insert into threads (account_id, channel, external_id, site_id, seller_id, buyer_id, item_id, chain_key, sort_at, status,
         rank, is_waiting, brief, chain, pulled_at, context_at)
       select $1, 'questions', (13000000000 + $2 * 1000000 + i)::text, 'MLA', $1, i::text, 'MLA' || (i / 10), 'MLA' || (i / 10) || ':' || i,
         now() - i * interval '1 minute', case when i % 20 = 0 then 'open' else 'closed' end,
         case when i % 20 = 0 then 200000000000000 else 400000000000000 end + i, i % 20 = 0, '{}', '{"questions":[]}', now(),
         case when i % 40 = 0 then null else now() end
       from generate_series(1, $3::int) i`,
      [accountId, n, CHAINS[n]],
    );
    await pool.query(
      `insert into questions (account_id, id, thread_id, status, created_at)
       select account_id, external_id, id, case when is_waiting then 'UNANSWERED' else 'ANSWERED' end, sort_at
       from threads where account_id = $1 and channel = 'questions'`,
      [accountId],
    );
    await pool.query(
      `insert into listings (account_id, item_id, listing, read_at)
       select $1, 'MLA' || i, '{}', now() - i * interval '1 second' from generate_series(1, $2::int / 10 - 5) i`,
      [accountId, CHAINS[n]],
    );
    await pool.query(
      `insert into messages (thread_id, id, account_id, direction, author, from_user_id, text, visibility, created_at)
       select id, external_id, account_id, 'in', 'buyer', buyer_id, '¿Hay stock?', 'visible', sort_at
       from threads where account_id = $1 and channel = 'questions'`,
      [accountId],
    );
    await recountLists(house.rt.db, accountId);
  }
  await pool.query("analyze threads, questions, listings, messages");
  explainer = await createExplainer(house);
}, 120_000);
afterAll(async () => {
  await explainer.close();
  await house.close();
});

it("looks for questions, listings and what to read next by an index", async () => {
  const { db } = explainer.rt;
  const { accountId } = me;
  const long = new Date(Date.now() - 12 * 86_400_000);
  const ids = Array.from({ length: 50 }, (_, n) => String(13_000_000_001 + n * 40));
  const looks: Record<string, () => Promise<unknown>> = {
    held: () => listHeldQuestions(db, accountId, ids),
    waiting: () => listWaitingQuestions(db, accountId),
    old: () => listWaitingBefore(db, accountId, long, 200),
    address: () => findThread(db, [accountId], "questions", "13000000040"),
    hidden: async () => {
      const thread = await findThread(db, [accountId], "questions", "13000000040");
      return listHidden(db, accountId, thread?.id ?? threadId("0"));
    },
    item: () => listListingsOf(db, accountId, "MLA40"),
    listing: () => saveListings(db, accountId, ["MLA40"], new Map()),
    nameless: () => listNamelessChains(db, accountId, 24),
  };
  for (const [name, look] of Object.entries(looks)) {
    const { tables, plans } = await explainer.scannedBy(look);
    expect([name, plans > 0, tables]).toEqual([name, true, []]);
  }
}, 60_000);
