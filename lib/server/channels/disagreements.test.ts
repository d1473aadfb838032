import { describe, expect, it } from "vitest";
import type { AccountCtx, Changed } from "@/lib/server/channels/channel";
import { readGuideReasons } from "@/lib/server/mercadolibre/action-guide";
import { markRead } from "@/lib/server/mercadolibre/mark-read";
import { downloadAttachment, listUnread, uploadAttachment } from "@/lib/server/mercadolibre/messages";
import { client, type Reply, type Sent } from "@/lib/server/mercadolibre/testing/edge";
import { PACK, page, SELLER, state, wireMessage } from "@/lib/server/mercadolibre/testing/wire-messages";
import { ATTACHMENT_RULES } from "@/lib/shared/attachment-rules";
import { accountId } from "@/lib/shared/ids";
import { AGENTS } from "@/lib/shared/recipient";
import type { Profile } from "@/lib/shared/sites";
import { blockRuleOf } from "@/lib/shared/substatus";
import type { Thread } from "@/lib/shared/thread";
import { meaningOf } from "@/lib/shared/view/reasons";
import en from "@/lib/shared/words/en/blocks.json";
import es from "@/lib/shared/words/es/blocks.json";
import pt from "@/lib/shared/words/pt/blocks.json";
import { messagesChannel } from "./messages";

/** messages.md 9: the documents disagree, and each row is read to one value whichever of them is right. */

const BUYER = "900500600";

function shop(
  script: readonly Reply[] | ((sent: Sent) => Reply),
  profile: Profile = "LOCAL",
  siteId = "MLB",
) {
  const edge = client(script, { profile });
  const ctx: AccountCtx = {
    accountId: accountId(profile === "LOCAL" ? SELLER : "900000001"),
    profile,
    siteId: profile === "LOCAL" ? siteId : "CBT",
    sellers: [{ userId: SELLER, siteId }],
    agents: AGENTS,
    meli: edge.meli,
  };
  return { ...edge, ctx };
}

/** What is read of a conversation that the wire tells so. */
async function snapshotOf(body: unknown, profile: Profile = "LOCAL", siteId = "MLB") {
  const { ctx } = shop([{ body }], profile, siteId);
  const pulled = await messagesChannel.pull(ctx, { externalId: PACK, sellerId: SELLER, siteId });
  if (pulled.kind === "gone") throw new Error("gone");
  return pulled.snapshot;
}
const ofState = (told: object, siteId?: string) =>
  snapshotOf(page([], { conversation_status: { ...state, ...told } }), "LOCAL", siteId);
const ofMessage = async (told: object, profile?: Profile) =>
  (await snapshotOf(page([{ ...wireMessage, ...told }]), profile)).messages[0];

/** What the seller may do on such a conversation. */
async function abilitiesOf(told: object, siteId = "MLB") {
  const snapshot = await ofState(told, siteId);
  const thread: Thread = {
    ...snapshot,
    accountId: accountId(SELLER),
    profile: "LOCAL",
    channel: "messages",
    buyerId: BUYER,
    isExcepted: false,
    isStartSpent: false,
    claim: null,
    chain: null,
    asked: null,
    listingStatus: null,
    pulledAt: new Date(),
  };
  return messagesChannel.abilities(thread);
}

const unreadOf = async (body: unknown, profile: Profile = "LOCAL") => {
  const { meli } = client([{ body }], { profile });
  return (await listUnread(meli, { userId: SELLER })).packs.map(({ packId, count }) => ({ packId, count }));
};
const rows = (length: number) =>
  Array.from({ length }, (_, index) => ({ resource: `/packs/${index + 1}`, count: 1 }));
const isTrusted = async (length: number, profile: Profile) =>
  (await listUnread(client([{ body: { results: rows(length) } }], { profile }).meli, { userId: SELLER }))
    .isComplete;

/** The pack of a notified message, by one read of it. */
async function packOf(resources: unknown) {
  const body = { paging: null, messages: [{ ...wireMessage, message_resources: resources }] };
  const { ctx } = shop([{ body }]);
  return messagesChannel.refsOf(ctx, { userId: SELLER, subject: wireMessage.id });
}

const limited = (word: string) => ({
  status: "blocked",
  substatus: `blocked_by_conversation_${word}_limited`,
});
const guide = [{ kind: "guide" }];

/** The topic, both spellings read, and what both must be. */
type Row = [topic: string, a: () => unknown, b: () => unknown, both: unknown];
const ROWS: Row[] = [
  [
    "unread cap, local: 500 are not trusted",
    () => isTrusted(500, "LOCAL"),
    () => isTrusted(1_000, "LOCAL"),
    false,
  ],
  [
    "unread cap, global: 1,000 are not",
    () => isTrusted(1_000, "GLOBAL"),
    () => isTrusted(1_200, "GLOBAL"),
    false,
  ],
  [
    "unread owner field",
    () => unreadOf({ user_id: 1, results: rows(1) }),
    () => unreadOf({ userId: 1, results: rows(1) }),
    [{ packId: "1", count: 1 }],
  ],
  [
    "unread resource",
    () => unreadOf({ results: [{ resource: `/packs/${PACK}/sellers/${SELLER}`, count: 2 }] }),
    () => unreadOf({ results: [{ resource: `/packs/${PACK}`, count: 2 }] }),
    [{ packId: PACK, count: 2 }],
  ],
  [
    "claims field",
    async () => (await ofState({ claim_ids: ["5000000001"] })).claimIds,
    async () => (await ofState({ claim_ids: undefined, claim_id: 5_000_000_001 })).claimIds,
    ["5000000001"],
  ],
  [
    "claims field, empty",
    async () => (await ofState({ claim_ids: null })).claimIds,
    async () => (await ofState({ claim_ids: undefined, claim_id: null })).claimIds,
    [],
  ],
  [
    "path segment",
    async () => (await ofState({ path: `/packs/${PACK}/sellers/${SELLER}` })).isAgentPath,
    async () => (await ofState({ path: `/packs/${PACK}/seller/${SELLER}` })).isAgentPath,
    false,
  ],
  [
    "path segment, with an agent",
    async () =>
      (await ofState({ path: `/packs/${PACK}/sellers/${SELLER}/conversations/seller` })).isAgentPath,
    async () => (await ofState({ path: `/packs/${PACK}/seller/${SELLER}/conversations/x` })).isAgentPath,
    true,
  ],
  [
    "resource name",
    () =>
      packOf([
        { id: PACK, name: "packs" },
        { id: SELLER, name: "sellers" },
      ]),
    () =>
      packOf([
        { id: PACK, name: "packs" },
        { id: SELLER, name: "seller" },
      ]),
    [{ externalId: PACK, sellerId: SELLER, siteId: "MLB" }],
  ],
  [
    "message status, seen",
    async () => (await ofMessage({ status: "available" }))?.visibility,
    async () => (await ofMessage({ status: "AVAILABLE", message_moderation: null }))?.visibility,
    "visible",
  ],
  [
    "message status, waiting",
    async () =>
      (await ofMessage({ status: "available", message_moderation: { status: "pending" } }))?.visibility,
    async () => (await ofMessage({ status: "IN_MODERATION", message_moderation: null }))?.visibility,
    "moderation",
  ],
  [
    "message status, stopped",
    async () => (await ofMessage({ status: "moderated" }))?.visibility,
    async () => (await ofMessage({ status: "blocked" }, "GLOBAL"))?.visibility,
    "rejected",
  ],
  [
    "moderation, none",
    () => ofMessage({ message_moderation: { status: "clean", reason: null, source: "online" } }),
    () => ofMessage({ message_moderation: { status: "NON_MODERATED", reason: "none", by: "online" } }),
    expect.objectContaining({ visibility: "visible", reason: null }),
  ],
  [
    "moderation, stopped",
    () => ofMessage({ message_moderation: { status: "rejected", reason: "OUT_OF_PLACE_LANGUAGE" } }),
    () => ofMessage({ message_moderation: { status: "blocked", reason: "out_of_place_language" } }, "GLOBAL"),
    expect.objectContaining({ visibility: "rejected", reason: "OUT_OF_PLACE_LANGUAGE" }),
  ],
  [
    "sender",
    () => ofMessage({ from: { user_id: 900_500_600 } }),
    () => ofMessage({ from: { user_id: BUYER, name: "Ana", email: "a@example.test" } }),
    expect.objectContaining({ fromUserId: BUYER, direction: "in", author: "buyer" }),
  ],
  [
    "mediation spelling",
    () => blockRuleOf("blocked_by_mediation"),
    () => blockRuleOf("bloqued_by_mediation"),
    { meaning: "mediation", reopens: "itself", step: "answer_claim" },
  ],
  [
    "when the block of a shipped sale lifts: as the state says",
    async () => (await abilitiesOf({ path: `/packs/${PACK}/sellers/${SELLER}/conversations/seller` }))[0],
    async () => (await abilitiesOf({}))[0],
    { kind: "reply", allowed: true, maxLength: 350, isOnlyOne: false },
  ],
  [
    "sites of the block of a shipped sale: as the state says",
    async () => (await abilitiesOf(limited("initiated_by_seller"), "MLU")).slice(1),
    async () => (await abilitiesOf(limited("initiated_by_seller"), "MLA")).slice(1),
    guide,
  ],
  [
    "sites of the supermarket's block: as the state says",
    () => abilitiesOf({ status: "blocked", substatus: "blocked_by_conversation_initiated_by_seller" }, "MLA"),
    () => abilitiesOf({ status: "blocked", substatus: "blocked_by_conversation_initiated_by_seller" }, "MLC"),
    [
      {
        kind: "reply",
        allowed: false,
        because: "blocked",
        substatus: "blocked_by_conversation_initiated_by_seller",
      },
    ],
  ],
  [
    "whether and under which name the seller may start: with a reason",
    async () => (await abilitiesOf(limited("initiated_by_seller"))).slice(1),
    async () => (await abilitiesOf(limited("started_by_seller"))).slice(1),
    guide,
  ],
  [
    "block name, where only the buyer may start",
    () => blockRuleOf("blocked_by_conversation_initiated_by_seller"),
    () => blockRuleOf("blocked_by_conversation_started_by_seller"),
    { meaning: "buyer_starts", reopens: "buyer", step: "wait" },
  ],
  [
    "sites of REQUEST_VARIANTS: as the live options say",
    () => optionsOf("MLU"),
    () => optionsOf("MLA"),
    ["REQUEST_VARIANTS"],
  ],
  [
    "agent scope: each thread by itself, whatever the site",
    async () => (await ofMessage({ from: { user_id: AGENTS.MLM } }))?.author,
    async () => (await ofMessage({ from: { user_id: AGENTS.MLB } }))?.author,
    "agent",
  ],
];

async function optionsOf(siteId: string) {
  const option = {
    id: "REQUEST_VARIANTS",
    enabled: true,
    type: "template",
    templates: [{ id: "TEMPLATE___REQUEST_VARIANTS___1", vars: null }],
    actionable: true,
    child_options: null,
    cap_available: 1,
  };
  const { ctx } = shop(
    ({ url }) => ({
      body: url.pathname.endsWith("/caps_available")
        ? [{ option_id: option.id, cap_available: 1 }]
        : { options: [option] },
    }),
    "LOCAL",
    siteId,
  );
  return (await readGuideReasons(ctx.meli, { packId: PACK })).map(({ id }) => id);
}

describe("where the documents disagree", () => {
  it.each(ROWS)("reads both spellings to one value: %s", async (_topic, a, b, both) => {
    expect(await a()).toEqual(both);
    expect(await b()).toEqual(both);
  });

  it("always says the role, whoever defaults to it", async () => {
    for (const profile of ["LOCAL", "GLOBAL"] as const) {
      const { meli, sent } = client([{ body: { results: [] } }], { profile });
      await listUnread(meli, { userId: SELLER });
      expect(sent[0]?.url.searchParams.get("role")).toBe("seller");
    }
  });

  it("finds the pack of a row under the account's own seller, also where the row names none", async () => {
    const { ctx } = shop(
      [{ body: { userId: 1, results: [{ resource: `/packs/${PACK}`, count: 1 }] } }],
      "GLOBAL",
    );
    const found: Changed[] = [];
    for await (const one of messagesChannel.changed(ctx, null)) found.push(one);
    expect(found).toEqual([{ externalId: PACK, sellerId: SELLER, siteId: "MLB", unread: 1 }]);
  });

  it("says nothing of whether an exchange goes on where the documents disagree", () => {
    expect(blockRuleOf("blocked_by_claim_change_closed").reopens).toBe("unknown");
    const key = meaningOf("blocked_by_claim_change_closed");
    expect(key).toBe("claim_change_closed");
    for (const words of [es, pt, en]) {
      expect(Object.values(words.meaning[key]).join(" ")).not.toMatch(
        /termin|en curso|andamento|encerr|is over|in progress|finish/i,
      );
    }
  });

  it("offers the four types of the local page, and the list of the other page on Global Selling", () => {
    expect(ATTACHMENT_RULES.LOCAL.types).toEqual([
      "image/jpeg",
      "image/png",
      "application/pdf",
      "text/plain",
    ]);
    for (const type of [
      "text/plain",
      "image/png",
      "image/jpeg",
      "image/heif",
      "image/heic",
      "application/pdf",
      "application/msword",
      "application/vnd.ms-excel",
      "text/xml",
      "application/xml",
    ]) {
      expect(ATTACHMENT_RULES.GLOBAL.types).toContain(type);
    }
  });

  it("reads Global Selling by the one page's address and marks read by the other's", async () => {
    const { ctx, sent } = shop([{ body: page([]) }], "GLOBAL");
    await messagesChannel.pull(ctx, { externalId: PACK, sellerId: SELLER, siteId: null });
    await markRead(ctx.meli, { packId: PACK, sellerId: SELLER });
    expect(sent.map(({ url }) => url.pathname)).toEqual([
      `/marketplace/messages/packs/${PACK}`,
      `/messages/packs/${PACK}/sellers/${SELLER}`,
    ]);
  });

  it("names the remote site on an upload and on a download, whichever of them wants it", async () => {
    const { meli, sent } = client([{ status: 201, body: { id: "k.txt" } }, { body: "x" }], {
      profile: "GLOBAL",
    });
    const bytes = new Blob(["a"]);
    await uploadAttachment(meli, { siteId: "MLM", filename: "a.txt", type: "text/plain", bytes });
    await downloadAttachment(meli, { siteId: "MLM", filename: "k.txt" });
    expect(sent.map(({ url }) => url.searchParams.get("site_id"))).toEqual(["MLM", "MLM"]);
  });
});
