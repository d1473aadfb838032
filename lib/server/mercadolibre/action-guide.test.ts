import { describe, expect, it } from "vitest";
import { client, failureOf, type Reply } from "@/lib/server/mercadolibre/testing/edge";
import { PACK } from "@/lib/server/mercadolibre/testing/wire-messages";
import { beginConversation, readGuideReasons } from "./action-guide";
import { guideRefusalOf } from "./action-guide-refusal";

const option = (id: string, more: object = {}) => ({
  id,
  internal_description: "..",
  enabled: true,
  type: "free_text",
  templates: null,
  actionable: true,
  child_options: null,
  ...more,
});
/** An edge with a guide behind it. */
const guide = (options: unknown, caps: Reply = { body: [] }) =>
  client(({ url }) => (url.pathname.endsWith("/caps_available") ? caps : { body: { options } }));
const reasons = (options: unknown, caps?: Reply) =>
  readGuideReasons(guide(options, caps).meli, { packId: PACK });

describe("reading the reasons to write", () => {
  it("reads options and caps, two reads, with the tag", async () => {
    const { meli, sent } = guide([option("OTHER")]);
    await readGuideReasons(meli, { packId: PACK });
    expect(sent.map(({ method, url }) => `${method} ${url.pathname}${url.search}`).toSorted()).toEqual([
      `GET /messages/action_guide/packs/${PACK}/caps_available?tag=post_sale`,
      `GET /messages/action_guide/packs/${PACK}?tag=post_sale`,
    ]);
  });

  it.each([
    ["template", "template"],
    ["TEMPLATE", "template"],
    ["free_text", "free_text"],
    ["FREE_TEXT", "free_text"],
    [" Free_Text ", "free_text"],
  ])("reads the type %s as %s", async (type, kind) => {
    expect(await reasons([option("ONE", { type })])).toMatchObject([{ kind }]);
  });

  it("leaves out a type that nobody knows, and keeps the others", async () => {
    const found = await reasons([option("NEW", { type: "link" }), "nonsense", option("OTHER")]);
    expect(found.map(({ id }) => id)).toEqual(["OTHER"]);
  });

  it.each([
    ["absent", {}, null],
    ["null", { char_limit: null }, null],
    ["told", { char_limit: 350 }, 350],
  ])("takes a limit that is %s", async (_name, more, charLimit) => {
    expect(await reasons([option("OTHER", more)])).toMatchObject([{ charLimit }]);
  });

  it.each([
    ["null", null, []],
    ["ids", ["A___VAR___INIT", "A___VAR___LIMIT"], ["A___VAR___INIT", "A___VAR___LIMIT"]],
    ["objects", [{ id: "A___VAR___INIT", type: "NUMBER" }], ["A___VAR___INIT"]],
  ])("reads a template's variables from %s", async (_name, vars, expected) => {
    const found = await reasons([
      option("DELIVERY_PROMISE", { type: "template", templates: [{ id: "T1", vars }] }),
    ]);
    expect(found).toMatchObject([{ templates: [{ id: "T1", vars: expected }] }]);
  });

  it("finds reasons below others to any depth, and shows no mere group", async () => {
    const found = await reasons([
      option("GROUP", {
        actionable: false,
        child_options: [
          option("OTHER"),
          option("INNER", { child_options: [option("SEND_INVOICE_LINK", { enabled: false })] }),
        ],
      }),
    ]);
    expect(found.map(({ id, isEnabled }) => [id, isEnabled])).toEqual([
      ["OTHER", true],
      ["INNER", true],
      ["SEND_INVOICE_LINK", false],
    ]);
  });

  it("offers nothing below a reason that is switched off", async () => {
    const found = await reasons([option("GROUP", { enabled: false, child_options: [option("OTHER")] })]);
    expect(found.map(({ isEnabled }) => isEnabled)).toEqual([false, false]);
  });

  it("believes the caps before the reason's own number", async () => {
    const caps = { body: [{ option_id: "OTHER", cap_available: 0 }] };
    expect(await reasons([option("OTHER", { cap_available: 1 })], caps)).toMatchObject([{ left: 0 }]);
  });

  it("takes a reason that the caps do not list for not offered", async () => {
    const caps = { body: [{ option_id: "OTHER", cap_available: 1 }] };
    expect(await reasons([option("OTHER"), option("SEND_INVOICE_LINK")], caps)).toMatchObject([
      { id: "OTHER", left: 1, isEnabled: true },
      { id: "SEND_INVOICE_LINK", isEnabled: false },
    ]);
  });

  it.each<[string, Reply]>([
    ["cannot be had", { status: 500 }],
    ["are empty", { body: [] }],
    ["make no sense", { body: { nothing: true } }],
  ])("goes by the reason's own number when the caps %s", async (_name, caps) => {
    expect(await reasons([option("OTHER", { cap_available: 1 }), option("NEW")], caps)).toMatchObject([
      { left: 1, isEnabled: true },
      { left: null, isEnabled: true },
    ]);
  });
});

describe("beginning a conversation", () => {
  const begin = (
    choice: { templateId: string | null; vars?: { id: string; value: number }[] },
    reply: Reply,
  ) => {
    const { meli, sent } = client([reply]);
    const work = beginConversation(meli, {
      packId: PACK,
      choice: { optionId: "ONE", vars: [], ...choice },
      text: "Hola",
    });
    return { work, sent };
  };

  it.each([
    ["a text", { templateId: null }, { option_id: "ONE", text: "Hola" }],
    ["a template", { templateId: "T1" }, { option_id: "ONE", template_id: "T1" }],
    [
      "a template with what the seller filled in",
      { templateId: "T1", vars: [{ id: "T1___VAR___INIT", value: 12 }] },
      { option_id: "ONE", template_id: "T1", vars: [{ id: "T1___VAR___INIT", value: 12 }] },
    ],
  ])("sends %s, with the option in the body and nobody named", async (_name, choice, body) => {
    const { work, sent } = begin(choice, { body: { id: "m1" } });
    await work;
    expect(sent[0]?.url.pathname).toBe(`/messages/action_guide/packs/${PACK}/option`);
    expect(sent[0]?.url.search).toBe("?tag=post_sale");
    expect(JSON.parse(sent[0]?.text ?? "")).toEqual(body);
  });

  it("says what was sent, and that it was moderated", async () => {
    const { work } = begin(
      { templateId: "T1" },
      {
        body: {
          id: "m1",
          to: { user_id: 1, name: "Ana" },
          status: "moderated",
          text: "¡Hola! Para preparar tu compra...",
          message_moderation: { status: "rejected", reason: "out_of_place_language" },
        },
      },
    );
    expect(await work).toEqual({
      messageId: "m1",
      text: "¡Hola! Para preparar tu compra...",
      status: "moderated",
      moderation: { status: "rejected", reason: "OUT_OF_PLACE_LANGUAGE" },
    });
  });

  it.each([500, 503, 409, 429])("is never sent again by itself after %s", async (status) => {
    const { work, sent } = begin({ templateId: null }, { status, body: { error: "conflict" } });
    const { failure } = await failureOf(work);
    expect(sent).toHaveLength(1);
    expect(failure.mayHaveApplied).toBe(status >= 500);
  });
});

/** messages.md 3.3. The texts are of the Spanish, English and Portuguese pages; what counts is status and code. */
describe("what a refusal of the guide means", () => {
  const meaning = async (status: number, body: object) =>
    guideRefusalOf(
      (
        await failureOf(
          beginConversation(client([{ status, body: { status_code: status, ...body } }]).meli, {
            packId: PACK,
            choice: { optionId: "ONE", templateId: null, vars: [] },
            text: "Hola",
          }),
        )
      ).failure,
    );

  it.each([
    [400, { error: "bad_request", cause: "blocked_by_excepted_case", message: "Este pacote" }, "excepted"],
    [400, { error: "bad_request", cause: [{ code: "blocked_by_excepted_case" }] }, "excepted"],
    [400, { error: "limit_exceeded", message: "O texto é inválido" }, "text"],
    [
      400,
      { error: "bad_request", message: "The template TEMPLATE___DELIVERY_PROMISE___1 is invalid" },
      "template",
    ],
    [
      400,
      {
        error: "bad_request",
        message: "The promise of delivery of the shipping contained in the pack is from a date before today",
      },
      "delivery_past",
    ],
    [
      400,
      { error: "bad_request", message: "La promesa de entrega del envío es anterior a hoy" },
      "delivery_past",
    ],
    [400, { error: "bad_request", message: "A promessa de entrega é de uma data anterior" }, "delivery_past"],
    [403, { error: "bad_request", message: "Você não pode executar a opção OTHER novamente" }, "used"],
    [403, { error: "forbidden", cause: "blocked_by_conversation_use_message_api" }, "has_begun"],
    [403, { error: "forbidden", message: "The conversation is blocked" }, "undecided"],
    [403, { error: "forbidden", message: "You are not allowed to access the information" }, "undecided"],
    // Forms D and F of messages.md 7: no code at all.
    [
      400,
      { message: "This pack belongs to an excepted case, it is requested to use the messaging resource." },
      "excepted",
    ],
    [400, { message: "The text is invalid" }, "text"],
    [403, { message: "You are not allowed to execute the option OTHER again" }, "used"],
    [403, { message: "The conversation is blocked" }, "undecided"],
    [404, { error: "not_found", message: "The option selected is not valid" }, "gone"],
    [409, { error: "conflict", message: "There is another request locking this operation" }, "locked"],
    [409, { error: "too_many_requests", message: "quota" }, null],
    [429, { error: "too_many_request", message: "Too many request" }, null],
    [451, { error: "Unavailable", message: "Unavailable" }, "deactivated"],
    [500, { message: "delivery date is before than today" }, "delivery_past"],
    [500, { error: "internal_error", message: "Internal server error" }, null],
    [500, { error: "internal_error", message: "Unhandled promise rejection" }, null],
  ])("%i with %j: %s", async (status, body, expected) => {
    expect(await meaning(status, body)).toBe(expected);
  });
});
