import { afterEach, describe, expect, it, vi } from "vitest";
import { createSandbox } from "@/sandbox/create-sandbox";
import { startSale } from "@/sandbox/messages/testing";
import { at, drive, listAt, textAt } from "@/sandbox/testing";

afterEach(() => {
  vi.useRealTimers();
});

describe("the seller in Mercado Libre's own app", () => {
  it("writes without an application, and has read what the buyer wrote (messages.md 2.1, 8)", async () => {
    const { api, pack, read, unread, send } = await startSale();
    await send("Por la API");
    expect(await unread()).toHaveLength(1);
    const { status, body } = await api.control("/seller/message", { packId: pack, text: "Desde el celular" });
    expect(status).toBe(201);
    const [newest, older] = listAt((await read()).body, "messages");
    expect(at(newest, "id")).toBe(textAt(body, "messageId"));
    expect([at(newest, "client_id"), at(older, "client_id")]).toEqual([null, 1000000000000001]);
    expect(await unread()).toHaveLength(0);
  });

  it("may write without opening the conversation", async () => {
    const { api, pack, unread } = await startSale();
    await api.control("/seller/message", { packId: pack, text: "Automático", reads: false });
    expect(await unread()).toHaveLength(1);
  });
});

describe("the messaging agent", () => {
  it("writes to the seller from its own id (messages.md 0.4)", async () => {
    const { api, pack, read, buyer } = await startSale({ isAgent: true }, "MLB");
    const { status, body } = await api.control("/agent/message", { packId: pack, text: "Resumo" });
    expect(status).toBe(201);
    const message = listAt((await read()).body, "messages")[0];
    expect(at(message, "id")).toBe(textAt(body, "messageId"));
    expect(textAt(message, "from", "user_id")).not.toBe(buyer);
    expect(textAt(message, "from", "user_id")).toBe(
      textAt((await api.control(`/threads/${pack}`)).body, "counterpartId"),
    );
  });

  it("is absent from a conversation without agent", async () => {
    const { api, pack } = await startSale();
    expect((await api.control("/agent/message", { packId: pack, text: "Resumo" })).status).toBe(409);
  });
});

describe("a burst of buyers", () => {
  async function start() {
    const api = drive(createSandbox());
    const threads = [{ buyerName: "A B" }, { buyerName: "C D" }, { status: "blocked" }];
    const { body } = await api.control("/sellers", { siteId: "MLA", threads });
    const packs = [0, 1, 2].map((n) => textAt(body, "threads", n, "packId"));
    const job = async (id: string) => (await api.control(`/buyer/burst/${id}`)).body;
    return { api, seller: textAt(body, "id"), packs, job };
  }

  it("answers at once, writes at the rate, spread over open conversations, and knows what it wrote when", async () => {
    const { api, seller, packs, job } = await start();
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
    const { status, body } = await api.control("/buyer/burst", {
      sellerId: seller,
      count: 60,
      perSecond: 200,
    });
    expect(status).toBe(202);
    const id = textAt(body, "id");
    expect(await job(id)).toMatchObject({ state: "running", written: 0 });
    vi.advanceTimersByTime(100);
    expect(await job(id)).toMatchObject({ state: "running", written: 20 });
    vi.advanceTimersByTime(190);
    expect(await job(id)).toMatchObject({ state: "running", written: 58 });
    vi.advanceTimersByTime(10);
    expect(at(await job(id), "state")).toBe("done");
    const messages = listAt(await job(id), "messages");
    expect(new Set(messages.map((one) => at(one, "id"))).size).toBe(60);
    expect(messages.map((one) => at(one, "text"))).toContain("Mensaje 60");
    expect(messages.filter((one) => at(one, "packId") === packs[0])).toHaveLength(30);
    expect(messages.some((one) => at(one, "packId") === packs[2])).toBe(false);
    const stored = listAt((await api.control(`/threads/${packs[1]}`)).body, "messages");
    expect(stored.map((one) => at(one, "id"))).toEqual(
      messages.filter((one) => at(one, "packId") === packs[1]).map((one) => at(one, "id")),
    );
    expect(textAt(stored[0], "createdAt")).toBe(textAt(messages[1], "at"));
  });

  it("can be kept to some conversations, stopped, and ends with a reset", async () => {
    const { api, packs, job } = await start();
    const only = { count: 1_000, perSecond: 100, packIds: [packs[1]], text: "Hola" };
    const id = textAt((await api.control("/buyer/burst", only)).body, "id");
    await expect.poll(async () => Number(at(await job(id), "written"))).toBeGreaterThan(0);
    const stopped = (await api.control(`/buyer/burst/${id}/stop`, {})).body;
    expect(at(stopped, "state")).toBe("stopped");
    expect(listAt(stopped, "messages").every((one) => at(one, "packId") === packs[1])).toBe(true);
    await api.control("/reset", {});
    expect((await api.control(`/buyer/burst/${id}`)).status).toBe(404);
    expect((await api.control("/buyer/burst", { count: 1, perSecond: 1 })).status).toBe(422);
  });
});
