import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createGuideHouse, type GuideHouse, LIMITED, other, type Sale } from "@/scripts/testing/guide-house";
import { arrived, letTimePass, repliesOn, runOnce, sends, workOff } from "@/scripts/testing/outbox";

/** Sales that nobody has written on and whose conversation answers 403 or 404 (messages.md 2.1), from our API to the
 *  simulator and back. */

const STATUSES = ["403", "404"] as const;

let gh: GuideHouse;

beforeAll(async () => {
  gh = await createGuideHouse();
});
afterEach(async () => {
  await gh.house.control("/settings", { emptyPack: "200", unreadRefuses: [] });
  await gh.house.control("/faults/clear", {});
});
afterAll(() => gh.house.close());

const begin = (sale: Sale) => sale.begin({ text: "Hola, ¿confirmás el talle?", option: other });
const notShown = { allowed: false, because: "not_shown", substatus: null, hasGuide: false };

describe("a sale whose conversation is not shown because nobody has written", () => {
  it.each(STATUSES)("offers the live reasons, and nothing is sent for it (%s)", async (status) => {
    const sale = await gh.openUnshown(status);
    expect(await sale.view()).toMatchObject({
      composer: { allowed: false, because: "blocked", substatus: LIMITED, hasGuide: true },
      messages: [],
      pulledAt: null,
    });
    expect(await sale.guide()).toMatchObject({
      kind: "options",
      options: expect.arrayContaining([expect.objectContaining({ id: "OTHER", left: 1, isEnabled: true })]),
    });
    expect(await sale.begun()).toEqual([]);
  });

  it.each(STATUSES)(
    "is begun once with a reason, and read and followed from then on (%s)",
    async (status) => {
      const sale = await gh.openUnshown(status);
      const { text } = await begin(sale);
      expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "sent", reason: null }]);
      expect((await sale.begun()).map(({ body }) => body)).toEqual([{ option_id: "OTHER", text }]);
      expect(await arrived(gh.house, sale.packId)).toEqual([text]);
      const shown = await sale.view();
      expect(shown.messages.map((message) => message.text)).toEqual([text]);
      expect(shown.pulledAt).not.toBeNull();
      expect(await sale.guide()).toMatchObject({
        options: expect.arrayContaining([expect.objectContaining({ id: "OTHER", left: 0 })]),
      });
    },
  );

  it("takes no plain reply, and the guide's word is the last one on what was chosen", async () => {
    const sale = await gh.openUnshown("404", { caps: { OTHER: 0 } });
    expect(await (await sale.post({ text: "Hola" })).json()).toMatchObject({ reason: LIMITED });
    await begin(sale);
    expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "failed", reason: "guide_used" }]);
    expect(await sale.begun()).toEqual([]);
  });

  it("is written to directly when the guide calls it an exception, to the buyer of the order", async () => {
    const sale = await gh.openUnshown("404", { isExcepted: true });
    expect(await sale.guide()).toEqual({ kind: "use_messages" });
    expect((await sale.view()).composer).toMatchObject({ allowed: true, maxLength: 350, isOnlyOne: false });
    await gh.house.control(`/threads/${sale.packId}/state`, { status: "active", substatus: null });
    await sale.begin({ text: "Lo estamos haciendo" });
    expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "sent" }]);
    expect(await arrived(gh.house, sale.packId)).toEqual(["Lo estamos haciendo"]);
    expect(await sale.begun()).toEqual([]);
    expect(await sends(gh.house, sale.packId)).toHaveLength(1);
  });

  it("stops a start that the buyer was faster than, and shows what was written", async () => {
    const sale = await gh.openUnshown("404");
    await sale.begin({ text: "¿Otro color?", option: other, seen: { messages: [], replies: [] } });
    await gh.house.control("/buyer/message", { packId: sale.packId, text: "¿Cuándo llega?" });
    await runOnce(gh.house, sale.packId);
    expect(await repliesOn(gh.house, sale.packId)).toMatchObject([{ state: "held" }]);
    expect((await sale.view()).messages.map(({ text }) => text)).toEqual(["¿Cuándo llega?"]);
    expect(await sale.begun()).toEqual([]);
  });
});

describe("a start whose conversation stays hidden", () => {
  it.each([
    ["was taken", {}],
    ["got no answer", { status: 504, applied: "yes" }],
  ])("is looked for, ends as uncertain, and is never sent again by itself (%s)", async (_how, order) => {
    const sale = await gh.openUnshown("403");
    if ("status" in order) await sale.onBegin(order);
    await gh.house.control("/settings", { unreadRefuses: [sale.packId] });
    await begin(sale);
    expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "uncertain" }]);
    await letTimePass(gh.house, sale.packId);
    await runOnce(gh.house, sale.packId);
    expect(await sale.begun()).toHaveLength(1);
    // Shown at last, it is looked for once more, whichever read that was.
    await gh.house.control("/settings", { unreadRefuses: [] });
    await gh.house.call(`${sale.thread}/refresh`, { as: sale.owner, method: "POST" });
    expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "sent" }]);
    expect(await sale.begun()).toHaveLength(1);
  });
});

describe("what is not shown for another reason stays closed", () => {
  it("a conversation that was shown before", async () => {
    const sale = await gh.open();
    await gh.house.control("/settings", { emptyPack: "404" });
    await gh.house.call(`${sale.thread}/refresh`, { as: gh.me, method: "POST" });
    // What is known of its state stands, as ever: it is blocked, and refused now.
    await begin(sale);
    expect(await workOff(gh.house, sale.packId)).toMatchObject([
      { state: "failed", reason: "thread_refused" },
    ]);
    expect(await sale.begun()).toEqual([]);
  });

  it("one in which both already talk: nothing is written blindly", async () => {
    const sale = await gh.openUnshown("403");
    await gh.house.control("/settings", { unreadRefuses: [sale.packId], guideOpenCause: "substatus" });
    await gh.house.control("/buyer/message", { packId: sale.packId, text: "¿Hacen factura?" });
    expect(await sale.guide()).toEqual({ kind: "closed", reason: "thread_refused" });
    await begin(sale);
    expect(await workOff(gh.house, sale.packId)).toMatchObject([
      { state: "failed", reason: "thread_refused" },
    ]);
    expect((await sale.post({ text: "Sí" })).status).not.toBe(201);
    expect(await sale.begun()).toEqual([]);
    expect(await sends(gh.house, sale.packId)).toEqual([]);
  });

  it("one of Global Selling", async () => {
    const sale = await gh.openUnshown("404", {}, { siteId: "CBT" });
    expect((await sale.view()).composer).toMatchObject(notShown);
  });
});
