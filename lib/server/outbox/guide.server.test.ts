import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createGuideHouse,
  type GuideHouse,
  LIMITED,
  other,
  promise,
  type Sale,
  VARIANTS,
  variants,
} from "@/scripts/testing/guide-house";
import { arrived, repliesOn, runOnce, sends, workOff } from "@/scripts/testing/outbox";

/** Beginning a conversation with a reason (messages.md 3, 4.1), from our API to the simulator and back. */

let gh: GuideHouse;
let sale: Sale;

beforeAll(async () => {
  gh = await createGuideHouse();
});
beforeEach(async () => {
  sale = await gh.open();
});
afterAll(() => gh.house.close());

describe("how a conversation may be begun", () => {
  it("is read live: reasons, what each takes, and how often it may still be used", async () => {
    sale = await gh.open({ caps: { OTHER: 0 } });
    expect((await sale.view()).composer).toEqual({
      allowed: false,
      because: "blocked",
      substatus: LIMITED,
      hasGuide: true,
    });
    expect(await sale.guide()).toEqual({
      kind: "options",
      options: expect.arrayContaining([
        {
          id: "REQUEST_VARIANTS",
          kind: "template",
          templates: [{ id: VARIANTS, vars: [] }],
          maxLength: 350,
          left: 1,
          isEnabled: true,
        },
        { id: "OTHER", kind: "free_text", templates: [], maxLength: 350, left: 0, isEnabled: true },
      ]),
    });
    expect(await sale.begun()).toEqual([]);
  });

  it.each([
    ["types in capitals", { guideTypeCase: "upper" }],
    ["no limit of the text", { guideCharLimit: "absent" }],
    ["a limit of null", { guideCharLimit: "null" }],
    ["the reason below another one", { guideChildOptions: true }],
  ])("is understood with %s", async (_name, settings) => {
    await gh.house.control("/settings", settings);
    const found = await sale.guide();
    await gh.house.control("/settings", {
      guideTypeCase: "lower",
      guideCharLimit: "present",
      guideChildOptions: false,
    });
    expect(found).toMatchObject({
      options: expect.arrayContaining([
        expect.objectContaining({ id: "OTHER", kind: "free_text", maxLength: 350, left: 1, isEnabled: true }),
        expect.objectContaining({ id: "REQUEST_VARIANTS", kind: "template" }),
      ]),
    });
  });

  it("asks nothing where the conversation is open", async () => {
    sale = await gh.open({ status: "active", substatus: null });
    expect(await sale.guide()).toEqual({ kind: "use_messages" });
    expect(await gh.house.calls({ path: `/action_guide/packs/${sale.packId}` })).toEqual([]);
  });

  it("is by plain messages for an excepted sale, which is remembered", async () => {
    sale = await gh.open({ isExcepted: true });
    expect(await sale.guide()).toEqual({ kind: "use_messages" });
    expect((await sale.view()).composer).toMatchObject({ allowed: true, maxLength: 350, isOnlyOne: false });
    await sale.begin({ text: "Sale en diez días, lo estamos haciendo" });
    expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "sent" }]);
    expect(await arrived(gh.house, sale.packId)).toEqual(["Sale en diez días, lo estamos haciendo"]);
    expect(await sale.begun()).toEqual([]);
  });

  it.each(["substatus", "forbidden"])(
    "is by plain messages once the buyer has written, and shows it (cause: %s)",
    async (guideOpenCause) => {
      await gh.house.control("/settings", { guideOpenCause });
      await gh.house.control("/buyer/message", { packId: sale.packId, text: "¿Hacen factura?" });
      expect(await sale.guide()).toEqual({ kind: "use_messages" });
      const shown = await sale.view();
      expect(shown.composer).toMatchObject({ allowed: true });
      expect(shown.messages.at(-1)?.text).toBe("¿Hacen factura?");
      await gh.house.control("/settings", { guideOpenCause: "substatus" });
    },
  );

  it("is by plain messages when the guide says so and the conversation does not know yet", async () => {
    await gh.house.control("/faults", {
      method: "GET",
      path: `/action_guide/packs/${sale.packId}`,
      times: 2,
      status: 403,
      body: {
        cause: "blocked_by_conversation_use_message_api",
        error: "forbidden",
        message: "Este pacote tem a conversa bloqueada",
        status_code: 403,
      },
    });
    expect(await sale.guide()).toEqual({ kind: "use_messages" });
    expect((await sale.view()).composer).toMatchObject({ allowed: true });
  });

  it.each([
    ["blocked_by_deactivated_account", "account_deactivated"],
    ["blocked_by_mediation", "blocked_by_mediation"],
  ])("says why not once it is %s", async (substatus, reason) => {
    await sale.moves("blocked", substatus);
    expect(await sale.guide()).toEqual({ kind: "closed", reason });
  });

  it("asks for patience while another request holds the sale", async () => {
    await gh.house.control("/faults", {
      method: "GET",
      path: `/action_guide/packs/${sale.packId}`,
      times: 2,
      status: 409,
      body: { cause: "conflict", error: "conflict", message: "...", status_code: 409 },
    });
    const answer = await gh.house.call(`${sale.thread}/guide`, { as: gh.me });
    expect(answer.status).toBe(429);
    expect(await answer.json()).toMatchObject({ code: "slow_down", reason: "guide_locked" });
    await gh.house.control("/faults/clear", {});
  });
});

describe("a conversation that is begun", () => {
  it("with a text sends it once, under its reason, and uses that up", async () => {
    await sale.begin({ text: "Su talle está agotado, ¿va otro color?", option: other });
    expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "sent", reason: null }]);
    expect((await sale.begun()).map(({ body }) => body)).toEqual([
      { option_id: "OTHER", text: "Su talle está agotado, ¿va otro color?" },
    ]);
    expect(await sends(gh.house, sale.packId)).toEqual([]);
    expect(await arrived(gh.house, sale.packId)).toEqual(["Su talle está agotado, ¿va otro color?"]);
    expect(await sale.guide()).toMatchObject({
      options: expect.arrayContaining([expect.objectContaining({ id: "OTHER", left: 0 })]),
    });
  });

  it("with a template shows the text that Mercado Libre wrote, and leaves the draft alone", async () => {
    const body = { text: "Algo para después", files: [] };
    await gh.house.call(`${sale.thread}/draft`, { as: gh.me, method: "PUT", body });
    const row = await sale.begin({ option: variants });
    expect(row).toMatchObject({ text: "", option: variants, state: "queued" });
    expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "sent" }]);
    const shown = await sale.view();
    const [text] = await arrived(gh.house, sale.packId);
    expect(text).toMatch(/variante/);
    expect(shown.outbox).toMatchObject([{ text, option: variants, state: "sent" }]);
    expect(shown.draft.text).toBe("Algo para después");
    expect((await sale.begun()).map(({ body: sent }) => sent)).toEqual([
      { option_id: "REQUEST_VARIANTS", template_id: VARIANTS },
    ]);
  });

  it("fills in the hours of a promise", async () => {
    sale = await gh.open({ shipment: { logisticType: "self_service" } });
    await sale.begin({ option: promise(12, 18) });
    expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "sent" }]);
    expect(await arrived(gh.house, sale.packId)).toEqual([
      "¡Hola! Tu compra llega hoy entre las 12 y las 18 h.",
    ]);
  });

  it("is told as rejected when moderation took the text in the very answer", async () => {
    await sale.begin({ text: "No sea boludo", option: other });
    expect(await workOff(gh.house, sale.packId)).toMatchObject([
      { state: "rejected", reason: "OUT_OF_PLACE_LANGUAGE" },
    ]);
    expect(await sale.begun()).toHaveLength(1);
  });

  it("is told as rejected although the conversation shows nothing of it", async () => {
    await sale.onBegin({
      status: 200,
      body: {
        id: "0199aa00bb11cc22dd33ee44ff556677",
        status: "moderated",
        text: "Hola",
        message_moderation: { status: "rejected", reason: "automatic_message" },
      },
    });
    await sale.begin({ text: "Hola", option: other });
    expect(await workOff(gh.house, sale.packId)).toMatchObject([
      { state: "rejected", reason: "AUTOMATIC_MESSAGE" },
    ]);
  });

  it("is one however often the same template is asked for, and another with other hours", async () => {
    sale = await gh.open({ shipment: { logisticType: "self_service" } });
    const key = crypto.randomUUID();
    const first = await sale.begin({ key, option: promise(10, 12) });
    expect((await sale.begin({ option: promise(10, 12) })).id).toBe(first.id);
    expect((await sale.begin({ option: promise(14, 16) })).id).not.toBe(first.id);
    await runOnce(gh.house, sale.packId);
    // The text is on the row by now; the key still names it.
    expect((await sale.begin({ key, option: promise(10, 12) })).id).toBe(first.id);
    expect((await sale.post({ key, option: promise(9, 12) })).status).toBe(409);
    expect((await sale.post({ key, text: "Hola", option: other })).status).toBe(409);
  });

  it("is found, with its text, when the answer to a template was lost", async () => {
    await sale.onBegin({ status: 500, applied: "yes" });
    await sale.begin({ option: variants });
    await runOnce(gh.house, sale.packId);
    expect(await repliesOn(gh.house, sale.packId)).toMatchObject([{ state: "uncertain" }]);
    expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "sent" }]);
    expect((await sale.view()).outbox).toMatchObject([{ text: expect.stringMatching(/variante/) }]);
    expect(await sale.begun()).toHaveLength(1);
  });

  it("stays uncertain, and is not sent again, when it is never found", async () => {
    await sale.onBegin({ status: 500, body: { error: "internal_error", message: "Internal server error" } });
    await sale.begin({ option: variants });
    expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "uncertain" }]);
    expect(await sale.begun()).toHaveLength(1);
  });

  it("is held when the buyer writes first, and then needs no reason", async () => {
    const { messages } = await sale.view();
    const seen = { messages: messages.map(({ id }) => id), replies: [] };
    const row = await sale.begin({ text: "¿Qué color prefiere?", option: other, seen });
    await gh.house.control("/buyer/message", { packId: sale.packId, text: "Lo quiero rojo" });
    expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "held" }]);
    await gh.house.call(`/api/outbox/${row.id}`, { as: gh.me, method: "POST", body: { act: "send_anyway" } });
    expect(await workOff(gh.house, sale.packId)).toMatchObject([
      { state: "failed", reason: "guide_not_needed" },
    ]);
    expect(await sale.begun()).toEqual([]);
    expect((await sale.view()).outbox).toMatchObject([{ text: "¿Qué color prefiere?", canRetry: false }]);
  });
});
