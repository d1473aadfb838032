import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WHOLE_PAGE } from "./whole-page";

class Script {}

let stored: Map<string, string>;
let reload: ReturnType<typeof vi.fn>;
let page: { readyState: string; elements: number };
let isServerThere: boolean;
let listeners: Map<string, (event: object) => void>;

beforeEach(() => {
  vi.useFakeTimers();
  stored = new Map();
  reload = vi.fn();
  isServerThere = true;
  open();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Begins to load a page in the same tab. */
function open(): void {
  vi.clearAllTimers();
  listeners = new Map();
  page = { readyState: "loading", elements: 10 };
  vi.stubGlobal("HTMLScriptElement", Script);
  vi.stubGlobal("location", { reload });
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  });
  vi.stubGlobal("document", {
    get readyState() {
      return page.readyState;
    },
    getElementsByTagName: () => ({ length: page.elements }),
  });
  vi.stubGlobal("addEventListener", (name: string, listener: (event: object) => void) =>
    listeners.set(name, listener),
  );
  vi.stubGlobal("fetch", async () => ({ ok: isServerThere }));
  // As the browser runs it: a script of its own.
  new Function(WHOLE_PAGE)();
}

const fails = (target: unknown) => listeners.get("error")?.({ target });
function loads(): void {
  page.readyState = "complete";
  listeners.get("load")?.({});
}
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000);

describe("a page", () => {
  it("that arrives whole is left alone, however long it is open", async () => {
    loads();
    await pass(3_600);
    fails(new Script());
    await pass(60);
    expect(reload).not.toHaveBeenCalled();
  });

  it("one of whose scripts broke off is loaded again; a picture is no script", async () => {
    fails({});
    await pass(5);
    expect(reload).not.toHaveBeenCalled();
    fails(new Script());
    loads();
    await pass(2);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it("that was cut off in the middle is loaded again, one that is slow is not", async () => {
    for (let second = 0; second < 60; second += 1) {
      if (second % 15 === 0) page.elements += 1;
      await pass(1);
    }
    expect(reload).not.toHaveBeenCalled();
    await pass(25);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it("waits for the server, and tries three times until one arrives whole", async () => {
    isServerThere = false;
    fails(new Script());
    await pass(30);
    expect(reload).not.toHaveBeenCalled();
    isServerThere = true;
    await pass(2);
    expect(reload).toHaveBeenCalledTimes(1);
    for (let n = 0; n < 5; n += 1) {
      open();
      fails(new Script());
      await pass(10);
    }
    expect(reload).toHaveBeenCalledTimes(3);
    open();
    loads();
    open();
    fails(new Script());
    await pass(10);
    expect(reload).toHaveBeenCalledTimes(4);
  });

  it("does nothing where the browser keeps nothing", async () => {
    vi.stubGlobal("sessionStorage", {
      getItem() {
        throw new Error("denied");
      },
    });
    fails(new Script());
    await pass(10);
    loads();
    expect(reload).not.toHaveBeenCalled();
  });
});
