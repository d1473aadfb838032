import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { withAccount } from "@/lib/server/account-context";
import { sendMessage } from "@/lib/server/mercadolibre/messages";
import { OutboxSchema, type OutboxState } from "@/lib/shared/api/thread";
import { addTextFile } from "@/scripts/testing/belongings";
import { startChild } from "@/scripts/testing/child";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { arrived, letTimePass, repliesOn, runOnce, send, sends, workOff } from "@/scripts/testing/outbox";
import { accountState } from "@/scripts/testing/tokens";

let house: House;
let me: SignedIn;
let packId: string;
let thread: string;

beforeAll(async () => {
  house = await createHouse();
});
beforeEach(async () => {
  const sellerId = await house.newSeller();
  me = await house.signIn(sellerId);
  packId = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "¿Cuándo llega?", minutesAgo: 20 }],
  });
  thread = `/api/threads/messages/${packId}`;
  await house.call(thread, { as: me });
  await house.control("/faults/clear", {});
});
afterAll(() => house.close());

/** What happens to the next send on the conversation. */
const onSend = (order: object) =>
  house.control("/faults", { method: "POST", path: `/messages/packs/${packId}`, times: 1, ...order });
const decide = (id: string, act: string) =>
  house.call(`/api/outbox/${id}`, { as: me, method: "POST", body: { act } });

describe("when the answer does not say what happened", () => {
  it.each([
    ["the connection breaks after it was applied", { cutBody: true }],
    ["a 500 comes though it was applied", { status: 500, applied: "yes" }],
    ["a 504 comes though it was applied", { status: 504, applied: "yes" }],
    [
      "a 2xx comes that makes no sense",
      { status: 200, body: "<html>ok</html>", contentType: "text/html", applied: "yes" },
    ],
  ])("finds the reply and sends it once: %s", async (_name, order) => {
    await onSend(order);
    await send(house, me, thread, { text: "Mañana" });
    await runOnce(house, packId);
    expect(await repliesOn(house, packId)).toMatchObject([
      { state: expect.stringMatching(/uncertain|sent/) },
    ]);
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent", reason: null }]);
    expect(await arrived(house, packId)).toEqual(["Mañana"]);
    expect(await sends(house, packId)).toHaveLength(1);
  });

  it("tells the seller that it looks for it", async () => {
    await onSend({ status: 504 });
    const { id } = await send(house, me, thread, { text: "Mañana" });
    await runOnce(house, packId);
    expect(await repliesOn(house, packId)).toMatchObject([{ id, state: "uncertain", settled_at: null }]);
    expect(await (await decide(id, "retry")).json()).toMatchObject({ status: 409, reason: "uncertain" });
  });

  it("finds a reply that was applied late", async () => {
    await onSend({ status: 504, applied: "late", lateMs: 150 });
    await send(house, me, thread, { text: "Mañana" });
    await runOnce(house, packId);
    await vi.waitFor(async () => expect(await arrived(house, packId)).toEqual(["Mañana"]));
    await letTimePass(house, packId);
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
    expect(await sends(house, packId)).toHaveLength(1);
  });
});

describe("when a 2xx was a lie", () => {
  beforeEach(async () => {
    await onSend({ status: 201, body: { id: "0199aa00bb11cc22dd33ee44ff556677", status: "available" } });
    await send(house, me, thread, { text: "Ya salió" });
  });

  it("ends as uncertain and is never sent again by itself", async () => {
    const [row] = await workOff(house, packId);
    expect(row).toMatchObject({ state: "uncertain", reason: "not_seen" });
    await letTimePass(house, packId);
    await runOnce(house, packId);
    expect(await sends(house, packId)).toHaveLength(1);
    expect(await arrived(house, packId)).toEqual([]);
  });

  it("is sent again when the seller decides so", async () => {
    const [row] = await workOff(house, packId);
    const retried = await decide(row?.id ?? "", "retry");
    expect(OutboxSchema.parse(await retried.json())).toMatchObject({ state: "queued", canRetry: false });
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
    expect(await arrived(house, packId)).toEqual(["Ya salió"]);
  });
});

it("does not send an uncertain reply again that has arrived after all", async () => {
  await onSend({ status: 504 });
  const { id } = await send(house, me, thread, { text: "Mañana" });
  expect(await workOff(house, packId)).toMatchObject([{ state: "uncertain" }]);
  // Mercado Libre applies it long after anybody looked.
  const { buyerId } = await house.held(packId);
  await withAccount(house.rt, me.accountId, "reply", ({ meli }) =>
    sendMessage(meli, { packId, sellerId: me.accountId, toUserId: buyerId, text: "Mañana", attachments: [] }),
  );
  expect((await decide(id, "retry")).status).toBe(200);
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  expect(await arrived(house, packId)).toEqual(["Mañana"]);
});

it("holds later replies back until an uncertain one stands still", async () => {
  await onSend({ status: 504 });
  await send(house, me, thread, { text: "Uno" });
  await send(house, me, thread, { text: "Dos" });
  await runOnce(house, packId);
  await runOnce(house, packId);
  expect((await repliesOn(house, packId)).map(({ state }) => state)).toEqual(["uncertain", "queued"]);
  expect((await workOff(house, packId)).map(({ state }) => state)).toEqual(["uncertain", "sent"]);
  expect(await arrived(house, packId)).toEqual(["Dos"]);
});

it("sends later and once when Mercado Libre asks to slow down", async () => {
  await onSend({ status: 429, headers: { "retry-after": "0" } });
  await send(house, me, thread, { text: "Con calma" });
  await runOnce(house, packId);
  expect(await repliesOn(house, packId)).toMatchObject([{ state: "queued", reason: "slow_down" }]);
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  expect(await arrived(house, packId)).toEqual(["Con calma"]);
});

it("waits while the conversation cannot be read, and sends once it can", async () => {
  await house.control("/faults", {
    method: "GET",
    path: `/messages/packs/${packId}`,
    times: 1,
    status: 200,
    body: "not json",
  });
  await send(house, me, thread, { text: "Hola" });
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  expect(await sends(house, packId)).toHaveLength(1);
});

it("fails in words when the account must be connected again, and keeps the text", async () => {
  await house.control("/grants/revoke", { sellerId: me.accountId });
  await send(house, me, thread, { text: "No se pierde" });
  expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason: "account_disconnected" }]);
  const [row] = await repliesOn(house, packId);
  await house.signIn(me.accountId);
  expect((await decide(row?.id ?? "", "retry")).status).toBe(200);
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  expect(await arrived(house, packId)).toEqual(["No se pierde"]);
});

it("says at once that the account must be connected again when a fresh token is refused", async () => {
  await house.control("/faults", {
    method: "GET",
    path: `/messages/packs/${packId}`,
    times: 2,
    status: 401,
    body: { message: "invalid_token", error: "not_found", status: 401 },
  });
  await send(house, me, thread, { text: "Hola" });
  expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason: "account_disconnected" }]);
  expect(await accountState(house, me.accountId)).toBe("reconnect");
});

describe("when the worker is killed -9 while it sends", () => {
  it.each([
    ["applied", "yes", "sent", ["Antes del corte"]],
    ["not applied", "no", "uncertain", []],
  ] as const)("is uncertain, never queued: the request was %s", async (_name, applied, state, texts) => {
    await onSend({ hang: true, applied });
    await send(house, me, thread, { text: "Antes del corte" });
    const worker = startChild("lib/server/worker.ts");
    await vi.waitFor(async () => expect(await sends(house, packId)).toHaveLength(1), {
      timeout: 40_000,
      interval: 50,
    });
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "sending" }]);
    await worker.kill();

    await runOnce(house, packId);
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "sending" }]);
    await letTimePass(house, packId);
    expect(await workOff(house, packId)).toMatchObject([{ state }]);
    expect(await arrived(house, packId)).toEqual(texts);
    expect(await sends(house, packId)).toHaveLength(1);
  });
});

describe("a person's decision", () => {
  const RULES: Record<string, OutboxState[]> = {
    retry: ["failed", "uncertain"],
    cancel: ["queued"],
    discard: ["failed", "rejected", "uncertain"],
  };
  const STATES = [
    "queued",
    "sending",
    "accepted",
    "sent",
    "moderation",
    "rejected",
    "failed",
    "uncertain",
    "cancelled",
  ];

  it.each(Object.entries(RULES))("%s is for some states only", async (act, allowed) => {
    for (const state of STATES) {
      const { id } = await send(house, me, thread, { text: `${act} ${state}` });
      const settled = !["queued", "sending", "accepted"].includes(state);
      await house.rt.database.pool.query(
        "update outbox set state = $1, settled_at = case when $2 then now() end where id = $3",
        [state, settled, id],
      );
      const isAllowed = allowed.some((one) => one === state);
      expect([state, (await decide(id, act)).status]).toEqual([state, isAllowed ? 200 : 409]);
    }
  });

  it("takes a queued reply back before anything leaves, and its files serve the next one", async () => {
    const file = await addTextFile(house, me, thread);
    const { id } = await send(house, me, thread, { text: "Mejor no", files: [file] });
    expect(await (await decide(id, "cancel")).json()).toMatchObject({ state: "cancelled" });
    await runOnce(house, packId);
    expect(await sends(house, packId)).toEqual([]);
    await send(house, me, thread, { text: "Mejor así", files: [file] });
    await workOff(house, packId);
    expect((await house.held(packId)).messages.at(-1)?.attachments).toHaveLength(1);
  });

  it("keeps the files of a failed reply for its retry", async () => {
    const file = await addTextFile(house, me, thread);
    await onSend({
      status: 400,
      body: { message: "The text has character/s that is/are not supported.", status: 400 },
    });
    const { id } = await send(house, me, thread, { text: "Va", files: [file] });
    expect(await workOff(house, packId)).toMatchObject([{ state: "failed" }]);
    await decide(id, "retry");
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
    expect((await house.held(packId)).messages.at(-1)?.attachments).toHaveLength(1);
  });
});
