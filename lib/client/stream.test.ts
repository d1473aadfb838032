import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { formatVector, parseVector } from "@/lib/shared/change-vector";
import { type EventKind, type LineOptions, pauseAfter } from "./event-line";
import { joinStream, type Locks, type Relay, type Stream, type World } from "./stream";

/** A browser with tabs, and the server's end of their lines. */
class Browser {
  private readonly queue: { grant: () => Promise<void>; tab: string }[] = [];
  private holder: { lose: () => void; tab: string } | null = null;
  private readonly ears = new Map<string, (relay: Relay) => void>();
  readonly lines = new Map<string, LineOptions & { kicks: number }>();
  readonly visible = new Set<string>();
  readonly frozen = new Set<string>();

  world(tab: string, hasLocks = true): World {
    return {
      locks: hasLocks ? this.locksOf(tab) : null,
      openChannel: (_name, onMessage) => {
        this.ears.set(tab, onMessage);
        return {
          post: (relay) => {
            if (this.frozen.has(tab)) return;
            for (const [other, hear] of this.ears) if (other !== tab) hear(structuredClone(relay));
          },
          close: () => this.ears.delete(tab),
        };
      },
      openLine: (options) => {
        const line = { ...options, kicks: 0 };
        this.lines.set(tab, line);
        return {
          kick: () => {
            line.kicks += 1;
          },
          check: () => undefined,
          close: () => {
            if (this.lines.get(tab) === line) this.lines.delete(tab);
          },
        };
      },
      isVisible: () => this.visible.has(tab),
    };
  }

  private locksOf(tab: string): Locks {
    return {
      request: (_name, { steal, signal }, hold) =>
        new Promise((resolve, reject) => {
          const grant = async () => {
            this.holder = { tab, lose: () => reject(new DOMException("stolen", "AbortError")) };
            await hold();
            if (this.holder?.tab === tab) this.holder = null;
            resolve(undefined);
            this.next();
          };
          signal?.addEventListener("abort", () => {
            const at = this.queue.findIndex((one) => one.grant === grant);
            if (at === -1) return;
            this.queue.splice(at, 1);
            reject(new DOMException("aborted", "AbortError"));
          });
          if (steal) {
            this.holder?.lose();
            this.holder = null;
            this.queue.unshift({ grant, tab });
          } else this.queue.push({ grant, tab });
          this.next();
        }),
    };
  }

  private next(): void {
    if (this.holder !== null) return;
    const first = this.queue.shift();
    if (first !== undefined) void first.grant();
  }

  /** The server speaks on a tab's line. */
  say(tab: string, kind: EventKind, id: string, data = "{}"): void {
    this.lines.get(tab)?.onEvent(kind, id, data);
  }
}

let browser: Browser;
const settle = () => vi.advanceTimersByTimeAsync(0);

function openTab(name: string, start = "1:5", hasLocks = true) {
  const log: string[] = [];
  const stream: Stream = joinStream(
    {
      userId: "ana",
      start: parseVector(start) ?? new Map(),
      onChange: (data) => log.push(`change ${data}`),
      onReset: () => log.push("reset"),
      onEnd: () => log.push("end"),
      onState: (isOpen) => log.push(isOpen ? "open" : "closed"),
    },
    browser.world(name, hasLocks),
  );
  browser.visible.add(name);
  return { stream, log };
}

beforeEach(() => {
  vi.useFakeTimers();
  browser = new Browser();
});
afterEach(() => vi.useRealTimers());

describe("the stream of a browser", () => {
  it("has one line, whose tab tells the others what it hears", async () => {
    const [a, b] = [openTab("a"), openTab("b")];
    await settle();
    expect([...browser.lines.keys()]).toEqual(["a"]);
    expect(browser.lines.get("a")?.since()).toBe("1:5");
    browser.say("a", "beat", "1:5");
    browser.say("a", "change", "1:6", "x");
    expect(a.log).toEqual(["open", "change x"]);
    expect(b.log).toEqual(["open", "change x"]);
  });

  it("is taken over, from the last id, by another tab when the first goes", async () => {
    const [a, b] = [openTab("a"), openTab("b")];
    await settle();
    browser.say("a", "change", "1:6", "x");
    a.stream.leave();
    await settle();
    expect([...browser.lines.keys()]).toEqual(["b"]);
    expect(browser.lines.get("b")?.since()).toBe("1:6");
    browser.say("b", "change", "1:7", "y");
    expect(b.log).toEqual(["open", "change x", "change y"]);
  });

  it("starts a tab anew that missed something, and tells nothing twice to one that knows it", async () => {
    openTab("a", "1:5");
    const behind = openTab("b", "1:3");
    const ahead = openTab("c", "1:6");
    await settle();
    browser.say("a", "change", "1:6", "x");
    expect(behind.log).toEqual(["open", "reset"]);
    expect(ahead.log).toEqual(["open"]);
    browser.say("a", "change", "1:7", "y");
    expect(behind.log.at(-1)).toBe("change y");
    expect(ahead.log.at(-1)).toBe("change y");
  });

  it("lets a tab that comes later know where the others stand", async () => {
    openTab("a");
    await settle();
    browser.say("a", "change", "1:9", "x");
    const late = openTab("b", "1:5");
    await settle();
    expect(late.log).toEqual(["open", "reset"]);
    expect(openTab("c", "1:9").log).toEqual(["open"]);
  });

  it("follows the numbers of a database that was restored", async () => {
    const a = openTab("a", "1:50");
    const b = openTab("b", "1:50");
    await settle();
    browser.say("a", "reset", "1:20");
    browser.say("a", "change", "1:21", "x");
    for (const { log } of [a, b]) expect(log).toEqual(["open", "reset", "change x"]);
  });

  it("is taken from a tab that went silent by one that is looked at, and given up by it", async () => {
    const [a, b] = [openTab("a"), openTab("b")];
    await settle();
    browser.say("a", "beat", "1:5");
    browser.frozen.add("a");
    await vi.advanceTimersByTimeAsync(44_000);
    b.stream.tick();
    expect([...browser.lines.keys()]).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(2_000);
    browser.visible.delete("b");
    b.stream.tick();
    expect(b.log.at(-1)).toBe("closed");
    expect([...browser.lines.keys()]).toEqual(["a"]);
    browser.visible.add("b");
    b.stream.tick();
    await settle();
    expect([...browser.lines.keys()]).toEqual(["b"]);
    browser.frozen.delete("a");
    browser.say("b", "change", "1:6", "x");
    expect(a.log.at(-1)).toBe("change x");
    // The one that lost it waits for its turn again.
    b.stream.leave();
    await settle();
    expect([...browser.lines.keys()]).toEqual(["a"]);
  });

  it("is looked after when the machine wakes up", async () => {
    const a = openTab("a");
    await settle();
    browser.say("a", "beat", "1:5");
    a.stream.wake();
    expect(browser.lines.get("a")?.kicks).toBe(0);
    await vi.advanceTimersByTimeAsync(26_000);
    a.stream.wake();
    expect(browser.lines.get("a")?.kicks).toBe(1);
  });

  it("tells all tabs that it broke, and that the session is over", async () => {
    const [a, b] = [openTab("a"), openTab("b")];
    await settle();
    browser.say("a", "beat", "1:5");
    browser.lines.get("a")?.onLost();
    expect([a.log, b.log]).toEqual([
      ["open", "closed"],
      ["open", "closed"],
    ]);
    browser.say("a", "end", "1:5");
    expect([a.log.at(-1), b.log.at(-1)]).toEqual(["end", "end"]);
  });

  it("knows what was found out by asking, and does not hear of it again", async () => {
    const a = openTab("a", "1:5");
    await settle();
    expect(a.stream.caughtUp(new Map([["1", 5]]))).toBe(false);
    expect(a.stream.caughtUp(new Map([["1", 8]]))).toBe(true);
    expect(browser.lines.get("a")?.since()).toBe("1:8");
    browser.say("a", "change", "1:7", "old");
    expect(a.log).toEqual(["open"]);
  });

  it("is each tab's own in a browser without locks", async () => {
    openTab("a", "1:5", false);
    openTab("b", "1:5", false);
    await settle();
    expect([...browser.lines.keys()]).toEqual(["a", "b"]);
  });
});

describe("the id of an event", () => {
  it("is the same text whatever the order, and none but ours is read", () => {
    expect(
      formatVector(
        new Map([
          ["20", 2],
          ["10", 1],
        ]),
      ),
    ).toBe("10:1,20:2");
    expect(parseVector("10:1,20:2")).toEqual(
      new Map([
        ["10", 1],
        ["20", 2],
      ]),
    );
    expect(parseVector("")).toEqual(new Map());
    for (const strange of ["x", "1:", ":1", "1:2,", "1:2;3:4", "1:-2", "1:1e5"])
      expect(parseVector(strange)).toBeNull();
  });
});

describe("the wait before the next try", () => {
  it("doubles from one second to thirty, spread over its second half", () => {
    expect([1, 2, 3, 6, 20].map((failures) => pauseAfter(failures, 1))).toEqual([
      1_000, 2_000, 4_000, 30_000, 30_000,
    ]);
    expect(pauseAfter(1, 0)).toBe(500);
  });
});
