import { beforeEach, describe, expect, it } from "vitest";
import { errorOf } from "@/lib/server/mercadolibre/testing/edge";
import { type Connected, createLab, type Lab, PROFILES, talk } from "@/lib/server/mercadolibre/testing/lab";
import { createSandbox } from "@/sandbox/create-sandbox";
import { readConversation, readWholeConversation } from "./conversations";
import { MeliError } from "./failure";
import { markRead } from "./mark-read";
import { downloadAttachment, listUnread, readMessage, sendMessage, uploadAttachment } from "./messages";
import { readOrder } from "./orders";
import { readPack } from "./packs";

/** What the sandbox answers is read by what we ship: our two readings of the documents have to agree. */

let lab: Lab;

beforeEach(() => {
  lab = createLab(createSandbox());
});

/** Each spelling that the documents leave open, as the sandbox can be set to speak it. */
const SPELLINGS: object[] = [
  {},
  { idsAs: "string", dateStyle: "millis", claimField: "claim_id", sellerWord: "seller" },
  { oldModeration: true, claimField: "claim_ids_null", sendIdKey: "message_id", sendStatus: 200 },
  { byIdShape: "flat", idsAs: "string", globalReadForm: "old" },
  { globalReadForm: "new", byIdShape: "flat", oldModeration: true },
];

describe.each(PROFILES)("messages in %s", (profile) => {
  describe.each(SPELLINGS)("spelt %j", (spelling) => {
    let sellerId: string;
    let one: Connected;
    let ref: { packId: string; sellerId: string };
    let buyerId: string;

    beforeEach(async () => {
      await lab.control("/settings", spelling);
      sellerId = await lab.newSeller(profile);
      one = await lab.connect(sellerId, profile);
      const thread = await lab.newThread(sellerId, { messages: talk(23), isAgent: false });
      ref = { packId: thread.packId, sellerId: await lab.localIdOf(one, sellerId) };
      buyerId = thread.buyerId;
    });

    it("reads all pages and changes no unread count", async () => {
      const before = await lab.unreadHeld(sellerId);
      const first = await readConversation(one.meli, { ...ref, limit: 10 });
      expect(first.messages.map((message) => message.text)).toEqual(
        Array.from({ length: 10 }, (_, index) => `mensaje ${23 - index}`),
      );
      expect(first.state).toMatchObject({ status: "active", substatus: null, claimIds: [] });
      const whole = await readWholeConversation(one.meli, ref);
      expect(whole.messages.map((message) => message.text)).toEqual(talk(23).map((message) => message.text));
      expect([whole.total, whole.isComplete]).toEqual([23, true]);
      expect(new Set(whole.messages.map((message) => message.fromUserId))).toEqual(
        new Set([ref.sellerId, buyerId]),
      );
      const newest = whole.messages.at(-1);
      expect(await readMessage(one.meli, newest?.id ?? "")).toMatchObject({
        id: newest?.id,
        text: "mensaje 23",
        packId: ref.packId,
        fromUserId: newest?.fromUserId,
        createdAt: newest?.createdAt,
        moderation: { reason: null },
      });
      expect(await lab.unreadHeld(sellerId)).toBe(before);
      expect(before).toContain('"count":12');
    });

    it("lists what is unread, and marks it read only when told to", async () => {
      const listed = await listUnread(one.meli, { userId: sellerId });
      expect(listed).toMatchObject({ packs: [{ packId: ref.packId, count: 12 }], isComplete: true });
      await markRead(one.meli, ref);
      expect(await lab.unreadHeld(sellerId)).toBe('{"packs":[]}');
      expect((await listUnread(one.meli, { userId: sellerId })).packs).toEqual([]);
      const flags = one.calls.flatMap((call) => (call.readFlag === null ? [] : [call.readFlag]));
      expect(flags).toEqual([false]);
    });

    it("sends a text with a file that arrives, and reads the same bytes back", async () => {
      const bytes = new Blob([`%PDF-1.4\n${"x".repeat(5_000)}`], { type: "application/pdf" });
      const siteId = profile === "LOCAL" ? "MLA" : "MLM";
      const file = await uploadAttachment(one.meli, {
        siteId,
        filename: "factura ñ.pdf",
        type: "application/pdf",
        bytes,
      });
      const sent = await sendMessage(one.meli, {
        ...ref,
        toUserId: profile === "LOCAL" ? buyerId : null,
        text: "Va la factura.",
        attachments: [file.id],
      });
      const page = await readConversation(one.meli, { ...ref, limit: 1 });
      expect(page.messages[0]).toMatchObject({
        id: sent.messageId,
        text: "Va la factura.",
        fromUserId: ref.sellerId,
      });
      expect(page.messages[0]?.attachments).toEqual([
        expect.objectContaining({
          filename: file.id,
          originalFilename: "factura ñ.pdf",
          type: "application/pdf",
          size: bytes.size,
        }),
      ]);
      const back = await downloadAttachment(one.meli, { siteId, filename: file.id });
      expect(await new Response(back.body).text()).toBe(await bytes.text());
    });
  });

  it("refuses what belongs to another seller", async () => {
    const [mine, theirs] = [await lab.newSeller(profile), await lab.newSeller(profile)];
    const thread = await lab.newThread(theirs, { messages: talk(1) });
    const one = await lab.connect(mine, profile);
    const ref = { packId: thread.packId, sellerId: await lab.localIdOf(one, mine) };
    expect(await errorOf(readConversation(one.meli, ref))).toMatchObject({
      code: "refused_by_meli",
      failure: { status: 403 },
    });
    expect(await readOrder(one.meli, thread.orderIds[0] ?? "")).toBeNull();
    expect(await readPack(one.meli, thread.packId)).toBeNull();
  });

  it.each(["A", "B", "D", "F"])("says what blocks a thread, error form %s", async (messageErrorForm) => {
    await lab.control("/settings", { messageErrorForm, blockedForm: "substatus" });
    const sellerId = await lab.newSeller(profile);
    const one = await lab.connect(sellerId, profile);
    const thread = await lab.newThread(sellerId, {
      messages: talk(1),
      status: "blocked",
      substatus: "blocked_by_buyer",
    });
    const ref = { packId: thread.packId, sellerId: await lab.localIdOf(one, sellerId) };
    expect((await readConversation(one.meli, ref)).state).toMatchObject({
      status: "blocked",
      substatus: "blocked_by_buyer",
    });
    const sending = sendMessage(one.meli, {
      ...ref,
      toUserId: profile === "LOCAL" ? thread.buyerId : null,
      text: "hola",
      attachments: [],
    });
    expect(await errorOf(sending)).toMatchObject({
      code: "refused_by_meli",
      failure: { status: 403, blockedBy: "blocked_by_buyer", mayHaveApplied: false },
    });
  });

  it.each(["too_many_request", "standard", "vis", "plain", "empty"])(
    "slows down for a 429 of the form %s",
    async (tooManyForm) => {
      const sellerId = await lab.newSeller(profile);
      const one = await lab.connect(sellerId, profile, "open");
      await lab.control("/settings", { tooManyForm, readsPerMinute: 1, retryAfter: 3 });
      await listUnread(one.meli, { userId: sellerId });
      expect(await errorOf(listUnread(one.meli, { userId: sellerId }))).toMatchObject({
        code: "slow_down",
        failure: { status: 429, retryAfterMs: 3_000 },
      });
      expect(one.pauses.every((ms) => ms >= 3_000)).toBe(true);
    },
  );

  it("tells a send that may have applied from one that did not", async () => {
    const sellerId = await lab.newSeller(profile);
    const one = await lab.connect(sellerId, profile);
    const thread = await lab.newThread(sellerId, { messages: talk(1) });
    const ref = { packId: thread.packId, sellerId: await lab.localIdOf(one, sellerId) };
    const toUserId = profile === "LOCAL" ? thread.buyerId : null;
    const held = async () => (await readWholeConversation(one.meli, ref)).messages.length;
    await lab.control("/faults", { method: "POST", path: "/messages/packs/", status: 500, applied: "yes" });
    const unsure = await errorOf(sendMessage(one.meli, { ...ref, toUserId, text: "uno", attachments: [] }));
    expect(unsure).toMatchObject({ code: "meli_down", failure: { mayHaveApplied: true } });
    expect(await held()).toBe(2);
    await lab.control("/faults", { method: "POST", path: "/messages/packs/", cutBody: true });
    const cut = await errorOf(sendMessage(one.meli, { ...ref, toUserId, text: "dos", attachments: [] }));
    expect(cut).toMatchObject({ code: "meli_down", failure: { mayHaveApplied: true } });
    expect(await held()).toBe(3);
    const long = await errorOf(
      sendMessage(one.meli, { ...ref, toUserId, text: "x".repeat(4_000), attachments: [] }),
    );
    expect(long).toMatchObject({ code: "refused_by_meli", failure: { status: 400, mayHaveApplied: false } });
    expect(await held()).toBe(3);
  });

  it("reads through a passing 503, and a missing permission is said as such", async () => {
    const sellerId = await lab.newSeller(profile);
    const one = await lab.connect(sellerId, profile);
    await lab.control("/faults", {
      path: "/messages/unread",
      status: 503,
      times: 2,
      body: "<html>",
      contentType: "text/html",
    });
    expect((await listUnread(one.meli, { userId: sellerId })).packs).toEqual([]);
    expect(one.calls.map((call) => call.status)).toEqual([503, 503, 200]);
    await lab.control("/settings", { missingPermissions: ["messages"] });
    expect(await errorOf(listUnread(one.meli, { userId: sellerId }))).toMatchObject({
      code: "not_available",
      detail: { reason: "missing_permission" },
    });
  });

  it("says that a blocked application is no reason to sign in again", async () => {
    const sellerId = await lab.newSeller(profile);
    const one = await lab.connect(sellerId, profile);
    await lab.control("/settings", { appBlocked: true });
    const error = await errorOf(listUnread(one.meli, { userId: sellerId }));
    expect(error).toBeInstanceOf(MeliError);
    expect(error).toMatchObject({ code: "not_available", detail: { reason: "application_blocked" } });
    expect(one.grants).toHaveLength(1);
  });

  it("reads the agent's path of a thread that has one", async () => {
    const sellerId = await lab.newSeller("LOCAL");
    const one = await lab.connect(sellerId, "LOCAL");
    const thread = await lab.newThread(sellerId, { messages: talk(1), isAgent: true });
    const page = await readConversation(one.meli, { packId: thread.packId, sellerId });
    expect(page.state.isAgentPath).toBe(true);
    expect(page.messages[0]?.fromUserId).not.toBe(thread.buyerId);
  });
});

it("says that messaging is not for a Model 6 account", async () => {
  const sellerId = await lab.newSeller("GLOBAL", { isModel6: true });
  const one = await lab.connect(sellerId, "GLOBAL");
  expect(await errorOf(listUnread(one.meli, { userId: sellerId }))).toMatchObject({
    code: "not_available",
    detail: { reason: "model_6" },
  });
});
