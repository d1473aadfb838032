import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { assertConnected } from "@/lib/server/store/accounts";
import { deleteEndedSessions } from "@/lib/server/store/sessions";
import { MeSchema } from "@/lib/shared/api/account";
import { Done } from "@/lib/shared/api/common";
import { InboxPageSchema } from "@/lib/shared/api/inbox";
import { FileSchema } from "@/lib/shared/api/thread";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { countTokenCalls, expireTokens } from "@/scripts/testing/tokens";

let house: House;
let sellerX: string;
let x: SignedIn;

beforeAll(async () => {
  house = await createHouse();
});
beforeEach(async () => {
  sellerX = await house.newSeller();
  x = await house.signIn(sellerX);
});
afterAll(() => house.close());

const me = (as: SignedIn) => house.read(MeSchema, "/api/me", { as });
const idsOf = async (as: SignedIn) => (await me(as)).accounts.map(({ id }) => id);
const connectIntent = (as: SignedIn) =>
  ({ kind: "connect", userId: as.userId, sessionId: as.sessionId, renews: null }) as const;
const disconnect = (as: SignedIn, accountId: string, forget: boolean) =>
  house.call(`/api/accounts/${accountId}/disconnect`, { as, method: "POST", body: { forget } });
const countOf = async (table: string, accountId: string) =>
  (await house.rt.database.pool.query(`select 1 from ${table} where account_id = $1`, [accountId])).rowCount;

/** A conversation with a message, a draft and a file, all held by us. */
async function furnish(as: SignedIn, sellerId: string): Promise<void> {
  const packId = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "Hola", minutesAgo: 3 }],
  });
  const address = `/api/threads/messages/${packId}`;
  await house.call(`${address}?account=${sellerId}`, { as });
  const bytes = new TextEncoder().encode("medidas: 20 x 30");
  const file = await house.read(FileSchema, `${address}/files?name=medidas.txt`, {
    as,
    method: "POST",
    body: bytes,
  });
  await house.call(`${address}/draft`, { as, method: "PUT", body: { text: "Va", files: [file.id] } });
}

it("opens the same user again when the same seller signs in again", async () => {
  const again = await house.signIn(sellerX);
  expect(again.userId).toBe(x.userId);
  expect(again.sessionId).not.toBe(x.sessionId);
  expect((await me(x)).sessions).toBe(2);
});

it("opens the second seller's own user, though the first connected the account before", async () => {
  const sellerY = await house.newSeller({ siteId: "MLB" });
  await house.signIn(sellerY, connectIntent(x));
  expect(await idsOf(x)).toEqual([sellerX, sellerY]);

  const y = await house.signIn(sellerY);
  expect(y.userId).not.toBe(x.userId);
  expect(await idsOf(y)).toEqual([sellerY]);
  expect(await idsOf(x)).toEqual([sellerX, sellerY]);
});

it("never merges two users who connect each other's accounts", async () => {
  const sellerY = await house.newSeller();
  const y = await house.signIn(sellerY);
  await house.signIn(sellerY, connectIntent(x));
  await house.signIn(sellerX, connectIntent(y));
  expect(await idsOf(x)).toEqual([sellerX, sellerY]);
  expect(await idsOf(y)).toEqual([sellerY, sellerX]);
  expect((await house.signIn(sellerX)).userId).toBe(x.userId);
  expect((await house.signIn(sellerY)).userId).toBe(y.userId);
});

it("replaces the tokens of all members when one of them consents again", async () => {
  const sellerY = await house.newSeller();
  const y = await house.signIn(sellerY);
  await house.signIn(sellerY, connectIntent(x));
  await house.control("/grants/revoke", { sellerId: sellerY });
  await expireTokens(house, y.accountId);
  await expect(house.rt.vault.access(y.accountId)).rejects.toMatchObject({ code: "account_disconnected" });
  expect((await me(x)).accounts[1]).toMatchObject({ id: sellerY, state: "reconnect" });

  await house.signIn(sellerY);
  expect((await me(x)).accounts[1]).toMatchObject({ id: sellerY, state: "connected" });
});

it("works as another account only when it is the user's own", async () => {
  const sellerY = await house.newSeller();
  await house.signIn(sellerY, connectIntent(x));
  const switchTo = (id: string) =>
    house.call("/api/me", { as: x, method: "PATCH", body: { currentAccount: id } });
  expect((await switchTo(sellerX)).status).toBe(200);
  expect((await me(x)).accounts.find(({ isCurrent }) => isCurrent)?.id).toBe(sellerX);
  expect((await switchTo((await house.signIn(await house.newSeller())).accountId)).status).toBe(404);
  expect((await me(x)).accounts.find(({ isCurrent }) => isCurrent)?.id).toBe(sellerX);
});

it("keeps settings per user and changes only what is given", async () => {
  const change = { locale: "pt", theme: "dark" };
  await house.read(MeSchema, "/api/me", { as: x, method: "PATCH", body: change });
  await house.read(MeSchema, "/api/me", { as: x, method: "PATCH", body: { markRead: "on_reply" } });
  expect((await me(x)).settings).toEqual({
    locale: "pt",
    theme: "dark",
    markRead: "on_reply",
    undoSeconds: 5,
  });
  for (const undoSeconds of [-1, 11, 2.5, "5"]) {
    const refused = await house.call("/api/me", { as: x, method: "PATCH", body: { undoSeconds } });
    expect(refused.status).toBe(422);
  }
  await house.read(MeSchema, "/api/me", { as: x, method: "PATCH", body: { locale: null } });
  expect((await me(x)).settings.locale).toBeNull();
});

it("erases the tokens of a disconnected account for everybody and keeps what was read", async () => {
  const y = await house.signIn(await house.newSeller());
  await house.signIn(sellerX, connectIntent(y));
  await furnish(x, sellerX);
  expect((await disconnect(y, sellerX, false)).status).toBe(200);

  expect(await countOf("tokens", sellerX)).toBe(0);
  await house.control("/calls/clear", {});
  await expect(house.rt.vault.access(x.accountId)).rejects.toMatchObject({
    code: "account_disconnected",
    detail: { reason: "disconnected" },
  });
  expect(await countTokenCalls(house)).toBe(0);
  expect((await me(x)).accounts).toMatchObject([{ id: sellerX, state: "disconnected", threads: 1 }]);
  expect((await house.read(InboxPageSchema, "/api/inbox", { as: x })).rows).toMatchObject([
    { snippet: "Hola", hasDraft: true },
  ]);
});

it("forgets an account's threads, drafts and files when asked to", async () => {
  const sellerY = await house.newSeller();
  await house.signIn(sellerY, connectIntent(x));
  await furnish(x, sellerX);
  await furnish(x, sellerY);
  const { pool } = house.rt.database;
  const chores = [sellerX, sellerY].map((id) => `questions-answered:${id}`);
  await pool.query(
    "insert into chores (key, done_at, cursor_at) select k, now(), now() from unnest($1::text[]) k",
    [chores],
  );
  expect((await disconnect(x, sellerY, true)).status).toBe(200);

  await house.rt.calls.flush();
  // Whatever was read once of an account that comes back is read again.
  const { rows: done } = await pool.query(
    "select done_at is null and cursor_at is null as is_forgotten from chores where key = any($1) order by key = $2",
    [chores, chores[1]],
  );
  expect(done).toEqual([{ is_forgotten: false }, { is_forgotten: true }]);
  for (const table of ["tokens", "threads", "messages", "files", "outbox", "unseen", "calls"]) {
    expect([table, await countOf(table, sellerY)]).toEqual([table, 0]);
  }
  const { rows } = await pool.query(
    "select (select count(*)::int from drafts where user_id = $1) as drafts, (select count(*)::int from file_chunks where file_id not in (select id from files)) as orphans",
    [x.userId],
  );
  expect(rows).toEqual([{ drafts: 1, orphans: 0 }]);
  expect(await me(x)).toMatchObject({ accounts: [{ id: sellerX, isCurrent: true, threads: 1 }] });
});

it("forgets nothing while an act on a claim may be on its way, but lets go of the account all the same", async () => {
  await furnish(x, sellerX);
  const { pool } = house.rt.database;
  await pool.query(
    `insert into outbox (account_id, thread_id, user_id, key, text, state, act)
     select account_id, id, $2, gen_random_uuid(), '', 'uncertain', '{"kind":"refund"}' from threads where account_id = $1 limit 1`,
    [sellerX, x.userId],
  );
  const refused = await disconnect(x, sellerX, true);
  expect([refused.status, await refused.json()]).toMatchObject([409, { reason: "act_pending" }]);
  expect(await me(x)).toMatchObject({ accounts: [{ id: sellerX, state: "connected", threads: 1 }] });
  expect((await disconnect(x, sellerX, false)).status).toBe(200);
  await pool.query("update outbox set state = 'sent' where account_id = $1", [sellerX]);
  expect((await disconnect(x, sellerX, true)).status).toBe(200);
});

it("disconnects nothing when it cannot forget", async () => {
  await furnish(x, sellerX);
  const { pool } = house.rt.database;
  await pool.query(`
    create function keep_threads() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$;
    create trigger keep_threads before delete on threads for each row execute function keep_threads()`);
  expect((await disconnect(x, sellerX, true)).status).toBe(500);
  await pool.query("drop function keep_threads() cascade");
  expect(await me(x)).toMatchObject({ accounts: [{ id: sellerX, state: "connected", threads: 1 }] });
  expect(await house.rt.vault.access(x.accountId)).toMatch(/^APP_USR-/);
});

it("waits with a disconnection for what is being written, and lets nothing be written after it", async () => {
  const { db } = house.rt;
  const order: string[] = [];
  let disconnecting: Promise<unknown> | undefined;
  await db.transaction(async (tx) => {
    await assertConnected(tx, x.accountId);
    disconnecting = disconnect(x, sellerX, true).then(() => order.push("disconnected"));
    await db.transaction((other) => assertConnected(other, x.accountId));
    await new Promise((resolve) => setTimeout(resolve, 150));
    order.push("written");
  });
  await disconnecting;
  expect(order).toEqual(["written", "disconnected"]);
  await expect(db.transaction((tx) => assertConnected(tx, x.accountId))).rejects.toMatchObject({
    code: "account_disconnected",
  });
});

it("leaves a user who forgets the only account signed in, to connect it again", async () => {
  await furnish(x, sellerX);
  await disconnect(x, sellerX, true);
  expect(await me(x)).toMatchObject({ accounts: [{ id: sellerX, state: "disconnected", threads: 0 }] });
  await house.signIn(sellerX, { ...connectIntent(x), renews: x.accountId });
  expect(await me(x)).toMatchObject({ accounts: [{ id: sellerX, state: "connected" }] });
});

it("ends this session and no other", async () => {
  const other = await house.signIn(sellerX);
  const answer = await house.call("/api/sessions/end", { as: x, method: "POST", body: { all: false } });
  expect(answer.headers.get("set-cookie")).toMatch(/^buzon\.session=; .*Max-Age=0/);
  expect((await house.call("/api/me", { as: x })).status).toBe(401);
  expect((await me(other)).sessions).toBe(1);
});

it("ends every session of the user at once, and nobody else's", async () => {
  const [phone, stranger] = [await house.signIn(sellerX), await house.signIn(await house.newSeller())];
  await house.read(Done, "/api/sessions/end", { as: phone, method: "POST", body: { all: true } });
  expect((await house.call("/api/me", { as: x })).status).toBe(401);
  expect((await house.call("/api/me", { as: phone })).status).toBe(401);
  expect((await me(stranger)).sessions).toBe(1);
});

it("ends a session by itself after its time", async () => {
  await house.rt.database.pool.query(
    "update sessions set expires_at = now() - interval '1 second' where id = $1",
    [x.sessionId],
  );
  expect((await house.call("/api/me", { as: x })).status).toBe(401);
});

it("forgets sessions a day after they ended, and no live one", async () => {
  const [ended, expired, fresh] = [
    await house.signIn(sellerX),
    await house.signIn(sellerX),
    await house.signIn(sellerX),
  ];
  const { pool, db } = house.rt.database;
  const age = (as: SignedIn, column: string, hours: number) =>
    pool.query(`update sessions set ${column} = now() - $2 * interval '1 hour' where id = $1`, [
      as.sessionId,
      hours,
    ]);
  await age(ended, "revoked_at", 25);
  await age(expired, "expires_at", 25);
  await age(fresh, "revoked_at", 23);
  await deleteEndedSessions(db);
  const { rows } = await pool.query("select id from sessions where user_id = $1", [x.userId]);
  expect(rows.map(({ id }) => id).toSorted()).toEqual([x.sessionId, fresh.sessionId].toSorted());
  expect((await me(x)).sessions).toBe(1);
});

it("opens nothing for a session cookie that is garbled, foreign or of another user", async () => {
  const other = await house.signIn(await house.newSeller());
  const crossed = x.cookie.split("=")[0];
  for (const cookie of [
    `${crossed}=%E0%A4%A`,
    `${crossed}=${"a".repeat(400)}`,
    `${crossed}=`,
    `${x.cookie}x`,
    other.cookie.replace("buzon.session", "__Host-buzon.session"),
  ]) {
    expect((await house.call("/api/me", { headers: { cookie } })).status).toBe(401);
  }
});
