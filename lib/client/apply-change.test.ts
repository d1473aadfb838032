import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ChangeEvent } from "@/lib/shared/api/events";
import type { InboxPage, ThreadRow } from "@/lib/shared/api/inbox";
import type { ThreadView } from "@/lib/shared/api/thread";
import { type Changes, followChanges } from "./apply-change";
import { type InboxPages, rowsOf } from "./cache";
import { keys, type ThreadRef } from "./keys";

const viewer = { userId: "ana", currentAccountId: "1" };
const AT = Date.UTC(2026, 10, 21, 12);

const row = (externalId: string, snippet: string, more: Partial<ThreadRow> = {}): ThreadRow => ({
  accountId: "1",
  profile: "LOCAL",
  siteId: "MLA",
  channel: "messages",
  externalId,
  product: null,
  buyer: null,
  isPulled: true,
  snippet,
  lastDirection: "in",
  sortAt: new Date(AT),
  isWaiting: true,
  newCount: 0,
  meliUnread: 0,
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
const view = (externalId: string): ThreadView => ({
  row: row(externalId, ""),
  accountNickname: "TIENDA",
  messages: [],
  hasOlder: false,
  outbox: [],
  draft: { text: "", files: [], updatedAt: null },
  composer: { allowed: true, maxLength: 350, isOnlyOne: false, to: [] },
  claimIds: [],
  claim: null,
  question: null,
  sale: null,
  hasAgent: false,
  context: null,
  pulledAt: null,
  isStale: false,
  attachmentTypes: [],
  maxFiles: 25,
  maxFileBytes: 1,
});
const change = (rows: ThreadRow[], more: Partial<ChangeEvent> = {}): ChangeEvent => ({
  threads: rows.map(({ accountId, channel, externalId }) => ({ accountId, channel, externalId })),
  rows,
  summary: {
    waiting: 1,
    fresh: 1,
    accounts: [{ id: "1", change: 1, waiting: 1, state: "connected", sync: null }],
  },
  isWide: false,
  ...more,
});
const page = (...rows: ThreadRow[]): InboxPage => ({ rows, nextCursor: null, counts: null });
const ref = (externalId: string, account: string | null = null): ThreadRef => ({
  channel: "messages",
  externalId,
  account,
});

let client: QueryClient;
let changes: Changes;

beforeEach(() => {
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  changes = followChanges(client, viewer);
});
afterEach(() => {
  changes.close();
  client.clear();
});

const listKey = keys.list(viewer, {});
const snippets = () => rowsOf(client.getQueryData<InboxPages>(listKey)).map(({ snippet }) => snippet);
const isStale = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;

/** A question that is answered when the test says so. */
function ask<T>(queryKey: readonly unknown[]): { answer: (value: T) => Promise<void> } {
  let resolve: (value: T) => void = () => undefined;
  const asked = client.fetchQuery({
    queryKey,
    queryFn: () => new Promise<T>((done) => (resolve = done)),
  });
  return {
    async answer(value) {
      resolve(value);
      await asked;
      await new Promise((next) => setTimeout(next, 5));
    },
  };
}

it("puts rows into every cached list they belong to, and sets the counts", () => {
  client.setQueryData<InboxPages>(listKey, { pages: [page(row("1", "old"))], pageParams: [null] });
  const other = keys.list(viewer, { account: "2" });
  client.setQueryData<InboxPages>(other, { pages: [page()], pageParams: [null] });
  changes.apply(change([row("1", "new")]));
  expect(snippets()).toEqual(["new"]);
  expect(rowsOf(client.getQueryData<InboxPages>(other))).toEqual([]);
  expect(client.getQueryData(keys.summary(viewer))).toMatchObject({ fresh: 1 });
  expect(isStale(listKey)).toBe(false);
});

it("has only those conversations read again that changed, under whatever address they are cached", () => {
  const [direct, named, other, foreign] = [
    keys.thread(viewer, ref("1")),
    keys.thread(viewer, ref("1", "1")),
    keys.thread(viewer, ref("2")),
    keys.thread({ userId: "eva", currentAccountId: "1" }, ref("1")),
  ];
  for (const key of [direct, named, foreign]) client.setQueryData(key, view("1"));
  client.setQueryData(other, view("2"));
  changes.apply(change([row("1", "new")]));
  expect([direct, named, other, foreign].map(isStale)).toEqual([true, true, false, false]);
});

it("has a chain of questions read again under whichever of them it is cached, told by its anchor", async () => {
  const chain = row("500", "", { channel: "questions" });
  const question = (externalId: string): ThreadRef => ({ channel: "questions", externalId, account: null });
  for (const id of ["500", "501"]) {
    client.setQueryData(keys.thread(viewer, question(id)), { ...view("500"), row: chain });
  }
  const other = keys.thread(viewer, question("600"));
  client.setQueryData(other, { ...view("600"), row: row("600", "", { channel: "questions" }) });
  changes.apply(change([chain]));
  await Promise.resolve();
  const isRead = (id: string) =>
    client.getQueryState(keys.thread(viewer, question(id)))?.isInvalidated === false;
  expect([isRead("500"), isRead("501"), isRead("600")]).toEqual([false, false, true]);
});

it("puts what happened meanwhile over an answer that was asked for before", async () => {
  const asked = ask<InboxPages>(listKey);
  changes.apply(change([row("1", "new")]));
  await asked.answer({ pages: [page(row("1", "old"))], pageParams: [null] });
  expect(snippets()).toEqual(["new"]);

  const later = ask<InboxPages>(listKey);
  await later.answer({ pages: [page(row("1", "newest"))], pageParams: [null] });
  expect(snippets()).toEqual(["newest"]);
});

it("has a conversation read again whose first answer was on its way when it changed", async () => {
  const key = keys.thread(viewer, ref("1"));
  const asked = ask<ThreadView>(key);
  changes.apply(change([row("1", "new")]));
  await asked.answer(view("1"));
  expect(isStale(key)).toBe(true);
});

it("has everything read again when the stream starts anew, what is on its way as well", async () => {
  const key = keys.thread(viewer, ref("2"));
  client.setQueryData<InboxPages>(listKey, { pages: [page()], pageParams: [null] });
  const asked = ask<ThreadView>(key);
  changes.reset();
  expect(isStale(listKey)).toBe(true);
  await asked.answer(view("2"));
  expect(isStale(key)).toBe(true);
});

it("reads lists again when an account is connected or not, but not for the progress of a sync", () => {
  client.setQueryData<InboxPages>(listKey, { pages: [page()], pageParams: [null] });
  changes.apply(change([]));
  const wide = change([], { isWide: true });
  changes.apply(wide);
  expect(isStale(listKey)).toBe(false);
  const accounts = wide.summary.accounts.map((account) => ({ ...account, state: "reconnect" as const }));
  changes.apply({ ...wide, summary: { ...wide.summary, accounts } });
  expect(isStale(listKey)).toBe(true);
});
