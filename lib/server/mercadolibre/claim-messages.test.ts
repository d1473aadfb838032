import { describe, expect, it } from "vitest";
import { client, errorOf, failureOf } from "@/lib/server/mercadolibre/testing/edge";
import { CLAIM, refusals, wireClaimMessage } from "@/lib/server/mercadolibre/testing/wire-claims";
import { readClaimMessages, sendClaimMessage } from "./claims";

const read = async (...messages: unknown[]) =>
  await readClaimMessages(client([{ body: messages }]).meli, CLAIM);
const one = async (more: object) => {
  const [message] = (await read({ ...wireClaimMessage, ...more })).messages;
  if (message === undefined) throw new Error("no message");
  return message;
};
const unhashed = (more: object = {}) => ({ ...wireClaimMessage, hash: undefined, ...more });

describe("the messages of a claim", () => {
  it("are read as the contract prints them", async () => {
    expect(await read(wireClaimMessage)).toEqual({
      isExact: true,
      messages: [
        {
          key: "5300000001_0_1a2b3c4d-0000-3aaa-bbbb-cccccccccccc",
          sender: "complainant",
          receiver: "respondent",
          text: "No enciende",
          textTranslated: "It does not turn on",
          createdAt: new Date("2026-03-02T14:02:00Z"),
          readAt: new Date("2026-03-02T14:10:00Z"),
          stage: "claim",
          status: "available",
          moderation: { status: "clean", reason: null, at: new Date("2026-03-02T14:02:00Z") },
          isRepeated: false,
          attachments: [
            {
              filename: "111111111_0f0f0f0f-1111-2222-3333-444444444444.jpg",
              name: "foto.jpg",
              type: "image/jpeg",
              size: 20480,
            },
          ],
        },
      ],
    });
  });

  it("are oldest first, whatever their order in the answer", async () => {
    const at = (hour: string) => ({ hash: hour, date_created: `2026-03-02T${hour}:00:00.000-04:00` });
    const all = ["12", "10", "11"].map((hour) => ({ ...wireClaimMessage, ...at(hour) }));
    expect((await read(...all)).messages.map(({ key }) => key)).toEqual(["10", "11", "12"]);
  });

  it("have one key each: the hash where there is one", async () => {
    expect((await one({ hash: "a_1" })).key).toBe("a_1");
    const odd = (await one({ hash: "a/b".repeat(50) })).key;
    expect(odd).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
    expect((await one({ hash: "a/b".repeat(50) })).key).toBe(odd);
  });

  it("without a hash have a key made of what cannot change in them", async () => {
    const { key } = await one(unhashed());
    expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const later = {
      status: "moderated",
      date_read: null,
      translated_message: null,
      last_updated: "2026-04-01T00:00:00.000-04:00",
      date_created: "2026-03-02T14:02:00Z",
      message_moderation: null,
      repeated: true,
    };
    expect((await one(unhashed(later))).key).toBe(key);
    for (const more of [
      { sender_role: "mediator" },
      { receiver_role: "mediator" },
      { stage: "dispute" },
      { message: "No enciende." },
      { date_created: "2026-03-02T14:02:01Z" },
    ]) {
      expect((await one(unhashed(more))).key).not.toBe(key);
    }
  });

  it("come once each: of two copies the one that changed last", async () => {
    const old = { ...wireClaimMessage, date_read: null };
    const fresh = { ...wireClaimMessage, last_updated: "2026-03-03T00:00:00Z" };
    for (const pair of [
      [old, fresh],
      [fresh, old],
    ]) {
      const { messages } = await read(...pair);
      expect(messages).toHaveLength(1);
      expect(messages[0]?.readAt).not.toBeNull();
    }
  });

  it.each([
    ["mediator", "respondent"],
    ["respondent", "mediator"],
    ["mediator", "complainant"],
  ])("name the mediator: %s to %s", async (sender_role, receiver_role) => {
    expect(await one({ sender_role, receiver_role })).toMatchObject({
      sender: sender_role,
      receiver: receiver_role,
    });
  });

  it("show a mediator's HTML as text, in both languages", async () => {
    const html =
      '<p>Hola,</p><ul><li>env&iacute;a <b>fotos</b></li></ul><script>alert(1)</script><a href="https://x.test/a">aquí</a>';
    const text = "Hola,\n\n- envía fotos\n\naquí (https://x.test/a)";
    const found = await one({ sender_role: "mediator", message: html, translated_message: html });
    expect(found).toMatchObject({ text, textTranslated: text });
  });

  it("leave what a party wrote as it was written", async () => {
    const message = "cable <b> de 3 & 4 mm\n\n&amp; listo ";
    expect((await one({ message })).text).toBe(message);
  });

  it.each([
    [{ translated_message: null }, { textTranslated: null }],
    [{ translated_message: "" }, { textTranslated: null }],
    [{ translated_message: undefined }, { textTranslated: null }],
    [{ message: null }, { text: "" }],
    [{ date_read: null }, { readAt: null }],
    [{ receiver_role: null }, { receiver: null }],
    [{ stage: null }, { stage: null }],
    [{ status: "pending_translation" }, { status: "pending_translation" }],
    [{ status: "MODERATED" }, { status: "moderated" }],
    [{ status: undefined }, { status: "unknown" }],
    [{ repeated: true }, { isRepeated: true }],
    [{ repeated: null }, { isRepeated: false }],
    [{ attachments: null }, { attachments: [] }],
    [{ attachments: undefined }, { attachments: [] }],
    [{ date_created: null }, { createdAt: new Date("2026-03-02T14:02:00Z") }],
  ])("with %j are %j", async (more, expected) => {
    expect(await one(more)).toMatchObject(expected);
  });

  it.each([
    [null, null],
    [{}, null],
    [
      { status: "NON_MODERATED", reason: null, date_moderated: null },
      { status: "non_moderated", reason: null, at: null },
    ],
    [{ status: "pending" }, { status: "pending", reason: null, at: null }],
    [
      {
        status: "rejected",
        reason: "OUT_OF_PLACE_LANGUAGE",
        source: "online",
        date_moderated: "2026-03-02T14:02:00Z",
      },
      { status: "rejected", reason: "OUT_OF_PLACE_LANGUAGE", at: new Date("2026-03-02T14:02:00Z") },
    ],
  ])("marked %j are marked %j", async (message_moderation, expected) => {
    expect((await one({ message_moderation })).moderation).toEqual(expected);
  });

  it.each([
    [
      { filename: "a.heic", original_filename: "mi foto ?.heic", type: "image/heic", size: "12" },
      { filename: "a.heic", name: "mi foto ?.heic", type: "image/heic", size: 12 },
    ],
    [{ file_name: "a.jpg" }, { filename: "a.jpg", name: "a.jpg", type: null, size: null }],
    ["a.jpg", { filename: "a.jpg", name: "a.jpg", type: null, size: null }],
  ])("carry the file %j", async (file, expected) => {
    expect((await one({ attachments: [file, { size: 1 }] })).attachments).toEqual([expected]);
  });

  it("are not exact when one made no sense, and the others are kept", async () => {
    const { meli, lines } = client([{ body: [wireClaimMessage, { message: "secreto" }, null] }]);
    expect(await readClaimMessages(meli, CLAIM)).toMatchObject({
      isExact: false,
      messages: [{ sender: "complainant" }],
    });
    expect(lines.join()).toContain('"droppedMessages":2');
    expect(lines.join()).not.toContain("secreto");
  });

  it("may be none", async () => {
    expect(await read()).toEqual({ messages: [], isExact: true });
  });

  it("are not read from what is no list", async () => {
    expect(await errorOf(readClaimMessages(client([{ body: {} }]).meli, CLAIM))).toMatchObject({
      code: "meli_unreadable",
    });
  });
});

describe("sending a message of a claim", () => {
  const send = (reply: object, o: object = {}) => {
    const edge = client([reply]);
    return {
      ...edge,
      work: sendClaimMessage(edge.meli, CLAIM, { to: "complainant", text: "Hola", attachments: [], ...o }),
    };
  };

  it.each(["LOCAL", "GLOBAL"] as const)("names the receiver and the text in %s", async (profile) => {
    const { meli, sent } = client([{ status: 201 }], { profile });
    await sendClaimMessage(meli, CLAIM, { to: "mediator", text: "Hola", attachments: ["a.jpg"] });
    expect(sent[0]?.url.pathname.endsWith(`/claims/${CLAIM}/actions/send-message`)).toBe(true);
    expect(sent[0]?.headers.get("content-type")).toBe("application/json");
    expect(JSON.parse(sent[0]?.text ?? "")).toEqual({
      receiver_role: "mediator",
      message: "Hola",
      attachments: ["a.jpg"],
    });
  });

  it("leaves attachments out when there are none", async () => {
    const { sent, work } = send({ status: 201 });
    await work;
    expect(JSON.parse(sent[0]?.text ?? "")).toEqual({ receiver_role: "complainant", message: "Hola" });
  });

  it.each([
    ["201 with an empty body", { status: 201 }],
    ["201 with the words of the page", { status: 201, body: '"status 201 created"' }],
    ["201 with words that are no JSON", { status: 201, body: "status 201 created" }],
    ["201 with a body that breaks off", { status: 201, body: '{"id":', cuts: true }],
    ["200 with anything", { status: 200, body: { id: 1 } }],
    ["204", { status: 204 }],
  ])("takes %s for success, and sends nothing again", async (_name, reply) => {
    const { sent, work } = send(reply);
    expect(await work).toBeUndefined();
    expect(sent).toHaveLength(1);
  });

  it.each([
    ["a 500", refusals.local(500, "Internal Server Error", "internal_server_error"), true],
    ["a 504", { status: 504, body: "" }, true],
    ["a redirect", { status: 302, body: "" }, true],
    ["no answer", { fails: new TypeError("terminated") }, true],
    ["a 400", refusals.newer(400, "Action send_message_to_complainant not available for player"), false],
    ["a 429", refusals.local(429, "Too Many Requests", "too_many_requests"), false],
    ["a 403", refusals.gateway, false],
  ])(
    "is never tried again after %s, and tells whether it may have been done",
    async (_name, reply, mayHaveApplied) => {
      const { sent, work } = send(reply);
      expect((await failureOf(work)).failure.mayHaveApplied).toBe(mayHaveApplied);
      expect(sent).toHaveLength(1);
    },
  );
});
