import { afterEach, describe, expect, it, vi } from "vitest";
import type { InboxPage, ThreadRow } from "@/lib/shared/api/inbox";
import type { MessageView, OutboxView, ThreadView } from "@/lib/shared/api/thread";
import { failureOf } from "./api";
import { ApiError } from "./api-error";
import { type InboxPages, mergeThread, replaceRow, rowKeyOf, rowsOf, withOlder, withOutbox } from "./cache";
import { localDraftKey, readLocalDraft, removeLocalDraft, wipeLocalDrafts, writeLocalDraft } from "./drafts";
import { keys, type ThreadRef } from "./keys";
import { isMoving } from "./queries";
import { paceAfterError, shouldRetry } from "./query-client";
import { titleWith } from "./unread-mark";

const NOW = new Date("2026-11-21T12:00:00Z");

const row = (externalId: string, more: Partial<ThreadRow> = {}): ThreadRow => ({
  accountId: "1",
  profile: "LOCAL",
  siteId: "MLA",
  channel: "messages",
  externalId,
  product: null,
  buyer: null,
  isPulled: true,
  snippet: null,
  lastDirection: "in",
  sortAt: NOW,
  isWaiting: true,
  newCount: 1,
  meliUnread: 1,
  status: "open",
  substatus: null,
  outbox: null,
  dueAt: null,
  rank: null,
  claim: null,
  question: null,
  amount: null,
  hasDraft: false,
  ...more,
});
const page = (...ids: string[]): InboxPage => ({
  rows: ids.map((id) => row(id)),
  nextCursor: null,
  counts: null,
});
const pages = (...list: InboxPage[]): InboxPages => ({ pages: list, pageParams: list.map(() => null) });

const message = (id: string): MessageView => ({
  id,
  direction: "in",
  author: "buyer",
  text: id,
  to: null,
  stage: null,
  textTranslated: null,
  visibility: "visible",
  reason: null,
  createdAt: NOW,
  readAt: null,
  attachments: [],
});
const view = (ids: string[], hasOlder = false): ThreadView => ({
  row: row("9"),
  accountNickname: "TIENDA",
  messages: ids.map(message),
  hasOlder,
  outbox: [],
  draft: { text: "", files: [], updatedAt: null },
  composer: { allowed: true, maxLength: 350, isOnlyOne: false, to: [] },
  claimIds: [],
  claim: null,
  question: null,
  sale: null,
  hasAgent: false,
  context: null,
  pulledAt: NOW,
  isStale: false,
  attachmentTypes: [],
  maxFiles: 25,
  maxFileBytes: 1,
});
const idsOf = ({ messages }: ThreadView) => messages.map(({ id }) => id).join("");
const reply = (id: string, state: OutboxView["state"]): OutboxView => ({
  id,
  key: id,
  text: "",
  files: [],
  state,
  reason: null,
  messageId: null,
  option: null,
  questionId: null,
  to: null,
  createdAt: NOW,
  canRetry: false,
  sendsAt: null,
  heldFor: [],
});

describe("the list in the cache", () => {
  it("shows a row once, where it stands first, when it moved while pages were read", () => {
    expect(rowsOf(pages(page("1", "2"), page("2", "3"))).map((one) => one.externalId)).toEqual([
      "1",
      "2",
      "3",
    ]);
    expect(rowsOf(undefined)).toEqual([]);
  });

  it("edits one row and leaves everything else the same object", () => {
    const before = pages(page("1"), page("2"));
    const after = replaceRow(before, rowKeyOf(row("2")), (one) => ({ ...one, newCount: 0 }));
    expect(after?.pages[0]).toBe(before.pages[0]);
    expect(after?.pages[1]?.rows[0]?.newCount).toBe(0);
    expect(before.pages[1]?.rows[0]?.newCount).toBe(1);
    expect(replaceRow(before, "2/messages/1", (one) => ({ ...one, newCount: 0 }))).toBe(before);
  });
});

describe("a conversation in the cache", () => {
  it("keeps older messages over a fresh answer as long as no gap opens", () => {
    const loaded = withOlder(view(["c", "d"], true), {
      messages: ["a", "b", "c"].map(message),
      hasOlder: false,
    });
    expect([idsOf(loaded), loaded.hasOlder]).toEqual(["abcd", false]);
    const merged = mergeThread(loaded, view(["d", "e"], true));
    expect([idsOf(merged), merged.hasOlder]).toEqual(["abcde", false]);
    expect(idsOf(mergeThread(loaded, view(["x", "y"], true)))).toBe("xy");
    expect(idsOf(mergeThread(undefined, view(["x"])))).toBe("x");
  });

  it("replaces a reply by its row number and adds one that is new", () => {
    const once = withOutbox(view([]), reply("a", "queued"));
    expect(withOutbox(once, reply("a", "sending")).outbox.map(({ state }) => state)).toEqual(["sending"]);
    expect(withOutbox(once, reply("b", "queued")).outbox).toHaveLength(2);
  });

  it("is followed closely only while a reply is on its way", () => {
    const moving = (["queued", "sending", "accepted", "moderation", "failed", "sent"] as const).filter(
      (state) => isMoving({ outbox: [reply("a", state)], claim: null }),
    );
    expect(moving).toEqual(["queued", "sending", "accepted"]);
  });
});

describe("keys", () => {
  const ref: ThreadRef = { channel: "messages", externalId: "9", account: null };
  const text = (key: readonly unknown[]) => JSON.stringify(key);

  it("never meet between users, accounts or filters", () => {
    const ana = { userId: "ana", currentAccountId: "1" };
    const all = [
      keys.thread(ana, ref),
      keys.thread({ ...ana, userId: "eva" }, ref),
      keys.thread({ ...ana, currentAccountId: "2" }, ref),
      keys.thread(ana, { ...ref, account: "2" }),
      keys.list(ana, {}),
      keys.list({ ...ana, userId: "eva" }, {}),
      keys.list(ana, { account: "1" }),
      keys.list(ana, { channel: "messages" }),
      keys.summary(ana),
    ];
    expect(new Set(all.map(text)).size).toBe(all.length);
    for (const key of all) expect(key[0]).toBe("user");
  });
});

describe("the unread mark", () => {
  it("counts in the title", () => {
    expect([titleWith("Bandeja", 0), titleWith("Bandeja", 3), titleWith("Bandeja", 100)]).toEqual([
      "Bandeja",
      "(3) Bandeja",
      "(99+) Bandeja",
    ]);
  });
});

describe("errors of our API", () => {
  it("carry the code, the reason and when to try again", () => {
    const error = failureOf(429, {
      code: "slow_down",
      title: "x",
      status: 429,
      requestId: "r",
      reason: "limit",
      retryAt: "2026-11-21T12:00:00.000Z",
    });
    expect([error.code, error.detail.reason, error.detail.retryAt]).toEqual(["slow_down", "limit", NOW]);
  });

  it("are a bug when the answer is not of ours", () => {
    expect(failureOf(500, null).code).toBe("bug");
    expect(failureOf(418, { code: "teapot", title: "", status: 418, requestId: "r" }).code).toBe("bug");
  });

  it("are asked again by itself only when they may pass", () => {
    const passing = (
      ["offline", "slow_down", "meli_down", "bug", "not_found", "refused_by_meli"] as const
    ).filter((code) => shouldRetry(0, new ApiError(code)));
    expect(passing).toEqual(["offline", "slow_down", "meli_down"]);
    expect(shouldRetry(2, new ApiError("offline"))).toBe(false);
    expect(shouldRetry(0, new TypeError("x"))).toBe(false);
  });

  it("let what our store could not tell come back by itself, and never what was refused", () => {
    const pace = (error: unknown, status = "error") => paceAfterError({ state: { status, error } });
    expect(pace(new ApiError("offline"))).toBe(5_000);
    expect(pace(new ApiError("bug", { status: 500 }))).toBe(5_000);
    expect(pace(new ApiError("bug", { status: 200 }))).toBe(false);
    expect(pace(new ApiError("not_found", { status: 404 }))).toBe(false);
    expect(pace(new ApiError("signed_out", { status: 401 }))).toBe(false);
    expect(pace(new ApiError("offline"), "success")).toBe(false);
    expect(pace(new TypeError("x"))).toBe(false);
  });
});

describe("local copies of drafts", () => {
  const storage = () => {
    const held: Record<string, unknown> = {};
    Object.defineProperties(held, {
      getItem: { value: (key: string) => held[key] ?? null },
      setItem: { value: (key: string, value: string) => Object.assign(held, { [key]: value }) },
      removeItem: { value: (key: string) => Reflect.deleteProperty(held, key) },
    });
    return held;
  };
  const ref: ThreadRef = { channel: "messages", externalId: "9", account: "1" };
  const key = localDraftKey({ userId: "ana", currentAccountId: "1" }, ref);
  const draft = { text: "hola", files: [], basis: null };
  afterEach(() => vi.unstubAllGlobals());

  it("are read back as they were written, and gone when removed", () => {
    vi.stubGlobal("localStorage", storage());
    expect(writeLocalDraft(key, draft)).toBe(true);
    expect(readLocalDraft(key)).toEqual(draft);
    removeLocalDraft(key);
    expect(readLocalDraft(key)).toBeNull();
  });

  it("of one user are not found by another", () => {
    expect(localDraftKey({ userId: "eva", currentAccountId: "1" }, ref)).not.toBe(key);
  });

  it("all go at sign-out, and nothing else does", () => {
    const held = storage();
    vi.stubGlobal("localStorage", held);
    writeLocalDraft(key, draft);
    held.theme = "dark";
    wipeLocalDrafts();
    expect(Object.keys(held)).toEqual(["theme"]);
  });

  it("cost nothing in a browser that refuses storage, or that holds something else", () => {
    vi.stubGlobal("localStorage", undefined);
    expect([writeLocalDraft(key, draft), readLocalDraft(key)]).toEqual([false, null]);
    expect(() => wipeLocalDrafts()).not.toThrow();
    const held = storage();
    vi.stubGlobal("localStorage", held);
    held[key] = "{not json";
    expect(readLocalDraft(key)).toBeNull();
    held[key] = '{"text":1}';
    expect(readLocalDraft(key)).toBeNull();
  });
});
