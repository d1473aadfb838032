import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createRuntime, type Runtime } from "@/lib/server/runtime";
import { listDueThreads } from "@/lib/server/store/outbox";
import { claimNext } from "@/lib/server/store/outbox-lease";
import { addTextFile } from "@/scripts/testing/belongings";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { arrived, repliesOn, runOnce, send, sends, threadOf, workOff } from "@/scripts/testing/outbox";

let house: House;
let me: SignedIn;
let sellerId: string;
let packId: string;
let thread: string;
/** Another worker, as a process of its own would be one. */
let other: Runtime;

beforeAll(async () => {
  house = await createHouse();
  other = createRuntime(house.rt.env, "worker");
});
beforeEach(async () => {
  sellerId = await house.newSeller();
  me = await house.signIn(sellerId);
  await open();
});
afterEach(async () => {
  await sql("drop trigger if exists interference on outbox; drop function if exists interfere()");
  await house.control("/faults/clear", {});
});
afterAll(async () => {
  await other.calls.flush();
  await other.database.close();
  await house.close();
});

async function open(): Promise<void> {
  packId = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "¿Cuándo llega?", minutesAgo: 20 }],
  });
  thread = `/api/threads/messages/${packId}`;
  await house.call(thread, { as: me });
}

const sql = (text: string, values?: unknown[]) => house.rt.database.pool.query(text, values);
/** Puts a reply into the hands of somebody. */
const hand = async (to: { owner: string; state?: string; seenSecondsAgo?: number }) => {
  const [worker] = to.owner.split(":");
  await sql(
    "update outbox set state = $1, lease_owner = $2, lease_until = now() + interval '2 minutes', baseline = '[]' where thread_id = $3",
    [to.state ?? "queued", to.owner, await threadOf(house, packId)],
  );
  if (to.seenSecondsAgo === undefined) return;
  await sql(
    "insert into workers (id, seen_at) values ($1, now() - $2 * interval '1 second') on conflict (id) do update set seen_at = excluded.seen_at",
    [worker, to.seenSecondsAgo],
  );
};
/** Does something in the database at the very moment a row changes so. */
const interfere = (when: string, does: string) =>
  sql(
    `create function interfere() returns trigger language plpgsql as $$ begin ${does}; return new; end $$;
     create trigger interference before update on outbox for each row when (${when}) execute function interfere()`,
  );

it("looks for threads whose turn it is: one that waits behind its first reply takes nobody's place", async () => {
  const busy = packId;
  await send(house, me, thread, { text: "Primera" });
  await send(house, me, thread, { text: "Segunda" });
  const busyThread = await threadOf(house, busy);
  await sql("update outbox set not_before = now() - interval '1 minute' where thread_id = $1", [busyThread]);
  await open();
  await send(house, me, thread, { text: "Sola" });
  const alone = await threadOf(house, packId);
  const due = async (limit: number) =>
    (await listDueThreads(house.rt.db, limit)).filter((id) => id === busyThread || id === alone);
  await sql("update outbox set not_before = now() where thread_id = $1", [alone]);
  await sql(
    "update outbox set state = 'cancelled', settled_at = now() where thread_id not in ($1, $2) and settled_at is null",
    [busyThread, alone],
  );
  expect(await due(50)).toEqual([busyThread, alone]);
  await sql(
    "update outbox set not_before = now() + interval '45 seconds' where thread_id = $1 and text = 'Primera'",
    [busyThread],
  );
  expect(await due(1)).toEqual([alone]);
});

describe("a lease", () => {
  it("keeps others away while its worker lives", async () => {
    await send(house, me, thread, { text: "Una vez" });
    await hand({ owner: `${other.worker}:run`, seenSecondsAgo: 3 });
    await runOnce(house, packId);
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "queued" }]);
    expect(await sends(house, packId)).toEqual([]);
  });

  it("ends seconds after its worker was last heard of: what was not sent yet is sent", async () => {
    await send(house, me, thread, { text: "Una vez" });
    await hand({ owner: `${other.worker}:run`, seenSecondsAgo: 7 });
    await runOnce(house, packId);
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "sent" }]);
    expect(await arrived(house, packId)).toEqual(["Una vez"]);
  });

  it("that ends while the reply is being sent leaves it uncertain, never queued", async () => {
    await send(house, me, thread, { text: "Una vez" });
    await hand({ owner: `${other.worker}:run`, state: "sending", seenSecondsAgo: 7 });
    await runOnce(house, packId);
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "uncertain", reason: "interrupted" }]);
    expect(await sends(house, packId)).toEqual([]);
  });

  it("that a run of the same process left behind holds nobody up", async () => {
    await send(house, me, thread, { text: "Una vez" });
    await hand({ owner: `${house.rt.worker}:gone`, seenSecondsAgo: 0 });
    await runOnce(house, packId);
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "sent" }]);
  });

  it("of an earlier release ends with its process", async () => {
    await send(house, me, thread, { text: "Una vez" });
    await hand({ owner: crypto.randomUUID() });
    await runOnce(house, packId);
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "sent" }]);
  });
});

describe("slow uploads", () => {
  const leaseSeconds = async () => {
    const { rows } = await sql(
      "select extract(epoch from lease_until - now())::float8 as seconds from outbox where thread_id = $1",
      [await threadOf(house, packId)],
    );
    return Number(rows[0]?.seconds);
  };
  const uploads = async () =>
    (await house.calls({ method: "POST", path: "/messages/attachments", sellerId })).length;
  const letGo = () => house.control("/faults/release", {});
  beforeEach(async () => {
    const files = [await addTextFile(house, me, thread), await addTextFile(house, me, thread)];
    await house.control("/faults", { method: "POST", path: "/messages/attachments", times: 2, held: true });
    await send(house, me, thread, { text: "Pesados", files });
  });

  it("renew the lease file by file, so that no other worker sends as well", async () => {
    const running = runOnce(house, packId);
    await vi.waitFor(async () => expect(await uploads()).toBe(1), { interval: 10 });
    // All but over: what is more than that at the second file was given for the first.
    await sql("update outbox set lease_until = now() + interval '5 seconds' where thread_id = $1", [
      await threadOf(house, packId),
    ]);
    await letGo();
    await vi.waitFor(async () => expect(await uploads()).toBe(2), { interval: 10 });
    expect(await leaseSeconds()).toBeGreaterThan(60);
    await runOnce(house, packId, other);
    await letGo();
    await running;
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "sent" }]);
    expect(await uploads()).toBe(2);
    expect(await sends(house, packId)).toHaveLength(1);
  });

  it("stop where the lease was lost: only the worker that has it now sends", async () => {
    const running = runOnce(house, packId);
    await vi.waitFor(async () => expect(await uploads()).toBe(1), { interval: 10 });
    await house.control("/faults/clear", {});
    await sql("update workers set seen_at = now() - interval '1 minute' where id = $1", [house.rt.worker]);
    await runOnce(house, packId, other);
    await letGo();
    await running;
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "sent" }]);
    expect(await uploads()).toBe(3);
    expect(await arrived(house, packId)).toEqual(["Pesados"]);
    expect(await sends(house, packId)).toHaveLength(1);
  });
});

describe("right before the request leaves", () => {
  it("a worker that has lost the row does not send", async () => {
    await send(house, me, thread, { text: "Una vez" });
    await interfere(
      "new.state = 'sending' and old.state = 'queued'",
      `new.lease_owner := '${other.worker}:run'`,
    );
    await runOnce(house, packId);
    expect(await sends(house, packId)).toEqual([]);
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "sending" }]);
    // Nobody knows but that worker, and it may have been dead: the row is looked for, and offered.
    expect(await workOff(house, packId)).toMatchObject([{ state: "uncertain", reason: "interrupted" }]);
    expect(await sends(house, packId)).toEqual([]);
  });

  it("a worker that stood still does not send, and the reply goes out later, once", async () => {
    await send(house, me, thread, { text: "Una vez" });
    await interfere("new.state = 'sending' and old.state = 'sending'", "perform pg_sleep(3.2)");
    await runOnce(house, packId);
    expect(await sends(house, packId)).toEqual([]);
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "queued" }]);
    await sql("drop trigger interference on outbox");
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
    expect(await arrived(house, packId)).toEqual(["Una vez"]);
  });

  it("there is nothing left to wait for: a full rate budget is waited for before", async () => {
    // A 429 on one conversation closes the budget of the application for a while.
    await house.control("/faults", {
      method: "POST",
      path: `/messages/packs/${packId}`,
      times: 1,
      status: 429,
      headers: { "retry-after": "2" },
    });
    await send(house, me, thread, { text: "Demasiado" });
    await runOnce(house, packId);
    await open();
    await send(house, me, thread, { text: "Con paciencia" });
    const running = runOnce(house, packId);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { rows } = await sql(
      "select state, sending_at, lease_owner is not null as is_held from outbox where thread_id = $1",
      [await threadOf(house, packId)],
    );
    expect(rows).toEqual([{ state: "queued", sending_at: null, is_held: true }]);
    await running;
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "sent" }]);
  });
});

it("takes nothing from a run of its own process that began while it waited for the conversation", async () => {
  await send(house, me, thread, { text: "Voy" });
  const threadId = await threadOf(house, packId);
  const { worker, db, database } = house.rt;
  const [mine, began] = [`${worker}:one`, `${worker}:two`];
  const running = new Set([mine]);
  const holder = await database.pool.connect();
  await holder.query("begin");
  await holder.query("select pg_advisory_xact_lock(hashtext('outbox'), hashtext($1))", [threadId]);
  const claim = claimNext(db, threadId, { worker, owner: mine }, running);
  running.add(began);
  await hand({ owner: began, seenSecondsAgo: 0 });
  await holder.query("commit");
  holder.release();
  expect(await claim).toEqual({ kind: "none" });
});
