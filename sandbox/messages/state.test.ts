import { describe, expect, it } from "vitest";
import { createSandbox } from "@/sandbox/create-sandbox";
import { startSale } from "@/sandbox/messages/testing";
import { at, drive, listAt, textAt } from "@/sandbox/testing";

const DAY = 86_400_000;

describe("clocks", () => {
  it("blocks a thread 30 days after its last message, until the buyer writes", async () => {
    const { api, thread, pack } = await startSale();
    await api.control("/clock", { advanceMs: 31 * DAY });
    expect(at(await thread(), "state", "substatus")).toBe("blocked_by_time");
    await api.control("/buyer/message", { packId: pack, text: "Sigo acá" });
    expect(at(await thread(), "state", "status")).toBe("active");
  });

  it("withholds the messages 18 months after the purchase", async () => {
    const { read } = await startSale({
      soldDaysAgo: 560,
      messages: [{ from: "buyer", text: "hola", minutesAgo: 800_000 }],
    });
    const { body } = await read();
    expect(at(body, "conversation_status", "substatus")).toBe("blocked_by_conversation_expired");
    expect(listAt(body, "messages")).toEqual([]);
  });

  it("blocks an agent thread after 48 business hours without an answer, weekends left out", async () => {
    // Friday 2026-09-18, noon in Brazil
    let now = Date.UTC(2026, 8, 18, 15);
    const api = drive(createSandbox({ clock: () => new Date(now) }));
    const thread = { isAgent: true, messages: [{ from: "buyer", text: "Oi", minutesAgo: 0 }] };
    const { body } = await api.control("/sellers", { siteId: "MLB", threads: [thread] });
    const pack = textAt(body, "threads", 0, "packId");
    const substatus = async () => at((await api.control(`/threads/${pack}`)).body, "state", "substatus");
    now += 3.9 * DAY; // Tuesday morning: 12 h of Friday, all of Monday and some of Tuesday
    expect(await substatus()).toBeNull();
    now += 0.2 * DAY;
    expect(await substatus()).toBe("blocked_by_ai_assistant_expired");
  });
});
