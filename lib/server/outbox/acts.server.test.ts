import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OutboxSchema } from "@/lib/shared/api/thread";
import { type ClaimHouse, createClaimHouse, PROFILES } from "@/scripts/testing/claim-house";
import { KINDS, kindCase, offerOf } from "@/scripts/testing/claim-kinds";
import { repliesOn, workOff } from "@/scripts/testing/outbox";

let at: ClaimHouse;

beforeAll(async () => {
  at = await createClaimHouse();
});
afterAll(() => at.house.close());

describe.each(PROFILES)("acts of a $profile seller", (where) => {
  const mine = KINDS.filter(({ isLocalOnly }) => !isLocalOnly || where.profile === "LOCAL");

  it.each(mine)("does $kind once, sees it in the claim and keeps it on record", async (one) => {
    const { seed, sale = {} } = one;
    const claim = await at.open(seed, { in: where, sale });
    const act = await one.make(at.house, claim);
    const { buyer } = (await claim.view()).row;
    const confirmed = await claim.confirm(act);
    expect(confirmed).toMatchObject({ state: "queued", act, by: "TIENDA DE PRUEBA", settledAt: null });
    expect(await claim.audits()).toMatchObject([{ act, confirmed: { buyer }, answer: null }]);

    expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "sent", reason: null }]);
    const doors = (await claim.writes()).filter(({ path }) => one.door.test(path));
    expect(doors).toHaveLength(1);
    expect(await claim.audits()).toMatchObject([
      { by: "TIENDA DE PRUEBA", answer: { state: "sent", reason: null, status: 200 } },
    ]);
    const after = await claim.view();
    expect(after.claim?.acts).toMatchObject([{ state: "sent", canRetry: false, key: confirmed.key }]);
    expect(after.claim?.acts[0]?.settledAt).toBeInstanceOf(Date);
    // What may be done once is offered once, and an act is no bubble of the conversation.
    expect(after.claim?.offered.map(({ act: kind }) => kind)).not.toContain(one.kind);
    expect(after.outbox).toEqual([]);
    expect(after.row.outbox).toBeNull();
  });

  it("plans no later look at an act: moderation has no say in it", async () => {
    const claim = await at.open({}, { in: where });
    await claim.confirm({ kind: "refund" });
    await workOff(at.house, claim.claimId);
    const { rows } = await at.house.rt.database.pool.query(
      "select check_at from outbox o join threads t on t.id = o.thread_id where t.external_id = $1",
      [claim.claimId],
    );
    expect(rows).toEqual([{ check_at: null }]);
  });
});

it("sends every photo of a review under a name that a claim takes, and keeps the seller's own", async () => {
  const one = kindCase("reviewFail");
  const claim = await at.open(one.seed);
  await claim.confirm(await one.make(at.house, claim));
  await workOff(at.house, claim.claimId);
  const uploads = (await claim.writes()).filter(({ path }) => /returns\/attachments$/.test(path));
  expect(uploads).toHaveLength(2);
  expect((await claim.held()).returnCase?.review).not.toBeNull();
});

it("finds a proof of shipment on any claim that asks for one, whatever it is about", async () => {
  const claim = await at.open(
    { reasonId: "PDD9939", also: ["add_shipping_evidence"] },
    { sale: { shipment: null } },
  );
  const act = await kindCase("evidence").make(at.house, claim);
  await claim.confirm(act);
  expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "sent", reason: null }]);
  expect((await claim.view()).claim?.facts.evidences).toMatchObject([{ method: "mail" }]);
});

it("asks for the offers anew before money is offered, and offers no other amount than was confirmed", async () => {
  const claim = await at.open();
  const act = await offerOf(at.house, claim, 30);
  await claim.confirm(act);
  await at.house.control("/faults", {
    method: "GET",
    path: "/partial-refund/available-offers$",
    times: 1,
    status: 200,
    body: { currency_id: "ARS", available_offers: [{ amount: 1, percentage: 30 }] },
  });
  expect(await workOff(at.house, claim.claimId)).toMatchObject([
    { state: "failed", reason: "offer_changed" },
  ]);
  expect(await claim.writes()).toEqual([]);
  const [seen] = (await claim.view()).claim?.acts ?? [];
  expect(seen).toMatchObject({ state: "failed", reason: "offer_changed", canRetry: false });
});

it("gives nothing back of an act that vanished between its confirmation and its turn", async () => {
  const claim = await at.open();
  await claim.confirm({ kind: "refund" });
  await at.house.control(`/claims/${claim.claimId}/buyer/dispute`, {});
  expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "failed", reason: "action_gone" }]);
  expect(await claim.writes()).toEqual([]);
  const view = await claim.view();
  // What is shown is the claim as it stands now.
  expect(view.claim?.facts.stage).toBe("dispute");
  expect(view.claim?.acts).toMatchObject([{ state: "failed", reason: "action_gone", canRetry: false }]);
});

it("reads the claim back when Mercado Libre takes the action away in the last moment", async () => {
  const claim = await at.open();
  await claim.confirm({ kind: "refund" });
  await claim.onWrite("expected-resolutions/refund$", {
    status: 400,
    body: { message: "Action refund not available for player", error: "bad_request_error", status: 400 },
  });
  await at.house.control("/faults", { method: "GET", path: `/claims/${claim.claimId}$`, times: 1 });
  expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "failed", reason: "action_gone" }]);
  expect(await claim.audits()).toMatchObject([
    { answer: { state: "failed", reason: "action_gone", status: 400, facts: { code: "bad_request_error" } } },
  ]);
  const reads = await at.house.calls({
    method: "GET",
    path: `/claims/${claim.claimId}$`,
    sellerId: claim.owner.accountId,
  });
  // On opening; before anything; right before it leaves; after the refusal.
  expect(reads.length).toBeGreaterThanOrEqual(4);
});

it("holds an act when the buyer has written meanwhile, and does it when that was read", async () => {
  const claim = await at.open({ messages: [{ from: "buyer", text: "No enciende", hoursAgo: 1 }] });
  const { messages } = await claim.view();
  const seen = { messages: messages.map(({ id }) => id), replies: [] };
  const { id } = await claim.confirm({ kind: "refund" }, { seen });
  await at.house.control(`/claims/${claim.claimId}/buyer/message`, { text: "Esperá, ya anda" });
  expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "held" }]);
  expect(await claim.writes()).toEqual([]);
  const held = await claim.view();
  expect(held.row.outbox).toBe("held");
  expect(held.claim?.acts).toMatchObject([{ state: "held", heldFor: [held.messages.at(-1)?.id] }]);
  const body = { act: "send_anyway", seen: { messages: held.messages.map((one) => one.id), replies: [] } };
  const path = `/api/outbox/${id}`;
  await at.house.read(OutboxSchema, path, { as: claim.owner, method: "POST", body });
  expect(await workOff(at.house, claim.claimId)).toMatchObject([{ state: "sent" }]);
  expect(await claim.writes()).toHaveLength(1);
  expect(await claim.audits()).toMatchObject([{ answer: { state: "sent", facts: expect.anything() } }]);
});

it("takes an act back while nothing has left, and says on record who did", async () => {
  const claim = await at.open();
  await at.house.rt.database.pool.query("update users set undo_seconds = 10 where id = $1", [
    claim.owner.userId,
  ]);
  const { id, sendsAt } = await claim.confirm({ kind: "refund" });
  expect(sendsAt?.getTime()).toBeGreaterThan(Date.now() + 5_000);
  const cancel = { as: claim.owner, method: "POST", body: { act: "cancel" } };
  expect((await at.house.call(`/api/outbox/${id}`, cancel)).status).toBe(200);
  expect(await repliesOn(at.house, claim.claimId)).toMatchObject([{ state: "cancelled" }]);
  await workOff(at.house, claim.claimId);
  expect(await claim.writes()).toEqual([]);
  expect(await claim.audits()).toMatchObject([
    { answer: { state: "cancelled", status: null, facts: { cancelled_by: "TIENDA DE PRUEBA" } } },
  ]);
  expect((await claim.view()).claim?.acts).toMatchObject([{ state: "cancelled" }]);
});

it("keeps an act on record when its row in the outbox is long gone", async () => {
  const claim = await at.open();
  await claim.confirm({ kind: "refund" });
  await workOff(at.house, claim.claimId);
  const before = (await claim.view()).claim?.acts[0];
  await at.house.rt.database.pool.query("delete from outbox");
  expect((await claim.view()).claim?.acts).toEqual([{ ...before, key: before?.id }]);
});
