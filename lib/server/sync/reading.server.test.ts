import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { withAccount } from "@/lib/server/account-context";
import { InboxPageSchema, ThreadRowSchema } from "@/lib/shared/api/inbox";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { repliesOn, send } from "@/scripts/testing/outbox";
import { startWorker } from "@/scripts/testing/worker";
import { sweepUnread } from "./sweep-unread";
import { syncAccount } from "./sync-account";

const PROFILES = [
  { name: "LOCAL", seed: { siteId: "MLB" }, siteId: "MLB" },
  { name: "GLOBAL", seed: { siteId: "CBT", marketplaces: ["MLM", "MLB"] }, siteId: "MLM" },
] as const;
const CONVERSATION = "^(/marketplace)?/messages/packs/";

let house: House;
let me: SignedIn;
let sellerId: string;
let packs: string[];

beforeAll(async () => {
  house = await createHouse();
});
beforeEach(() => house.control("/calls/clear", {}));
afterAll(() => house.close());

/** A seller with two conversations that wait, one of them longer than a page, and one that does not. */
async function sellerWith({ seed, siteId }: (typeof PROFILES)[number]): Promise<void> {
  sellerId = await house.newSeller(seed);
  const long = Array.from({ length: 120 }, (_, index) => ({
    from: index % 3 === 0 ? "seller" : "buyer",
    text: `Mensagem ${index}`,
    minutesAgo: 500 - index,
    ...(index % 3 === 0 ? {} : { unread: index > 90 }),
  }));
  const short = [
    {
      from: "buyer",
      text: "Segue a foto",
      minutesAgo: 5,
      unread: true,
      attachments: [{ name: "foto.jpg", type: "image/jpeg" }],
    },
  ];
  packs = [];
  for (const messages of [
    long,
    short,
    [{ from: "buyer", text: "Obrigada", minutesAgo: 90, unread: false }],
  ]) {
    packs.push(await house.newThread(sellerId, { siteId, messages }));
  }
  me = await house.signIn(sellerId);
}

const unflagged = async () =>
  (await house.calls({ method: "GET", path: CONVERSATION })).filter((call) => call.readFlag !== true);

it.each(PROFILES)("marks nothing read while everything is opened ($name)", async (profile) => {
  await sellerWith(profile);
  const before = await house.unread(sellerId);
  expect(before.map(({ count }) => count).toSorted()).toEqual([1, 20]);

  await syncAccount(house.rt, me.accountId, new AbortController().signal);
  await withAccount(house.rt, me.accountId, "reconcile", (ctx) => sweepUnread(house.rt, ctx));
  const list = await house.read(InboxPageSchema, "/api/inbox", { as: me });
  expect(list.rows).toHaveLength(3);
  for (const row of list.rows) {
    const thread = `/api/threads/messages/${row.externalId}`;
    const { messages, hasOlder } = await house.read(ThreadViewSchema, thread, { as: me });
    expect(hasOlder).toBe(row.externalId === packs[0]);
    const newest = messages.at(-1)?.id ?? null;
    await house.call(`${thread}/older?before=${messages[0]?.id}`, { as: me });
    await house.call(`${thread}/looked`, { as: me, method: "POST", body: { messageId: newest } });
    await house.call(`${thread}/refresh`, { as: me, method: "POST" });
    for (const { href } of messages.flatMap(({ attachments }) => attachments)) {
      expect((await house.call(href, { as: me })).status).toBe(200);
    }
  }
  for (const path of ["/api/summary", "/api/status"]) await house.call(path, { as: me });

  expect(await house.unread(sellerId)).toEqual(before);
  const reads = await house.calls({ method: "GET", path: CONVERSATION, sellerId });
  expect(reads.length).toBeGreaterThan(packs.length);
  expect(await unflagged()).toEqual([]);
});

it.each(PROFILES)(
  "marks one conversation read, all of it, when a person says so ($name)",
  async (profile) => {
    await sellerWith(profile);
    await syncAccount(house.rt, me.accountId, new AbortController().signal);
    const [long, short] = packs;
    const row = await house.read(ThreadRowSchema, `/api/threads/messages/${long}/read`, {
      as: me,
      method: "POST",
    });
    expect(row.meliUnread).toBe(0);
    expect(await house.unread(sellerId)).toEqual([{ packId: short, count: 1 }]);
    const calls = await unflagged();
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) expect(call.path).toContain(`/packs/${long}`);
  },
);

it("shows the seller on the status page what was read, and how", async () => {
  await sellerWith(PROFILES[0]);
  const thread = `/api/threads/messages/${packs[1]}`;
  await house.call(thread, { as: me });
  await house.call(`${thread}/read`, { as: me, method: "POST" });
  await house.rt.calls.flush();
  const { calls } = await (await house.call("/api/status", { as: me })).json();
  expect(calls.map((call: { readFlag: boolean | null }) => call.readFlag)).toEqual([false, true]);
});

it.each([
  ["never", "opens and answers", []],
  ["on_open", "opens", ["opened"]],
  ["on_reply", "answers", ["answered"]],
] as const)("follows the setting %s when the seller %s a conversation", async (markRead, _what, cleared) => {
  await sellerWith(PROFILES[0]);
  await syncAccount(house.rt, me.accountId, new AbortController().signal);
  await house.call("/api/me", { as: me, method: "PATCH", body: { markRead } });
  const [opened = "", answered = ""] = packs;
  const stop = await startWorker(house);
  await house.call(`/api/threads/messages/${opened}/looked`, {
    as: me,
    method: "POST",
    body: { messageId: null },
  });
  if (markRead !== "on_open") await send(house, me, `/api/threads/messages/${answered}`, { text: "Já vai" });

  const left = [opened, answered].filter(
    (_pack, index) => !cleared.some((one) => one === ["opened", "answered"][index]),
  );
  await vi.waitFor(
    async () => {
      expect((await house.unread(sellerId)).map(({ packId }) => packId).toSorted()).toEqual(left.toSorted());
      if (markRead !== "on_open") expect(await repliesOn(house, answered)).toMatchObject([{ state: "sent" }]);
    },
    { timeout: 30_000, interval: 50 },
  );
  await stop();
  expect((await house.unread(sellerId)).map(({ packId }) => packId).toSorted()).toEqual(left.toSorted());
});
