import { describe, expect, it } from "vitest";
import type { ThreadSeed } from "@/sandbox/control/seeds";
import { createSandbox } from "@/sandbox/create-sandbox";
import { at, drive, listAt, textAt } from "@/sandbox/testing";

const LIMITED: ThreadSeed = {
  status: "blocked",
  substatus: "blocked_by_conversation_initiated_by_seller_limited",
};

async function start(thread: ThreadSeed, siteId = "MLA") {
  const api = drive(createSandbox());
  const { body } = await api.control("/sellers", { siteId, threads: [thread] });
  const pack = textAt(body, "threads", 0, "packId");
  const { access } = await api.connect(textAt(body, "id"));
  const path = `/messages/action_guide/packs/${pack}`;
  return {
    api,
    pack,
    guide: () => api.get(`${path}?tag=post_sale`, access),
    options: async () =>
      listAt((await api.get(`${path}?tag=post_sale`, access)).body, "options").map((one) =>
        textAt(one, "id"),
      ),
    caps: async () => (await api.get(`${path}/caps_available?tag=post_sale`, access)).body,
    run: (body: unknown) => api.post(`${path}/option?tag=post_sale`, access, body),
    messages: async () => listAt((await api.control(`/threads/${pack}`)).body, "messages"),
  };
}

describe("the action guide", () => {
  it.each([
    [
      "MLA",
      { status: "ready_to_ship", logisticType: "drop_off" },
      ["REQUEST_VARIANTS", "REQUEST_BILLING_INFO", "SEND_INVOICE_LINK", "OTHER"],
    ],
    [
      "MLA",
      { status: "shipped", logisticType: "self_service" },
      ["REQUEST_BILLING_INFO", "SEND_INVOICE_LINK", "DELIVERY_PROMISE", "OTHER"],
    ],
    ["MLB", { status: "delivered", logisticType: "fulfillment" }, ["SEND_INVOICE_LINK", "OTHER"]],
    [
      "MLM",
      { status: "delivered", logisticType: "fulfillment" },
      ["REQUEST_BILLING_INFO", "SEND_INVOICE_LINK"],
    ],
  ])("offers on %s for %o what the contract says", async (siteId, shipment, wanted) => {
    const { options } = await start({ ...LIMITED, shipment }, siteId);
    expect(await options()).toEqual(wanted);
  });

  it("sends OTHER once, until the buyer writes", async () => {
    const { run, caps, messages } = await start(LIMITED);
    const first = await run({ option_id: "OTHER", text: "¿Qué color preferís?" });
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      status: "available",
      text: "¿Qué color preferís?",
      message_moderation: { status: "clean" },
    });
    expect(textAt(first.body, "message_date", "created")).not.toBe("");
    expect(await caps()).toContainEqual({ option_id: "OTHER", cap_available: 0 });
    expect((await run({ option_id: "OTHER", text: "otra" })).body).toEqual({
      cause: "bad_request",
      error: "bad_request",
      message: "You are not allowed to execute the option OTHER again",
      status_code: 403,
    });
    expect(await messages()).toHaveLength(1);
  });

  it("sends the seller to the messaging resource once the buyer has written", async () => {
    const { api, pack, guide } = await start(LIMITED);
    await api.control("/buyer/message", { packId: pack, text: "Azul" });
    expect((await guide()).body).toMatchObject({
      cause: "blocked_by_conversation_use_message_api",
      status_code: 403,
    });
  });

  it("moderates free text with a 2xx, and never a template", async () => {
    const { run } = await start(LIMITED);
    expect((await run({ option_id: "SEND_INVOICE_LINK", text: "bit.ly/factura" })).body).toMatchObject({
      status: "moderated",
      message_moderation: { status: "rejected", reason: "LINK_SHORT_URL" },
      message_date: { available: null },
    });
    const template = {
      option_id: "REQUEST_BILLING_INFO",
      template_id: "TEMPLATE___REQUEST_BILLING_INFO___1",
    };
    expect((await run(template)).body).toMatchObject({ message_moderation: { status: "non_moderated" } });
  });

  it("refuses unknown options, wrong templates, long texts and wrong hours", async () => {
    const { run } = await start({ ...LIMITED, shipment: { logisticType: "self_service" } });
    expect((await run({ option_id: "NOPE" })).status).toBe(404);
    expect((await run({ option_id: "OTHER", text: "a".repeat(351) })).body).toMatchObject({
      error: "limit_exceeded",
    });
    expect((await run({ option_id: "REQUEST_BILLING_INFO", template_id: "X" })).body).toMatchObject({
      message: "The template X is invalid",
    });
    const id = "TEMPLATE___DELIVERY_PROMISE___1";
    const hours = (from: number, to: number) => [
      { id: `${id}___VAR___INIT`, value: from },
      { id: `${id}___VAR___LIMIT`, value: to },
    ];
    expect((await run({ option_id: "DELIVERY_PROMISE", template_id: id, vars: hours(18, 12) })).status).toBe(
      400,
    );
    expect(
      at((await run({ option_id: "DELIVERY_PROMISE", template_id: id, vars: hours(12, 18) })).body, "text"),
    ).toContain("12");
  });

  it("is not the way for an excepted case, a blocked thread, a deleted buyer or another's sale", async () => {
    expect((await (await start({ isExcepted: true })).guide()).body).toMatchObject({
      cause: "blocked_by_excepted_case",
      status_code: 400,
    });
    expect(
      (await (await start({ status: "blocked", substatus: "blocked_by_refund" })).guide()).body,
    ).toMatchObject({ message: "The conversation is blocked" });
    expect(
      (await (await start({ status: "blocked", substatus: "blocked_by_deactivated_account" })).guide())
        .status,
    ).toBe(451);
    const { api, pack } = await start(LIMITED);
    const other = await api.connect(textAt((await api.control("/sellers", { siteId: "MLA" })).body, "id"));
    expect((await api.get(`/messages/action_guide/packs/${pack}?tag=post_sale`, other.access)).status).toBe(
      403,
    );
  });
});
