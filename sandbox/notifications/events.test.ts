import { afterEach, describe, expect, it } from "vitest";
import { startTold } from "@/sandbox/notifications/testing";
import { at, textAt } from "@/sandbox/testing";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start(o: Parameters<typeof startTold>[0] = {}) {
  const told = await startTold(o);
  closing.push(told.receiver.close);
  /** What was noted since the last look, as `topic resource actions userId`. */
  let seen = 0;
  const news = async () => {
    const notices = await told.notices(`?since=${seen}`);
    seen = Number(at(notices.at(-1), "id") ?? seen);
    return notices.map((one) => {
      const actions = at(one, "actions");
      return [textAt(one, "topic"), textAt(one, "resource"), actions, textAt(one, "userId")];
    });
  };
  const reply = (text: string) =>
    told.api.post(`/messages/packs/${told.pack}/sellers/${told.seller}?tag=post_sale`, told.access, {
      from: { user_id: told.seller },
      to: { user_id: told.buyer },
      text,
    });
  const read = () =>
    told.api.get(`/messages/packs/${told.pack}/sellers/${told.seller}?tag=post_sale`, told.access);
  return { ...told, news, reply, read };
}

describe("one country", () => {
  it("a buyer's message notifies `created` with the bare id (notifications.md 2)", async () => {
    const { write, news, seller } = await start();
    const id = await write();
    expect(await news()).toEqual([["messages", id, ["created"], seller]]);
  });

  it("a message is named by a path instead when told so (messages.md 7)", async () => {
    const { write, news, change, seller } = await start();
    await change({ noticeResource: "path" });
    const id = await write();
    expect(await news()).toEqual([["messages", `/messages/${id}`, ["created"], seller]]);
  });

  it("a buyer's message that moderation holds back notifies nobody (messages.md 2.1, `notified`)", async () => {
    const { api, pack, news } = await start();
    const hidden = { packId: pack, text: "bit.ly/x", moderatedFor: "LINK_SHORT_URL" };
    await api.control("/buyer/message", hidden);
    expect(await news()).toEqual([]);
  });

  it("the seller's own message and read notify too, unless switched off (7.5 and 2)", async () => {
    const { reply, read, write, news, change, seller } = await start();
    const own = textAt((await reply("Va en camino")).body, "id");
    expect(await news()).toEqual([["messages", own, ["created"], seller]]);
    const buyers = await write();
    await news();
    await read();
    expect(await news()).toContainEqual(["messages", buyers, ["read"], seller]);
    await change({ notifySender: false });
    await write();
    await news();
    await reply("Llega hoy");
    await read();
    expect(await news()).toEqual([]);
  });

  it("the buyer's reading notifies `read`, once per message (2)", async () => {
    const { api, reply, news, pack, seller } = await start();
    const id = textAt((await reply("Va en camino")).body, "id");
    await news();
    await api.control("/buyer/read", { packId: pack });
    await api.control("/buyer/read", { packId: pack });
    expect(await news()).toEqual([["messages", id, ["read"], seller]]);
  });

  it("a sale, its payment and its parcel notify and move the sale's date (2)", async () => {
    const { api, access, news, pack, order, shipment, seller } = await start();
    const updated = async () => textAt((await api.get(`/orders/${order}`, access)).body, "last_updated");
    const atFirst = await updated();
    await api.control("/buyer/pay", { packId: pack });
    const paid = await updated();
    expect(paid > atFirst).toBe(true);
    expect(await news()).toEqual([["orders_v2", `/orders/${order}`, null, seller]]);
    await api.control("/clock", { advanceMs: 3_600_000 });
    const since = new Date(Date.now() + 3_500_000).toISOString();
    const query = `seller=${seller}&order.date_last_updated.from=${since}&sort=date_desc`;
    await api.control(`/threads/${pack}/shipment`, { status: "shipped" });
    expect((await updated()) > paid).toBe(true);
    expect(await news()).toEqual([
      ["shipments", `/shipments/${shipment}`, null, seller],
      ["orders_v2", `/orders/${order}`, null, seller],
    ]);
    // questions-and-contacts.md 5.1b: the search finds it by its last update
    const { body } = await api.control("/threads", { sellerId: seller, thread: { soldDaysAgo: 9 } });
    const other = textAt(body, "orderIds", 0);
    expect(await news()).toEqual([["orders_v2", `/orders/${other}`, null, seller]]);
    const found = await api.get(`/orders/search?${query}`, access);
    expect(textAt(found.body, "results", 0, "id")).toBe(order);
    expect(at(found.body, "paging", "total")).toBe(1);
  });
});

describe("Global Selling", () => {
  it("has topics and paths of its own, no actions, `_id`, and the local user (2)", async () => {
    const { api, write, news, pack, order, shipment, localSeller, seller, receiver, access } = await start({
      siteId: "CBT",
    });
    expect(localSeller).not.toBe(seller);
    const id = await write();
    await expect.poll(() => receiver.received.length).toBe(1);
    const body = receiver.received[0]?.body;
    expect(Object.keys(Object(body))).not.toContain("actions");
    expect(at(body, "_id")).toBeTruthy();
    // The search knows whole hours: asked from before, it finds also what came as the hour struck.
    const since = encodeURIComponent(new Date().toISOString());
    await api.control(`/threads/${pack}/shipment`, { status: "shipped" });
    expect(await news()).toEqual([
      ["marketplace_messages", `/marketplace/messages/${id}`, null, localSeller],
      ["marketplace_shipments", `/marketplace/shipments/${shipment}`, null, localSeller],
      ["marketplace_orders", `/marketplace/orders/${order}`, null, localSeller],
    ]);
    const query = `seller.id=${localSeller}&order.date_last_updated.from=${since}&sort=date_desc`;
    const found = await api.get(`/marketplace/orders/search?${query}`, access);
    expect(textAt(found.body, "results", 0, "id")).toBe(pack);
  });

  it("notifies no reads, and names the account instead of the local user by setting", async () => {
    const { api, write, news, pack, access, seller, change } = await start({ siteId: "CBT" });
    const id = await write();
    await news();
    await api.get(`/marketplace/messages/packs/${pack}`, access);
    expect(await news()).toEqual([]);
    await change({ globalUserId: "cbt" });
    const next = await write();
    expect(next).not.toBe(id);
    expect(await news()).toEqual([["marketplace_messages", `/marketplace/messages/${next}`, null, seller]]);
  });
});

describe("a message that is not readable yet (notifications.md 4)", () => {
  it("answers 404 by id, then the message; an unknown id stays a 400 (messages.md 2.2)", async () => {
    const { api, write, change, access } = await start();
    await change({ readableAfterMs: 5_000 });
    const id = await write();
    const byId = () => api.get(`/messages/${id}?tag=post_sale`, access);
    const early = await byId();
    expect(early.status).toBe(404);
    expect(early.text).toContain(`The message with id: ${id} could not be retrieved from storage`);
    await api.control("/clock", { advanceMs: 5_000 });
    expect((await byId()).status).toBe(200);
    const unknown = await api.get("/messages/0123456789abcdef?tag=post_sale", access);
    expect(unknown.status).toBe(400);
    expect(unknown.text).toContain("The specified message id does not exists");
  });

  it("may be missing in the conversation and the unread list for as long", async () => {
    const { api, write, change, access, pack, seller } = await start();
    const path = `/messages/packs/${pack}/sellers/${seller}?tag=post_sale&mark_as_read=false`;
    const total = async () => at((await api.get(path, access)).body, "paging", "total");
    const unread = async () =>
      at((await api.get("/messages/unread?tag=post_sale&role=seller", access)).body, "results", 0, "count");
    await change({ readableAfterMs: 5_000 });
    await write();
    expect([await total(), await unread()]).toEqual([2, 2]);
    await change({ conversationLags: true });
    expect([await total(), await unread()]).toEqual([1, 1]);
    await api.control("/clock", { advanceMs: 5_000 });
    expect([await total(), await unread()]).toEqual([2, 2]);
  });
});
