import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ClaimHouse, createClaimHouse, type OpenClaim } from "@/scripts/testing/claim-house";
import { daysAgo, kindCase, offerOf } from "@/scripts/testing/claim-kinds";
import { repliesOn, runOnce, workOff } from "@/scripts/testing/outbox";

/** What a person asks for again may have come true the first time, however long ago and whatever was in the way since: it is
 *  looked for as long as nobody knows (claims.md 10, 12.15). */

let at: ClaimHouse;

beforeAll(async () => {
  at = await createClaimHouse();
});
beforeEach(() => at.house.control("/faults/clear", {}));
afterAll(() => at.house.close());

const REFUND = "expected-resolutions/refund$";
const refund = { kind: "refund" as const };
const decide = (claim: OpenClaim, id: string, body: object) =>
  at.house.call(`/api/outbox/${id}`, { as: claim.owner, method: "POST", body });
const seenOf = async (claim: OpenClaim) => ({
  messages: (await claim.view()).messages.map((one) => one.id),
  replies: [],
});
/** These reads fail until further notice. */
const unreadable = (path: string, status = 403) =>
  at.house.control("/faults", { method: "GET", path, times: 500, status });

describe("an act of which nobody knows, asked for again", () => {
  it("is looked for also when it was held in between", async () => {
    const claim = await at.open({ messages: [{ from: "buyer", text: "No enciende", hoursAgo: 1 }] });
    const part = await offerOf(at.house, claim, 30);
    await claim.onWrite("partial-refund$", { status: 500 });
    const { id } = await claim.confirm(part, { seen: await seenOf(claim) });
    await workOff(at.house, claim.claimId);
    await at.house.control(`/claims/${claim.claimId}/buyer/message`, { text: "¿Hay novedades?" });
    await decide(claim, id, { act: "retry" });
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "held" }]);
    // The first one comes true now.
    await at.house.control(`/claims/${claim.claimId}/seller`, {
      act: "allow_partial_refund",
      percentage: 30,
    });
    await decide(claim, id, { act: "send_anyway", seen: await seenOf(claim) });
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "sent" }]);
    expect((await claim.writes()).filter(({ path }) => /partial-refund$/.test(path))).toHaveLength(1);
  });

  it("waits for the parts of the claim that would show it, and says nothing false meanwhile", async () => {
    const claim = await at.open();
    const part = await offerOf(at.house, claim, 30);
    await claim.onWrite("partial-refund$", { status: 504, applied: "yes" });
    const { id } = await claim.confirm(part);
    await runOnce(at.house, claim.claimId);
    await unreadable(`${claim.claimId}/(expected-resolutions|actions-history)$`);
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "uncertain" }]);
    await decide(claim, id, { act: "retry" });
    await runOnce(at.house, claim.claimId);
    expect(await repliesOn(at.house, claim.claimId)).toMatchObject([
      { state: "queued", reason: "meli_down" },
    ]);
    await at.house.control("/faults/clear", {});
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "sent" }]);
    expect((await claim.writes()).filter(({ path }) => /partial-refund$/.test(path))).toHaveLength(1);
  });

  it("is uncertain again, and never called failed, when Mercado Libre does not answer for long", async () => {
    const claim = await at.open();
    await claim.onWrite(REFUND, { status: 500 });
    const { id } = await claim.confirm(refund);
    await workOff(at.house, claim.claimId);
    await unreadable(`/claims/${claim.claimId}$`, 503);
    await decide(claim, id, { act: "retry" });
    // Its last try.
    await at.house.rt.database.pool.query("update outbox set attempts = 12 where id = $1", [id]);
    await runOnce(at.house, claim.claimId);
    expect(await repliesOn(at.house, claim.claimId)).toMatchObject([{ state: "uncertain" }]);
    // Nothing else settles the claim as long as nobody knows of this.
    expect((await claim.post({ kind: "allowReturn" })).status).toBe(409);
    expect(await claim.writes()).toHaveLength(1);
  });
});

it("is let go only once it was looked for, and stands on record as one that may have left", async () => {
  const claim = await at.open();
  await claim.onWrite(REFUND, { status: 500 });
  const { id } = await claim.confirm(refund);
  await runOnce(at.house, claim.claimId);
  expect(await repliesOn(at.house, claim.claimId)).toMatchObject([{ state: "uncertain", settled_at: null }]);
  const early = await decide(claim, id, { act: "discard" });
  expect([early.status, (await early.json()).reason]).toEqual([409, "uncertain"]);
  await workOff(at.house, claim.claimId);
  expect((await decide(claim, id, { act: "discard" })).status).toBe(200);
  expect(await claim.audits()).toMatchObject([
    { answer: { state: "cancelled", status: 500, facts: { may_have_left: "yes" } } },
  ]);
});

it("is let go without such a note when it was refused", async () => {
  const claim = await at.open();
  await claim.onWrite(REFUND, { status: 429 });
  const { id } = await claim.confirm(refund);
  await workOff(at.house, claim.claimId);
  await decide(claim, id, { act: "discard" });
  const [record] = await claim.audits();
  expect(record?.answer).toMatchObject({ state: "cancelled", status: 429 });
  expect(record?.answer?.facts).not.toHaveProperty("may_have_left");
});

it("does not leave while nothing can be read that would show it afterwards", async () => {
  const claim = await at.open();
  await claim.confirm(await offerOf(at.house, claim, 30));
  await unreadable(`${claim.claimId}/(expected-resolutions|actions-history)$`);
  await runOnce(at.house, claim.claimId);
  expect(await repliesOn(at.house, claim.claimId)).toMatchObject([{ state: "queued", reason: "meli_down" }]);
  expect(await claim.writes()).toEqual([]);
  await at.house.control("/faults/clear", {});
  expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "sent" }]);
});

describe("an act that failed, asked for again", () => {
  it("waits until what was confirmed instead is settled", async () => {
    const claim = await at.open();
    const part = await offerOf(at.house, claim, 30);
    await claim.onWrite("partial-refund$", { status: 429 });
    const first = await claim.confirm(part);
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "failed" }]);
    await claim.confirm(refund);
    const answer = await decide(claim, first.id, { act: "retry" });
    expect([answer.status, (await answer.json()).reason]).toEqual([409, "act_pending"]);
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "failed" }, { state: "sent" }]);
    expect((await claim.writes()).filter(({ path }) => /partial-refund$/.test(path))).toHaveLength(1);
  });

  it("is one of two that failed: they never leave together", async () => {
    const claim = await at.open();
    await claim.onWrite("partial-refund$", { status: 429 });
    const first = await claim.confirm(await offerOf(at.house, claim, 30));
    await workOff(at.house, claim.claimId);
    await claim.onWrite("allow-return$", { status: 429 });
    const second = await claim.confirm({ kind: "allowReturn" });
    await workOff(at.house, claim.claimId);
    const answers = await Promise.all(
      [first, second].map(async ({ id }) => (await decide(claim, id, { act: "retry" })).status),
    );
    expect(answers.toSorted()).toEqual([200, 409]);
  });
});

it("is the same act for a minute after it was done, however long it took", async () => {
  const one = kindCase("evidence");
  const claim = await at.open(one.seed, { sale: one.sale ?? {} });
  const evidence = { method: "mail" as const, company: "OCA", shippedOn: daysAgo(2), tracking: null };
  const act = { kind: "evidence" as const, evidence, files: [] };
  const first = await claim.confirm(act);
  await at.house.rt.database.pool.query(
    "update outbox set created_at = created_at - interval '10 minutes' where id = $1",
    [first.id],
  );
  await workOff(at.house, claim.claimId);
  const held = { action: "add_shipping_evidence", isMandatory: false, dueAt: null };
  await claim.pretend({ actions: [held] });
  expect((await claim.confirm(act)).id).toBe(first.id);
});

it("is not done again by a worker that takes over after the answer, before the claim was read back", async () => {
  const claim = await at.open();
  const { id } = await claim.confirm(await offerOf(at.house, claim, 30));
  await workOff(at.house, claim.claimId);
  // As the row stood when the first worker died: taken by Mercado Libre, not seen yet.
  await at.house.rt.database.pool.query(
    `update outbox set state = 'accepted', settled_at = null, message_id = null, lookups = 0,
       lease_owner = gen_random_uuid() || ':gone', lease_until = now() + interval '1 minute' where id = $1`,
    [id],
  );
  expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "sent" }]);
  expect((await claim.writes()).filter(({ path }) => /partial-refund$/.test(path))).toHaveLength(1);
});

it("is not done again, nor lost, when a reply is sent at the same moment", async () => {
  const claim = await at.open();
  const send = (text: string) =>
    at.house.call(`${claim.thread}/replies`, {
      as: claim.owner,
      method: "POST",
      body: { key: crypto.randomUUID(), text, files: [] },
    });
  const [act, reply] = await Promise.all([claim.post(refund), send("Te devolví el dinero")]);
  expect([act.status, reply.status]).toEqual([200, 200]);
  await Promise.all([runOnce(at.house, claim.claimId), runOnce(at.house, claim.claimId)]);
  const rows = await workOff(at.house, claim.claimId);
  expect(rows).toHaveLength(2);
  const paths = (await claim.writes()).map(({ path }) => path.split("/").at(-1));
  expect(paths.filter((door) => door === "refund")).toHaveLength(1);
  expect(paths.filter((door) => door === "send-message").length).toBeLessThanOrEqual(1);
  // Whichever came first: a message for a claim that closed meanwhile stays here, and says why.
  const view = await claim.view();
  expect(view.claim?.acts).toMatchObject([{ state: "sent" }]);
  const left = view.outbox.map(({ state, reason }) => ({ state, reason }));
  expect([
    [],
    [{ state: "sent", reason: null }],
    [{ state: "failed", reason: "closed" }],
    [{ state: "failed", reason: "action_gone" }],
  ]).toContainEqual(left);
});
