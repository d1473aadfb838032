import { describe, expect, it } from "vitest";
import { HOUR, startClaim } from "@/sandbox/claims/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

const texts = (body: unknown) => (Array.isArray(body) ? body.map((one) => textAt(one, "message")) : []);

describe("a claim's messages (claims.md 4.6)", () => {
  it("are a bare list, newest first, in the shape of the contract, without an id", async () => {
    const c = await startClaim();
    await c.play("/buyer/message", {
      text: "No enciende",
      attachments: [{ name: "foto.jpg", type: "image/jpeg" }],
    });
    await c.pass(HOUR);
    await c.send("¿Probó con otro cable?");
    const { body } = await c.get("/messages");
    expect(texts(body)).toEqual(["¿Probó con otro cable?", "No enciende"]);
    const told = at(body, 1);
    expect(told).toEqual({
      sender_role: "complainant",
      receiver_role: "respondent",
      message: "No enciende",
      translated_message: null,
      date_created: "2026-03-02T09:59:05.000-04:00",
      last_updated: "2026-03-02T09:59:05.000-04:00",
      message_date: "2026-03-02T09:59:05.000-04:00",
      date_read: "2026-03-02T14:59:05Z",
      attachments: [
        {
          filename: expect.stringMatching(new RegExp(`^${c.buyer}_[0-9a-f-]{36}\\.jpg$`)),
          original_filename: "foto.jpg",
          size: expect.any(Number),
          date_created: "2026-03-02T09:59:05.000-04:00",
          type: "image/jpeg",
        },
      ],
      status: "available",
      stage: "claim",
      message_moderation: {
        status: "clean",
        reason: "",
        source: "online",
        date_moderated: "2026-03-02T13:59:05Z",
      },
      repeated: false,
      hash: expect.stringMatching(new RegExp(`^${c.id}_0_[0-9a-f-]{36}$`)),
    });
  });

  it("have a hash in LOCAL alone, in both, or in none (13)", async () => {
    const c = await startClaim();
    await c.send("Hola");
    const hashes = async () => [
      Object.hasOwn(Object(at((await c.get("/messages")).body, 0)), "hash"),
      Object.hasOwn(
        Object(at((await c.api.get(`/marketplace/v2/claims/${c.id}/messages`, c.access)).body, 0)),
        "hash",
      ),
    ];
    expect(await hashes()).toEqual([true, false]);
    await c.change({ claimHash: "both" });
    expect(await hashes()).toEqual([true, true]);
    await c.change({ claimHash: "none" });
    expect(await hashes()).toEqual([false, false]);
  });

  it("wait for their translation in Global Selling, and have it then (13)", async () => {
    const c = await startClaim({}, { siteId: "CBT" });
    await c.play("/buyer/message", { text: "No enciende", translated: "It does not turn on" });
    const first = async () => at((await c.get("/messages")).body, 0);
    expect(await first()).toMatchObject({ status: "pending_translation", translated_message: null });
    await c.pass(2_000);
    expect(await first()).toMatchObject({ status: "available", translated_message: "It does not turn on" });
  });

  it("list an own moderated text, marked, and drop the other side's", async () => {
    const c = await startClaim();
    await c.send("sos un idiota");
    await c.play("/buyer/message", { text: "vos también", moderatedFor: "OUT_OF_PLACE_LANGUAGE" });
    const { body } = await c.get("/messages");
    expect(texts(body)).toEqual(["sos un idiota"]);
    expect(at(body, 0)).toMatchObject({
      status: "moderated",
      message_moderation: { status: "rejected", reason: "OUT_OF_PLACE_LANGUAGE" },
    });
  });

  it("can be moderated later, in either word, so that a thread shrinks, and freed (13)", async () => {
    const c = await startClaim();
    await c.change({ claimModerationMs: 60_000, claimModeratedWord: "rejected" });
    await c.send("sos un idiota");
    const mine = async () => textAt((await c.get("/messages")).body, 0, "status");
    expect(await mine()).toBe("available");
    await c.pass(60_000);
    expect(await mine()).toBe("rejected");
    await c.play("/moderation", { reason: null });
    expect(await mine()).toBe("available");
    await c.play("/buyer/message", { text: "Hola" });
    await c.play("/moderation", { index: 1, reason: "OUT_OF_PLACE_LANGUAGE" });
    expect(texts((await c.get("/messages")).body)).toEqual(["sos un idiota"]);
  });

  it("mark the same text of the same side as repeated (13), or refuse it (5.3)", async () => {
    const c = await startClaim();
    await c.send("Hola");
    await c.send("Hola");
    expect(
      listAt({ list: (await c.get("/messages")).body }, "list").map((one) => at(one, "repeated")),
    ).toEqual([true, false]);
    await c.change({ claimRepeated: "refused" });
    const { status, body } = await c.send("Hola");
    expect([status, at(body, "message")]).toEqual([400, "duplicate action already performed"]);
  });

  it("hold a mediator's HTML, to and from (4.6)", async () => {
    const c = await startClaim({ dispute: { hoursAgo: 1 }, openedHoursAgo: 30 });
    await c.send("Tengo fotos", "mediator");
    await c.play("/mediator/message", { text: "<p>Gracias</p><script>alert(1)</script>" });
    const { body } = await c.get("/messages");
    expect(at(body, 0)).toMatchObject({
      sender_role: "mediator",
      receiver_role: "respondent",
      message: "<p>Gracias</p><script>alert(1)</script>",
      stage: "dispute",
    });
    expect(at(body, 1)).toMatchObject({ sender_role: "respondent", receiver_role: "mediator" });
  });

  it("are marked read by the seller's answer, or by the reading too when told so (15)", async () => {
    const c = await startClaim();
    await c.play("/buyer/message", { text: "Hola" });
    await c.get("/messages");
    expect(at((await c.get("/messages")).body, 0, "date_read")).toBeNull();
    await c.change({ claimReadMarks: true });
    await c.get("/messages");
    expect(at((await c.get("/messages")).body, 0, "date_read")).toBe("2026-03-02T13:59:05Z");
  });
});

describe("sending a message (claims.md 5.3)", () => {
  it("answers 201 without a body, and the message is there to be read", async () => {
    const c = await startClaim();
    const { status, text } = await c.send("Hola", "complainant", { attachments: [] });
    expect([status, text]).toEqual([201, ""]);
    await c.change({ claimSendBody: "text" });
    expect((await c.send("Otra")).text).toBe("status 201 created");
    expect(texts((await c.get("/messages")).body)).toEqual(["Otra", "Hola"]);
  });

  it("refuses a receiver for whom no action is held", async () => {
    const c = await startClaim();
    const { status, body } = await c.send("Hola", "mediator");
    expect(status).toBe(400);
    expect(body).toEqual({
      message: "Action send_message_to_mediator not available for player",
      error: "bad_request_error",
      status: 400,
      cause: [],
    });
  });

  it("goes by the action held and not by the stage: in recontact to the mediator (3, 5.3)", async () => {
    const c = await startClaim({ stage: "recontact" });
    expect((await c.send("Hola", "mediator")).status).toBe(201);
    expect((await c.send("Hola")).status).toBe(400);
  });

  it.each([
    ["an empty text", { receiver_role: "complainant", message: "  " }],
    ["no text", { receiver_role: "complainant" }],
    ["an unknown receiver", { receiver_role: "buyer", message: "Hola" }],
    ["attachments that are no list", { receiver_role: "complainant", message: "Hola", attachments: "a.jpg" }],
    ["no object", "Hola"],
  ])("refuses %s", async (_, sent) => {
    const c = await startClaim();
    expect((await c.post("/actions/send-message", sent)).status).toBe(400);
  });

  it("refuses a file that the claim does not have", async () => {
    const c = await startClaim();
    const { status, body } = await c.send("Hola", "complainant", { attachments: ["1_x.jpg"] });
    expect([status, at(body, "error")]).toEqual([400, "business_logic_error"]);
    expect(at(body, "message")).toBe(`Attachment not found [claim: ${c.id} - fileName: 1_x.jpg]`);
  });

  it("has no length but the one that is set (13, 15)", async () => {
    const c = await startClaim();
    expect((await c.send("a".repeat(5_000))).status).toBe(201);
    await c.change({ claimMaxLength: 2_000 });
    expect([(await c.send("b".repeat(2_001))).status, (await c.send("b".repeat(2_000))).status]).toEqual([
      400, 201,
    ]);
  });

  it("is not possible once the claim is closed (7)", async () => {
    const c = await startClaim();
    await c.play("/buyer/close", {});
    expect((await c.send("Hola")).status).toBe(400);
  });

  it("may take effect although the answer is an error: the text is there (13)", async () => {
    const c = await startClaim();
    await c.api.control("/faults", { method: "POST", path: "send-message", status: 504, applied: "yes" });
    expect((await c.send("Una sola vez")).status).toBe(504);
    expect(texts((await c.get("/messages")).body)).toEqual(["Una sola vez"]);
  });
});
