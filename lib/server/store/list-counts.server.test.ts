import { afterAll, beforeAll, expect, it } from "vitest";
import { noteChange } from "@/lib/server/store/changes";
import { countStates } from "@/lib/server/store/inbox";
import { refreshFlag } from "@/lib/server/store/outbox-flag";
import { type AccountId, threadId } from "@/lib/shared/ids";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { countDifferences } from "@/scripts/testing/kept-counts";

let house: House;
let me: SignedIn;

beforeAll(async () => {
  house = await createHouse();
  me = await house.signIn(await house.newSeller());
});
afterAll(() => house.close());

async function plant(count: number, isWaiting: boolean): Promise<string[]> {
  const { rows } = await house.rt.database.pool.query<{ id: string }>(
    `insert into threads (account_id, channel, external_id, site_id, seller_id, sort_at, is_waiting, status)
     select $1, 'messages', (nextval('thread_numbers') + 5000)::text, 'MLA', '1', now(), $2, 'open' from generate_series(1, $3)
     returning id::text`,
    [me.accountId, isWaiting, count],
  );
  return rows.map(({ id }) => id);
}

const counts = (accountIds: AccountId[]) =>
  countStates(house.rt.database.pool, { userId: me.userId, accountIds, channel: null });

it("counts what every transaction leaves behind, also when many move conversations of one account at once", async () => {
  const { db } = house.rt;
  const ids = await plant(40, false);
  await Promise.all(
    ids.map((id, n) =>
      db.transaction(async (tx) => {
        const to = n % 3 === 0 ? "status = 'blocked'" : "is_waiting = true";
        await tx.execute(`update threads set ${to} where id = ${id}`);
        await noteChange(tx, me.accountId, { threadId: threadId(id) });
      }),
    ),
  );
  expect(await countDifferences(house.rt.database.pool)).toEqual([]);
  expect((await counts([me.accountId])).states).toEqual({ todo: 26, new: 0, blocked: 14, troubled: 0 });
});

it("undoes the count of a transaction that fails", async () => {
  const { db } = house.rt;
  const [id = ""] = await plant(1, false);
  const before = await counts([me.accountId]);
  const failed = db.transaction(async (tx) => {
    await tx.execute(`update threads set is_waiting = true where id = ${id}`);
    await noteChange(tx, me.accountId, { threadId: threadId(id) });
    throw new Error("lost");
  });
  await expect(failed).rejects.toThrow("lost");
  expect(await counts([me.accountId])).toEqual(before);
});

it("counts replies in trouble as the outbox moves", async () => {
  const [id = ""] = await plant(1, false);
  const { pool } = house.rt.database;
  const { states } = await counts([me.accountId]);
  await pool.query(
    `insert into outbox (account_id, thread_id, user_id, key, text, state) values ($1, $2, $3, gen_random_uuid(), 'Va', 'failed')`,
    [me.accountId, id, me.userId],
  );
  await refreshFlag(house.rt.db, me.accountId, threadId(id));
  expect((await counts([me.accountId])).states.troubled).toBe(states.troubled + 1);
});

it("stops where a list stops telling, and adds accounts up to there", async () => {
  await plant(150, true);
  await noteChange(house.rt.db, me.accountId);
  expect((await counts([me.accountId])).todo.messages).toBe(100);
  const other = await house.signIn(await house.newSeller());
  expect((await counts([other.accountId])).todo.messages).toBe(0);
  expect((await counts([me.accountId, other.accountId])).todo.messages).toBe(100);
});

it("does not count anew what one user typed or looked at: it moves nothing between the lists", async () => {
  const { pool } = house.rt.database;
  await pool.query("update list_counts set todo = 7 where account_id = $1", [me.accountId]);
  const [id = ""] = await plant(1, false);
  await noteChange(house.rt.db, me.accountId, { threadId: threadId(id), userId: me.userId });
  expect((await counts([me.accountId])).todo.messages).toBe(7);
  await noteChange(house.rt.db, me.accountId, { threadId: threadId(id) });
  expect((await counts([me.accountId])).todo.messages).toBe(100);
});
