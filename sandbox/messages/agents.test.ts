import { describe, expect, it } from "vitest";
import { createSandbox } from "@/sandbox/create-sandbox";
import { startSale } from "@/sandbox/messages/testing";
import { at, drive, listAt, textAt } from "@/sandbox/testing";

const AGENT = "3037675074";
const HOUR = 3_600_000;

describe("a thread migrated in mid-life (messages.md 4.3)", () => {
  it("keeps the sender of what was written, and takes texts for the agent alone from then on", async () => {
    const { api, pack, read, send, buyer, thread } = await startSale(
      { messages: [{ from: "buyer", text: "Oi" }] },
      "MLB",
    );
    expect((await send("para o comprador")).status).toBe(201);
    await api.control(`/threads/${pack}/agent`, { on: true });
    await api.control("/agent/message", { packId: pack, text: "Resumo do assistente" });
    const { body } = await read();
    expect(
      listAt(body, "messages")
        .map((one) => textAt(one, "from", "user_id"))
        .at(0),
    ).toBe(AGENT);
    expect(textAt(body, "messages", 1, "to", "user_id")).toBe(buyer);
    expect(textAt(body, "messages", 2, "from", "user_id")).toBe(buyer);
    expect(textAt(body, "conversation_status", "path")).toContain("/conversations/");
    expect((await send("para ninguém")).status).toBe(201);
    expect(listAt(await thread(), "lost")).toHaveLength(1);
    expect((await send("para o agente", { to: { user_id: AGENT } })).status).toBe(201);
    expect(textAt((await read()).body, "messages", 0, "to", "user_id")).toBe(AGENT);
  });

  it("can be seeded: what came before the agent is marked so", async () => {
    const { read, buyer } = await startSale(
      {
        isAgent: true,
        messages: [
          { from: "buyer", text: "antes", viaAgent: false },
          { from: "buyer", text: "depois" },
        ],
      },
      "MLB",
    );
    const senders = listAt((await read()).body, "messages").map((one) => textAt(one, "from", "user_id"));
    expect(senders).toEqual([AGENT, buyer]);
  });

  it("shows its agent by the path, in any type, or not at all", async () => {
    const { read, change } = await startSale({ isAgent: true }, "MLB");
    const path = async () => textAt((await read()).body, "conversation_status", "path");
    await change({ conversationType: "post_sale_ai" });
    expect(await path()).toMatch(/\/conversations\/post_sale_ai$/);
    await change({ agentPath: false });
    expect(await path()).not.toContain("/conversations/");
  });

  it("refuses a stranger with the measured 400, or with the 403 of the page (messages.md 2.3)", async () => {
    const { send, change, pack } = await startSale();
    const to = { to: { user_id: AGENT } };
    expect((await send("Hola", to)).status).toBe(400);
    await change({ recipientRefusal: "order" });
    const { status, body } = await send("Hola", to);
    expect([status, at(body, "message")]).toEqual([403, `Receiver does not belong to order ${pack}`]);
  });
});

describe("messages to the agent", () => {
  it.each(["400", "403"])(
    "come one at a time when told so, refused with %s before an answer",
    async (agentSerial) => {
      const { api, send, change, pack } = await startSale(
        { isAgent: true, messages: [{ from: "buyer", text: "Oi" }] },
        "MLB",
      );
      const to = { to: { user_id: AGENT } };
      await change({ agentSerial });
      expect((await send("uma", to)).status).toBe(201);
      expect(String((await send("duas", to)).status)).toBe(agentSerial);
      await api.control("/agent/message", { packId: pack, text: "Recebi" });
      expect((await send("bit.ly/x", to)).body).toMatchObject({ status: "moderated" });
      // what moderation refused reached no agent
      expect((await send("de novo", to)).status).toBe(201);
      await change({ agentSerial: "off" });
      expect((await send("três", to)).status).toBe(201);
    },
  );

  it("must come within 48 business hours of the oldest without an answer, or of the newest", async () => {
    let now = Date.UTC(2026, 8, 14, 15); // a Monday, noon in Brazil
    const api = drive(createSandbox({ clock: () => new Date(now) }));
    const thread = {
      isAgent: true,
      messages: [
        { from: "buyer", text: "Oi", minutesAgo: 0 },
        { from: "buyer", text: "Oi?", minutesAgo: 0 },
      ],
    };
    const { body } = await api.control("/sellers", { siteId: "MLB", threads: [thread] });
    const pack = textAt(body, "threads", 0, "packId");
    const substatus = async () => at((await api.control(`/threads/${pack}`)).body, "state", "substatus");
    now += 40 * HOUR;
    await api.control("/agent/message", { packId: pack, text: "E então?" });
    now += 9 * HOUR;
    expect(await substatus()).toBe("blocked_by_ai_assistant_expired");
    await api.control("/settings", { agentClockFrom: "newest" });
    expect(await substatus()).toBeNull();
    await api.control("/settings", {
      agentClockFrom: "oldest",
      agentBlockedAs: "blocked_by_ai_assistant_contact_closed",
    });
    expect(await substatus()).toBe("blocked_by_ai_assistant_contact_closed");
  });
});

describe("a payment", () => {
  it("clears its block after the documented minute when told so (messages.md 4.2)", async () => {
    const { api, pack, change, thread, send } = await startSale({
      status: "blocked",
      substatus: "blocked_by_payment",
      messages: [{ from: "buyer", text: "Ya pago" }],
    });
    await change({ paymentClearMs: 60_000 });
    await api.control("/buyer/pay", { packId: pack });
    expect(at(await thread(), "orders", 0, "status")).toBe("paid");
    expect((await send("Gracias")).status).toBe(403);
    await api.control("/clock", { advanceMs: 60_000 });
    expect(at(await thread(), "state", "status")).toBe("active");
    expect((await send("Gracias")).status).toBe(201);
  });
});
