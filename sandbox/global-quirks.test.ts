import { describe, expect, it } from "vitest";
import type { ThreadSeed } from "@/sandbox/control/seeds";
import { createSandbox } from "@/sandbox/create-sandbox";
import { sampleFile } from "@/sandbox/files/sample-file";
import { at, drive, listAt, textAt } from "@/sandbox/testing";

async function start(thread: ThreadSeed = { messages: [{ from: "buyer", text: "Hola", translated: "Hi" }] }) {
  const api = drive(createSandbox());
  const { body } = await api.control("/sellers", { siteId: "CBT", threads: [thread] });
  const seller = textAt(body, "id");
  const pack = textAt(body, "threads", 0, "packId");
  const { access } = await api.connect(seller);
  const path = `/marketplace/messages/packs/${pack}`;
  return {
    api,
    access,
    seller,
    pack,
    path,
    change: (settings: Record<string, unknown>) => api.control("/settings", settings),
    read: () => api.get(`${path}?mark_as_read=false`, access),
    send: (text: string, more: object = {}) => api.post(path, access, { text, ...more }),
  };
}

describe("words of Global Selling (messages.md 5)", () => {
  it("are available and blocked, clean, blocked and pending, from an offline source", async () => {
    const { read, send, change } = await start();
    await send("mirá bit.ly/x");
    await change({ globalStatusWords: "page", moderationSource: "offline", moderationTiming: "pending" });
    await send("todo bien");
    const messages = listAt((await read()).body, "messages");
    const words = messages.map((one) => [at(one, "status"), at(one, "message_moderation", "status")]);
    expect(words).toEqual([
      ["available", "pending"],
      ["blocked", "blocked"],
      ["available", "clean"],
    ]);
    expect(at(messages[0], "message_moderation", "source")).toBe("offline");
  });

  it("have names, or empty ones", async () => {
    const { read, change } = await start();
    expect(textAt((await read()).body, "messages", 0, "from", "name")).not.toBe("");
    await change({ globalNames: "empty" });
    expect(at((await read()).body, "messages", 0, "from", "name")).toBe("");
  });

  it("are translated both ways, at once or after a while in which they wait", async () => {
    const { api, read, send, change, pack } = await start();
    await change({ translationDelayMs: 20_000 });
    await api.control("/buyer/message", {
      packId: pack,
      text: "¿Llega hoy?",
      translated: "Does it come today?",
    });
    await send("Sí, hoy");
    const both = async () =>
      listAt((await read()).body, "messages")
        .slice(0, 2)
        .map((one) => [at(one, "status"), at(one, "text_translated")]);
    expect(await both()).toEqual([
      ["pending_translation", ""],
      ["pending_translation", ""],
    ]);
    await api.control("/clock", { advanceMs: 20_000 });
    expect(await both()).toEqual([
      ["available", "Sí, hoy"],
      ["available", "Does it come today?"],
    ]);
    expect((await send("Va", { text_translated: "It ships" })).body).toMatchObject({
      status: "available",
      text_translated: "It ships",
    });
  });
});

describe("refusals of Global Selling (messages.md 5)", () => {
  it("name a pack that is none, an id that is none, and a user that is another's", async () => {
    const { api, access, path, change, seller } = await start();
    const unknown = await api.get(path.replace(/\d+$/, "2000999999999999"), access);
    expect(unknown.body).toEqual({
      message: "Order do not exists",
      error: "not_found",
      status: 404,
      cause: [],
    });
    expect((await api.get("/marketplace/messages/zz", access)).body).toMatchObject({
      message: "Messages id empty or invalid",
    });
    const id = "0".repeat(32);
    expect((await api.get(`/marketplace/messages/${id}`, access)).body).toMatchObject({
      message: `The specified message id: ${id} does not exists`,
    });
    expect((await api.get(`${path}?offset=x`, access)).body).toMatchObject({
      message: "Invalid offset or limit param",
    });
    const unread = (userId: string) =>
      api.get(`/marketplace/messages/unread?role=seller&user_id=${userId}`, access);
    await change({ globalForeignUser: "refused" });
    expect((await unread("1")).body).toMatchObject({ message: "Can not identify the user", status: 403 });
    expect((await unread(seller)).status).toBe(200);
  });

  it("have no action guide of their own", async () => {
    const { api, access, pack } = await start();
    expect((await api.get(`/marketplace/messages/action_guide/packs/${pack}`, access)).status).toBe(404);
    expect((await api.get(`/messages/action_guide/packs/${pack}?tag=post_sale`, access)).status).toBe(403);
  });

  it("print another form when told so", async () => {
    const { send, change } = await start({ status: "blocked", substatus: "blocked_by_refund" });
    await change({ globalErrorForm: "C", blockedForm: "substatus", blockCodeAt: "cause" });
    expect((await send("Hola")).body).toMatchObject({ cause: "blocked_by_refund", status_code: 403 });
  });

  it("spend OTHER under the other name of the block too", async () => {
    const { send } = await start({
      status: "blocked",
      substatus: "blocked_by_conversation_started_by_seller_limited",
    });
    expect((await send("Hola")).status).toBe(201);
    expect((await send("Hola?")).body).toMatchObject({
      message: "You are not allowed to execute the option OTHER again",
    });
  });
});

describe("files of Global Selling", () => {
  it("may be HEIC; a vanished one is a 500 whose error is null", async () => {
    const { api, access, change } = await start();
    const heic = new File([sampleFile("image/heic", "foto.heic")], "foto.heic", { type: "image/heic" });
    await change({ uploadMimeStrict: true });
    const uploaded = await api.upload("/marketplace/messages/attachments?site_id=MLM", access, heic);
    expect(uploaded.status).toBe(201);
    const id = textAt(uploaded.body, "id");
    const get = (site: string) =>
      api.get(`/marketplace/messages/attachments/${id}?tag=post_sale${site}`, access);
    expect((await get("&site_id=MLM")).status).toBe(200);
    for (const site of ["", "&site_id=", "&site_id=CBT", "&site_id=MLB", "&site_id=MLU"]) {
      expect((await get(site)).status).toBe(400);
    }
    await api.control(`/files/${id}`, { gone: true });
    expect((await get("&site_id=MLM")).body).toMatchObject({
      message: "Requested file could not be obtained",
      error: null,
    });
    await change({ globalGoneText: "accessed" });
    expect((await get("&site_id=MLM")).body).toEqual({
      message: "File can not be accessed, try it later",
      error: null,
      status: 500,
      cause: [],
    });
  });

  it("are refused as null, as an empty list, and as bytes of another type", async () => {
    const { api, access, send, change } = await start();
    expect((await send("Va", { attachments: null })).status).toBe(400);
    expect((await send("Va", { attachments: [] })).status).toBe(400);
    await change({ uploadMimeStrict: true });
    const fake = new File(["no"], "foto.heic", { type: "image/heic" });
    expect((await api.upload("/marketplace/messages/attachments?site_id=MLM", access, fake)).status).toBe(
      400,
    );
  });
});
