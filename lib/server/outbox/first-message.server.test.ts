import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { GuideSchema, ThreadViewSchema } from "@/lib/shared/api/thread";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { arrived, repliesOn, runOnce, send, sends, workOff } from "@/scripts/testing/outbox";

/** A plain message where a conversation asks for a reason: Global Selling has no guide and one message (messages.md 5),
 *  a local sale has the guide, unless it is an exception (messages.md 4.1). */

const LIMITED = "blocked_by_conversation_initiated_by_seller_limited";
const AGAIN = "You are not allowed to execute the option OTHER again";

let house: House;
let cbt: SignedIn;
let local: SignedIn;

beforeAll(async () => {
  house = await createHouse();
  cbt = await house.signIn(await house.newSeller({ siteId: "CBT", nickname: "GLOBAL" }));
  local = await house.signIn(await house.newSeller());
});
afterAll(() => house.close());

async function open(as: SignedIn, seed: object = { status: "blocked", substatus: LIMITED }) {
  const packId = await house.newThread(as.accountId, seed);
  const thread = `/api/threads/messages/${packId}`;
  await house.call(thread, { as });
  return {
    packId,
    thread,
    composer: async () => (await house.read(ThreadViewSchema, thread, { as })).composer,
    refresh: () => house.call(`${thread}/refresh`, { as, method: "POST" }),
  };
}

describe("on Global Selling", () => {
  it("one message may be sent, and then none until the buyer writes", async () => {
    const { packId, thread, composer, refresh } = await open(cbt);
    expect(await composer()).toMatchObject({ allowed: true, maxLength: 350, isOnlyOne: true });
    expect(await house.read(GuideSchema, `${thread}/guide`, { as: cbt })).toEqual({ kind: "use_messages" });
    await send(house, cbt, thread, { text: "Your parcel leaves today" });
    await send(house, cbt, thread, { text: "And one more thing" });
    expect(await workOff(house, packId)).toMatchObject([
      { state: "sent" },
      { state: "failed", reason: "start_spent" },
    ]);
    expect(await arrived(house, packId)).toEqual(["Your parcel leaves today"]);
    expect(await sends(house, packId)).toHaveLength(1);
    const closed = { allowed: false, because: "start_spent", substatus: null, hasGuide: false };
    expect(await composer()).toEqual(closed);
    await refresh();
    expect(await composer()).toEqual(closed);
    expect(await house.read(GuideSchema, `${thread}/guide`, { as: cbt })).toEqual({
      kind: "closed",
      reason: "start_spent",
    });

    await house.control("/buyer/message", { packId, text: "Thanks!" });
    await refresh();
    expect(await composer()).toMatchObject({ allowed: true, isOnlyOne: false });
  });

  it.each([
    ["in English", AGAIN],
    ["in another language", "Você não pode executar a opção OTHER novamente"],
  ])("the refusal of a second one closes the composer (%s)", async (_name, message) => {
    const { packId, thread, composer, refresh } = await open(cbt);
    await house.control("/faults", {
      method: "POST",
      path: `/marketplace/messages/packs/${packId}`,
      times: 1,
      status: 403,
      body: { message, error: "forbidden", status: 403, cause: [] },
    });
    await send(house, cbt, thread, { text: "Hello" });
    expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason: "start_spent" }]);
    expect(await composer()).toMatchObject({ allowed: false, because: "start_spent" });
    const { outbox } = await house.read(ThreadViewSchema, thread, { as: cbt });
    expect(outbox).toMatchObject([{ text: "Hello", canRetry: false }]);
    await refresh();
    expect(await composer()).toMatchObject({ because: "start_spent" });
  });

  it("the same refusal closes one that says it is open, until the buyer writes", async () => {
    const { packId, thread, composer, refresh } = await open(cbt, {});
    expect(await composer()).toMatchObject({ allowed: true, isOnlyOne: false });
    await house.control("/faults", {
      method: "POST",
      path: `/marketplace/messages/packs/${packId}`,
      times: 1,
      status: 403,
      body: { message: AGAIN, error: "forbidden", status: 403, cause: [] },
    });
    await send(house, cbt, thread, { text: "Hello" });
    expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason: "start_spent" }]);
    expect(await composer()).toMatchObject({ because: "start_spent" });
    await house.control("/buyer/message", { packId, text: "Hi, any news?" });
    await refresh();
    expect(await composer()).toMatchObject({ allowed: true });
  });

  it("one that opens again takes messages, though nobody sees what the buyer wrote", async () => {
    const { packId, thread, composer, refresh } = await open(cbt);
    await send(house, cbt, thread, { text: "Hello" });
    await workOff(house, packId);
    expect(await composer()).toMatchObject({ because: "start_spent" });
    await house.control(`/threads/${packId}/state`, { status: "active", substatus: null });
    await refresh();
    expect(await composer()).toMatchObject({ allowed: true, isOnlyOne: false });
  });

  it("a first message whose answer was lost is found, and spends the one there is", async () => {
    const { packId, thread, composer } = await open(cbt);
    await house.control("/faults", {
      method: "POST",
      path: `/marketplace/messages/packs/${packId}`,
      times: 1,
      status: 500,
      applied: "yes",
    });
    await send(house, cbt, thread, { text: "Hello" });
    await runOnce(house, packId);
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "uncertain" }]);
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
    expect(await composer()).toMatchObject({ because: "start_spent" });
  });

  it("a first message that was rejected may be written anew, unless Mercado Libre says that it counts", async () => {
    const { packId, thread, composer } = await open(cbt);
    await house.control("/settings", { moderationTiming: "at_once" });
    await send(house, cbt, thread, { text: "No sea boludo" });
    expect(await workOff(house, packId)).toMatchObject([{ state: "rejected" }]);
    expect(await composer()).toMatchObject({ allowed: true, isOnlyOne: true });
    await send(house, cbt, thread, { text: "Your parcel leaves today" });
    expect((await workOff(house, packId))[1]).toMatchObject({ state: "failed", reason: "start_spent" });
    expect(await composer()).toMatchObject({ allowed: false, because: "start_spent" });
  });

  it("a first message that is rejected late may be written anew", async () => {
    const { packId, thread, composer, refresh } = await open(cbt);
    await house.control("/settings", { moderationTiming: "after_clean", moderationDelayMs: 60_000 });
    await send(house, cbt, thread, { text: "No sea boludo" });
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
    expect(await composer()).toMatchObject({ because: "start_spent" });
    await house.control("/clock", { advanceMs: 61_000 });
    await refresh();
    await house.control("/settings", { moderationTiming: "at_once" });
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "rejected" }]);
    expect(await composer()).toMatchObject({ allowed: true, isOnlyOne: true });
  });

  it("no reason can be given", async () => {
    const { thread } = await open(cbt);
    const body = {
      key: crypto.randomUUID(),
      text: "Hello",
      files: [],
      option: { optionId: "OTHER", templateId: null, vars: [] },
    };
    const answer = await house.call(`${thread}/replies`, { as: cbt, method: "POST", body });
    expect(await answer.json()).toMatchObject({ code: "refused_by_meli", reason: "guide_not_needed" });
  });
});

describe("on a local sale", () => {
  it.each([
    "blocked_by_conversation_initiated_by_seller_limited",
    "blocked_conversation_send_message_forbidden",
  ])(
    "a message that is refused with %s though the conversation reads as open leads to the guide, until the buyer writes",
    async (message) => {
      const { packId, thread, composer, refresh } = await open(local, {});
      await house.control("/faults", {
        method: "POST",
        path: `^/messages/packs/${packId}`,
        times: 1,
        status: 403,
        body: { status_code: 403, code: "forbidden", message },
      });
      await send(house, local, thread, { text: "¿Qué talle prefiere?" });
      expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason: LIMITED }]);
      await refresh();
      expect(await composer()).toMatchObject({ because: "blocked", substatus: LIMITED, hasGuide: true });
      const guide = await house.read(GuideSchema, `${thread}/guide`, { as: local });
      expect(guide).toMatchObject({ kind: "options" });
      const body = {
        key: crypto.randomUUID(),
        text: "¿Qué talle prefiere?",
        files: [],
        option: { optionId: "OTHER", templateId: null, vars: [] },
      };
      await house.call(`${thread}/replies`, { as: local, method: "POST", body });
      await house.rt.database.pool.query("update outbox set not_before = now() where state = 'queued'");
      expect((await workOff(house, packId))[1]).toMatchObject({ state: "sent" });
      expect(await composer()).toMatchObject({ hasGuide: true });
      await house.control("/buyer/message", { packId, text: "El mediano" });
      await refresh();
      expect(await composer()).toMatchObject({ allowed: true, isOnlyOne: false });
    },
  );

  it.each(["generic", "substatus", "sentence"])(
    "a message that is refused for want of a reason leads to the guide, its text kept (%s answer)",
    async (blockedForm) => {
      const { packId, thread, composer } = await open(local, {});
      await house.control("/settings", { blockedForm });
      const reads = () => house.calls({ method: "GET", path: `/messages/packs/${packId}` });
      const before = (await reads()).length;
      // The answer to the last read is on its way while the block comes.
      await house.control("/faults", {
        method: "GET",
        path: `/messages/packs/${packId}`,
        times: 1,
        held: true,
      });
      // Nobody has written yet: the recipient comes from the sale, which is read once more.
      await house.rt.database.pool.query("update threads set buyer_id = $1 where external_id = $2", [
        (await house.held(packId)).buyerId,
        packId,
      ]);
      await send(house, local, thread, { text: "¿Qué talle prefiere?" });
      const working = workOff(house, packId);
      await vi.waitFor(async () => expect((await reads()).length).toBeGreaterThan(before));
      await house.control(`/threads/${packId}/state`, { status: "blocked", substatus: LIMITED });
      await house.control("/faults/release", {});
      expect(await working).toMatchObject([{ state: "failed", reason: LIMITED }]);
      expect(await composer()).toEqual({
        allowed: false,
        because: "blocked",
        substatus: LIMITED,
        hasGuide: true,
      });
      const { outbox } = await house.read(ThreadViewSchema, thread, { as: local });
      expect(outbox).toMatchObject([{ text: "¿Qué talle prefiere?", reason: LIMITED }]);
      await house.control("/settings", { blockedForm: "generic" });
    },
  );

  it("an exception that is none any more gives the guide back", async () => {
    const { packId, thread, composer } = await open(local);
    await house.rt.database.pool.query("update threads set is_excepted = true where external_id = $1", [
      packId,
    ]);
    expect(await composer()).toMatchObject({ allowed: true });
    await send(house, local, thread, { text: "Hola" });
    expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason: LIMITED }]);
    expect(await composer()).toMatchObject({ allowed: false, hasGuide: true });
  });

  it("is a plain one while the conversation is open and nobody has written", async () => {
    const { packId, thread } = await open(local, {});
    await send(house, local, thread, { text: "Gracias por su compra" });
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
    expect(await arrived(house, packId)).toEqual(["Gracias por su compra"]);
  });
});
