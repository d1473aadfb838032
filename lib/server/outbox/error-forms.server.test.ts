import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { addTextFile } from "@/scripts/testing/belongings";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { repliesOn, runOnce, send, sends, workOff } from "@/scripts/testing/outbox";

/** Every refusal of a send in every body form of messages.md 7, from the wire to what our API says of it. The bodies are
 *  written here once more: the simulator is our own reading too. */

let house: House;
let me: SignedIn;
let packId: string;
let thread: string;

beforeAll(async () => {
  house = await createHouse();
  me = await house.signIn(await house.newSeller());
});
beforeEach(async () => {
  packId = await house.newThread(me.accountId, {
    messages: [{ from: "buyer", text: "¿Cuándo llega?", minutesAgo: 20 }],
  });
  thread = `/api/threads/messages/${packId}`;
  await house.call(thread, { as: me });
});
afterAll(() => house.close());

interface Refusal {
  status: number;
  code: string;
  message: string;
  /** Where it says more than the code. */
  cause?: string;
}

/** The forms that carry any refusal; E is of its own. */
const FORMS: Record<string, (refusal: Refusal) => unknown> = {
  A: ({ status, code, message }) => ({ status_code: status, code, message }),
  B: ({ status, code, message, cause }) => ({
    message,
    error: code,
    status,
    cause: cause === undefined ? [] : [{ code: cause, message }],
  }),
  C: ({ status, code, message, cause }) => ({
    cause: cause ?? code,
    error: code,
    message,
    status_code: status,
  }),
  D: ({ status, message }) => ({ status_code: status, message }),
  F: ({ message }) => message,
};
const FORM_E = {
  message: "At least one policy returned UNAUTHORIZED.",
  code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES",
  status: 403,
  blocked_by: "PolicyAgent",
};

const answer = (status: number, body: unknown, more: object = {}) =>
  house.control("/faults", {
    method: "POST",
    path: `/messages/packs/${packId}`,
    times: 1,
    status,
    body,
    ...(typeof body === "string" ? { contentType: "text/plain" } : {}),
    ...more,
  });

/** The answer to the next read of the conversation is held: what happens meanwhile, it does not tell.
 *  Gives what waits until it was asked for, does something and lets it go. */
async function slowLook(): Promise<(meanwhile: () => Promise<unknown>) => Promise<void>> {
  const reads = async () => (await house.calls({ method: "GET", path: `/messages/packs/${packId}` })).length;
  const before = await reads();
  const order = { method: "GET", path: `/messages/packs/${packId}`, times: 1, held: true };
  await house.control("/faults", order);
  return async (meanwhile) => {
    await vi.waitFor(async () => expect(await reads()).toBeGreaterThan(before));
    await meanwhile();
    await house.control("/faults/release", {});
  };
}

describe.each(Object.keys(FORMS))("a refusal of form %s", (form) => {
  const bodyOf = (refusal: Refusal) => FORMS[form]?.(refusal);

  it.each<[string, Refusal, string]>([
    [
      "a block by its substatus",
      { status: 403, code: "forbidden", message: "blocked_by_refund" },
      "blocked_by_refund",
    ],
    [
      "a block without its substatus",
      { status: 403, code: "forbidden", message: "blocked_conversation_send_message_forbidden" },
      "blocked_conversation_send_message_forbidden",
    ],
    [
      "characters that are not taken",
      { status: 400, code: "bad_request", message: "The text has character/s that is/are not supported." },
      "characters",
    ],
    [
      "a text that is too long",
      {
        status: 400,
        code: "bad_request",
        message: "The message content is too long, max characters allowed are 350",
      },
      "too_long",
    ],
    [
      "that a party of the sale is another, which names no block",
      { status: 403, code: "forbidden", message: "Receiver does not belong to order 2000" },
      "forbidden",
    ],
    [
      "a mediation in a sentence, where the conversation is not blocked yet",
      {
        status: 403,
        code: "forbidden",
        message: "You can not send the message because a mediation is in process",
      },
      "forbidden",
    ],
    [
      "a buyer whose account is gone",
      { status: 451, code: "Unavailable", message: "Unavailable" },
      "account_deactivated",
    ],
  ])("says %s, and nothing is sent again", async (_what, refusal, reason) => {
    await answer(refusal.status, bodyOf(refusal));
    await send(house, me, thread, { text: "Va la guía" });
    expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason, message_id: null }]);
    expect(await sends(house, packId)).toHaveLength(1);
  });

  it("is named by the conversation where it names no block itself", async () => {
    const looking = await slowLook();
    await answer(403, bodyOf({ status: 403, code: "forbidden", message: "The conversation is blocked" }));
    await send(house, me, thread, { text: "Va la guía" });
    const working = workOff(house, packId);
    await looking(() =>
      house.control(`/threads/${packId}/state`, { status: "blocked", substatus: "blocked_by_mediation" }),
    );
    expect(await working).toMatchObject([{ state: "failed", reason: "blocked_by_mediation" }]);
  });

  it("of a file's key has the file uploaded anew, once, then says so", async () => {
    const message = "Attachment key is invalid or not found";
    await answer(422, bodyOf({ status: 422, code: "unprocessable_entity", message }), { times: 2 });
    const file = await addTextFile(house, me, thread);
    await send(house, me, thread, { text: "Va la guía", files: [file] });
    expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason: "attachment_expired" }]);
    expect(await sends(house, packId)).toHaveLength(2);
  });

  it("that asks to slow down leaves the reply in the queue", async () => {
    await answer(429, bodyOf({ status: 429, code: "too_many_request", message: "Too many request" }));
    await send(house, me, thread, { text: "Con calma" });
    await runOnce(house, packId);
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "queued", reason: "slow_down" }]);
    await house.rt.database.pool.query("delete from rate_buckets");
  });

  it("of a read that a person asked for is a problem with a code of ours", async () => {
    const refused = async (refusal: Refusal) => {
      await answer(refusal.status, bodyOf(refusal), { method: "GET" });
      const said = await house.call(`${thread}/read`, { as: me, method: "POST", body: {} });
      expect(said.headers.get("content-type")).toBe("application/problem+json");
      return { status: said.status, ...Object(await said.json()) };
    };
    const party = `User access token invalid for resource ${packId}`;
    expect(await refused({ status: 403, code: "forbidden", message: party })).toMatchObject({
      status: 422,
      code: "refused_by_meli",
      reason: form === "D" || form === "F" ? "http_403" : "forbidden",
    });
    expect(await refused({ status: 404, code: "not_found", message: "Resource not found." })).toMatchObject({
      status: 404,
      code: "not_found",
    });
    expect(await refused({ status: 400, code: "bad_request", message: "Invalid limit param" })).toMatchObject(
      { status: 422, code: "refused_by_meli" },
    );
  });
});

describe("a refusal of form E", () => {
  it("says that the application lacks the permission, and nothing is sent again", async () => {
    await answer(403, FORM_E);
    await send(house, me, thread, { text: "Va la guía" });
    expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason: "missing_permission" }]);
    expect(await sends(house, packId)).toHaveLength(1);
  });

  it("of a read that a person asked for is a problem with a code of ours", async () => {
    await answer(403, FORM_E, { method: "GET" });
    const said = await house.call(`${thread}/read`, { as: me, method: "POST", body: {} });
    expect(said.status).toBe(403);
    expect(await said.json()).toMatchObject({ code: "not_available", reason: "missing_permission" });
  });

  it("is named by the conversation, where that is blocked", async () => {
    await house.control("/settings", { messageErrorForm: "E" });
    const looking = await slowLook();
    await send(house, me, thread, { text: "Va la guía" });
    const working = workOff(house, packId);
    await looking(() =>
      house.control(`/threads/${packId}/state`, { status: "blocked", substatus: "blocked_by_buyer" }),
    );
    expect(await working).toMatchObject([{ state: "failed", reason: "blocked_by_buyer" }]);
    await house.control("/settings", { messageErrorForm: "A" });
  });
});

it.each(["cause", "cause_list", "code", "error", "message"])(
  "finds the substatus of a block in %s",
  async (place) => {
    const substatus = "bloqued_by_mediation";
    const body: Record<string, unknown> = { message: "no", error: "forbidden", status: 403, cause: [] };
    if (place === "cause_list") body.cause = [{ code: substatus, message: "no" }];
    else body[place] = substatus;
    await answer(403, body);
    await send(house, me, thread, { text: "Va la guía" });
    expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason: substatus }]);
  },
);
