import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { noteChange, noteChanges } from "@/lib/server/store/changes";
import { endSessions, SESSIONS } from "@/lib/server/store/sessions";
import { type AccountId, accountId, type ThreadId, threadId } from "@/lib/shared/ids";
import { type EventReader, type Heard, openEvents } from "@/scripts/testing/event-reader";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { events } from "./events";

let house: House;
let me: SignedIn;
let other: SignedIn;
let herald: SignedIn;
const open: EventReader[] = [];

beforeAll(async () => {
  house = await createHouse();
  me = await house.signIn(await house.newSeller());
  other = await house.signIn(await house.newSeller());
  herald = await house.signIn(await house.newSeller());
  // The first stream has the hub listen; from then on what is told is heard, in its order.
  const reader = await stream(other);
  let isHeard = false;
  void reader.until(isReset).then(() => {
    isHeard = true;
  });
  await vi.waitFor(async () => {
    await tellOf(other);
    expect(isHeard).toBe(true);
  });
  await signInsAreHeard();
});
afterAll(async () => {
  for (const reader of open) await reader.leave().catch(() => undefined);
  await events().close();
  await house.close();
});

async function stream(as: SignedIn, since?: { header: string } | { query: string }): Promise<EventReader> {
  const reader = await openEvents(house, as, since);
  open.push(reader);
  return reader;
}

const tellOf = ({ userId }: SignedIn) =>
  house.rt.database.pool.query("select pg_notify($1, $2)", [SESSIONS, userId]);

/** A sign-in is told to all processes, and starts a stream anew that is open by the time it is heard. */
async function signInsAreHeard(): Promise<void> {
  const reader = await stream(herald);
  await reader.next();
  await tellOf(herald);
  await reader.until(isReset);
  await reader.leave();
}

async function newcomer(): Promise<SignedIn> {
  const user = await house.signIn(await house.newSeller());
  await signInsAreHeard();
  return user;
}

let planted = 0;
async function plant(account: AccountId, count = 1): Promise<ThreadId[]> {
  planted += 10_000;
  const { rows } = await house.rt.database.pool.query<{ id: string }>(
    `insert into threads (account_id, channel, external_id, site_id, seller_id, sort_at)
     select $1, 'messages', ($2 + n)::text, 'MLA', '1', now() from generate_series(1, $3::int) n returning id::text`,
    [account, planted, count],
  );
  return rows.map(({ id }) => threadId(id));
}

const touch = (account: AccountId, id: ThreadId) =>
  house.rt.db.transaction((tx) => noteChange(tx, account, { threadId: id }));

/** The account's number, as the id of an event of a user who has only this account. */
async function placeOf(account: AccountId): Promise<string> {
  const { rows } = await house.rt.database.pool.query("select change_no from accounts where id = $1", [
    account,
  ]);
  return `${account}:${rows[0]?.change_no}`;
}

const isChange = (heard: Heard) => heard.kind === "change";
const isReset = (heard: Heard) => heard.kind === "reset";
const idsIn = (heard: Heard) => heard.change?.rows.map(({ externalId }) => externalId);
async function externalId(id: ThreadId): Promise<string> {
  const { rows } = await house.rt.database.pool.query("select external_id from threads where id = $1", [id]);
  return String(rows[0]?.external_id);
}

describe("a stream of events", () => {
  it("is for who is signed in", async () => {
    expect((await house.call("/api/events")).status).toBe(401);
  });

  it("says at once where it stands, and is buffered by nobody on the way", async () => {
    const reader = await stream(me);
    expect(await reader.next()).toMatchObject({ kind: "beat", id: await placeOf(me.accountId) });
    expect(Object.fromEntries(reader.response.headers)).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    });
  });

  it("tells a change as the row that the list shows, with the counts", async () => {
    const [id] = await plant(me.accountId);
    const reader = await stream(me);
    await reader.next();
    await touch(me.accountId, threadId(String(id)));
    const heard = await reader.until(isChange);
    expect(heard.id).toBe(await placeOf(me.accountId));
    expect(heard.change).toMatchObject({
      isWide: false,
      threads: [{ accountId: me.accountId, channel: "messages" }],
      summary: { accounts: [{ id: me.accountId }] },
    });
    expect(idsIn(heard)).toEqual([await externalId(threadId(String(id)))]);
  });

  it("brings, after a pause, what came after the last event, once for each conversation", async () => {
    // Nobody else is being told of it meanwhile, part by part.
    const user = await newcomer();
    const ids = await plant(user.accountId, 3);
    const since = await placeOf(user.accountId);
    for (const id of [...ids, ...ids]) await touch(user.accountId, id);
    const wanted = (await Promise.all(ids.map(externalId))).toSorted();
    for (const way of [{ header: since }, { query: since }]) {
      const reader = await stream(user, way);
      expect(await reader.next()).toMatchObject({ kind: "beat", id: since });
      const heard = await reader.until(isChange);
      expect(idsIn(heard)?.toSorted()).toEqual(wanted);
      expect(heard.id).toBe(await placeOf(user.accountId));
    }
  });

  it("tells something of the whole account as such", async () => {
    const reader = await stream(me);
    await reader.next();
    await house.rt.db.transaction((tx) => noteChange(tx, me.accountId));
    expect((await reader.until(isChange)).change).toMatchObject({ isWide: true, rows: [], threads: [] });
  });

  it("starts anew when what came in between is not kept, not known or too much", async () => {
    const user = await newcomer();
    const [id] = await plant(user.accountId);
    const since = await placeOf(user.accountId);
    await touch(user.accountId, threadId(String(id)));
    await touch(user.accountId, threadId(String(id)));
    await house.rt.database.pool.query(
      "delete from changes where account_id = $1 and no = (select change_no - 1 from accounts where id = $1)",
      [user.accountId],
    );
    const trimmed = await stream(user, { header: since });
    expect((await trimmed.until(({ kind }) => kind !== "beat")).kind).toBe("reset");

    // As after a restore: the browser has seen more than there is.
    const ahead = await stream(user, { header: `${user.accountId}:999999` });
    expect(await ahead.until(({ kind }) => kind !== "beat")).toMatchObject({
      kind: "reset",
      id: await placeOf(user.accountId),
    });
    for (const strange of ["nonsense", `${other.accountId}:0`, `${user.accountId}:0,${other.accountId}:0`]) {
      const reader = await stream(user, { header: strange });
      expect(await reader.next()).toMatchObject({ kind: "reset", id: await placeOf(user.accountId) });
    }

    const many = await plant(user.accountId, 201);
    const reader = await stream(user);
    await reader.next();
    await house.rt.db.transaction((tx) => noteChanges(tx, user.accountId, many));
    expect((await reader.until(({ kind }) => kind !== "beat")).kind).toBe("reset");
  });

  it("never tells of another's account", async () => {
    const [theirs] = await plant(other.accountId);
    const [mine] = await plant(me.accountId);
    const reader = await stream(me);
    await reader.next();
    await touch(other.accountId, threadId(String(theirs)));
    await pause(100);
    await touch(me.accountId, threadId(String(mine)));
    const heard = await reader.until(isChange);
    expect(idsIn(heard)).toEqual([await externalId(threadId(String(mine)))]);
    expect(JSON.stringify(heard)).not.toContain(other.accountId);
  });

  it("tells what concerns one user's screens to that user alone", async () => {
    const shared = accountId(await house.newSeller());
    const ana = await house.signIn(await house.newSeller());
    const eva = await house.signIn(await house.newSeller());
    for (const { userId, sessionId } of [ana, eva]) {
      await house.signIn(shared, { kind: "connect", userId, sessionId, renews: null });
    }
    await signInsAreHeard();
    const [id] = await plant(shared);
    const thread = threadId(String(id));
    const [hers, anas] = [await stream(eva), await stream(ana)];
    await hers.next();
    await anas.next();
    await house.rt.db.transaction((tx) => noteChange(tx, shared, { threadId: thread, userId: ana.userId }));
    expect(idsIn(await anas.until(isChange))).toEqual([await externalId(thread)]);
    await house.rt.db.transaction((tx) => noteChange(tx, shared));
    // The next that Eva hears of is the second change, and it carries her past the first.
    const heard = await hers.until(isChange);
    expect(heard.change).toMatchObject({ isWide: true, rows: [] });
    expect(heard.id).toContain(await placeOf(shared));
  });
});

describe("the end of a stream", () => {
  it("comes with the end of its session, and with no other's", async () => {
    const seller = await house.newSeller();
    const [desk, phone] = [await house.signIn(seller), await house.signIn(seller)];
    await signInsAreHeard();
    const [here, there] = [await stream(desk), await stream(phone)];
    await here.next();
    await there.next();
    await endSessions(house.rt.db, desk.userId, desk.sessionId);
    expect((await here.until(({ kind }) => kind === "end")).kind).toBe("end");
    expect(await here.next()).toBeNull();
    const anew = await there.until(({ kind }) => kind === "reset");
    expect(anew.id).toBe(await placeOf(desk.accountId));
    await endSessions(house.rt.db, desk.userId);
    await there.until(({ kind }) => kind === "end");
    expect(await there.next()).toBeNull();
  });

  it("ends at once when its session ended while it was being opened", async () => {
    const user = await house.signIn(await house.newSeller());
    await stream(user);
    await endSessions(house.rt.db, user.userId, user.sessionId);
    const reader = (await events().open({ ...user, accountIds: [user.accountId] }, undefined)).getReader();
    const openedAt = Date.now();
    let isOver = false;
    while (!isOver) isOver = (await reader.read()).done;
    expect(Date.now() - openedAt).toBeLessThan(5_000);
  });

  it("does not come when an account goes: the screens start anew without it", async () => {
    const user = await house.signIn(await house.newSeller());
    const second = accountId(await house.newSeller());
    await house.signIn(second, {
      kind: "connect",
      userId: user.userId,
      sessionId: user.sessionId,
      renews: null,
    });
    await signInsAreHeard();
    const reader = await stream(user);
    expect((await reader.next())?.id).toContain(`${second}:`);
    await house.call(`/api/accounts/${second}/disconnect`, {
      as: user,
      method: "POST",
      body: { forget: true },
    });
    const heard = await reader.until(({ kind }) => kind === "reset");
    expect(heard.id).toBe(await placeOf(user.accountId));
  });

  it("cuts off a reader that does not keep up, who then finds everything by its last id", async () => {
    const user = await newcomer();
    const ids = await plant(user.accountId, 70);
    const since = await placeOf(user.accountId);
    const response = await house.call("/api/events", { as: user });
    const quick = await stream(user);
    const before = events().count();
    for (const id of ids) {
      await touch(user.accountId, id);
      // What this one was told was told to both, by itself.
      await quick.until(isChange);
    }
    await expect.poll(() => events().count()).toBe(before - 1);
    await expect(response.text()).rejects.toThrow();
    const back = await stream(user, { header: since });
    expect((await back.until(isChange)).change?.rows).toHaveLength(70);
  });

  it("refuses more streams than a browser has use for", async () => {
    const user = await house.signIn(await house.newSeller());
    for (let n = 0; n < 20; n += 1) await stream(user);
    const refused = await house.call("/api/events", { as: user });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "30"]);
  });

  it("is not the end when PostgreSQL cuts the line: what was missed is found", async () => {
    const [id] = await plant(me.accountId);
    const reader = await stream(me);
    await reader.next();
    await house.rt.database.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'buzon-listen' and datname = current_database()",
    );
    await touch(me.accountId, threadId(String(id)));
    expect(idsIn(await reader.until(isChange))).toEqual([await externalId(threadId(String(id)))]);
  });
});

it("skips nothing under twenty writers of whom some are slow and some give up, however often a reader comes back", async () => {
  const user = await newcomer();
  const ids = await plant(user.accountId, 120);
  const names = new Map(await Promise.all(ids.map(async (id) => [id, await externalId(id)] as const)));
  const committed = new Set<string>();
  let at = await placeOf(user.accountId);
  const seen = new Set<string>();
  let isDone = false;

  const reading = (async () => {
    while (!isDone || ![...committed].every((name) => seen.has(name))) {
      const reader = await openEvents(house, user, { header: at });
      // Comes, hears a little, and goes again.
      for (let n = 0; n < 3; n += 1) {
        const heard = await reader.next().catch(() => null);
        if (heard === null) break;
        expect(heard.kind).not.toBe("reset");
        for (const name of idsIn(heard) ?? []) seen.add(name);
        at = heard.id;
        if (isDone && [...committed].every((name) => seen.has(name))) break;
      }
      await reader.leave();
    }
  })();

  const { pool } = house.rt.database;
  const queue = ids.values();
  await Promise.all(
    Array.from({ length: 20 }, async (_, writer) => {
      for (const id of queue) {
        const isGivingUp = (Number(id) + writer) % 5 === 0;
        await house.rt.db
          .transaction(async (tx) => {
            await noteChange(tx, user.accountId, { threadId: id });
            if (writer % 3 === 0) await pause(5);
            if (isGivingUp) throw new Error("gives up");
          })
          .then(
            () => committed.add(names.get(id) ?? ""),
            () => undefined,
          );
      }
    }),
  );
  isDone = true;
  await reading;
  expect(committed.size).toBeGreaterThan(50);
  expect([...committed].filter((name) => !seen.has(name))).toEqual([]);
  const { rows } = await pool.query("select no from changes where account_id = $1 order by no", [
    user.accountId,
  ]);
  expect(new Set(rows.map(({ no }) => no)).size).toBe(rows.length);
}, 60_000);
