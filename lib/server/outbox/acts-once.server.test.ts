import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createRuntime } from "@/lib/server/runtime";
import { OutboxSchema } from "@/lib/shared/api/thread";
import { type ClaimHouse, createClaimHouse, type OpenClaim } from "@/scripts/testing/claim-house";
import { KINDS, offerOf } from "@/scripts/testing/claim-kinds";
import { letTimePass, repliesOn, runOnce, threadOf, workOff } from "@/scripts/testing/outbox";

/** Money is never sent again by itself: whatever the network does, an act reaches Mercado Libre once at most, unless a person
 *  says so (claims.md 10, 12.15). */

let at: ClaimHouse;

beforeAll(async () => {
  at = await createClaimHouse();
});
beforeEach(() => at.house.control("/faults/clear", {}));
afterAll(() => at.house.close());

const REFUND = "expected-resolutions/refund$";
const refund = { kind: "refund" as const };
const decide = (claim: OpenClaim, id: string, act: string) =>
  at.house.call(`/api/outbox/${id}`, { as: claim.owner, method: "POST", body: { act } });
const gave = async (claim: OpenClaim) =>
  (await claim.held()).resolutions.filter(({ role, wish }) => role === "respondent" && wish === "refund");

it("answers the same act to the same key, however often it is asked, also when it is done", async () => {
  const claim = await at.open();
  const body = { key: crypto.randomUUID() };
  const first = await claim.confirm(refund, body);
  expect(await claim.confirm(refund, body)).toEqual(first);
  await workOff(at.house, claim.claimId);
  // The confirmation of then: the claim offers no refund any more.
  const confirmed = { ...first.confirmed };
  expect(await claim.confirm(refund, { ...body, confirmed })).toMatchObject({ id: first.id, state: "sent" });
  expect((await claim.post({ kind: "allowReturn" }, body)).status).toBe(409);
  expect(await claim.writes()).toHaveLength(1);
  expect(await claim.audits()).toHaveLength(1);
});

it("makes one refund of two that are confirmed in two tabs at once, by two people", async () => {
  const claim = await at.open();
  const sellerId = claim.owner.accountId;
  const colleague = await at.house.signIn(await at.house.newSeller({ nickname: "COLEGA" }));
  await at.house.signIn(sellerId, {
    kind: "connect",
    userId: colleague.userId,
    sessionId: colleague.sessionId,
    renews: null,
  });
  const answers = await Promise.all([
    claim.post(refund),
    claim.post(refund),
    claim.post(refund, {}, colleague),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const ids = await Promise.all(answers.map(async (answer) => (await answer.json()).id));
  expect(new Set(ids).size).toBe(1);
  await workOff(at.house, claim.claimId);
  expect(await claim.writes()).toHaveLength(1);
  expect(await gave(claim)).toHaveLength(1);
  expect(await claim.audits()).toHaveLength(1);
});

it("lets no other way to settle the claim pass while one is pending, or nobody knows of it", async () => {
  const claim = await at.open();
  const part = await offerOf(at.house, claim, 30);
  const less = await offerOf(at.house, claim, 20);
  const { id } = await claim.confirm(part);
  for (const other of [refund, less, { kind: "allowReturn" as const }]) {
    const answer = await claim.post(other);
    expect([other.kind, answer.status, (await answer.json()).reason]).toEqual([
      other.kind,
      409,
      "act_pending",
    ]);
  }
  await decide(claim, id, "cancel");
  expect((await claim.post(refund)).status).toBe(200);
});

describe("when the answer does not say what happened", () => {
  const EFFECT = [
    ["the connection breaks", { cutBody: true }],
    ["a 500 comes", { status: 500, applied: "yes" }],
    ["a 504 comes", { status: 504, applied: "yes" }],
    ["it comes true a little later", { status: 504, applied: "late", lateMs: 400 }],
  ] as const;

  it.each(EFFECT)("finds the refund in the claim, and does it once: %s", async (_name, order) => {
    const claim = await at.open();
    await claim.onWrite(REFUND, order);
    await claim.confirm(refund);
    await runOnce(at.house, claim.claimId);
    if ("lateMs" in order) await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "sent", reason: null }]);
    expect(await claim.writes()).toHaveLength(1);
    expect(await gave(claim)).toHaveLength(1);
    expect(await claim.audits()).toMatchObject([{ answer: { state: "sent" } }]);
  });

  it.each(KINDS)("finds $kind as well", async ({ seed, sale = {}, make, door }) => {
    const claim = await at.open(seed, { sale });
    await claim.onWrite(door.source, { status: 502, applied: "yes" });
    await claim.confirm(await make(at.house, claim));
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "sent", reason: null }]);
    expect((await claim.writes()).filter(({ path }) => door.test(path))).toHaveLength(1);
  });

  it.each(KINDS)("never does $kind again by itself when it is not there", async (one) => {
    const { seed, sale = {}, make, door } = one;
    const claim = await at.open(seed, { sale });
    await claim.onWrite(door.source, { status: 500 });
    await claim.confirm(await make(at.house, claim));
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "uncertain" }]);
    for (let round = 0; round < 3; round += 1) {
      await letTimePass(at.house, claim.claimId);
      await runOnce(at.house, claim.claimId);
    }
    expect((await claim.writes()).filter(({ path }) => door.test(path))).toHaveLength(1);
    expect(await claim.audits()).toMatchObject([{ answer: { state: "uncertain", status: 500 } }]);
    const view = await claim.view();
    expect(view.claim?.acts).toMatchObject([{ state: "uncertain", canRetry: true }]);
    expect(view.row.outbox).toBe("uncertain");
  });

  it("does it a second time only because a person says so, and looks for it before", async () => {
    const claim = await at.open();
    await claim.onWrite(REFUND, { status: 500 });
    const { id } = await claim.confirm(refund);
    await workOff(at.house, claim.claimId);
    const retried = await at.house.read(OutboxSchema, `/api/outbox/${id}`, {
      as: claim.owner,
      method: "POST",
      body: { act: "retry" },
    });
    expect(retried.state).toBe("queued");
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "sent" }]);
    expect(await claim.writes()).toHaveLength(2);
    expect(await gave(claim)).toHaveLength(1);
    expect(await claim.audits()).toMatchObject([
      { answer: { state: "sent", status: 200, facts: { retried_by: "TIENDA DE PRUEBA" } } },
    ]);
  });

  it("finds on the second look what came true late, and sends nothing for it", async () => {
    const claim = await at.open();
    await claim.onWrite(REFUND, { status: 500 });
    const { id } = await claim.confirm(refund);
    await workOff(at.house, claim.claimId);
    await at.house.control(`/claims/${claim.claimId}/seller`, { act: "refund" });
    expect((await decide(claim, id, "retry")).status).toBe(200);
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "sent" }]);
    expect(await claim.writes()).toHaveLength(1);
  });
});

describe("when it was certainly not applied", () => {
  it.each([
    ["too many calls", { status: 429, headers: { "retry-after": "1" } }, "slow_down"],
    [
      "a percentage that is not offered",
      { status: 400, body: { message: "Percentage not found 30.0" } },
      "percentage",
    ],
    ["a permission that the application lacks", { status: 403, body: policy() }, "no_access"],
  ] as const)("ends the act and never repeats it: %s", async (_name, order, reason) => {
    const claim = await at.open();
    await claim.onWrite(REFUND, order);
    await claim.confirm(refund);
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "failed", reason }]);
    for (let round = 0; round < 3; round += 1) {
      await letTimePass(at.house, claim.claimId);
      await runOnce(at.house, claim.claimId);
    }
    expect(await claim.writes()).toHaveLength(1);
    expect(await gave(claim)).toEqual([]);
    expect(await claim.audits()).toMatchObject([
      { answer: { state: "failed", reason, status: order.status } },
    ]);
    expect((await claim.view()).row.outbox).toBe("failed");
  });

  it("is looked for when Mercado Libre says that it was done already", async () => {
    const duplicate = { status: 400, body: { message: "duplicate action already performed" } };
    const done = await at.open();
    await done.onWrite(REFUND, { ...duplicate, applied: "yes" });
    await done.confirm(refund);
    expect(await workOff(at.house, done.claimId)).toMatchObject([{ state: "sent" }]);
    const absent = await at.open();
    await absent.onWrite(REFUND, duplicate);
    await absent.confirm(refund);
    expect(await workOff(at.house, absent.claimId)).toMatchObject([
      { state: "uncertain", reason: "duplicate" },
    ]);
    expect([await done.writes(), await absent.writes()]).toMatchObject([{ length: 1 }, { length: 1 }]);
  });

  it("is done when a person asks for it again", async () => {
    const claim = await at.open();
    await claim.onWrite(REFUND, { status: 429 });
    const { id } = await claim.confirm(refund);
    await workOff(at.house, claim.claimId);
    expect((await claim.view()).claim?.acts).toMatchObject([{ state: "failed", canRetry: true }]);
    await decide(claim, id, "retry");
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "sent" }]);
    expect(await gave(claim)).toHaveLength(1);
  });

  it("goes on by itself as long as nothing has left", async () => {
    const claim = await at.open();
    await claim.confirm(refund);
    await at.house.control("/faults", {
      method: "GET",
      path: `/claims/${claim.claimId}$`,
      times: 6,
      status: 503,
    });
    await runOnce(at.house, claim.claimId);
    expect(await repliesOn(at.house, claim.claimId)).toMatchObject([
      { state: "queued", reason: "meli_down" },
    ]);
    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "sent" }]);
    expect(await claim.writes()).toHaveLength(1);
  });
});

describe("when a worker dies", () => {
  const killed = async (claim: OpenClaim) =>
    at.house.rt.database.pool.query(
      `update outbox set state = 'sending', lease_owner = gen_random_uuid() || ':gone', lease_until = now() + interval '1 minute',
         baseline = $2, sending_at = now() where thread_id = $1`,
      [await threadOf(at.house, claim.claimId), JSON.stringify(await marksOf(claim))],
    );
  /** What stood in the claim when the request left. */
  const marksOf = async (claim: OpenClaim) => {
    const facts = (await claim.view()).claim?.facts;
    return [
      "read:history",
      "read:expected",
      ...(facts?.history.map(({ action, role, at: when }) => `history:${action}:${role}:${when.getTime()}`) ??
        []),
      ...(facts?.expected.map(
        ({ role, kind, at: when }) => `expected:${role}:${kind}:${when?.getTime() ?? 0}`,
      ) ?? []),
      `stage:${facts?.stage}`,
      `status:${facts?.status}`,
    ];
  };

  it("between sending and the answer, the act is looked for and found by another", async () => {
    const claim = await at.open();
    await claim.confirm(refund);
    await killed(claim);
    await at.house.control(`/claims/${claim.claimId}/seller`, { act: "refund" });
    const other = createRuntime(at.house.rt.env, "worker");
    expect(await workOff(at.house, claim.claimId, other)).toMatchObject([{ state: "sent" }]);
    await other.calls.flush();
    await other.database.close();
    expect(await claim.writes()).toEqual([]);
  });

  it("between sending and the wire, the act is uncertain and stays with the person", async () => {
    const claim = await at.open();
    await claim.confirm(refund);
    await killed(claim);
    expect(await workOff(at.house, claim.claimId)).toMatchObject([
      { state: "uncertain", reason: "interrupted" },
    ]);
    expect(await claim.writes()).toEqual([]);
    expect(await claim.audits()).toMatchObject([
      { answer: { state: "uncertain", reason: "interrupted", status: null } },
    ]);
  });
});

function policy() {
  return {
    code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES",
    blocked_by: "PolicyAgent",
    message: "At least one policy returned UNAUTHORIZED.",
    status: 403,
  };
}
