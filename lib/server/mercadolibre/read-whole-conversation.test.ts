import { describe, expect, it } from "vitest";
import { client } from "@/lib/server/mercadolibre/testing/edge";
import { page, ref, wireMessage } from "@/lib/server/mercadolibre/testing/wire-messages";
import { readOlderMessages, readWholeConversation } from "./conversations";

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

  describe("with a part of it held", () => {
    const held = (newest: number, total: number | null) => ({
      ids: new Set(Array.from({ length: newest }, (_, index) => `m${index + 1}`)),
      total,
    });

    it("reads one page of a long conversation when the totals prove that nothing is missing", async () => {
      const { meli, sent } = client(thread(301, 100));
      const part = await readWholeConversation(meli, { ...ref, max: 500, held: held(300, 300) });
      expect(sent).toHaveLength(1);
      expect(names(part.messages).slice(-2)).toEqual(["m300", "m301"]);
      expect([part.total, part.isComplete, part.isExact]).toEqual([301, false, true]);
    });

    it.each([
      ["a hidden message was added", 300, 299],
      ["one was lost", 300, 302],
      ["the total was never told", 300, null],
    ])("reads all of it when %s", async (_, newest, total) => {
      const { meli, sent } = client(thread(301, 100));
      const part = await readWholeConversation(meli, { ...ref, max: 500, held: held(newest, total) });
      expect(sent).toHaveLength(4);
      expect([part.messages.length, part.isComplete]).toEqual([301, true]);
    });

    it("reads on beyond the most until it meets what is held: no gap is left", async () => {
      const { meli, sent } = client(thread(900, 100));
      const part = await readWholeConversation(meli, { ...ref, max: 200, held: held(350, 350) });
      expect(sent).toHaveLength(6);
      expect([part.messages[0]?.id, part.messages.at(-1)?.id]).toEqual(["m301", "m900"]);
    });

    it("stops at the most where it has met what is held and the totals prove nothing", async () => {
      const { meli, sent } = client(thread(900, 100));
      const part = await readWholeConversation(meli, { ...ref, max: 200, held: held(880, 950) });
      expect(sent).toHaveLength(2);
      expect([part.messages.length, part.isComplete]).toEqual([200, false]);
    });
  });

  it("takes an offset past the end for the end, also where Mercado Libre calls it wrong", async () => {
    const wrong = { message: "Invalid offset param", error: "bad_request", status: 400, cause: [] };
    const { meli } = client((_, n) =>
      n === 1 ? { body: page([wireMessage], { paging: { total: 9 } }) } : { status: 400, body: wrong },
    );
    const whole = await readWholeConversation(meli, ref);
    expect([whole.messages.length, whole.isComplete, whole.isExact]).toEqual([1, true, false]);
  });

  it("says when a message of it could not be understood", async () => {
    const { meli } = client(() => ({ body: page([wireMessage, { text: "?" }], { paging: { total: 2 } }) }));
    expect((await readWholeConversation(meli, ref)).isExact).toBe(false);
  });
});

describe("readOlderMessages", () => {
  const ids = (oldest: number, newest: number) =>
    new Set(Array.from({ length: newest - oldest + 1 }, (_, index) => `m${oldest + index}`));
  /** `hidden`: messages that offsets count and no page shows, newest of all. */
  const server =
    (total: number, hidden = 0) =>
    (sent: { url: URL }) => {
      const offset = Number(sent.url.searchParams.get("offset"));
      const all = Array.from({ length: total }, (_, index) => ({
        ...wireMessage,
        id: `m${total - index}`,
        message_date: { created: new Date(Date.UTC(2026, 8, 30) - index * 60_000).toISOString() },
      }));
      const from = Math.max(0, offset - hidden);
      return {
        body: page(all.slice(from, from + 100), { paging: { total: total + hidden, limit: 100, offset } }),
      };
    };

  it("reads the page before what is held, and goes on until there is none", async () => {
    const { meli, sent } = client(server(640));
    const first = await readOlderMessages(meli, { ...ref, heldIds: ids(141, 640) });
    expect([first.messages[0]?.id, first.messages.at(-1)?.id, first.isComplete]).toEqual([
      "m51",
      "m140",
      false,
    ]);
    const second = await readOlderMessages(meli, { ...ref, heldIds: ids(51, 640) });
    expect([second.messages[0]?.id, second.messages.at(-1)?.id, second.isComplete]).toEqual([
      "m1",
      "m50",
      true,
    ]);
    expect(sent).toHaveLength(2);
    expect(sent.every(({ url }) => url.searchParams.get("mark_as_read") === "false")).toBe(true);
  });

  it.each([
    ["many were written meanwhile", server(760), ids(141, 640)],
    ["offsets count what is hidden", server(640, 40), ids(141, 640)],
    [
      "we hold more than is shown",
      server(640),
      new Set([...ids(141, 640), ...Array.from({ length: 150 }, (_, n) => `gone${n}`)]),
    ],
  ])("leaves no gap when %s", async (_, answer, heldIds) => {
    const { meli } = client(answer);
    const older = await readOlderMessages(meli, { ...ref, heldIds });
    expect(older.messages.at(-1)?.id).toBe("m140");
  });

  it("says that there are none before what is held", async () => {
    const { meli } = client(server(120));
    expect(await readOlderMessages(meli, { ...ref, heldIds: ids(1, 120) })).toEqual({
      messages: [],
      isComplete: true,
    });
  });
});
