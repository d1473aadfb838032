import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { removeLocalDraft, writeLocalDraft } from "@/lib/client/drafts";
import { signOut } from "./sign-out";

const KEY = "buzon:draft:user:any:messages:1";
const DRAFT = { text: "Hola, ya lo despacho", files: [], basis: null };

let assign: ReturnType<typeof vi.fn>;
let stored: Record<string, string>;

beforeEach(() => {
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
  removeLocalDraft(KEY);
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

  it("keeps the local drafts and stays when the server cannot be told", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("Failed to fetch");
    });
    await expect(signOut(false)).rejects.toMatchObject({ code: "offline" });
    expect(stored).toHaveProperty([KEY]);
    expect(assign).not.toHaveBeenCalled();
  });

  it("erases and leaves when the session was already ended elsewhere", async () => {
    answer(401, { code: "signed_out", title: "signed out", status: 401, requestId: "r" });
    await signOut(true);
    expect(stored).toEqual({});
    expect(assign).toHaveBeenCalledWith("/");
  });
});
