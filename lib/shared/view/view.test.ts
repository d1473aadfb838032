import { describe, expect, it } from "vitest";
import type { Summary } from "@/lib/shared/api/inbox";
import { BLOCK_RULES } from "@/lib/shared/substatus";
import es from "@/lib/shared/words/es/blocks.json";
import { inboxHref, parseInboxAddress } from "./address";
import { fileKindOf, fileTypeLabel, formatBytes, pictureOf } from "./files";
import { holdPlaces, orderOf } from "./hold-places";
import { BLOCK_MEANINGS, meaningOf, reasonOf } from "./reasons";
import { pillCount, shortId } from "./shorten";
import { knownOf, SHIPMENT_STATUSES, spellOut } from "./statuses";
import { syncOf } from "./sync";

describe("parseInboxAddress", () => {
  it.each([
    ["/inbox", "", { channel: null, externalId: null, account: null, state: null }],
    ["/inbox/messages", "", { channel: "messages", externalId: null, account: null, state: null }],
    [
      "/inbox/questions",
      "state=todo&account=1",
      { channel: "questions", externalId: null, account: "1", state: "todo" },
    ],
    ["/inbox", "state=other", { channel: null, externalId: null, account: null, state: null }],
    [
      "/inbox/messages/2000000089077943",
      "account=1",
      { channel: "messages", externalId: "2000000089077943", account: "1", state: null },
    ],
    ["/inbox", "?account=x", { channel: null, externalId: null, account: null, state: null }],
  ])("reads %s?%s", (path, search, address) => {
    expect(parseInboxAddress(path, search)).toEqual(address);
  });

  it.each([
    "/settings",
    "/inbox/other",
    "/inbox/messages/abc",
    "/inbox/messages/1/2",
    "/inbox/messages/123456789012345678901",
  ])("knows that %s is no place of the inbox", (path) => {
    expect(parseInboxAddress(path, "")).toBeNull();
  });

  it("is the inverse of the address that rows carry", () => {
    const address = { channel: "messages", externalId: "42", account: "7", state: "new" } as const;
    const url = new URL(inboxHref(address), "http://x");
    expect(parseInboxAddress(url.pathname, url.search)).toEqual(address);
  });
});

describe("holdPlaces", () => {
  const rows = (ids: string) => [...ids];
  /** A row in capitals has changed since. */
  const names = (fresh: string) => ({
    keyOf: (row: string) => row.toLowerCase(),
    stampOf: (row: string) => row,
    isFresh: (row: string) => fresh.includes(row),
  });
  /** Each hold: the row, and the list as it stood when it was opened. */
  const hold = (ids: string, holds: [string, string][], fresh = "") =>
    holdPlaces(
      rows(ids),
      holds.map(([key, order]) => ({ key, order: orderOf([...order], names(fresh)), row: key })),
      names(fresh),
    ).join("");

  it("leaves the server's order alone when nothing was opened", () => {
    expect(hold("abc", [])).toBe("abc");
  });

  it("keeps an opened row where it stood", () => {
    expect(hold("bcad", [["a", "abcd"]])).toBe("abcd");
    expect(hold("acdb", [["b", "abcd"]])).toBe("abcd");
    expect(hold("dabc", [["d", "abcd"]])).toBe("abcd");
  });

  it("leaves an opened row where it stood when its neighbour goes up with something new", () => {
    expect(hold("Dabc", [["c", "abcd"]])).toBe("Dabc");
    expect(hold("Badc", [["c", "abcd"]])).toBe("Bacd");
    expect(
      hold("EDacb", [
        ["b", "abcde"],
        ["c", "abcde"],
      ]),
    ).toBe("EDabc");
  });

  it("puts a conversation that is new above an opened row at the top, and more pages below one at the end", () => {
    expect(hold("xbca", [["a", "abc"]])).toBe("xabc");
    expect(hold("abcxy", [["c", "abc"]])).toBe("abcxy");
  });

  it("keeps all rows in place while the seller works down the list", () => {
    expect(
      hold("cdba", [
        ["a", "abcd"],
        ["b", "abcd"],
      ]),
    ).toBe("abcd");
    expect(
      hold("decba", [
        ["a", "abcde"],
        ["b", "abcde"],
        ["c", "abcde"],
      ]),
    ).toBe("abcde");
  });

  it("lets a row go up that has something new again", () => {
    expect(hold("cab", [["c", "abc"]], "c")).toBe("cab");
    expect(hold("bacd", [["b", "acbd"]], "b")).toBe("bacd");
  });

  it("shows an opened row that fell behind the loaded pages", () => {
    expect(hold("bcd", [["a", "abcd"]])).toBe("abcd");
    expect(hold("cd", [["a", "ab"]])).toBe("cd");
  });

  it("leaves a row where it is when all that stood beside it is gone", () => {
    expect(hold("bca", [["a", "ax"]])).toBe("bca");
  });
});

describe("blocks", () => {
  it("have words for every code of the catalogue", () => {
    for (const code of Object.keys(BLOCK_RULES))
      expect([code, meaningOf(code)]).not.toEqual([code, "unknown"]);
    expect(Object.keys(es.meaning).sort()).toEqual([...BLOCK_MEANINGS].sort());
  });

  it("explain a code that nobody knows as an unknown block", () => {
    expect(meaningOf("blocked_by_something_new")).toBe("unknown");
    expect(meaningOf(null)).toBe("unknown");
  });
});

describe("reasonOf", () => {
  it("tells moderation, blocks, our own errors and unknown codes apart, in any casing", () => {
    expect(reasonOf("out_of_place_language")).toEqual({
      kind: "moderation",
      reason: "OUT_OF_PLACE_LANGUAGE",
    });
    expect(reasonOf("blocked_by_buyer")).toEqual({ kind: "blocked", meaning: "buyer" });
    expect(reasonOf("blocked_by_news")).toEqual({ kind: "blocked", meaning: "unknown" });
    expect(reasonOf("meli_down")).toEqual({ kind: "error", code: "meli_down" });
    expect(reasonOf("characters")).toEqual({ kind: "text", reason: "characters" });
    expect(reasonOf("toString")).toEqual({ kind: "code", code: "toString" });
    expect(reasonOf(null)).toBeNull();
  });
});

describe("files", () => {
  it("are told apart by kind, type and size", () => {
    expect(fileKindOf("application/pdf")).toBe("pdf");
    expect(fileKindOf("image/heic")).toBe("image");
    expect(fileKindOf(null)).toBe("other");
    expect(fileTypeLabel("Factura A.pdf", null)).toBe("PDF");
    expect(fileTypeLabel("sin nombre", "image/png")).toBe("PNG");
    expect(fileTypeLabel("notas", "text/plain")).toBe("TXT");
    expect(formatBytes(220_400, "es")).toBe("220 kB");
    expect(formatBytes(1_440_000, "es")).toBe("1,4 MB");
    expect(formatBytes(12, "en")).toBe("12 B");
  });

  it("show pictures of Mercado Libre's image hosts alone", () => {
    expect(pictureOf("http://http2.mlstatic.com/D_1.jpg")).toBe("https://http2.mlstatic.com/D_1.jpg");
    for (const address of [
      "https://mlstatic.com.evil.com/x",
      "https://evil.com/x",
      "javascript:x",
      "https://x.mlstatic.com:8443/x",
    ]) {
      expect(pictureOf(address)).toBeNull();
    }
  });
});

describe("short forms", () => {
  it("keep the ends of a long number and cap a count", () => {
    expect(shortId("2000000089077943")).toBe("2000…7943");
    expect(shortId("123")).toBe("123");
    expect([pillCount(99), pillCount(100)]).toEqual(["99", "99+"]);
  });

  it("spell out statuses that have no words", () => {
    expect(knownOf(SHIPMENT_STATUSES, "Delivered")).toBe("delivered");
    expect(knownOf(SHIPMENT_STATUSES, "soon_to_be")).toBeNull();
    expect(spellOut("soon_to_be")).toBe("Soon to be");
  });
});

describe("syncOf", () => {
  const sync = (phase: "unread" | "sales" | "backfill", done: number, total: number | null) => ({
    phase,
    done,
    total,
  });
  const summary = (...syncs: (ReturnType<typeof sync> | null)[]): Summary => ({
    waiting: 0,
    fresh: 0,
    accounts: syncs.map((one, index) => ({
      id: String(index),
      change: 0,
      waiting: 0,
      state: "connected",
      sync: one,
    })),
  });

  it("adds up the accounts that are in the earliest phase", () => {
    const both = summary(sync("sales", 10, 40), sync("sales", 5, 10), sync("backfill", 1, 2), null);
    expect(syncOf(both, null)).toEqual({ phase: "sales", done: 15, total: 50 });
    expect(syncOf(both, "2")).toEqual({ phase: "backfill", done: 1, total: 2 });
  });

  it("promises no total that one of them does not know, and is silent when all is read", () => {
    expect(syncOf(summary(sync("unread", 1, null), sync("unread", 2, 9)), null)?.total).toBeNull();
    expect(syncOf(summary(null), null)).toBeNull();
    expect(syncOf(undefined, null)).toBeNull();
  });
});
