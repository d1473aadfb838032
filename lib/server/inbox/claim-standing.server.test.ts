import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  ActOptionsSchema,
  ActSchema,
  CLAIM_ACTS,
  CLAIM_ROLES,
  type ClaimAct,
  type ClaimActKind,
} from "@/lib/shared/api/claim";
import { OutboxSchema, ThreadViewSchema } from "@/lib/shared/api/thread";
import { SECTION_7, type Standing } from "@/lib/shared/claim/testing/section-7";
import { type ClaimHouse, createClaimHouse, type OpenClaim, PROFILES } from "@/scripts/testing/claim-house";
import { daysAgo } from "@/scripts/testing/claim-kinds";

/** Stage x status x what is held (claims.md 7): what a forged request may and may not do. Every act that the claim does not
 *  offer and every reader that it does not permit is refused here, before anything reaches Mercado Libre; every other is taken. */

let at: ClaimHouse;

beforeAll(async () => {
  at = await createClaimHouse();
});
afterAll(() => at.house.close());

const Problem = z.object({ code: z.string(), reason: z.string().optional() });

/** What the sandbox gives by itself, all of which is taken from a claim before it gets what its standing names. */
const GIVEN = [
  "send_message_to_complainant",
  "send_message_to_mediator",
  "refund",
  "open_dispute",
  "allow_partial_refund",
  "allow_return",
  "allow_replace",
  "send_potential_shipping",
  "add_shipping_evidence",
  "send_tracking_number",
];

/** A claim that stands so, at Mercado Libre and therefore with us. */
async function stand(standing: Standing, where: (typeof PROFILES)[number]): Promise<OpenClaim> {
  const { type, stage, status, reasonId, actions, mandatory } = standing;
  const seed = {
    type,
    stage,
    status,
    reasonId,
    openedHoursAgo: 5,
    without: GIVEN.filter((action) => action !== mandatory),
    also: actions.filter((action) => action !== mandatory || !GIVEN.includes(action)),
  };
  const claim = await at.open(seed, { in: where });
  if (status === "closed" && actions.length > 0) await leaveOn(claim, standing, where);
  return claim;
}

/** The simulator takes every action from a closed claim; old samples left some on it (claims.md 7). */
async function leaveOn(
  claim: OpenClaim,
  { type, stage, status, reasonId, actions }: Standing,
  where: (typeof PROFILES)[number],
): Promise<void> {
  const held = await at.house.control(`/claims/${claim.claimId}`);
  const { localSellerId, resourceId } = z
    .object({ localSellerId: z.string(), resourceId: z.string() })
    .parse(held);
  const left = actions.map((action) => ({ action, mandatory: false, due_date: null }));
  const now = new Date().toISOString();
  await at.house.control("/faults", {
    method: "GET",
    path: `/claims/${claim.claimId}$`,
    times: 1,
    status: 200,
    body: {
      id: Number(claim.claimId),
      resource: "order",
      resource_id: Number(resourceId),
      type,
      stage,
      status,
      reason_id: reasonId,
      site_id: where.site,
      players: [
        { role: "respondent", type: "seller", user_id: Number(localSellerId), available_actions: left },
      ],
      resolution: null,
      date_created: now,
      last_updated: now,
    },
  });
  const again = { as: claim.owner, method: "POST" };
  const { claim: shown } = await at.house.read(ThreadViewSchema, `${claim.thread}/refresh`, again);
  // It is this answer that was read.
  expect(shown?.facts.createdAt.toISOString()).toBe(now);
}

const money = { minor: 30_000, currency: "ARS" };

/** Each act as a browser would confirm it, without files. */
const ACTS: Record<ClaimActKind, ClaimAct> = {
  refund: { kind: "refund" },
  partialRefund: { kind: "partialRefund", percentage: 30, amount: money },
  allowReturn: { kind: "allowReturn" },
  allowReplace: { kind: "allowReplace" },
  openDispute: { kind: "openDispute" },
  evidence: {
    kind: "evidence",
    evidence: { method: "mail", company: "Andreani", shippedOn: daysAgo(3), tracking: null },
    files: [],
  },
  reviewOk: { kind: "reviewOk" },
  reviewFail: {
    kind: "reviewFail",
    failures: [{ reason: "SRF3", message: "Falta una pieza", files: [], orderId: null }],
  },
};

describe.each(PROFILES)("the server of a $profile seller", (where) => {
  it.each(SECTION_7)("lets through exactly what is offered and permitted: $name", async (standing) => {
    const claim = await stand(standing, where);
    const { owner, thread } = claim;
    await at.house.rt.database.pool.query("update users set undo_seconds = 600 where id = $1", [
      owner.userId,
    ]);
    const { row, claim: shown, composer } = await claim.view();
    // What is held here is what the row of the table says: otherwise nothing below would mean anything. Of a claim that is
    // over nothing is held, whatever was left on it.
    const held = standing.status === "closed" ? [] : standing.actions;
    expect(shown?.facts.actions.map(({ action }) => action).toSorted()).toEqual(held.toSorted());
    expect([shown?.facts.stage, shown?.facts.status]).toEqual([standing.stage, standing.status]);

    const { localOnly = [], offers, writesTo } = standing;
    const offered = offers.filter((act) => where.profile === "LOCAL" || !localOnly.includes(act));
    expect(shown?.offered.map(({ act }) => act)).toEqual(offered);
    expect(composer.allowed ? composer.to : []).toEqual(writesTo);

    const calls = async () => (await at.house.calls({ sellerId: owner.accountId })).length;
    const before = await calls();
    const send = (path: string, body: object) =>
      at.house.call(`${thread}${path}`, {
        as: owner,
        method: "POST",
        body: { key: crypto.randomUUID(), ...body },
      });
    const takeBack = (id: string) =>
      at.house.read(OutboxSchema, `/api/outbox/${id}`, {
        as: owner,
        method: "POST",
        body: { act: "cancel" },
      });
    const taken: string[] = [];
    const refusals: Record<string, [number, string]> = {};
    const note = async (name: string, answer: Response) => {
      const problem = Problem.parse(await answer.json());
      refusals[name] = [answer.status, `${problem.code} ${problem.reason}`];
    };

    for (const kind of CLAIM_ACTS) {
      const amount = kind === "partialRefund" ? money : kind === "refund" ? row.amount : null;
      const answer = await send("/acts", { act: ACTS[kind], confirmed: { buyer: row.buyer, amount } });
      if (!answer.ok) {
        await note(kind, answer);
        const asked = await at.house.read(ActOptionsSchema, `${thread}/options/${kind}`, { as: owner });
        expect(asked).toEqual({ kind: "closed", reason: "action_gone" });
        continue;
      }
      const { id, state } = ActSchema.parse(await answer.json());
      expect(state).toBe("queued");
      await takeBack(id);
      taken.push(kind);
    }
    for (const to of CLAIM_ROLES) {
      const answer = await send("/replies", { text: "Hola", files: [], to });
      if (!answer.ok) {
        await note(to, answer);
        continue;
      }
      const reply = OutboxSchema.parse(await answer.json());
      expect([reply.state, reply.to]).toEqual(["queued", to]);
      await takeBack(reply.id);
      taken.push(to);
    }

    const allowed: string[] = [...offered, ...writesTo];
    expect(taken.toSorted()).toEqual(allowed.toSorted());
    const because =
      writesTo.length > 0 ? "action_gone" : standing.status === "closed" ? "closed" : "no_action";
    for (const kind of CLAIM_ACTS.filter((one) => !allowed.includes(one))) {
      expect(refusals[kind]).toEqual([422, "refused_by_meli action_not_held"]);
    }
    for (const to of CLAIM_ROLES.filter((one) => !allowed.includes(one))) {
      expect(refusals[to]).toEqual([422, `refused_by_meli ${because}`]);
    }
    // Nothing of all this reached Mercado Libre, and no act is on record but those that were taken.
    expect(await calls()).toBe(before);
    expect((await claim.audits()).map(({ act }) => act.kind).toSorted()).toEqual(offered.toSorted());
  });
});

it("knows no act on a conversation of messages, whatever its claim offers", async () => {
  const claim = await at.open();
  const { row } = await claim.view();
  const pack = `/api/threads/messages/${claim.packId}`;
  await at.house.call(pack, { as: claim.owner });
  const before = (await at.house.calls({ sellerId: claim.owner.accountId })).length;
  const body = {
    key: crypto.randomUUID(),
    act: ACTS.refund,
    confirmed: { buyer: row.buyer, amount: row.amount },
  };
  const answer = await at.house.call(`${pack}/acts`, { as: claim.owner, method: "POST", body });
  expect(answer.status).toBe(422);
  expect(Problem.parse(await answer.json()).reason).toBe("action_not_held");
  expect((await at.house.calls({ sellerId: claim.owner.accountId })).length).toBe(before);
});

it.each([
  { kind: "refund_everything" },
  { kind: "partialRefund", percentage: 100, amount: money },
  { kind: "partialRefund", percentage: 0, amount: money },
  { kind: "reviewFail", failures: [] },
  { kind: "evidence", evidence: { method: "pigeon" }, files: [] },
])("takes no act that it does not know: %j", async (act) => {
  const claim = await at.open();
  const { row } = await claim.view();
  const before = (await at.house.calls({ sellerId: claim.owner.accountId })).length;
  const body = { key: crypto.randomUUID(), act, confirmed: { buyer: row.buyer, amount: money } };
  const answer = await at.house.call(`${claim.thread}/acts`, { as: claim.owner, method: "POST", body });
  expect(answer.status).toBe(422);
  expect((await at.house.calls({ sellerId: claim.owner.accountId })).length).toBe(before);
  expect(await claim.audits()).toEqual([]);
});
