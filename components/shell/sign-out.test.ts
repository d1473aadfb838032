import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const KEY = "buzon:draft:user:any:messages:1";
const DRAFT = { text: "Hola, ya lo despacho", files: [], basis: null };

let signOut: typeof import("./sign-out").signOut;
let writeLocalDraft: typeof import("@/lib/client/drafts").writeLocalDraft;
let assign: ReturnType<typeof vi.fn>;
let stored: Record<string, string>;

beforeEach(async () => {
  // A page of its own.
  vi.resetModules();
  ({ signOut } = await import("./sign-out"));
  ({ writeLocalDraft } = await import("@/lib/client/drafts"));
  assign = vi.fn();
  stored = {};
  const storage = {
    setItem: (key: string, value: string) => {
      stored[key] = value;
    },
    removeItem: (key: string) => {
      delete stored[key];
    },
  };
  // `Object.keys(localStorage)` names what is stored, as in a browser.
  vi.stubGlobal(
    "localStorage",
    new Proxy(storage, {
      ownKeys: () => Object.keys(stored),
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    }),
  );
  vi.stubGlobal("window", { location: { assign } });
  writeLocalDraft(KEY, DRAFT);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const answer = (status: number, body: unknown) =>
  vi.stubGlobal("fetch", async () => Response.json(body, { status }));

describe("signOut", () => {
  it("ends the session, then erases the local drafts, then leaves", async () => {
    answer(200, { ok: true });
    expect(stored).toHaveProperty([KEY]);
    await signOut(false);
    expect(stored).toEqual({});
    expect(assign).toHaveBeenCalledWith("/");
  });

  it("lets a page on its way out keep nothing more", async () => {
    answer(200, { ok: true });
    await signOut(false);
    expect(writeLocalDraft(KEY, DRAFT)).toBe(false);
    expect(stored).toEqual({});
  });

  it("keeps the local drafts and stays when the server cannot be told", async () => {
    vi.useFakeTimers();
    const ask = vi.fn(async () => {
      throw new TypeError("Failed to fetch");
    });
    vi.stubGlobal("fetch", ask);
    const end = expect(signOut(false)).rejects.toMatchObject({ code: "offline" });
    await vi.advanceTimersByTimeAsync(10_000);
    await end;
    vi.useRealTimers();
    expect(ask.mock.calls.length).toBeGreaterThan(1);
    expect(stored).toHaveProperty([KEY]);
    expect(assign).not.toHaveBeenCalled();
    expect(writeLocalDraft(KEY, DRAFT)).toBe(true);
  });

  it("erases and leaves when the session was already ended elsewhere", async () => {
    answer(401, { code: "signed_out", title: "signed out", status: 401, requestId: "r" });
    await signOut(true);
    expect(stored).toEqual({});
    expect(assign).toHaveBeenCalledWith("/");
  });
});
