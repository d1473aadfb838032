import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GuideSchema, OutboxSchema, ThreadViewSchema } from "@/lib/shared/api/thread";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { arrived, letTimePass, repliesOn, runOnce, sends, workOff } from "@/scripts/testing/outbox";

/** Beginning a conversation with a reason (messages.md 3, 4.1), from our API to the simulator and back. */

const LIMITED = "blocked_by_conversation_initiated_by_seller_limited";
const VARIANTS = "TEMPLATE___REQUEST_VARIANTS___1";
const PROMISE = "TEMPLATE___DELIVERY_PROMISE___1";
const other = { optionId: "OTHER", templateId: null, vars: [] };
const variants = { optionId: "REQUEST_VARIANTS", templateId: VARIANTS, vars: [] };
const promise = (from: number, to: number) => ({
  optionId: "DELIVERY_PROMISE",
  templateId: PROMISE,
  vars: [
    { id: `${PROMISE}___VAR___LIMIT`, value: to },
    { id: `${PROMISE}___VAR___INIT`, value: from },
  ],
});

let house: House;
let me: SignedIn;
let packId: string;
let thread: string;

/** A sale that asks for a reason, unless said otherwise, opened by its seller. */
async function open(seed: object = {}): Promise<void> {
  packId = await house.newThread(me.accountId, { status: "blocked", substatus: LIMITED, ...seed });
  thread = `/api/threads/messages/${packId}`;
  await house.call(thread, { as: me });
}

beforeAll(async () => {
  house = await createHouse();
  me = await house.signIn(await house.newSeller());
  await house.rt.database.pool.query("update users set undo_seconds = 0");
});
beforeEach(() => open());
afterAll(() => house.close());

const guide = () => house.read(GuideSchema, `${thread}/guide`, { as: me });
const view = () => house.read(ThreadViewSchema, thread, { as: me });
const post = (body: object) =>
  house.call(`${thread}/replies`, {
    as: me,
    method: "POST",
    body: { key: crypto.randomUUID(), text: "", files: [], ...body },
  });
async function begin(body: object) {
  const answer = await post(body);
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return OutboxSchema.parse(await answer.json());
}
/** What reached the guide's one door that sends. */
const begun = () => house.calls({ method: "POST", path: `/messages/action_guide/packs/${packId}/option` });
const onBegin = (order: object) =>
  house.control("/faults", {
    method: "POST",
    path: `/action_guide/packs/${packId}/option`,
    times: 1,
    ...order,
  });
const moves = (status: string, substatus: string | null) =>
  house.control(`/threads/${packId}/state`, { status, substatus });

describe("how a conversation may be begun", () => {
  it("is read live: reasons, what each takes, and how often it may still be used", async () => {
    await open({ caps: { OTHER: 0 } });
    expect((await view()).composer).toEqual({
      allowed: false,
      because: "blocked",
      substatus: LIMITED,
      hasGuide: true,
    });
    expect(await guide()).toEqual({
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
    expect(await begun()).toEqual([]);
  });

  it.each([
    ["types in capitals", { guideTypeCase: "upper" }],
    ["no limit of the text", { guideCharLimit: "absent" }],
    ["a limit of null", { guideCharLimit: "null" }],
    ["the reason below another one", { guideChildOptions: true }],
  ])("is understood with %s", async (_name, settings) => {
    await house.control("/settings", settings);
    const found = await guide();
    await house.control("/settings", {
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
    await open({ status: "active", substatus: null });
    expect(await guide()).toEqual({ kind: "use_messages" });
    expect(await house.calls({ path: `/action_guide/packs/${packId}` })).toEqual([]);
  });

  it("is by plain messages for an excepted sale, which is remembered", async () => {
    await open({ isExcepted: true });
    expect(await guide()).toEqual({ kind: "use_messages" });
    expect((await view()).composer).toEqual({ allowed: true, maxLength: 350, isOnlyOne: false });
    await begin({ text: "Sale en diez días, lo estamos haciendo" });
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
    expect(await arrived(house, packId)).toEqual(["Sale en diez días, lo estamos haciendo"]);
    expect(await begun()).toEqual([]);
  });

  it.each(["substatus", "forbidden"])(
    "is by plain messages once the buyer has written, and shows it (cause: %s)",
    async (guideOpenCause) => {
      await house.control("/settings", { guideOpenCause });
      await house.control("/buyer/message", { packId, text: "¿Hacen factura?" });
      expect(await guide()).toEqual({ kind: "use_messages" });
      const shown = await view();
      expect(shown.composer).toMatchObject({ allowed: true });
      expect(shown.messages.at(-1)?.text).toBe("¿Hacen factura?");
      await house.control("/settings", { guideOpenCause: "substatus" });
    },
  );

  it("is by plain messages when the guide says so and the conversation does not know yet", async () => {
    await house.control("/faults", {
      method: "GET",
      path: `/action_guide/packs/${packId}`,
      times: 2,
      status: 403,
      body: {
        cause: "blocked_by_conversation_use_message_api",
        error: "forbidden",
        message: "Este pacote tem a conversa bloqueada",
        status_code: 403,
      },
    });
    expect(await guide()).toEqual({ kind: "use_messages" });
    expect((await view()).composer).toMatchObject({ allowed: true });
  });

  it.each([
    ["blocked_by_deactivated_account", "account_deactivated"],
    ["blocked_by_mediation", "blocked_by_mediation"],
  ])("says why not once it is %s", async (substatus, reason) => {
    await moves("blocked", substatus);
    expect(await guide()).toEqual({ kind: "closed", reason });
  });

  it("asks for patience while another request holds the sale", async () => {
    await house.control("/faults", {
      method: "GET",
      path: `/action_guide/packs/${packId}`,
      times: 2,
      status: 409,
      body: { cause: "conflict", error: "conflict", message: "...", status_code: 409 },
    });
    const answer = await house.call(`${thread}/guide`, { as: me });
    expect(answer.status).toBe(429);
    expect(await answer.json()).toMatchObject({ code: "slow_down", reason: "guide_locked" });
    await house.control("/faults/clear", {});
  });
});

describe("a conversation that is begun", () => {
  it("with a text sends it once, under its reason, and uses that up", async () => {
    await begin({ text: "Su talle está agotado, ¿va otro color?", option: other });
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent", reason: null }]);
    expect((await begun()).map(({ body }) => body)).toEqual([
      { option_id: "OTHER", text: "Su talle está agotado, ¿va otro color?" },
    ]);
    expect(await sends(house, packId)).toEqual([]);
    expect(await arrived(house, packId)).toEqual(["Su talle está agotado, ¿va otro color?"]);
    expect(await guide()).toMatchObject({
      options: expect.arrayContaining([expect.objectContaining({ id: "OTHER", left: 0 })]),
    });
  });

  it("with a template shows the text that Mercado Libre wrote, and leaves the draft alone", async () => {
    const body = { text: "Algo para después", files: [] };
    await house.call(`${thread}/draft`, { as: me, method: "PUT", body });
    const row = await begin({ option: variants });
    expect(row).toMatchObject({ text: "", option: variants, state: "queued" });
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
    const shown = await view();
    const [text] = await arrived(house, packId);
    expect(text).toMatch(/variante/);
    expect(shown.outbox).toMatchObject([{ text, option: variants, state: "sent" }]);
    expect(shown.draft.text).toBe("Algo para después");
    expect((await begun()).map(({ body: sent }) => sent)).toEqual([
      { option_id: "REQUEST_VARIANTS", template_id: VARIANTS },
    ]);
  });

  it("fills in the hours of a promise", async () => {
    await open({ shipment: { logisticType: "self_service" } });
    await begin({ option: promise(12, 18) });
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
    expect(await arrived(house, packId)).toEqual(["¡Hola! Tu compra llega hoy entre las 12 y las 18 h."]);
  });

  it("is told as rejected when moderation took the text in the very answer", async () => {
    await begin({ text: "No sea boludo", option: other });
    expect(await workOff(house, packId)).toMatchObject([
      { state: "rejected", reason: "OUT_OF_PLACE_LANGUAGE" },
    ]);
    expect(await begun()).toHaveLength(1);
  });

  it("is told as rejected although the conversation shows nothing of it", async () => {
    await onBegin({
      status: 200,
      body: {
        id: "0199aa00bb11cc22dd33ee44ff556677",
        status: "moderated",
        text: "Hola",
        message_moderation: { status: "rejected", reason: "automatic_message" },
      },
    });
    await begin({ text: "Hola", option: other });
    expect(await workOff(house, packId)).toMatchObject([{ state: "rejected", reason: "AUTOMATIC_MESSAGE" }]);
  });

  it("is one however often the same template is asked for, and another with other hours", async () => {
    await open({ shipment: { logisticType: "self_service" } });
    const key = crypto.randomUUID();
    const first = await begin({ key, option: promise(10, 12) });
    expect((await begin({ option: promise(10, 12) })).id).toBe(first.id);
    expect((await begin({ option: promise(14, 16) })).id).not.toBe(first.id);
    await runOnce(house, packId);
    // The text is on the row by now; the key still names it.
    expect((await begin({ key, option: promise(10, 12) })).id).toBe(first.id);
    expect((await post({ key, option: promise(9, 12) })).status).toBe(409);
    expect((await post({ key, text: "Hola", option: other })).status).toBe(409);
  });

  it("is found, with its text, when the answer to a template was lost", async () => {
    await onBegin({ status: 500, applied: "yes" });
    await begin({ option: variants });
    await runOnce(house, packId);
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "uncertain" }]);
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
    expect((await view()).outbox).toMatchObject([{ text: expect.stringMatching(/variante/) }]);
    expect(await begun()).toHaveLength(1);
  });

  it("stays uncertain, and is not sent again, when it is never found", async () => {
    await onBegin({ status: 500, body: { error: "internal_error", message: "Internal server error" } });
    await begin({ option: variants });
    expect(await workOff(house, packId)).toMatchObject([{ state: "uncertain" }]);
    expect(await begun()).toHaveLength(1);
  });

  it("is held when the buyer writes first, and then needs no reason", async () => {
    const { messages } = await view();
    const seen = { messages: messages.map(({ id }) => id), replies: [] };
    const row = await begin({ text: "¿Qué color prefiere?", option: other, seen });
    await house.control("/buyer/message", { packId, text: "Lo quiero rojo" });
    expect(await workOff(house, packId)).toMatchObject([{ state: "held" }]);
    await house.call(`/api/outbox/${row.id}`, { as: me, method: "POST", body: { act: "send_anyway" } });
    expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason: "guide_not_needed" }]);
    expect(await begun()).toEqual([]);
    expect((await view()).outbox).toMatchObject([{ text: "¿Qué color prefiere?", canRetry: false }]);
  });
});

describe("a choice that cannot be sent any more", () => {
  const fails = async (option: object, reason: string, text = "") => {
    await begin({ text, option });
    expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason }]);
    expect(await begun()).toEqual([]);
  };

  it("because the reason is not offered, is not sent", () =>
    fails({ ...other, optionId: "NEVER_HEARD_OF" }, "guide_gone", "Hola"));

  it("because it was used up, is not sent", async () => {
    await open({ caps: { OTHER: 0 } });
    await fails(other, "guide_used", "Hola");
  });

  it("because the template is not of this reason, is not sent", () =>
    fails({ ...variants, templateId: PROMISE }, "guide_template"));

  it("because the template is given as a text, is not sent", () =>
    fails({ ...variants, templateId: null }, "guide_template", "Hola"));

  it("because its variables are missing, is not sent", async () => {
    await open({ shipment: { logisticType: "self_service" } });
    await fails({ ...promise(1, 2), vars: [{ id: `${PROMISE}___VAR___INIT`, value: 1 }] }, "guide_vars");
  });

  it("because its text is longer than the reason takes, is not sent", () =>
    fails(other, "too_long", "a".repeat(351)));

  it("because the sale turned out to be excepted, is not sent, and the composer opens", async () => {
    await open({ isExcepted: true });
    await fails(other, "guide_not_needed", "Hola");
    expect((await view()).composer).toMatchObject({ allowed: true });
  });

  it.each([
    ["blocked_by_mediation", "blocked_by_mediation"],
    ["blocked_by_deactivated_account", "blocked_by_deactivated_account"],
  ])("because the conversation is %s by now, is not sent", async (substatus, reason) => {
    await begin({ text: "Hola", option: other });
    await moves("blocked", substatus);
    expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason }]);
    expect(await begun()).toEqual([]);
  });
});

/** messages.md 3.3, with texts of the Portuguese pages where they are translated: they are not what counts. */
describe("what Mercado Libre says at the last moment", () => {
  const refusal = (status: number, error: string, message: string, cause = error) => ({
    status,
    body: { cause, error, message, status_code: status },
  });
  const reasonAfter = async (order: object) => {
    await onBegin(order);
    await begin({ text: "Hola", option: other });
    const [row] = await workOff(house, packId);
    expect(await begun()).toHaveLength(1);
    expect(await arrived(house, packId)).toEqual([]);
    return [row?.state, row?.reason];
  };

  it.each([
    [
      "an excepted case",
      refusal(400, "bad_request", "Este pacote é uma exceção", "blocked_by_excepted_case"),
      "guide_not_needed",
    ],
    ["a text it does not take", refusal(400, "limit_exceeded", "O texto é inválido"), "guide_text"],
    ["an invalid template", refusal(400, "bad_request", "The template T is invalid"), "guide_template"],
    [
      "a promise for a day that is over",
      refusal(
        400,
        "bad_request",
        "The promise of delivery of the shipping contained in the pack is from a date before today",
      ),
      "delivery_past",
    ],
    [
      "the same with a 500",
      { status: 500, body: { status_code: 500, message: "delivery date is before than today" } },
      "delivery_past",
    ],
    [
      "a use that is spent",
      refusal(403, "bad_request", "Você não pode executar a opção OTHER novamente"),
      "guide_used",
    ],
    [
      "a conversation that has begun",
      refusal(
        403,
        "forbidden",
        "Este pacote tem a conversa bloqueada",
        "blocked_by_conversation_use_message_api",
      ),
      "guide_not_needed",
    ],
    ["a block without a name", refusal(403, "forbidden", "A conversa está bloqueada"), "guide_refused"],
    [
      "a block with a name",
      refusal(403, "forbidden", "A conversa está bloqueada", "blocked_by_restrictions"),
      "blocked_by_restrictions",
    ],
    ["another seller's sale", refusal(403, "forbidden", "Sem permissão para o pacote"), "guide_refused"],
    ["an option that is not valid", refusal(404, "not_found", "A opção não é válida"), "guide_gone"],
    ["a buyer who is gone", refusal(451, "Unavailable", "Unavailable"), "account_deactivated"],
  ])("%s: failed, for a reason with words", async (_name, order, reason) => {
    expect(await reasonAfter(order)).toEqual(["failed", reason]);
  });

  it("a lack of permission is the account's trouble", async () => {
    const policy = {
      message: "At least one policy returned UNAUTHORIZED.",
      code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES",
      status: 403,
      blocked_by: "PolicyAgent",
    };
    expect(await reasonAfter({ status: 403, body: policy })).toEqual(["failed", "missing_permission"]);
  });

  it("a lock is met once more after a pause, and sent once", async () => {
    await onBegin(refusal(409, "conflict", "Há outra requisição"));
    await begin({ text: "Hola", option: other });
    await runOnce(house, packId);
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "queued", reason: "guide_locked" }]);
    await runOnce(house, packId);
    // The pause holds: nothing was tried meanwhile.
    expect(await begun()).toHaveLength(1);
    await letTimePass(house, packId);
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent", reason: null }]);
    expect(await arrived(house, packId)).toEqual(["Hola"]);
  });

  it("a lock that is met twice is told, and can be tried again", async () => {
    await house.control("/settings", { guideLocked: 2 });
    const row = await begin({ text: "Hola", option: other });
    expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason: "guide_locked" }]);
    expect(await begun()).toHaveLength(2);
    expect((await view()).outbox).toMatchObject([{ canRetry: true }]);
    await house.call(`/api/outbox/${row.id}`, { as: me, method: "POST", body: { act: "retry" } });
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
    expect(await arrived(house, packId)).toEqual(["Hola"]);
  });

  it("too many requests come back later, and are sent once", async () => {
    await onBegin(refusal(429, "too_many_request", "Too many request"));
    await begin({ text: "Hola", option: other });
    await runOnce(house, packId);
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "queued", reason: "slow_down" }]);
    await house.rt.database.pool.query("delete from rate_buckets");
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
    expect(await arrived(house, packId)).toEqual(["Hola"]);
  });
});

describe("what our API does not take", () => {
  it.each([
    ["a template with a text", { text: "Hola", option: variants }, { text: "not_with_template" }],
    ["a reason without a text", { text: "  ", option: other }, { text: "empty" }],
    ["a text that no reason takes", { text: "a".repeat(3_501), option: other }, { text: "too_long" }],
    ["a file", { text: "Hola", files: [crypto.randomUUID()], option: other }, { files: "not_with_option" }],
  ])("%s", async (_name, body, fields) => {
    const answer = await post(body);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: "invalid_input", fields });
  });

  it("a reason where none is needed", async () => {
    await open({ status: "active", substatus: null });
    const answer = await post({ text: "Hola", option: other });
    expect(await answer.json()).toMatchObject({ code: "refused_by_meli", reason: "guide_not_needed" });
  });

  it("a reason where the conversation is blocked for something else", async () => {
    await open({ substatus: "blocked_by_mediation" });
    const answer = await post({ text: "Hola", option: other });
    expect(await answer.json()).toMatchObject({ code: "refused_by_meli", reason: "blocked_by_mediation" });
  });
});
