import { describe, expect, it } from "vitest";
import { startSale } from "@/sandbox/messages/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

describe("a state that changes by itself", () => {
  it("is live on the next read, without a notice unless asked for one (messages.md 8)", async () => {
    const { api, pack, read } = await startSale();
    await api.control("/notifications", { callbackUrl: "http://127.0.0.1:9/none" });
    const notices = async () => listAt((await api.control("/notifications")).body, "notices").length;
    await api.control(`/threads/${pack}/state`, { status: "blocked", substatus: "blocked_by_claim" });
    expect(at((await read()).body, "conversation_status", "substatus")).toBe("blocked_by_claim");
    const before = await notices();
    await api.control(`/threads/${pack}/state`, { status: "active", notify: true });
    expect(at((await read()).body, "conversation_status", "status")).toBe("active");
    expect([before, await notices()]).toEqual([0, 1]);
  });

  it("opens a Full sale when its parcel is delivered (messages.md 6)", async () => {
    const { api, pack, thread } = await startSale({
      status: "blocked",
      substatus: "blocked_by_fulfillment",
      shipment: { status: "shipped", logisticType: "fulfillment" },
    });
    await api.control(`/threads/${pack}/shipment`, { status: "delivered" });
    expect(at(await thread(), "state", "status")).toBe("active");
  });
});

describe("moderation by hand", () => {
  it("strikes a message that was fine, now or later, and takes it back (messages.md 0.8)", async () => {
    const { api, send, read } = await startSale();
    const id = textAt((await send("Sale hoy")).body, "id");
    const newest = async () => at((await read()).body, "messages", 0);
    await api.control(`/messages/${id}/moderation`, { reason: "AUTOMATIC_MESSAGE", afterMs: 60_000 });
    expect(await newest()).toMatchObject({ status: "available" });
    await api.control("/clock", { advanceMs: 60_000 });
    expect(await newest()).toMatchObject({
      status: "moderated",
      message_moderation: { status: "rejected", reason: "AUTOMATIC_MESSAGE" },
      message_date: { available: null },
    });
    await api.control(`/messages/${id}/moderation`, { reason: null });
    expect(await newest()).toMatchObject({ status: "available", message_moderation: { status: "clean" } });
    expect((await api.control("/messages/0/moderation", { reason: null })).status).toBe(404);
  });

  it("hides a buyer's message, which stays counted, and shows it again", async () => {
    const { api, read, unread } = await startSale();
    const id = textAt((await read()).body, "messages", 0, "id");
    await api.control(`/messages/${id}/moderation`, { reason: "PERSONAL_DATA" });
    expect(listAt((await read("")).body, "messages")).toEqual([]);
    expect(await unread()).toHaveLength(1);
    await api.control(`/messages/${id}/moderation`, { reason: null });
    expect(listAt((await read()).body, "messages")).toHaveLength(1);
  });

  it("can wait in a seed for minutes to come", async () => {
    const rejectedIn = { reason: "LINK_SHORT_URL", minutes: 5 };
    const { api, read } = await startSale({ messages: [{ from: "seller", text: "Mirá", rejectedIn }] });
    const status = async () => at((await read()).body, "messages", 0, "status");
    expect(await status()).toBe("available");
    await api.control("/clock", { advanceMs: 5 * 60_000 });
    expect(await status()).toBe("moderated");
  });
});

describe("uses of the action guide", () => {
  it("are spent by what was seeded as written through an option, set by hand, and given back by the buyer", async () => {
    const { api, pack, access } = await startSale({
      status: "blocked",
      substatus: "blocked_by_conversation_initiated_by_seller_limited",
      messages: [{ from: "seller", text: "Hola", optionId: "OTHER" }],
    });
    const left = async () => {
      const path = `/messages/action_guide/packs/${pack}/caps_available?tag=post_sale`;
      const caps = listAt((await api.get(path, access)).body);
      return at(
        caps.find((one) => at(one, "option_id") === "OTHER"),
        "cap_available",
      );
    };
    expect(await left()).toBe(0);
    await api.control(`/threads/${pack}/caps`, { OTHER: 2 });
    expect(await left()).toBe(2);
    await api.control("/buyer/message", { packId: pack, text: "Sí" });
    expect(at((await api.control(`/threads/${pack}`)).body, "caps")).toEqual({});
  });
});
