import { describe, expect, it } from "vitest";
import type { ThreadSeed } from "@/sandbox/control/seeds";
import { startSale } from "@/sandbox/messages/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

const LIMITED: ThreadSeed = {
  status: "blocked",
  substatus: "blocked_by_conversation_initiated_by_seller_limited",
  messages: [],
};
const PROMISE = "TEMPLATE___DELIVERY_PROMISE___1";
const OTHER = { option_id: "OTHER", text: "Hola" };

async function start(thread: ThreadSeed = LIMITED, siteId = "MLA") {
  const sale = await startSale(thread, siteId);
  const path = `/messages/action_guide/packs/${sale.pack}`;
  const { api, access } = sale;
  return {
    ...sale,
    guide: () => api.get(`${path}?tag=post_sale`, access),
    caps: async () => listAt((await api.get(`${path}/caps_available?tag=post_sale`, access)).body),
    run: (body: unknown) => api.post(`${path}/option?tag=post_sale`, access, body),
    elsewhere: (tail: string) => api.post(`${path}${tail}?tag=post_sale`, access, OTHER),
    stored: async () => listAt((await api.control(`/threads/${sale.pack}`)).body, "messages").length,
  };
}

describe("the lock of the action guide (messages.md 3.3)", () => {
  it("answers 409 as often as told, sends nothing meanwhile, then lets the option run", async () => {
    const { run, change, stored, api } = await start();
    await change({ guideLocked: 2 });
    for (const left of [1, 0]) {
      const { status, body } = await run(OTHER);
      expect([status, body]).toEqual([
        409,
        {
          cause: "conflict",
          error: "conflict",
          message: "There is another request locking this operation",
          status_code: 409,
        },
      ]);
      expect(at((await api.control("/state")).body, "settings", "guideLocked")).toBe(left);
    }
    expect(await stored()).toBe(0);
    expect((await run(OTHER)).status).toBe(200);
  });

  it("holds one sale while an option runs, and no longer", async () => {
    const { run, change, stored } = await start();
    await change({ guideRunsMs: 60 });
    const both = await Promise.all([run(OTHER), run({ option_id: "SEND_INVOICE_LINK", text: "Factura" })]);
    expect(both.map((reply) => reply.status)).toEqual([200, 409]);
    expect(await stored()).toBe(1);
    expect((await run({ option_id: "SEND_INVOICE_LINK", text: "Factura" })).status).toBe(200);
  });
});

describe("what the action guide answers", () => {
  it("varies in casing, in the limit, and in where OTHER stands (messages.md 3.1)", async () => {
    const { guide, change, caps, run } = await start();
    const find = async (id: string) =>
      listAt((await guide()).body, "options").find((one) => at(one, "id") === id);
    expect(at(await find("OTHER"), "char_limit")).toBe(350);
    await change({ guideTypeCase: "upper", guideCharLimit: "absent" });
    expect(at(await find("OTHER"), "type")).toBe("FREE_TEXT");
    expect(at(await find("REQUEST_VARIANTS"), "type")).toBe("TEMPLATE");
    expect(await find("OTHER")).not.toHaveProperty("char_limit");
    await change({ guideCharLimit: "null", guideChildOptions: true });
    expect(await find("OTHER")).toBeUndefined();
    const parent = await find("MORE_REASONS");
    expect(at(parent, "child_options", 0)).toMatchObject({ id: "OTHER", char_limit: null, cap_available: 1 });
    expect((await caps()).map((one) => at(one, "option_id"))).toContain("OTHER");
    expect((await caps()).map((one) => at(one, "option_id"))).not.toContain("MORE_REASONS");
    expect((await run({ option_id: "MORE_REASONS", text: "x" })).status).toBe(404);
    expect((await run(OTHER)).status).toBe(200);
  });

  it("holds as many uses as told, and gives them back by switch (messages.md 3.2)", async () => {
    const { run, change, caps } = await start(LIMITED, "MLC");
    await change({ guideCaps: { REQUEST_VARIANTS: 3 } });
    expect(await caps()).toContainEqual({ option_id: "REQUEST_VARIANTS", cap_available: 3 });
    const variants = { option_id: "REQUEST_VARIANTS", template_id: "TEMPLATE___REQUEST_VARIANTS___1" };
    for (let use = 0; use < 3; use += 1) expect((await run(variants)).status).toBe(200);
    expect(textAt((await run(variants)).body, "message")).toBe(
      "You are not allowed to execute the option REQUEST_VARIANTS again",
    );
  });

  it("ends OTHER with the delivery on the announced sites by switch, REQUEST_VARIANTS where no page has it", async () => {
    const ids = async (siteId: string, shipment: ThreadSeed["shipment"], settings: object) => {
      const { guide, change } = await start({ ...LIMITED, shipment }, siteId);
      await change({ ...settings });
      return listAt((await guide()).body, "options").map((one) => textAt(one, "id"));
    };
    const delivered = { status: "delivered", logisticType: "fulfillment" };
    expect(await ids("MLA", delivered, {})).toContain("OTHER");
    expect(await ids("MLA", delivered, { guideOtherEnds: "announced" })).not.toContain("OTHER");
    const dropOff = { logisticType: "drop_off" };
    expect(await ids("MLB", dropOff, {})).toContain("REQUEST_VARIANTS");
    expect(await ids("MLB", dropOff, { guideVariants: "published" })).not.toContain("REQUEST_VARIANTS");
  });

  it("fixes the billing text per site, where one is published", async () => {
    const billing = { option_id: "REQUEST_BILLING_INFO", template_id: "TEMPLATE___REQUEST_BILLING_INFO___1" };
    const text = async (siteId: string) =>
      textAt((await (await start(LIMITED, siteId)).run(billing)).body, "text");
    expect(await text("MLM")).toContain("RFC");
    expect(await text("MCO")).toContain("NIT");
    expect((await (await start(LIMITED, "MLC")).run(billing)).status).toBe(404);
  });

  it("is found at /option alone (messages.md 8)", async () => {
    const { elsewhere } = await start();
    expect((await elsewhere("/options")).status).toBe(404);
    expect((await elsewhere("/option/OTHER")).status).toBe(404);
  });
});

describe("DELIVERY_PROMISE", () => {
  const flex = { ...LIMITED, shipment: { logisticType: "self_service" } };
  const promise = (vars: unknown) => ({ option_id: "DELIVERY_PROMISE", template_id: PROMISE, vars });
  const hours = (from: unknown, to: unknown) => [
    { id: `${PROMISE}___VAR___INIT`, value: from },
    { id: `${PROMISE}___VAR___LIMIT`, value: to },
  ];

  it("names both variables as NUMBER, and wants both as hours, the first before the last (messages.md 3.1, 3.3)", async () => {
    const { guide, run } = await start(flex);
    const option = listAt((await guide()).body, "options").find(
      (one) => at(one, "id") === "DELIVERY_PROMISE",
    );
    expect(at(option, "templates", 0, "vars")).toEqual([
      { id: `${PROMISE}___VAR___INIT`, type: "NUMBER" },
      { id: `${PROMISE}___VAR___LIMIT`, type: "NUMBER" },
    ]);
    const wrong = [undefined, [], hours(9, 12).slice(1), hours("9", "12"), hours(12, 9), hours(9, 25)];
    for (const vars of wrong) {
      const { body } = await run(promise(vars));
      expect(body).toMatchObject({ status_code: 400, message: `The template ${PROMISE} is invalid` });
    }
    expect(textAt((await run(promise(hours(9, 12)))).body, "text")).toContain("entre las 9 y las 12");
  });

  it("is refused for a day that has passed, as 400 or as 500", async () => {
    const { run, change } = await start({ ...flex, soldDaysAgo: 9 });
    expect((await run(promise(hours(9, 12)))).body).toMatchObject({
      error: "bad_request",
      message: "The promise of delivery of the shipping contained in the pack is from a date before today",
    });
    await change({ guidePastPromise: "500" });
    const { status, body } = await run(promise(hours(9, 12)));
    expect([status, body]).toEqual([
      500,
      { status_code: 500, message: "delivery date is before than today" },
    ]);
  });
});

describe("refusals of the action guide", () => {
  it("fail with the 500 of the page as often as told", async () => {
    const { guide, run, change } = await start();
    await change({ guideFails: 2 });
    expect((await run(OTHER)).body).toEqual({
      cause: "internal_server_error",
      error: "internal_server_error",
      message: "Internal server error",
      status_code: 500,
    });
    expect((await guide()).status).toBe(500);
    expect((await guide()).status).toBe(200);
  });

  it("say a deactivated account in each form, and in Portuguese", async () => {
    const { guide, change } = await start({
      ...LIMITED,
      substatus: "blocked_by_deactivated_account",
    });
    expect([(await guide()).status, (await guide()).body]).toEqual([
      451,
      { cause: "Unavailable", error: "Unavailable", message: "Unavailable", status_code: 451 },
    ]);
    await change({ guideTexts: "pt" });
    expect((await guide()).body).toMatchObject({ error: "Unavailable", message: "Indisponível" });
  });

  it.each([
    ["A", { status_code: 400, code: "blocked_by_excepted_case" }],
    ["B", { status: 400, error: "bad_request", cause: [{ code: "blocked_by_excepted_case" }] }],
    ["C", { status_code: 400, error: "bad_request", cause: "blocked_by_excepted_case" }],
    ["D", { status_code: 400 }],
    ["E", { status_code: 400, code: "blocked_by_excepted_case" }],
  ])("have form %s when told so (messages.md 7)", async (guideErrorForm, wanted) => {
    const { guide, change, run } = await start({ ...LIMITED, isExcepted: true });
    await change({ guideErrorForm });
    expect((await guide()).body).toMatchObject(wanted);
    expect((await run(OTHER)).body).toMatchObject(wanted);
  });

  it("are plain text in form F", async () => {
    const { guide, change } = await start({ ...LIMITED, isExcepted: true });
    await change({ guideErrorForm: "F" });
    const { text, headers } = await guide();
    expect(headers.get("content-type")).toContain("text/plain");
    expect(text).toBe(
      "This pack belongs to an excepted case, it is requested to use the messaging resource.",
    );
  });

  it("name the substatus once the buyer has written, or only forbid", async () => {
    const { guide, change } = await start({ messages: [{ from: "buyer", text: "Hola" }] });
    expect((await guide()).body).toMatchObject({ cause: "blocked_by_conversation_use_message_api" });
    await change({ guideOpenCause: "forbidden" });
    expect((await guide()).body).toEqual({
      cause: "forbidden",
      error: "forbidden",
      message: "This package has the conversation blocked, please check blocked messages",
      status_code: 403,
    });
  });
});

describe("the messaging resource beside the guide (messages.md 4.1)", () => {
  it("takes a first text of an excepted case, again and again", async () => {
    const { send } = await start({ ...LIMITED, isExcepted: true });
    expect((await send("Empezamos a fabricarla hoy")).status).toBe(201);
    expect((await send("Tarda 15 días")).status).toBe(201);
  });

  it("refuses the first text of a limited sale, under both names of the block", async () => {
    for (const word of ["initiated", "started"]) {
      const { send, run } = await start({
        ...LIMITED,
        substatus: `blocked_by_conversation_${word}_by_seller_limited`,
      });
      expect((await send("Hola")).status).toBe(403);
      expect((await run(OTHER)).status).toBe(200);
    }
  });

  it("is open under the substatus that sends there, unless the setting says otherwise", async () => {
    const { send, change } = await startSale({
      status: "blocked",
      substatus: "blocked_by_conversation_use_message_api",
      messages: [{ from: "buyer", text: "Hola" }],
    });
    expect((await send("Gracias")).status).toBe(201);
    await change({ useMessagesOpens: false });
    expect((await send("Gracias")).status).toBe(403);
  });
});
