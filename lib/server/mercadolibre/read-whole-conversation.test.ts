import { describe, expect, it } from "vitest";
import { client } from "@/lib/server/mercadolibre/testing/edge";
import { page, ref, wireMessage } from "@/lib/server/mercadolibre/testing/wire-messages";
import { readWholeConversation } from "./messages";

describe("readWholeConversation", () => {
  /** A thread of `total` messages, newest first, whose server gives at most `most` a page. */
  const thread =
    (total: number, most: number, shift = 0) =>
    (sent: { url: URL }, n: number) => {
      const offset = Math.max(0, Number(sent.url.searchParams.get("offset")) - (n > 1 ? shift : 0));
      const limit = Math.min(most, Number(sent.url.searchParams.get("limit")));
      const messages = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) => {
        const age = offset + index;
        return {
          ...wireMessage,
          id: `m${total - age}`,
          message_date: { created: new Date(Date.UTC(2026, 8, 30) - age * 60_000).toISOString() },
        };
      });
      return { body: page(messages, { paging: { total, limit, offset } }) };
    };
  const names = (messages: { id: string }[]) => messages.map((one) => one.id);

  it.each([
    [0, 100, 1],
    [12, 10, 2],
    [37, 10, 4],
    [100, 100, 1],
    [150, 100, 2],
  ])(
    "reads all %i messages in pages of at most %i with %i calls, oldest first",
    async (total, most, calls) => {
      const { meli, sent } = client(thread(total, most));
      const whole = await readWholeConversation(meli, ref);
      expect(names(whole.messages)).toEqual(Array.from({ length: total }, (_, index) => `m${index + 1}`));
      expect([whole.total, whole.isComplete]).toEqual([total, true]);
      expect(sent).toHaveLength(calls);
    },
  );

  it("stops at the newest `max` and says that more exist", async () => {
    const { meli, sent } = client(thread(230, 50));
    const whole = await readWholeConversation(meli, { ...ref, max: 120 });
    expect(sent).toHaveLength(3);
    expect(whole.messages).toHaveLength(120);
    expect(whole.messages.at(-1)?.id).toBe("m230");
    expect(whole.isComplete).toBe(false);
  });

  it("repeats nothing when a message arrives between two pages", async () => {
    const { meli } = client(thread(15, 10, 1));
    const whole = await readWholeConversation(meli, ref);
    expect(new Set(names(whole.messages)).size).toBe(whole.messages.length);
  });

  it("ends when the pages run dry before the total", async () => {
    const { meli, sent } = client((_, n) => ({
      body: page(n === 1 ? [wireMessage] : [], { paging: { total: 9 } }),
    }));
    expect((await readWholeConversation(meli, ref)).isComplete).toBe(true);
    expect(sent).toHaveLength(2);
  });

  it("reads on until nothing comes where the total is not told", async () => {
    const script = thread(25, 10);
    const { meli, sent } = client((one, n) => {
      const { body } = script(one, n);
      return { body: { ...body, paging: null } };
    });
    const whole = await readWholeConversation(meli, ref);
    expect(names(whole.messages)).toEqual(Array.from({ length: 25 }, (_, index) => `m${index + 1}`));
    expect([whole.total, whole.isComplete]).toEqual([25, true]);
    expect(sent).toHaveLength(4);
  });

  it("puts messages of one second in their order also where pages begin with the oldest", async () => {
    const days = [1, 2, 2, 3, 4, 5];
    const wire = days.map((day, index) => ({
      ...wireMessage,
      id: `m${index + 1}`,
      message_date: { created: `2026-09-0${day}T10:00:00Z` },
    }));
    const { meli } = client((sent) => {
      const offset = Number(sent.url.searchParams.get("offset"));
      return { body: page(wire.slice(offset, offset + 2), { paging: { total: wire.length } }) };
    });
    const whole = await readWholeConversation(meli, ref);
    expect(names(whole.messages)).toEqual(["m1", "m2", "m3", "m4", "m5", "m6"]);
  });
});
