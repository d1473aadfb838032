import fc from "fast-check";
import { expect, it } from "vitest";
import type { OutboxState, Seen } from "@/lib/shared/api/thread";
import { type OutboxId, outboxId } from "@/lib/shared/ids";
import { unseenOf } from "@/lib/shared/stale-reply";
import type { Message } from "@/lib/shared/thread";
import { becameOf, staleStep } from "./look";

// The decisions of the outbox, alone, in ten thousand generated interleavings of two browsers, the seller's own app, the
// agent, the buyer and a worker that takes one step at a time, loses answers and dies. What a double answer is:
// scripts/testing/interleavings.ts, which plays the same against the real thing.

type Who = 0 | 1;
const who = fc.constantFrom<Who>(0, 1);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("look" as const), by: who, isFresh: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("press" as const), by: who }) },
  fc.record({ do: fc.constant("send_anyway" as const), by: who }),
  fc.record({ do: fc.constant("take_back" as const), by: who }),
  fc.record({
    do: fc.constant("write" as const),
    as: fc.constantFrom("buyer" as const, "seller" as const, "agent" as const),
  }),
  { weight: 4, arbitrary: fc.record({ do: fc.constant("work" as const) }) },
  fc.record({
    do: fc.constant("lose" as const),
    applied: fc.constantFrom("now" as const, "later" as const, "never" as const),
  }),
  fc.record({ do: fc.constant("die" as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Row {
  id: OutboxId;
  text: string;
  state: OutboxState;
  isSettled: boolean;
  seen: Seen;
  createdAt: Date;
  messageId: string | null;
  baseline: string[] | null;
  lookups: number;
}

/** A conversation, our rows about it, two screens and one worker. Times go in threes, as Mercado Libre's whole seconds do. */
class World {
  readonly thread: Message[] = [];
  readonly rows: Row[] = [];
  readonly doubles: string[] = [];
  private stored: Message[] = [];
  private late: string[] = [];
  private clock = 0;
  private fate: "now" | "later" | "never" | null = null;
  private readonly screens: [Seen, Seen] = [
    { messages: [], replies: [] },
    { messages: [], replies: [] },
  ];
  /** What the worker is about to do with a row. */
  private hand: { row: Row; next: "look" | "send" | "confirm"; read: string[] } | null = null;

  constructor() {
    this.say("buyer", "¿Tienen stock?");
    this.read();
    this.look(0);
    this.look(1);
  }

  private say(author: "buyer" | "seller" | "agent", text: string): Message {
    this.clock += 1;
    const message: Message = {
      id: `m${this.clock}`,
      direction: author === "seller" ? "out" : "in",
      author,
      fromUserId: author,
      text,
      textTranslated: null,
      visibility: "visible",
      reason: null,
      createdAt: new Date(Math.floor(this.clock / 3) * 1_000),
      readAt: null,
      attachments: [],
    };
    this.thread.push(message);
    return message;
  }

  private read(): Message[] {
    this.stored = [...this.thread];
    return this.stored;
  }

  private look(by: Who): void {
    const inThread = new Set(this.stored.map(({ id }) => id));
    this.screens[by] = {
      messages: this.stored.map(({ id }) => id),
      replies: this.rows
        .filter(
          ({ state, messageId }) => state !== "cancelled" && (messageId === null || !inThread.has(messageId)),
        )
        .map(({ id }) => id),
    };
  }

  private press(by: Who): void {
    this.clock += 1;
    const seen = structuredClone(this.screens[by]);
    const unseen = unseenOf(this.stored, seen, becameOf(this.rows));
    const row: Row = {
      id: outboxId(`00000000-0000-4000-8000-${String(this.rows.length).padStart(12, "0")}`),
      text: `reply ${this.rows.length}`,
      state: unseen.length > 0 ? "held" : "queued",
      isSettled: unseen.length > 0,
      seen,
      createdAt: new Date(this.clock),
      messageId: null,
      baseline: null,
      lookups: 0,
    };
    this.rows.push(row);
    this.screens[by].replies.push(row.id);
  }

  private decide(by: Who, from: OutboxState, to: "queued" | "cancelled"): void {
    const row = this.rows.findLast(
      ({ id, state }) => state === from && this.screens[by].replies.includes(id),
    );
    if (row === undefined) return;
    // A decision ends the lease: the worker finds that out at its next write.
    if (this.hand?.row === row) this.hand = null;
    Object.assign(row, { state: to, isSettled: to === "cancelled", seen: structuredClone(this.screens[by]) });
  }

  private siblings() {
    return this.rows.map(({ id, messageId, createdAt, isSettled }) => ({
      id,
      messageId,
      createdAt,
      isOpen: !isSettled,
    }));
  }

  private find(row: Row): Message | null {
    const others = this.rows.flatMap((other) => (other === row ? [] : [other.messageId]));
    return (
      this.read().find(
        ({ id, text, direction }) =>
          direction === "out" && text === row.text && !row.baseline?.includes(id) && !others.includes(id),
      ) ?? null
    );
  }

  /** One step of the worker on the oldest row that is not finished. */
  work(): void {
    if (this.hand === null) {
      const row = this.rows.find(({ isSettled }) => !isSettled);
      if (row === undefined) return;
      if (row.state === "sending") row.state = "uncertain";
      this.hand = { row, next: row.state === "queued" ? "look" : "confirm", read: [] };
    }
    const { row, next } = this.hand;
    if (next === "look") {
      this.lastLook(row);
      return;
    }
    if (next === "send") {
      this.send(row);
      return;
    }
    this.hand = null;
    const found = this.find(row);
    row.lookups += 1;
    if (found !== null) Object.assign(row, { state: "sent", messageId: found.id, isSettled: true });
    else if (row.lookups >= 4) Object.assign(row, { state: "uncertain", isSettled: true });
  }

  private lastLook(row: Row): void {
    const messages = this.read();
    for (const other of this.rows) {
      // What was given up is looked for once more when the thread moved.
      if (other.state === "uncertain" && other.isSettled && this.find(other) !== null)
        other.isSettled = false;
    }
    const stale = staleStep(row, { messages }, this.siblings());
    if (stale === null) {
      row.baseline = messages.map(({ id }) => id);
      row.state = "sending";
      this.hand = { row, next: "send", read: row.baseline };
      return;
    }
    this.hand = null;
    Object.assign(row, { state: stale.state, isSettled: stale.isSettled ?? false });
  }

  private send(row: Row): void {
    const read = new Set(this.hand?.read);
    this.hand = { row, next: "confirm", read: [] };
    const fate = this.fate;
    this.fate = null;
    row.state = fate === null ? "accepted" : "uncertain";
    if (fate === "never") return;
    if (fate === "later") {
      this.late.push(row.text);
      return;
    }
    this.judge(row, read);
    const message = this.say("seller", row.text);
    if (fate === null) row.messageId = message.id;
  }

  /** Was anything in the thread at the last read that the sender had not seen? Said without the code that is tested. */
  private judge(row: Row, read: ReadonlySet<string>): void {
    for (const message of this.thread) {
      const isSeen =
        row.seen.messages.includes(message.id) ||
        this.rows.some(({ id, text }) => text === message.text && row.seen.replies.includes(id));
      if (read.has(message.id) && !isSeen) this.doubles.push(`${row.text} answers past ${message.text}`);
    }
  }

  take(next: Step): void {
    switch (next.do) {
      case "look":
        if (next.isFresh) this.read();
        this.look(next.by);
        return;
      case "press":
        this.press(next.by);
        return;
      case "send_anyway":
        this.decide(next.by, "held", "queued");
        return;
      case "take_back":
        this.decide(next.by, "queued", "cancelled");
        return;
      case "write":
        this.say(next.as, `${next.as} ${this.clock}`);
        return;
      case "work":
        this.work();
        return;
      case "lose":
        this.fate = next.applied;
        return;
      case "die":
        // Whatever it was about to do is not done; what it wrote down stays.
        this.hand = null;
        for (const text of this.late.splice(0)) this.say("seller", text);
        return;
    }
  }

  /** Lets the worker finish. */
  end(): void {
    for (const text of this.late.splice(0)) this.say("seller", text);
    for (let rounds = 0; rounds < 400 && this.rows.some(({ isSettled }) => !isSettled); rounds += 1)
      this.work();
  }
}

it("sends no double answer in 10,000 interleavings, and brings every reply to rest", {
  timeout: 60_000,
}, () => {
  const totals = { sent: 0, held: 0 };
  fc.assert(
    fc.property(fc.array(step, { minLength: 8, maxLength: 40, size: "max" }), (steps) => {
      const world = new World();
      for (const next of steps) world.take(next);
      world.end();
      expect(world.doubles).toEqual([]);
      const texts = world.thread.map(({ text }) => text).filter((text) => text.startsWith("reply "));
      expect(new Set(texts).size).toBe(texts.length);
      expect(world.rows.filter(({ isSettled }) => !isSettled)).toEqual([]);
      totals.sent += world.rows.filter(({ state }) => state === "sent").length;
      totals.held += world.rows.filter(({ state }) => state === "held").length;
    }),
    { numRuns: 10_000, seed: 20261122 },
  );
  expect(totals.sent).toBeGreaterThan(5_000);
  expect(totals.held).toBeGreaterThan(5_000);
});
