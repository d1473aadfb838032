import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { withAccount } from "@/lib/server/account-context";
import { channelOf } from "@/lib/server/channels/channels";
import type { Lane } from "@/lib/server/mercadolibre/http";
import { listInboxRows } from "@/lib/server/store/inbox";
import { saveSnapshot } from "@/lib/server/store/snapshots";
import { findThread } from "@/lib/server/store/threads";
import { databaseNow, listWanted } from "@/lib/server/store/wanted";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import { DUE_BELOW } from "@/lib/shared/rank";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { startWorker } from "@/scripts/testing/worker";
import { pullInto } from "./pull-thread";
import { findFirstClaims, readFirstClaims } from "./reconcile/claim-chores";
import { findChangedClaims } from "./reconcile/find-claims";

/** What it costs to know a claim: nothing of its own for its place in the list, little for its words, the rest for whoever
 *  looks (docs/decisions/046). */

const PROFILES = [
  { name: "LOCAL", seller: { siteId: "MLA" }, site: "MLA" },
  { name: "GLOBAL", seller: { siteId: "CBT", marketplaces: ["MLM", "MLB"] }, site: "MLB" },
] as const;
type Profile = (typeof PROFILES)[number];
const [LOCAL] = PROFILES;
const Made = z.object({ id: z.string() });

let house: House;
let sellerId: string;
let me: SignedIn;

beforeAll(async () => {
  house = await createHouse();
});
afterAll(() => house.close());

const arrive = async ({ seller }: Profile) => {
  sellerId = await house.newSeller(seller);
};
async function newClaim({ site }: Profile, claim: object): Promise<string> {
  const packId = await house.newThread(sellerId, { siteId: site, shipment: { status: "delivered" } });
  return Made.parse(await house.control("/claims", { packId, claim })).id;
}
const within = <T>(lane: Lane, work: Parameters<typeof withAccount<T>>[3]) =>
  withAccount(house.rt, me.accountId, lane, work);
const find = () => within("reconcile", (ctx) => findFirstClaims(house.rt, ctx));
const read = (lane: Lane, id: string) =>
  within(lane, (ctx) => pullInto(house.rt, ctx, "claims", { externalId: id, sellerId: null, siteId: null }));
const listed = async () =>
  (
    await listInboxRows(
      house.rt.database.pool,
      { userId: me.userId, accountIds: [me.accountId], channel: "claims", state: null },
      null,
      200,
    )
  ).rows;
const held = async (id: string) => {
  const thread = await findThread(house.rt.db, [me.accountId], "claims", id);
  if (thread?.claim == null) throw new Error("the claim is not held");
  return { ...thread, claim: thread.claim };
};
/** What was asked of these claims since the calls were cleared, by the ends of the addresses. */
const asked = async (id = "\\d+") =>
  (await house.calls({ method: "GET", path: `/(claims/(${id}|reasons)|returns)(/|$)` }))
    .map(({ path }) => path.replace(/^.*?\/(claims|returns)/, "$1").replace(/\/\d+/, ""))
    .map((path) => path.replace(/reasons.*/, "reason"))
    .sort();
const searches = () => house.calls({ method: "GET", path: "/claims/search$" });
const clear = () => house.control("/calls/clear", {});

const ALWAYS = [
  "claims",
  "claims/affects-reputation",
  "claims/detail",
  "claims/expected-resolutions",
  "claims/messages",
];

describe.each(PROFILES)("a claim of a $name seller", (profile) => {
  it("stands in its place with its stage, its turn and its time before it is read", async () => {
    await arrive(profile);
    const later = await newClaim(profile, { openedHoursAgo: 3, replyDueInHours: 60 });
    const over = await newClaim(profile, {
      status: "closed",
      openedHoursAgo: 200,
      resolution: { reason: "payment_refunded", hoursAgo: 100 },
    });
    const mediated = await newClaim(profile, {
      stage: "dispute",
      openedHoursAgo: 90,
      dispute: { by: "buyer", hoursAgo: 20 },
    });
    const soon = await newClaim(profile, { openedHoursAgo: 50, replyDueInHours: 2 });
    me = await house.signIn(sellerId);
    await clear();
    await find();

    expect(await asked()).toEqual([]);
    expect((await searches()).length).toBeLessThanOrEqual(profile.name === "LOCAL" ? 4 : 8);
    const rows = await listed();
    expect(rows.map(({ externalId }) => externalId)).toEqual([soon, later, mediated, over]);
    expect(rows.every(({ isPulled }) => !isPulled)).toBe(true);
    expect(rows.map(({ claim, status }) => [claim?.stage, claim?.turn, claim?.clock, status])).toEqual([
      ["claim", "seller", "mandatory", "open"],
      ["claim", "seller", "mandatory", "open"],
      ["dispute", null, null, "open"],
      ["claim", null, null, "closed"],
    ]);
    expect(rows.map(({ snippet, claim }) => [snippet, claim?.title])).toEqual(rows.map(() => [null, null]));
    const hours = Date.parse(rows[0]?.dueAt ?? "") - Date.now();
    expect(hours / 3_600_000).toBeCloseTo(2, 1);
    expect(rows.map(({ rank }) => (rank ?? 0) < DUE_BELOW)).toEqual([true, true, false, false]);
    expect(await held(soon)).toMatchObject({ pulledAt: null, claim: { isWhole: false, unread: [] } });
    expect(await held(over)).toMatchObject({ substatus: "payment_refunded" });
  });

  it("is read in five calls, six with the words of its reason, and the rest is for whoever opens it", async () => {
    await arrive(profile);
    const id = await newClaim(profile, {
      openedHoursAgo: 20,
      messages: [{ from: "buyer", text: "Roto", hoursAgo: 2 }],
      return: { status: "shipped", hoursAgo: 5 },
    });
    // What it names nothing of by its id, the search has told already.
    const silent = await newClaim(profile, {
      openedHoursAgo: 20,
      stage: "dispute",
      dispute: { hoursAgo: 2 },
    });
    me = await house.signIn(sellerId);
    await find();
    await clear();
    await within("reconcile", (ctx) => readFirstClaims(house.rt, ctx));
    expect((await asked(id)).filter((path) => path !== "claims/reason")).toEqual(ALWAYS);
    expect((await asked()).filter((path) => path === "claims/reason").length).toBeLessThanOrEqual(1);
    expect(await searches()).toEqual([]);
    expect(await held(silent)).toMatchObject({ pulledAt: expect.any(Date), claim: { isWhole: false } });
    const light = await held(id);
    expect(light.claim).toMatchObject({ isWhole: false, unread: [], history: [], return: null });
    expect(light.claim.detail?.title).toEqual(expect.any(String));
    expect((await listed()).find(({ externalId }) => externalId === id)).toMatchObject({ snippet: "Roto" });

    await clear();
    await read("open", id);
    const rest = (await asked(id)).filter((path) => !ALWAYS.includes(path));
    expect(rest).toEqual(
      expect.arrayContaining(["claims/actions-history", "claims/status-history", "claims/returns"]),
    );
    const { claim } = await held(id);
    expect(claim).toMatchObject({ isWhole: true, unread: [], return: { status: "shipped" } });
    expect(claim.history.length).toBeGreaterThan(0);

    // Unmoved, it keeps what it has; only the return is followed by itself.
    await clear();
    await read("reconcile", id);
    expect(await asked(id)).toEqual([...ALWAYS, "claims/returns"].sort());
    expect((await held(id)).claim).toEqual(claim);
    // Moved, it is whole again.
    await house.control(`/claims/${id}/buyer/message`, { text: "¿Y?" });
    await clear();
    await read("notice", id);
    expect(await asked(id)).toEqual(expect.arrayContaining(["claims/actions-history", "claims/returns"]));
    expect((await held(id)).claim.history.length).toBeGreaterThan(claim.history.length);
  });
});

describe("what could not be read of a claim", () => {
  const arriveMediated = async () => {
    await arrive(LOCAL);
    const seed = { openedHoursAgo: 60, stage: "dispute", dispute: { by: "buyer", hoursAgo: 20 } };
    const id = await newClaim(LOCAL, seed);
    me = await house.signIn(sellerId);
    return id;
  };
  const faulty = (id: string, status: number) =>
    house.control("/faults", { method: "GET", path: `/claims/${id}/status-history$`, times: 10, status });

  it("is read behind whoever opened it as soon as it can be", async () => {
    const id = await arriveMediated();
    await faulty(id, 503);
    await read("open", id);
    expect((await held(id)).claim).toMatchObject({ isWhole: true, unread: ["stages"], stages: [] });
    await house.control("/faults/clear", {});
    const stop = await startWorker(house);
    try {
      await expect
        .poll(async () => (await held(id)).claim, { timeout: 10_000 })
        .toMatchObject({ unread: [], stages: [expect.anything(), expect.anything()] });
    } finally {
      await stop();
    }
  });

  it("is not asked for again at once where it was refused", async () => {
    const id = await arriveMediated();
    await faulty(id, 403);
    await read("open", id);
    const { claim, id: threadId } = await held(id);
    expect(claim.unread).toEqual(["stages"]);
    const { rows } = await house.rt.database.pool.query(
      "select pull_lane, pull_wanted_at > now() + interval '1 minute' as is_later from threads where id = $1",
      [threadId],
    );
    expect(rows).toEqual([{ pull_lane: "reconcile", is_later: true }]);
    await house.control("/faults/clear", {});
  });

  it("is still known as unread when a lesser read that began earlier ends later", async () => {
    const id = await arriveMediated();
    await read("reconcile", id);
    const ref = { externalId: id, sellerId: null, siteId: null };
    const readFrom = await databaseNow(house.rt.db);
    const lesser = await within("reconcile", (ctx) => channelOf("claims").pull(ctx, ref, null));
    await faulty(id, 403);
    await read("open", id);
    if (lesser.kind === "gone") throw new Error("the claim is gone");
    await saveSnapshot(house.rt.db, me.accountId, "claims", lesser.snapshot, readFrom);
    const { claim, id: threadId } = await held(id);
    expect(claim).toMatchObject({ isWhole: true, unread: ["stages"] });
    const { rows } = await house.rt.database.pool.query("select pull_wanted_at from threads where id = $1", [
      threadId,
    ]);
    expect(rows).toEqual([{ pull_wanted_at: expect.any(Date) }]);
    await house.control("/faults/clear", {});
    await read("notice", id);
    expect((await held(id)).claim).toMatchObject({
      unread: [],
      stages: [expect.anything(), expect.anything()],
    });
  });
});

it("moves a claim that was read to where the search says it stands, keeps what was read, and reads it again", async () => {
  await arrive(LOCAL);
  const seed = { openedHoursAgo: 20, messages: [{ from: "seller", text: "Lo veo", hoursAgo: 2 }] };
  const moved = await newClaim(LOCAL, seed);
  const quiet = await newClaim(LOCAL, { openedHoursAgo: 20, replyDueInHours: 90 });
  me = await house.signIn(sellerId);
  await find();
  for (const id of [moved, quiet]) await read("open", id);
  const before = await held(moved);
  expect((await listed()).map(({ externalId }) => externalId)).toEqual([quiet, moved]);
  const since = new Date();
  await house.control(`/claims/${moved}/deadline`, { inMs: 3_600_000 });
  await house.control(`/claims/${moved}/buyer/message`, { text: "¿Sigue ahí?" });
  await house.control(`/claims/${moved}/deadline`, { inMs: 3_600_000 });
  await clear();
  await within("reconcile", (ctx) => findChangedClaims(house.rt, ctx, since));
  expect(await asked()).toEqual([]);
  const [first] = await listed();
  expect(first).toMatchObject({ externalId: moved, claim: { turn: "seller", clock: "mandatory" } });
  const { claim, history } = { ...(await held(moved)), history: before.claim.history };
  expect(claim).toMatchObject({ isWhole: true, history, detail: before.claim.detail });
  expect(claim.updatedAt).toEqual(before.claim.updatedAt);
  // A second look tells nothing new, and an older answer than what was read changes nothing.
  await read("notice", moved);
  const after = await held(moved);
  await within("reconcile", (ctx) => findChangedClaims(house.rt, ctx, since));
  expect((await held(moved)).claim).toEqual(after.claim);
  expect(after.claim.updatedAt.getTime()).toBeGreaterThan(before.claim.updatedAt.getTime());
});

it("reads what hurts most first, and what is over last", async () => {
  await arrive(LOCAL);
  const over = await newClaim(LOCAL, { status: "closed", openedHoursAgo: 90 });
  const theirs = await newClaim(LOCAL, { stage: "dispute", openedHoursAgo: 90, dispute: { hoursAgo: 9 } });
  const later = await newClaim(LOCAL, { openedHoursAgo: 3, replyDueInHours: 60 });
  const soon = await newClaim(LOCAL, { openedHoursAgo: 3, replyDueInHours: 2 });
  me = await house.signIn(sellerId);
  await find();
  // Whatever has waited longest.
  await house.rt.database.pool.query(
    "update threads set pull_wanted_at = now() - (id || ' seconds')::interval where account_id = $1 and channel = 'claims'",
    [me.accountId],
  );
  const wanted = await listWanted(house.rt.db, me.accountId, "claims", 9);
  expect(wanted.map(({ externalId }) => externalId)).toEqual([soon, later, theirs, over]);
});

it("keeps what was read of a claim while less of it was being read", async () => {
  await arrive(LOCAL);
  const id = await newClaim(LOCAL, { openedHoursAgo: 20 });
  me = await house.signIn(sellerId);
  await find();
  await house.control("/faults", { method: "GET", path: `/claims/${id}/detail$`, delayMs: 1_000 });
  const slow = read("reconcile", id);
  await expect.poll(() => asked(id)).toContain("claims/detail");
  await read("open", id);
  const whole = (await held(id)).claim;
  await slow;
  expect((await held(id)).claim).toEqual(whole);
  expect(whole).toMatchObject({ isWhole: true, history: [expect.anything()] });
});

it("reads unread messages while claims wait, and a claim that is opened at once", async () => {
  await arrive(LOCAL);
  const claims = await Promise.all(Array.from({ length: 30 }, () => newClaim(LOCAL, { openedHoursAgo: 30 })));
  const pack = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "¿Cuándo llega?", minutesAgo: 5, unread: true }],
  });
  await house.control("/faults", { method: "GET", path: "/claims/\\d+$", delayMs: 3_000, times: 500 });
  me = await house.signIn(sellerId);
  const stop = await startWorker(house);
  try {
    const texts = async () =>
      (
        await house.rt.database.pool.query(
          "select m.text from messages m join threads t on t.id = m.thread_id where t.external_id = $1",
          [pack],
        )
      ).rows.map(({ text }) => text);
    await expect.poll(texts, { timeout: 40_000 }).toEqual(["¿Cuándo llega?"]);
    const rows = await listed();
    expect(rows.map(({ claim }) => claim?.turn)).toEqual(claims.map(() => "seller"));
    expect(rows.filter(({ isPulled }) => isPulled).length).toBeLessThan(claims.length);
    await house.control("/faults/clear", {});
    await expect
      .poll(async () => (await listed()).some(({ isPulled }) => isPulled), { timeout: 40_000 })
      .toBe(true);
    const read = (await listed()).find(({ isPulled }) => isPulled)?.externalId ?? "";
    const open = () => house.read(ThreadViewSchema, `/api/threads/claims/${read}`, { as: me });
    await open();
    await expect
      .poll(async () => (await held(read)).claim.isWhole, { timeout: 40_000, interval: 100 })
      .toBe(true);
    expect((await open()).claim?.facts.history.length).toBeGreaterThan(0);
  } finally {
    await stop();
    await house.control("/faults/clear", {});
  }
}, 120_000);
