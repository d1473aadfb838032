import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createGuideHouse,
  type GuideHouse,
  other,
  PROMISE,
  promise,
  type Sale,
  variants,
} from "@/scripts/testing/guide-house";
import { arrived, letTimePass, repliesOn, runOnce, workOff } from "@/scripts/testing/outbox";

/** Every way in which a conversation is not begun (messages.md 3.3): by us, by our API, by Mercado Libre. */

let gh: GuideHouse;
let sale: Sale;

beforeAll(async () => {
  gh = await createGuideHouse();
});
beforeEach(async () => {
  sale = await gh.open();
});
afterAll(() => gh.house.close());

describe("a choice that cannot be sent any more", () => {
  const fails = async (option: object, reason: string, text = "") => {
    await sale.begin({ text, option });
    expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "failed", reason }]);
    expect(await sale.begun()).toEqual([]);
  };

  it("because the reason is not offered, is not sent", () =>
    fails({ ...other, optionId: "NEVER_HEARD_OF" }, "guide_gone", "Hola"));

  it("because it was used up, is not sent", async () => {
    sale = await gh.open({ caps: { OTHER: 0 } });
    await fails(other, "guide_used", "Hola");
  });

  it("because the template is not of this reason, is not sent", () =>
    fails({ ...variants, templateId: PROMISE }, "guide_template"));

  it("because the template is given as a text, is not sent", () =>
    fails({ ...variants, templateId: null }, "guide_template", "Hola"));

  it("because its variables are missing, is not sent", async () => {
    sale = await gh.open({ shipment: { logisticType: "self_service" } });
    await fails({ ...promise(1, 2), vars: [{ id: `${PROMISE}___VAR___INIT`, value: 1 }] }, "guide_vars");
  });

  it("because its text is longer than the reason takes, is not sent", () =>
    fails(other, "too_long", "a".repeat(351)));

  it("because the sale turned out to be excepted, is not sent, and the composer opens", async () => {
    sale = await gh.open({ isExcepted: true });
    await fails(other, "guide_not_needed", "Hola");
    expect((await sale.view()).composer).toMatchObject({ allowed: true });
  });

  it.each([
    ["blocked_by_mediation", "blocked_by_mediation"],
    ["blocked_by_deactivated_account", "blocked_by_deactivated_account"],
  ])("because the conversation is %s by now, is not sent", async (substatus, reason) => {
    await sale.begin({ text: "Hola", option: other });
    await sale.moves("blocked", substatus);
    expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "failed", reason }]);
    expect(await sale.begun()).toEqual([]);
  });
});

/** messages.md 3.3, with texts of the Portuguese pages where they are translated: they are not what counts. */
describe("what Mercado Libre says at the last moment", () => {
  const refusal = (status: number, error: string, message: string, cause = error) => ({
    status,
    body: { cause, error, message, status_code: status },
  });
  const reasonAfter = async (order: object) => {
    await sale.onBegin(order);
    await sale.begin({ text: "Hola", option: other });
    const [row] = await workOff(gh.house, sale.packId);
    expect(await sale.begun()).toHaveLength(1);
    expect(await arrived(gh.house, sale.packId)).toEqual([]);
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
    await sale.onBegin(refusal(409, "conflict", "Há outra requisição"));
    await sale.begin({ text: "Hola", option: other });
    await runOnce(gh.house, sale.packId);
    expect(await repliesOn(gh.house, sale.packId)).toMatchObject([
      { state: "queued", reason: "guide_locked" },
    ]);
    await runOnce(gh.house, sale.packId);
    // The pause holds: nothing was tried meanwhile.
    expect(await sale.begun()).toHaveLength(1);
    await letTimePass(gh.house, sale.packId);
    expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "sent", reason: null }]);
    expect(await arrived(gh.house, sale.packId)).toEqual(["Hola"]);
  });

  it("a lock that is met twice is told, and can be tried again", async () => {
    await gh.house.control("/settings", { guideLocked: 2 });
    const row = await sale.begin({ text: "Hola", option: other });
    expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "failed", reason: "guide_locked" }]);
    expect(await sale.begun()).toHaveLength(2);
    expect((await sale.view()).outbox).toMatchObject([{ canRetry: true }]);
    await gh.house.call(`/api/outbox/${row.id}`, { as: gh.me, method: "POST", body: { act: "retry" } });
    expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "sent" }]);
    expect(await arrived(gh.house, sale.packId)).toEqual(["Hola"]);
  });

  it("too many requests come back later, and are sent once", async () => {
    await sale.onBegin(refusal(429, "too_many_request", "Too many request"));
    await sale.begin({ text: "Hola", option: other });
    await runOnce(gh.house, sale.packId);
    expect(await repliesOn(gh.house, sale.packId)).toMatchObject([{ state: "queued", reason: "slow_down" }]);
    await gh.house.rt.database.pool.query("delete from rate_buckets");
    expect(await workOff(gh.house, sale.packId)).toMatchObject([{ state: "sent" }]);
    expect(await arrived(gh.house, sale.packId)).toEqual(["Hola"]);
  });
});

describe("what our API does not take", () => {
  it.each([
    ["a template with a text", { text: "Hola", option: variants }, { text: "not_with_template" }],
    ["a reason without a text", { text: "  ", option: other }, { text: "empty" }],
    ["a text that no reason takes", { text: "a".repeat(3_501), option: other }, { text: "too_long" }],
    ["a file", { text: "Hola", files: [crypto.randomUUID()], option: other }, { files: "not_with_option" }],
  ])("%s", async (_name, body, fields) => {
    const answer = await sale.post(body);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: "invalid_input", fields });
  });

  it("a reason where none is needed", async () => {
    sale = await gh.open({ status: "active", substatus: null });
    const answer = await sale.post({ text: "Hola", option: other });
    expect(await answer.json()).toMatchObject({ code: "refused_by_meli", reason: "guide_not_needed" });
  });

  it("a reason where the conversation is blocked for something else", async () => {
    sale = await gh.open({ substatus: "blocked_by_mediation" });
    const answer = await sale.post({ text: "Hola", option: other });
    expect(await answer.json()).toMatchObject({ code: "refused_by_meli", reason: "blocked_by_mediation" });
  });
});
