import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { withAccount } from "@/lib/server/account-context";
import { readNotificationStatus } from "@/lib/server/store/gaps";
import { trimNotices } from "@/lib/server/store/housekeeping";
import { insertNotices } from "@/lib/server/store/notices";
import { findThread, type StoredThread } from "@/lib/server/store/threads";
import { StatusSchema } from "@/lib/shared/api/account";
import { DUE_BELOW } from "@/lib/shared/rank";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { createNoticePump } from "./notices/notice-pump";
import { pullContext } from "./pull-context";
import { pullInto } from "./pull-thread";
import { claimsChores } from "./reconcile/claim-chores";
import { syncAccount } from "./sync-account";

const PROFILES = [
  { name: "LOCAL", seller: { siteId: "MLA" }, site: "MLA", topic: "post_purchase" },
  {
    name: "GLOBAL",
    seller: { siteId: "CBT", marketplaces: ["MLM", "MLB"] },
    site: "MLB",
    topic: "marketplace_claims",
  },
] as const;
type Profile = (typeof PROFILES)[number];

const signal = new AbortController().signal;
const Made = z.object({ id: z.string() });

let house: House;
let me: SignedIn;
let sellerId: string;

beforeAll(async () => {
  house = await createHouse();
});
beforeEach(() => {});
afterAll(() => house.close());

async function arrive({ seller }: Profile): Promise<void> {
  sellerId = await house.newSeller(seller);
}
async function signIn(): Promise<void> {
  me = await house.signIn(sellerId);
  await syncAccount(house.rt, me.accountId, signal);
}
async function newClaim({ site }: Profile, claim: object, thread: object = {}) {
  const pack = await house.newThread(sellerId, {
    siteId: site,
    product: { title: "Auriculares", price: 1000 },
    shipment: { status: "delivered" },
    ...thread,
  });
  const { id } = Made.parse(await house.control("/claims", { packId: pack, claim }));
  return { id, pack };
}
const held = async (id: string): Promise<StoredThread | null> =>
  findThread(house.rt.db, [me.accountId], "claims", id);
const query = async (text: string, values: unknown[] = []) =>
  (await house.rt.database.pool.query(text, values)).rows;
const rowOf = async (id: string) =>
  (await query("select * from threads where external_id = $1 and account_id = $2", [id, me.accountId]))[0];
const messagesOf = (id: string) =>
  query(
    "select m.* from messages m join threads t on t.id = m.thread_id where t.external_id = $1 order by m.created_at",
    [id],
  );
const callsOf = (id: string) => house.calls({ method: "GET", path: `/claims/${id}(/|$)` });
/** The conversations whose sale is to be read. */
const asked = async () =>
  (
    await query("select split_part(key, ':', 3) as thread from chores where key like $1 order by cursor_at", [
      `context:${me.accountId}:%`,
    ])
  ).map(({ thread }) => thread);
/** A look by the chores at this moment, whenever the last one was. */
const look = async () => {
  await query("update chores set done_at = null where key like 'claims%'");
  await claimsChores(house.rt, false);
};
const notified = (topic: string, id: string, more: object = {}) =>
  insertNotices(house.rt.db, [
    {
      userId: sellerId,
      topic,
      resource: `/claims/${id}`,
      subject: id,
      actions: ["claims"],
      noticeId: null,
      attempts: 1,
      sentAt: new Date(),
      receivedAt: new Date(),
      source: "push",
      dedupe: `${topic} ${id} ${Math.random()}`,
      ...more,
    },
  ]);
async function workNotices(): Promise<void> {
  const pump = createNoticePump(house.rt);
  pump.wake();
  await expect
    .poll(() =>
      query("select * from notices where state = 'pending' and tries = 0 and user_id = $1", [sellerId]),
    )
    .toEqual([]);
  await pump.stop();
}

for (const profile of PROFILES) {
  const { name, topic, site } = profile;

  it(`brings in every claim at the first sync, with what is due, and marks nothing read (${name})`, async () => {
    await arrive(profile);
    const due = await newClaim(profile, {
      openedHoursAgo: 3,
      messages: [{ from: "buyer", text: "No enciende", hoursAgo: 2 }],
    });
    const mediated = await newClaim(profile, {
      stage: "dispute",
      openedHoursAgo: 90,
      dispute: { by: "buyer", hoursAgo: 20 },
      messages: [
        { from: "buyer", text: "Mal", hoursAgo: 80 },
        { from: "mediator", text: "<p>Hola <b>vendedor</b></p>", hoursAgo: 10 },
      ],
    });
    const over = await newClaim(profile, {
      status: "closed",
      openedHoursAgo: 200,
      resolution: { reason: "payment_refunded", hoursAgo: 100 },
    });
    const cancelled = await newClaim(profile, {
      type: "cancel_sale",
      reasonId: "CS5600",
      openedHoursAgo: 50,
    });
    await signIn();
    await look();

    const first = await held(due.id);
    expect(first).toMatchObject({ status: "open", siteId: site, claim: { stage: "claim", unread: [] } });
    expect(first?.claim?.actions.some(({ isMandatory }) => isMandatory)).toBe(true);
    expect(first?.dueAt).toEqual(first?.claim?.actions.find(({ isMandatory }) => isMandatory)?.dueAt);
    expect(first?.claim).toMatchObject({ role: "respondent", reason: expect.any(String) });
    expect(await messagesOf(due.id)).toMatchObject([
      { text: "No enciende", direction: "in", author: "buyer", to_role: "respondent", stage: "claim" },
    ]);
    expect(await held(mediated.id)).toMatchObject({ status: "open", claim: { stage: "dispute" } });
    expect(await messagesOf(mediated.id)).toMatchObject([
      { text: "Mal", author: "buyer" },
      { text: "Hola vendedor", author: "mediator", direction: "in" },
    ]);
    expect(await held(over.id)).toMatchObject({
      status: "closed",
      substatus: "payment_refunded",
      dueAt: null,
    });
    expect(await held(cancelled.id)).toMatchObject({
      status: "closed",
      substatus: null,
      claim: { role: "complainant", resolution: null },
    });
    const ranks = await query(
      "select external_id from threads where account_id = $1 and rank is not null order by rank",
      [me.accountId],
    );
    expect(ranks.map((row) => row.external_id).slice(0, 2)).toEqual([due.id, mediated.id]);
    expect((await rowOf(due.id)).rank).toBeTruthy();
    expect(Number((await rowOf(due.id)).rank)).toBeLessThan(DUE_BELOW);
    expect(Number((await rowOf(over.id)).rank)).toBeGreaterThan(DUE_BELOW);
    expect((await rowOf(due.id)).brief).toMatchObject({ stage: "claim", turn: "seller", clock: "mandatory" });
    expect((await messagesOf(due.id))[0].read_at).toBeNull();
  });

  it(`links a claim to its sale, whatever it names of it (${name})`, async () => {
    await arrive(profile);
    const resources = name === "LOCAL" ? ["order", "shipment", "payment", "purchase"] : ["order", "payment"];
    const made = [];
    for (const resource of resources) {
      made.push(
        await newClaim(profile, { resource }, { messages: [{ from: "buyer", text: "Hola", minutesAgo: 9 }] }),
      );
    }
    await signIn();
    await look();
    for (const { id, pack } of made) {
      const thread = await held(id);
      if (thread === null) throw new Error("the claim was not found");
      await withAccount(house.rt, me.accountId, "notice", (ctx) => pullContext(house.rt, ctx, thread.id));
      expect(await held(id)).toMatchObject({
        packId: pack,
        product: "Auriculares",
        buyerName: expect.any(String),
      });
    }
  });

  it(`follows a claim's notice: one read makes its row, and many of them are one read more (${name})`, async () => {
    await arrive(profile);
    await signIn();
    const { id } = await newClaim(profile, { messages: [{ from: "buyer", text: "Roto", hoursAgo: 0 }] });
    await house.control("/calls/clear", {});
    await notified(topic, id);
    await workNotices();
    expect(await held(id)).toMatchObject({ status: "open", pulledAt: expect.any(Date) });
    expect(await asked()).toEqual([(await held(id))?.id]);
    expect((await callsOf(id)).filter(({ path }) => path.endsWith(id))).toHaveLength(1);
    for (let n = 0; n < 5; n += 1) await notified(topic, id);
    await workNotices();
    expect((await callsOf(id)).filter(({ path }) => path.endsWith(id))).toHaveLength(1);
    expect(await rowOf(id)).toMatchObject({ pull_lane: "notice", pull_wanted_at: expect.any(Date) });
  });

  it(`keeps nothing of a notice that somebody made up (${name})`, async () => {
    await arrive(profile);
    await signIn();
    await house.control("/calls/clear", {});
    await notified(topic, "5999999999");
    await workNotices();
    expect(await held("5999999999")).toBeNull();
    // One read a look: on a slow machine a second one may have come meanwhile, and one of another test's notice.
    const [notice] = await query("select tries from notices where subject = '5999999999' and user_id = $1", [
      sellerId,
    ]);
    const own = (await callsOf("5999999999")).filter((call) => call.sellerId === sellerId);
    expect(own).toHaveLength(Math.max(1, notice.tries));
  });

  it(`finds what changed that nobody told of, in one look, and reads nothing that did not (${name})`, async () => {
    await arrive(profile);
    const quiet = await newClaim(profile, { openedHoursAgo: 30 });
    const moved = await newClaim(profile, { openedHoursAgo: 30 });
    await signIn();
    await look();
    await house.control(`/claims/${moved.id}/buyer/message`, { text: "¿Hay alguien?" });
    const cancelled = await newClaim(profile, { type: "cancel_sale", reasonId: "CS5600", openedHoursAgo: 0 });
    await house.control("/calls/clear", {});
    await look();
    expect((await messagesOf(moved.id)).map(({ text }) => text)).toEqual(["¿Hay alguien?"]);
    expect(await held(cancelled.id)).toMatchObject({ status: "closed" });
    expect(await callsOf(quiet.id)).toEqual([]);
    expect(await asked()).toContain((await held(cancelled.id))?.id);
  });
}

const [LOCAL] = PROFILES;

it("finds a claim closed that the list of open ones names no more", async () => {
  await arrive(LOCAL);
  const { id } = await newClaim(LOCAL, { openedHoursAgo: 30 });
  await signIn();
  expect(await held(id)).toMatchObject({ status: "open" });
  await house.control(`/claims/${id}/buyer/close`, {});
  await query("update chores set done_at = now() where key = $1", [`claims:${me.accountId}`]);
  await query("update chores set done_at = null where key = $1", [`claims-open:${me.accountId}`]);
  await claimsChores(house.rt, false);
  expect(await held(id)).toMatchObject({
    status: "closed",
    substatus: "worked_out_with_seller",
    dueAt: null,
  });
  expect((await rowOf(id)).is_waiting).toBe(false);
});

it("reads around a claim that is over once, and then only itself and its messages", async () => {
  await arrive(LOCAL);
  const { id } = await newClaim(LOCAL, { status: "closed", openedHoursAgo: 90 });
  await signIn();
  await look();
  await house.control("/calls/clear", {});
  await withAccount(house.rt, me.accountId, "notice", (ctx) =>
    pullInto(house.rt, ctx, "claims", { externalId: id, sellerId: null, siteId: null }),
  );
  expect((await callsOf(id)).map(({ path }) => path.replace(/^.*\d/, "")).sort()).toEqual(["", "/messages"]);
});

it("follows a return that outlives its claim", async () => {
  await arrive(LOCAL);
  const { id } = await newClaim(LOCAL, {
    status: "closed",
    openedHoursAgo: 90,
    resolution: { reason: "item_returned", hoursAgo: 20 },
    return: { status: "shipped", hoursAgo: 40 },
  });
  await signIn();
  await look();
  expect((await rowOf(id)).pull_wanted_at).toBeNull();
  await withAccount(house.rt, me.accountId, "open", (ctx) =>
    pullInto(house.rt, ctx, "claims", { externalId: id, sellerId: null, siteId: null }),
  );
  const wanted = (await rowOf(id)).pull_wanted_at.getTime() - Date.now();
  expect(wanted).toBeGreaterThan(3_600_000);
  expect(wanted).toBeLessThan(25 * 3_600_000);
  await house.control(`/claims/${id}/return`, { status: "delivered" });
  await query("update threads set pull_wanted_at = now() where external_id = $1", [id]);
  await claimsChores(house.rt, false);
  expect((await held(id))?.claim?.return).toMatchObject({ status: "delivered" });
  expect((await rowOf(id)).pull_wanted_at).toBeNull();
});

it("reads a claim again when its clock has run out, and not before", async () => {
  await arrive(LOCAL);
  const { id } = await newClaim(LOCAL, { openedHoursAgo: 10, replyDueInHours: 5 });
  await signIn();
  const row = await rowOf(id);
  expect(row.pull_wanted_at).toEqual(row.due_at);
  expect(row.pull_lane).toBe("reconcile");
  await house.control("/calls/clear", {});
  await claimsChores(house.rt, false);
  expect(await callsOf(id)).toEqual([]);
  await query("update threads set pull_wanted_at = now() where external_id = $1", [id]);
  await claimsChores(house.rt, false);
  expect(await callsOf(id)).not.toEqual([]);
  expect((await rowOf(id)).pull_wanted_at).toEqual(row.due_at);
});

it("keeps what it holds of a part that cannot be read, names it, and asks again", async () => {
  await arrive(LOCAL);
  const { id } = await newClaim(LOCAL, { openedHoursAgo: 2 });
  await signIn();
  const before = (await held(id))?.claim;
  await house.control("/faults", {
    method: "GET",
    path: "/affects-reputation$|/detail$",
    status: 500,
    times: 40,
  });
  await withAccount(house.rt, me.accountId, "notice", (ctx) =>
    pullInto(house.rt, ctx, "claims", { externalId: id, sellerId: null, siteId: null }),
  );
  await house.control("/faults/clear", {});
  const after = (await held(id))?.claim;
  expect(after?.unread).toEqual(["detail", "reputation"]);
  expect(after).toMatchObject({ detail: before?.detail, reputation: before?.reputation });
  expect((await rowOf(id)).pull_wanted_at.getTime()).toBeLessThan(Date.now() + 3_600_000);
});

it("asks the search before it hides what may be done", async () => {
  await arrive(LOCAL);
  const { id } = await newClaim(LOCAL, { openedHoursAgo: 2 });
  await house.control("/settings", { claimActions: "search_only" });
  await signIn();
  await house.control("/settings", { claimActions: "both" });
  expect(await held(id)).toMatchObject({ claim: { isActionsUnsure: true } });
  expect((await held(id))?.claim?.actions.map(({ action }) => action)).toContain("refund");
});

it("marks what moderation took from the seller, and forgets no reply of a claim that is over", async () => {
  await arrive(LOCAL);
  const { id } = await newClaim(LOCAL, {
    messages: [
      { from: "buyer", text: "Roto", hoursAgo: 0.5 },
      { from: "seller", text: "Bruto", hoursAgo: 0.4, moderation: {} },
    ],
  });
  await signIn();
  expect(await messagesOf(id)).toMatchObject([
    { text: "Roto", visibility: "visible" },
    { text: "Bruto", visibility: "rejected", reason: "OUT_OF_PLACE_LANGUAGE", direction: "out" },
  ]);
  expect(await rowOf(id)).toMatchObject({ is_waiting: true, snippet: "Roto" });
});

it("syncs messages all the same when claims may not be read, and says why", async () => {
  await arrive(LOCAL);
  const { pack } = await newClaim(
    LOCAL,
    {},
    { messages: [{ from: "buyer", text: "Hola", minutesAgo: 5, unread: true }] },
  );
  await house.control("/faults", { method: "GET", path: "/claims/search", status: 403, times: 40 });
  await signIn();
  expect((await messagesOf(pack)).map(({ text }) => text)).toEqual(["Hola"]);
  const [chore] = await query("select problem from chores where key = $1", [`claims-open:${me.accountId}`]);
  expect(chore.problem).toEqual(expect.any(String));
  const { accounts } = await house.read(StatusSchema, "/api/status", { as: me });
  expect(accounts).toMatchObject([{ problem: "claims_refused" }]);
  await house.control("/faults/clear", {});
});

it("counts what was found on a claim without a notice of its time, and takes it off when one comes late", async () => {
  await arrive(LOCAL);
  const { id } = await newClaim(LOCAL, { openedHoursAgo: 30 });
  await signIn();
  await query("update syncs set unread_at = now() - interval '1 minute' where account_id = $1", [
    me.accountId,
  ]);
  const found = async () =>
    (await readNotificationStatus(house.rt.db, [me.accountId], new Date())).topics
      .find(({ topic }) => topic === "post_purchase")
      ?.hours.reduce((sum, hour) => sum + hour.found, 0) ?? 0;
  await house.control(`/claims/${id}/buyer/message`, { text: "¿Y?" });
  await look();
  expect(await found()).toBe(1);
  // Of another event, an hour before or after.
  for (const minutes of [-60, 60]) {
    await notified("post_purchase", id, { receivedAt: new Date(Date.now() + minutes * 60_000) });
    expect(await found()).toBe(1);
  }
  await notified("post_purchase", id, { source: "missed", receivedAt: new Date() });
  expect(await found()).toBe(0);
  await workNotices();
  await query("update notices set stored_at = now() - interval '10 days'");
  await trimNotices(house.rt.db);
  expect(await query("select 1 from notices where user_id = $1", [sellerId])).toEqual([]);
  expect(await found()).toBe(0);
});
