import { describe, expect, it } from "vitest";
import type { ThreadSeed } from "@/sandbox/control/seeds";
import { createSandbox } from "@/sandbox/create-sandbox";
import { at, drive, listAt, textAt } from "@/sandbox/testing";

/** A Global Selling account with one sale in Mexico, signed in. */
async function start(thread: ThreadSeed = { messages: [{ from: "buyer", text: "Hola", translated: "Hi" }] }) {
  const api = drive(createSandbox());
  const { body } = await api.control("/sellers", { siteId: "CBT", nickname: "GLOBAL", threads: [thread] });
  const seller = textAt(body, "id");
  const pack = textAt(body, "threads", 0, "packId");
  const local = textAt(body, "threads", 0, "localSellerId");
  const { access } = await api.connect(seller);
  return { api, access, seller, pack, local, path: `/marketplace/messages/packs/${pack}` };
}

describe("Global Selling", () => {
  it("names its local accounts", async () => {
    const { api, access, seller, local } = await start();
    expect(at((await api.get("/users/me", access)).body, "site_id")).toBe("CBT");
    const { body } = await api.get(`/marketplace/users/${seller}`, access);
    expect(body).toMatchObject({ user_id: Number(seller), site_id: "CBT" });
    expect(listAt(body, "marketplaces").map((one) => at(one, "site_id"))).toEqual([
      "MLM",
      "MLB",
      "MCO",
      "MLC",
    ]);
    expect(at(body, "marketplaces", 0)).toEqual({
      user_id: Number(local),
      site_id: "MLM",
      logistic_type: "remote",
    });
  });

  it("reads with names and translations, without path and lengths", async () => {
    const { api, access, path } = await start();
    const { body } = await api.get(`${path}?mark_as_read=false`, access);
    expect(at(body, "messages", 0)).toMatchObject({ site_id: "MLM", text: "Hola", text_translated: "Hi" });
    expect(textAt(body, "messages", 0, "from", "name")).not.toBe("");
    expect(at(body, "conversation_status")).not.toHaveProperty("path");
    expect(body).not.toHaveProperty("seller_max_message_length");
  });

  it("marks read on each of the three paths unless told not to", async () => {
    for (const form of ["new", "old", "local"]) {
      const { api, access, path, pack, local, seller } = await start();
      const paths: Record<string, string> = {
        new: `${path}?limit=10`,
        old: `${path}/sellers/${local}?limit=10`,
        local: `/messages/packs/${pack}/sellers/${local}?tag=post_sale`,
      };
      const unread = async () =>
        listAt((await api.control(`/unread?sellerId=${seller}`)).body, "packs").length;
      await api.get(`${paths[form]}&mark_as_read=false`, access);
      expect(await unread()).toBe(1);
      await api.get(paths[form] ?? "", access);
      expect(await unread()).toBe(0);
    }
  });

  it("serves only the older form when the setting says so", async () => {
    const { api, access, path, local } = await start();
    await api.control("/settings", { globalReadForm: "old" });
    expect((await api.get(path, access)).status).toBe(404);
    expect((await api.get(`${path}/sellers/${local}?mark_as_read=false`, access)).status).toBe(200);
    await api.control("/settings", { globalReadForm: "new" });
    expect((await api.get(`${path}/sellers/${local}`, access)).status).toBe(404);
  });

  it("sends without from and to, with a translation", async () => {
    const { api, access, path } = await start();
    const { status, body } = await api.post(path, access, {
      text: "Va hoy",
      text_translated: "It ships today",
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ text: "Va hoy", text_translated: "It ships today" });
    expect((await api.post(path, access, {})).body).toEqual({
      message: "Text is required",
      error: "bad_request",
      status: 400,
      cause: [],
    });
  });

  it("lets the seller open a limited sale once, then waits for the buyer", async () => {
    const { api, access, path, pack } = await start({
      status: "blocked",
      substatus: "blocked_by_conversation_initiated_by_seller_limited",
    });
    expect((await api.post(path, access, { text: "Hola" })).status).toBe(201);
    expect((await api.post(path, access, { text: "Hola?" })).body).toMatchObject({
      message: "You are not allowed to execute the option OTHER again",
      status: 403,
    });
    await api.control("/buyer/message", { packId: pack, text: "Sí, dígame" });
    expect((await api.post(path, access, { text: "Gracias" })).status).toBe(201);
  });

  it("lists unread packs under userId, for the account and for one local account", async () => {
    const { api, access, seller, local, pack } = await start();
    const unread = (userId: string) =>
      api.get(`/marketplace/messages/unread?role=seller&tag=post_sale&user_id=${userId}`, access);
    expect((await unread(seller)).body).toEqual({
      userId: Number(seller),
      results: [{ resource: `/packs/${pack}`, count: 1 }],
    });
    expect(listAt((await unread(local)).body, "results")).toHaveLength(1);
    expect(listAt((await unread(String(Number(local) + 1))).body, "results")).toHaveLength(0);
  });

  it("uploads and downloads under the remote site only", async () => {
    const { api, access, path } = await start();
    const file = new File([new Uint8Array([1, 2])], "guia.xml", { type: "text/xml" });
    for (const site of ["CBT", "", "MLA"]) {
      expect(
        (await api.upload(`/marketplace/messages/attachments?site_id=${site}`, access, file)).status,
      ).toBe(400);
    }
    const id = textAt(
      (await api.upload("/marketplace/messages/attachments?site_id=MLM", access, file)).body,
      "id",
    );
    expect((await api.post(path, access, { text: "Guía", attachments: [id] })).status).toBe(201);
    const address = `/marketplace/messages/attachments/${id}?tag=post_sale`;
    expect((await api.get(`${address}&site_id=MLM`, access)).status).toBe(200);
    expect((await api.get(`${address}&site_id=MLB`, access)).status).toBe(400);
    expect((await api.get(`${address}&site_id=CBT`, access)).status).toBe(400);
  });

  it("is closed to one-country sellers and to Model 6", async () => {
    const { api, path } = await start();
    const local = await api.connect(textAt((await api.control("/sellers", { siteId: "MLA" })).body, "id"));
    const six = await api.connect(
      textAt((await api.control("/sellers", { siteId: "CBT", isModel6: true })).body, "id"),
    );
    for (const token of [local.access, six.access]) {
      expect((await api.get(path, token)).body).toEqual({
        message: "Forbidden",
        error: "Forbidden",
        status: 403,
        cause: [],
      });
    }
  });

  it("finds purchases only with a filter, grouped, with the order ids inside", async () => {
    const { api, access, pack, local } = await start({ moreProducts: [{ title: "Otro" }], messages: [] });
    expect(listAt((await api.get("/marketplace/orders/search?limit=50", access)).body, "results")).toEqual(
      [],
    );
    const { body } = await api.get(`/marketplace/orders/search?seller.id=${local}`, access);
    expect(at(body, "results", 0, "id")).toBe(Number(pack));
    expect(listAt(body, "results", 0, "orders")).toHaveLength(2);
    const order = textAt(body, "results", 0, "orders", 0, "id");
    expect(at((await api.get(`/marketplace/orders/${order}`, access)).body, "context", "flows")).toEqual([
      "cbt",
    ]);
    const item = textAt(body, "results", 0, "config", "items", 0, "id");
    expect(at((await api.get(`/marketplace/items/${item}`, access)).body, "currency_id")).toBe("MXN");
    const shipment = textAt(body, "results", 0, "shipment", "id");
    const reply = await api.get(`/marketplace/shipments/${shipment}`, access, { "x-format-new": "true" });
    expect(at(reply.body, "logistic", "direction")).toBe("forward");
  });
});
