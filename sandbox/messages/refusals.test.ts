import { describe, expect, it } from "vitest";
import { startSale } from "@/sandbox/messages/testing";
import { at } from "@/sandbox/testing";

const SUBSTATUS = "blocked_by_mediation";
const GENERIC = "blocked_conversation_send_message_forbidden";
const blocked = () =>
  startSale({ status: "blocked", substatus: SUBSTATUS, messages: [{ from: "buyer", text: "a" }] });

describe("the error bodies of a refused message (messages.md 7)", () => {
  it.each([
    ["A", { status_code: 403, code: "forbidden", message: GENERIC }],
    ["B", { message: GENERIC, error: "forbidden", status: 403, cause: [] }],
    ["C", { cause: "forbidden", error: "forbidden", message: GENERIC, status_code: 403 }],
    ["D", { status_code: 403, message: GENERIC }],
    [
      "E",
      {
        message: "At least one policy returned UNAUTHORIZED.",
        code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES",
        status: 403,
        blocked_by: "PolicyAgent",
      },
    ],
  ])("have form %s", async (messageErrorForm, wanted) => {
    const { send, change } = await blocked();
    await change({ messageErrorForm });
    const { status, body } = await send("Hola");
    expect([status, body]).toEqual([403, wanted]);
  });

  it("are text in form F, and E leaves a 400 alone", async () => {
    const { send, change } = await blocked();
    await change({ messageErrorForm: "F" });
    const reply = await send("Hola");
    expect([reply.text, reply.headers.get("content-type")]).toEqual([GENERIC, "text/plain; charset=utf-8"]);
    const open = await startSale();
    await open.change({ messageErrorForm: "E" });
    expect((await open.send("…")).body).toMatchObject({ status_code: 400, code: "bad_request" });
  });

  it.each([
    ["A", "code", { code: SUBSTATUS }],
    ["B", "error", { error: SUBSTATUS }],
    ["B", "cause_list", { cause: [{ code: SUBSTATUS }] }],
    ["C", "cause", { cause: SUBSTATUS }],
    ["D", "message", { message: SUBSTATUS }],
  ])("name the substatus in form %s as %s (messages.md 8)", async (messageErrorForm, blockCodeAt, wanted) => {
    const { send, change } = await blocked();
    await change({ messageErrorForm, blockCodeAt, blockedForm: "substatus" });
    expect((await send("Hola")).body).toMatchObject(wanted);
  });

  it("carry the sentences of the page for mediation and Full", async () => {
    const full = await startSale({ status: "blocked", substatus: "blocked_by_fulfillment" });
    await full.change({ blockedForm: "sentence" });
    expect(at((await full.send("Hola")).body, "message")).toBe(
      "You can not send the message because the purchase is Mercado Envíos Full and has not been yet delivered",
    );
  });

  it.each([
    [
      "too_many_request",
      { cause: "too_many_request", error: "too_many_request", message: "Too many request" },
    ],
    ["standard", { message: "Too Many Requests", error: "too_many_requests", status: 429, cause: [] }],
    ["plain", null],
    ["empty", null],
  ])("have the 429 form %s, with Retry-After only when told so", async (tooManyForm, wanted) => {
    const { read, change } = await startSale();
    await change({ tooManyForm, readsPerMinute: 1 });
    await read();
    const reply = await read();
    expect([reply.status, reply.headers.get("retry-after")]).toEqual([429, null]);
    if (wanted) expect(reply.body).toMatchObject(wanted);
    else expect(reply.text).toBe(tooManyForm === "plain" ? "local_rate_limited" : "");
    await change({ retryAfter: 7 });
    expect((await read()).headers.get("retry-after")).toBe("7");
  });
});

describe("the length of a text (messages.md 10.7)", () => {
  it.each([
    ["points", 10, 11],
    ["units", 5, 6],
    ["bytes", 2, 3],
  ])("may be counted in %s", async (lengthIn, fits, breaks) => {
    const { send, change } = await startSale({
      sellerMaxLength: 10,
      messages: [{ from: "buyer", text: "a" }],
    });
    await change({ lengthIn });
    expect((await send("🙌".repeat(fits))).status).toBe(201);
    expect((await send("🙌".repeat(breaks))).status).toBe(400);
  });
});

describe("moderation reasons (messages.md 7)", () => {
  it.each([
    ["por favor no abras un reclamo", "EVASION_CLAIM_SELLER"],
    ["não abra reclamação, resolvemos aqui", "EVASION_CLAIM_SELLER"],
    ["esto es un mensaje automático", "AUTOMATIC_MESSAGE"],
    ["mi celu: 11 5555 1234", "PERSONAL_DATA"],
    ["whatsapp 11 5555 1234", "SOCIAL_NETWORK_LINK"],
  ])("strike: %s", async (text, reason) => {
    const { send } = await startSale();
    expect(at((await send(text)).body, "message_moderation", "reason")).toBe(reason);
  });
});
