import { environmentManager, focusManager, QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ThreadView } from "@/lib/shared/api/thread";
import { threadOptions } from "./queries";

const at = new Date("2026-11-21T12:00:00Z");
const view: ThreadView = {
  row: {
    accountId: "1",
    profile: "LOCAL",
    siteId: "MLA",
    channel: "messages",
    externalId: "9",
    product: null,
    buyer: null,
    isPulled: true,
    snippet: null,
    lastDirection: "in",
    sortAt: at,
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
  },
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
  pulledAt: at,
  isStale: false,
  attachmentTypes: [],
  maxFiles: 25,
  maxFileBytes: 1,
};

let client: QueryClient;
let close: () => void;
const asked = vi.fn(async () => Response.json(view));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", asked);
  asked.mockClear();
  environmentManager.setIsServer(() => false);
  client = new QueryClient();
  client.mount();
  const viewer = { userId: "u", currentAccountId: "1" };
  const ref = { channel: "messages", externalId: "9", account: "1" } as const;
  close = new QueryObserver(client, threadOptions(viewer, ref)).subscribe(() => undefined);
});

/** Lets time pass, and what is fetched with the first question arrive. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await vi.dynamicImportSettled();
}

afterEach(() => {
  close();
  client.unmount();
  client.clear();
  focusManager.setFocused(undefined);
  environmentManager.setIsServer(() => typeof window === "undefined");
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("asks again every half minute while a conversation is open and visible", async () => {
  await pass(1_000);
  expect(asked).toHaveBeenCalledTimes(1);
  for (let half = 0; half < 3; half += 1) await pass(30_000);
  expect(asked).toHaveBeenCalledTimes(4);
});

it("asks for nothing while the tab is in the background, nor once the conversation is closed", async () => {
  await pass(1_000);
  focusManager.setFocused(false);
  await pass(300_000);
  expect(asked).toHaveBeenCalledTimes(1);
  focusManager.setFocused(true);
  await pass(1_000);
  expect(asked).toHaveBeenCalledTimes(2);
  close();
  await pass(300_000);
  expect(asked).toHaveBeenCalledTimes(2);
});
