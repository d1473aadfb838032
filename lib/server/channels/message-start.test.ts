import { describe, expect, it } from "vitest";
import { client } from "@/lib/server/mercadolibre/testing/edge";
import { PACK } from "@/lib/server/mercadolibre/testing/wire-messages";
import { accountId } from "@/lib/shared/ids";
import type { Ability, Thread } from "@/lib/shared/thread";
import type { AccountCtx } from "./channel";
import { askGuide, isUnbegun, messageAbilities, startable } from "./message-start";

const thread = (change: Partial<Thread> = {}): Thread => ({
  accountId: accountId("1"),
  profile: "LOCAL",
  channel: "messages",
  externalId: PACK,
  siteId: "MLA",
  sellerId: "1",
  buyerId: "2",
  status: "open",
  substatus: null,
  sellerMaxLength: null,
  isExcepted: false,
  isStartSpent: false,
  claim: null,
  chain: null,
  asked: null,
  listingStatus: null,
  pulledAt: new Date(0),
  ...change,
});
const LIMITED = {
  status: "blocked",
  substatus: "blocked_by_conversation_initiated_by_seller_limited",
} as const;
const closed = (because: "blocked", substatus: string): Ability[] => [
  { kind: "reply", allowed: false, because, substatus },
];
const may = (maxLength: number, isOnlyOne = false): Ability[] => [
  { kind: "reply", allowed: true, maxLength, isOnlyOne },
];
const not = (because: "no_length" | "unread_state" | "start_spent"): Ability[] => [
  { kind: "reply", allowed: false, because },
];

describe("what the seller may do", () => {
  it.each<[string, Partial<Thread>, Ability[]]>([
    ["an open one, with the limit of the documents", {}, may(350)],
    ["an open one, with its own limit", { sellerMaxLength: 3500 }, may(3500)],
    ["an open one of Global Selling, which tells no limit", { profile: "GLOBAL" }, may(3500)],
    ["one that takes no character", { sellerMaxLength: 0 }, not("no_length")],
    ["one whose state nobody told", { status: "unknown" }, not("unread_state")],
    [
      "one with a block that is not known yet",
      { status: "blocked", substatus: "blocked_by_new_thing" },
      closed("blocked", "blocked_by_new_thing"),
    ],
    [
      "one that only the buyer can begin",
      { status: "blocked", substatus: "blocked_by_conversation_initiated_by_seller" },
      closed("blocked", "blocked_by_conversation_initiated_by_seller"),
    ],
    ["one that asks for a reason", LIMITED, [...closed("blocked", LIMITED.substatus), { kind: "guide" }]],
    [
      "one that asks for a reason under its other name",
      { status: "blocked", substatus: "blocked_by_conversation_started_by_seller_limited" },
      [...closed("blocked", "blocked_by_conversation_started_by_seller_limited"), { kind: "guide" }],
    ],
    [
      "one that says itself that it is written to",
      { status: "blocked", substatus: "blocked_by_conversation_use_message_api", sellerMaxLength: 0 },
      may(350),
    ],
    ["a sale that is an exception to it", { ...LIMITED, isExcepted: true }, may(350)],
    ["such a sale, though its length says 0", { ...LIMITED, isExcepted: true, sellerMaxLength: 0 }, may(350)],
    [
      "a sale that is an exception and blocked for something else",
      { status: "blocked", substatus: "blocked_by_time", isExcepted: true },
      closed("blocked", "blocked_by_time"),
    ],
    [
      "one of Global Selling that asks for a reason: one message",
      { ...LIMITED, profile: "GLOBAL" },
      may(350, true),
    ],
    [
      "one of Global Selling whose one message was used up",
      { ...LIMITED, profile: "GLOBAL", isStartSpent: true },
      not("start_spent"),
    ],
    [
      "one of Global Selling that says open and refused a first message",
      { profile: "GLOBAL", isStartSpent: true },
      not("start_spent"),
    ],
    [
      "one that says open and refused a plain message for want of a reason",
      { isStartSpent: true },
      [...closed("blocked", LIMITED.substatus), { kind: "guide" }],
    ],
    [
      "one of Global Selling that is blocked for something else meanwhile",
      { profile: "GLOBAL", isStartSpent: true, status: "blocked", substatus: "blocked_by_mediation" },
      closed("blocked", "blocked_by_mediation"),
    ],
  ])("on %s", (_what, change, expected) => {
    expect(messageAbilities(thread(change))).toEqual(expected);
  });
});

describe("a sale of ours whose conversation was never shown", () => {
  const known = (change: Partial<Parameters<typeof isUnbegun>[0]> = {}) => ({
    ...thread({ status: "unknown", pulledAt: null }),
    refusedAt: new Date(0),
    orderId: "2000000000000001",
    meliUnread: 0,
    ...change,
  });
  const begins = (change: Parameters<typeof known>[0]) => messageAbilities(startable(known(change)));

  it("is taken for one that nobody has written on, and begun with a reason", () => {
    expect(isUnbegun(known())).toBe(true);
    expect(begins({})).toEqual([...closed("blocked", LIMITED.substatus), { kind: "guide" }]);
  });

  it("takes a plain message when it is known as an exception", () => {
    expect(begins({ isExcepted: true })).toEqual(may(350));
  });

  it.each<[string, Parameters<typeof known>[0]]>([
    ["it was shown before", { pulledAt: new Date(0) }],
    ["nobody has refused to show it", { refusedAt: null }],
    ["something of it is unread", { meliUnread: 1 }],
    ["no sale is known of it", { orderId: null }],
    ["it is of Global Selling", { profile: "GLOBAL" }],
    ["it is of another channel", { channel: "claims" }],
  ])("stays closed when %s", (_when, change) => {
    expect(isUnbegun(known(change))).toBe(false);
    expect(startable(known(change))).toEqual(known(change));
    expect(begins(change)).toEqual(not("unread_state"));
  });
});

describe("asking how a conversation may be begun", () => {
  const ask = (script: Parameters<typeof client>[0], profile: "LOCAL" | "GLOBAL" = "LOCAL") => {
    const { meli, sent } = client(script, { profile });
    const ctx: AccountCtx = {
      accountId: accountId("1"),
      profile,
      siteId: "MLA",
      sellers: [{ userId: "1", siteId: "MLA" }],
      agents: {},
      meli,
    };
    return { start: askGuide(ctx, thread({ profile, ...LIMITED })), sent };
  };

  it("gives each reason the length of the documents where it tells none", async () => {
    const { start } = ask(({ url }) => ({
      body: url.pathname.endsWith("/caps_available")
        ? [{ option_id: "OTHER", cap_available: 1 }]
        : { options: [{ id: "OTHER", type: "FREE_TEXT", templates: null }] },
    }));
    expect(await start).toEqual({
      kind: "options",
      options: [{ id: "OTHER", kind: "free_text", templates: [], maxLength: 350, isEnabled: true, left: 1 }],
    });
  });

  it("asks nothing of Global Selling, which has no such path", async () => {
    const { start, sent } = ask([], "GLOBAL");
    expect(await start).toEqual({ kind: "ask_thread" });
    expect(sent).toHaveLength(0);
  });

  const refusal = (status: number, error: string, cause = "") => ({
    status,
    body: { cause, error, message: "traduzido", status_code: status },
  });
  it.each([
    ["the excepted case", refusal(400, "bad_request", "blocked_by_excepted_case"), { kind: "use_messages" }],
    [
      "a conversation that has begun",
      refusal(403, "forbidden", "blocked_by_conversation_use_message_api"),
      { kind: "has_begun" },
    ],
    ["a block without a name", refusal(403, "forbidden"), { kind: "ask_thread" }],
    ["a buyer who is gone", refusal(451, "Unavailable"), { kind: "closed", reason: "account_deactivated" }],
    ["a sale without reasons", refusal(404, "not_found"), { kind: "closed", reason: "guide_gone" }],
  ])("takes %s for what it is, whatever its text", async (_what, reply, expected) => {
    expect(await ask([reply]).start).toEqual(expected);
  });

  it("asks to come back in seconds while another request holds the sale", async () => {
    await expect(ask([refusal(409, "conflict")]).start).rejects.toMatchObject({
      code: "slow_down",
      detail: { reason: "guide_locked", retryAt: expect.any(Date) },
    });
  });

  it("does not take trouble for an answer", async () => {
    await expect(ask([refusal(500, "internal_error")]).start).rejects.toMatchObject({ code: "meli_down" });
  });
});
