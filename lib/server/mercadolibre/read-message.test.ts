import { describe, expect, it } from "vitest";
import { client, errorOf } from "@/lib/server/mercadolibre/testing/edge";
import { PACK, wireMessage } from "@/lib/server/mercadolibre/testing/wire-messages";
import { readMessage } from "./messages";

describe("readMessage", () => {
  const id = wireMessage.id;

  it.each(["LOCAL", "GLOBAL"] as const)("reads the envelope in %s", async (profile) => {
    const { meli, sent } = client(
      [{ body: { paging: null, conversation_status: null, messages: [wireMessage] } }],
      { profile },
    );
    expect(await readMessage(meli, id)).toMatchObject({ id, packId: PACK });
    expect(sent[0]?.url.pathname).toBe(
      profile === "LOCAL" ? `/messages/${id}` : `/marketplace/messages/${id}`,
    );
  });

  it("reads the old flat shape", async () => {
    const flat = {
      message_id: id,
      date: "2026-09-01T06:00:00.000-0400",
      date_received: "2026-09-01T10:00:01Z",
      date_read: null,
      from: { user_id: "900500600", email: "x@example.test", name: "Ana" },
      to: [{ user_id: 900100200 }],
      text: { plain: "hola" },
      status: "available",
      attachments: [{ filename: "a.pdf", original_filename: "b.pdf" }],
      moderation: { status: "NON_MODERATED", date_moderated: "2026-09-01T10:00:02Z", source: "online" },
      resource: "packs",
      resource_id: PACK,
    };
    const { meli } = client([{ body: flat }]);
    expect(await readMessage(meli, id)).toMatchObject({
      id,
      fromUserId: "900500600",
      toUserId: "900100200",
      text: "hola",
      createdAt: new Date("2026-09-01T10:00:00Z"),
      receivedAt: new Date("2026-09-01T10:00:01Z"),
      attachments: [{ filename: "a.pdf", originalFilename: "b.pdf" }],
      moderation: { status: "non_moderated", at: new Date("2026-09-01T10:00:02Z") },
      packId: PACK,
    });
  });

  it("asks again for a message that storage does not have yet", async () => {
    const notYet = {
      message: `The message with id: ${id} could not be retrieved from storage`,
      status_code: 404,
    };
    const { meli, sent } = client([{ status: 404, body: notYet }, { body: { messages: [wireMessage] } }]);
    expect((await readMessage(meli, id)).id).toBe(id);
    expect(sent).toHaveLength(2);
  });

  it("takes any other 404 as it is", async () => {
    const { meli, sent } = client([
      { status: 404, body: { message: "Resource not found.", error: "not_found" } },
    ]);
    expect(await errorOf(readMessage(meli, id))).toMatchObject({ code: "not_found" });
    expect(sent).toHaveLength(1);
  });

  it.each([
    [403, `Access denied for user 900100200 to message with id ${id}`, "refused_by_meli"],
    [400, "The specified message id does not exists", "refused_by_meli"],
  ])("takes a %i for a refusal, once: %s", async (status, message, code) => {
    const { meli, sent } = client([{ status, body: { status_code: status, message } }]);
    expect(await errorOf(readMessage(meli, id))).toMatchObject({ code, failure: { status } });
    expect(sent).toHaveLength(1);
  });
});
