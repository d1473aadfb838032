import { describe, expect, it } from "vitest";
import type { WireClaim, WireClaimMessage, WirePlayer } from "@/lib/server/mercadolibre/claims";
import type { Claim, ClaimAct } from "@/lib/shared/api/claim";
import { claimOf } from "@/lib/shared/claim/testing/claim-of";
import type { AccountId } from "@/lib/shared/ids";
import type { Message, ThreadSnapshot } from "@/lib/shared/thread";
import type { Act } from "./channel";
import { findInClaim, marksOf } from "./claim-marks";
import { claimMessageOf } from "./claim-messages";
import { buyerOf, othersOf, partOf } from "./claim-part";

const US = {
  accountId: "222" as AccountId,
  siteId: "MLA",
  sellers: [{ userId: "222", siteId: "MLA" }],
};
const MARKETS = {
  accountId: "900" as AccountId,
  siteId: "CBT",
  sellers: [
    { userId: "901", siteId: "MLM" },
    { userId: "902", siteId: "MLB" },
  ],
};
const player = (role: string, type: string | null, userId: string | null): WirePlayer => ({
  role,
  type,
  userId,
  actions: [],
});
const wire = (players: WirePlayer[], more: Partial<WireClaim> = {}) => ({
  players,
  type: "mediations",
  siteId: "MLA",
  ...more,
});

describe("the seller's part in a claim", () => {
  const buyer = player("complainant", "buyer", "111");

  it("is found by the seller's own id, whatever it is called", () => {
    for (const type of ["seller", "collector", "sender", null]) {
      expect(partOf(US, wire([buyer, player("respondent", type, "222")]))).toMatchObject({
        role: "respondent",
      });
    }
    expect(
      partOf(US, wire([player("complainant", "seller", "222"), player("respondent", "buyer", "111")])),
    ).toMatchObject({ role: "complainant", userId: "222" });
  });

  it("is that of one of the marketplace users of a Global Selling account", () => {
    expect(partOf(MARKETS, wire([buyer, player("respondent", "seller", "902")]))).toMatchObject({
      userId: "902",
      siteId: "MLB",
    });
    // The account's own id stands for whichever of its users has the claim's site.
    expect(
      partOf(MARKETS, wire([buyer, player("respondent", "seller", "900")], { siteId: "MLM" })),
    ).toMatchObject({ userId: "901", siteId: "MLM" });
  });

  it("is known by what it does where no id is ours, and by the kind of claim where nothing tells", () => {
    expect(partOf(MARKETS, wire([buyer, player("respondent", "seller", "555")]))).toMatchObject({
      role: "respondent",
    });
    expect(partOf(US, wire([], { type: "cancel_sale" }))).toMatchObject({ role: "complainant" });
    expect(partOf(US, wire([]))).toMatchObject({ role: "respondent", actions: null });
  });

  it("is none where the account is the one who buys", () => {
    for (const type of ["buyer", "payer", "receiver"]) {
      expect(
        partOf(US, wire([player("complainant", type, "222"), player("respondent", "seller", "333")])),
      ).toBeNull();
    }
  });

  it("names the buyer, and who else must act first", () => {
    const players = [
      player("mediator", "internal", "1"),
      { ...buyer, actions: [{ action: "x", isMandatory: true, dueAt: new Date(5) }] },
      player("respondent", "seller", "222"),
    ];
    expect(buyerOf(players, "respondent")).toBe("111");
    expect(othersOf(players, "respondent")).toEqual([{ role: "complainant", dueAt: new Date(5) }]);
    expect(othersOf(players, "complainant")).toEqual([]);
  });
});

const written = (more: Partial<WireClaimMessage>): WireClaimMessage => ({
  key: "k",
  sender: "complainant",
  receiver: "respondent",
  text: "Hola",
  textTranslated: null,
  createdAt: new Date(0),
  readAt: null,
  stage: "claim",
  status: "available",
  moderation: null,
  isRepeated: false,
  attachments: [],
  ...more,
});

describe("a message of a claim", () => {
  it.each([
    ["complainant", "respondent", "in", "buyer"],
    ["respondent", "respondent", "out", "seller"],
    ["mediator", "respondent", "in", "mediator"],
    ["respondent", "complainant", "in", "buyer"],
    ["complainant", "complainant", "out", "seller"],
  ] as const)("of the %s, read by the %s, goes %s as the %s's", (sender, role, direction, author) => {
    expect(claimMessageOf(written({ sender }), role, [])).toMatchObject({ direction, author });
  });

  it.each([
    ["available", "clean", "visible"],
    ["available", "non_moderated", "visible"],
    ["available", "pending", "moderation"],
    ["pending_translation", "clean", "moderation"],
    ["moderated", "rejected", "rejected"],
    ["rejected", "clean", "rejected"],
    ["available", "rejected", "rejected"],
    ["some_new_word", "clean", "visible"],
  ])("that is %s and %s is %s", (status, moderation, visibility) => {
    const wireMessage = written({ status, moderation: { status: moderation, reason: null, at: null } });
    expect(claimMessageOf(wireMessage, "respondent", []).visibility).toBe(visibility);
  });

  it("keeps whom it is for, its stage and the reason of its moderation", () => {
    const moderation = { status: "rejected", reason: "OUT_OF_PLACE_LANGUAGE", at: null };
    const message = claimMessageOf(
      written({ receiver: "mediator", stage: "dispute", moderation }),
      "respondent",
      [player("complainant", "buyer", "111")],
    );
    expect(message).toMatchObject({
      to: "mediator",
      stage: "dispute",
      reason: "OUT_OF_PLACE_LANGUAGE",
      fromUserId: "111",
    });
    expect(claimMessageOf(written({ receiver: "warehouse" }), "respondent", []).to).toBeNull();
  });
});

const AT = new Date("2026-11-20T10:00:00Z");
const snapshotOf = (claim: Claim, messages: Message[] = []): ThreadSnapshot => ({
  externalId: claim.id,
  siteId: "MLA",
  sellerId: "222",
  status: "open",
  substatus: null,
  isAgentPath: false,
  sellerMaxLength: null,
  claimIds: [],
  buyerName: null,
  messages,
  total: messages.length,
  isComplete: true,
  claim,
  marks: marksOf(claim),
});
const act = (one: ClaimAct): Act => ({ kind: "claim", act: one, text: "" });
const MONEY = { minor: 100, currency: "ARS" };
const done = (action: string, role = "respondent") => ({
  history: [{ action, role, stage: "claim", at: AT }],
});
const wished = (kind: string) => ({
  expected: [{ role: "respondent", kind, status: "pending", percentage: null, amount: null, at: AT }],
});
const PROOF = {
  method: "mail",
  company: "C",
  tracking: null,
  receiver: null,
  agency: null,
  email: null,
  shippedAt: AT,
  deliveredAt: null,
  handlingAt: null,
  files: [],
};
const RETURN = {
  id: "1",
  status: "delivered",
  moneyStatus: null,
  refundAt: null,
  subtype: null,
  shipments: [],
  orders: [],
  review: null,
};
const reviewed = (status: string) => ({ return: { ...RETURN, review: { status, reason: null } } });
const failing: ClaimAct = { kind: "reviewFail", failures: [] };
const proving = (method: "mail" | "promise"): ClaimAct => ({
  kind: "evidence",
  files: [],
  evidence:
    method === "mail"
      ? { method, company: "C", shippedOn: "2026-11-20", tracking: null }
      : { method, handlingOn: "2026-11-20" },
});

describe("an act is found in the claim that was read after it", () => {
  const before = claimOf({ return: RETURN });
  const found = (one: ClaimAct, changes: Partial<Claim>, from: Claim = before) =>
    findInClaim({ messageIds: marksOf(from) }, snapshotOf({ ...from, ...changes }), act(one), null);

  it.each<[string, ClaimAct, Partial<Claim>]>([
    ["a refund by the history", { kind: "refund" }, done("refund")],
    [
      "a refund by how the claim ended",
      { kind: "refund" },
      {
        status: "closed",
        resolution: { reason: "payment_refunded", at: AT, benefited: [], closedBy: null, isCovered: null },
      },
    ],
    ["an offer", { kind: "partialRefund", percentage: 30, amount: MONEY }, wished("partial_refund")],
    ["an accepted return", { kind: "allowReturn" }, done("allow_return")],
    ["an offered replacement", { kind: "allowReplace" }, wished("change_product")],
    ["a mediation", { kind: "openDispute" }, { stage: "dispute" }],
    ["a proof", proving("mail"), { evidences: [PROOF] }],
    ["a promise", proving("promise"), { evidences: [{ ...PROOF, method: null, handlingAt: AT }] }],
    ["a return that is well", { kind: "reviewOk" }, reviewed("success")],
    ["a return that is not", failing, reviewed("claimed")],
  ])("%s", (_, one, changes) => {
    expect(found(one, {})).toEqual({ kind: "absent" });
    expect(found(one, changes)).toMatchObject({ kind: "visible", messageId: expect.any(String) });
    // What was there before proves nothing.
    const known = { ...before, ...changes };
    expect(found(one, {}, known)).toEqual({ kind: "absent" });
  });

  it("is not taken for what somebody else did, or for another act", () => {
    expect(found({ kind: "refund" }, done("refund", "mediator"))).toEqual({ kind: "absent" });
    expect(found({ kind: "refund" }, { status: "closed" })).toEqual({ kind: "absent" });
    expect(found({ kind: "refund" }, wished("partial_refund"))).toEqual({ kind: "absent" });
    expect(found({ kind: "reviewOk" }, reviewed("claimed"))).toEqual({ kind: "absent" });
    expect(found(proving("promise"), { evidences: [PROOF] })).toEqual({ kind: "absent" });
  });

  it("is not proved by what only came to light: a part that could not be read before it", () => {
    const blind = claimOf({ unread: ["expected", "history"] });
    const offer: ClaimAct = { kind: "partialRefund", percentage: 30, amount: MONEY };
    expect(found(offer, { ...wished("partial_refund"), unread: [] }, blind)).toEqual({ kind: "absent" });
    expect(found({ kind: "refund" }, { ...done("refund"), unread: [] }, blind)).toEqual({ kind: "absent" });
    expect(found({ kind: "openDispute" }, { stage: "dispute", unread: [] }, blind)).toMatchObject({
      kind: "visible",
    });
  });

  it("takes nothing for new in a part that was never asked for", () => {
    const from = claimOf({ isWhole: false });
    const then = { ...done("refund"), isWhole: true };
    expect(found({ kind: "refund" }, then, from)).toEqual({ kind: "absent" });
    expect(found({ kind: "refund" }, then, claimOf())).toMatchObject({ kind: "visible" });
    const offer = { ...wished("partial_refund"), isWhole: true };
    expect(found({ kind: "partialRefund", percentage: 30, amount: MONEY }, offer, from)).toMatchObject({
      kind: "visible",
    });
  });

  it("gives the same marks at every read of the same claim, with room in the store", () => {
    const claim = claimOf({
      ...done("send_message_to_complainant"),
      ...wished("partial_refund"),
      evidences: [PROOF],
    });
    expect(marksOf(structuredClone(claim))).toEqual(marksOf(claim));
    expect(marksOf(claim).filter((mark) => mark.length > 80)).toEqual([]);
  });
});

describe("a message is found by its text among what is new", () => {
  const ours = (id: string, more: Partial<Message> = {}): Message => ({
    ...claimMessageOf(written({ key: id, sender: "respondent", receiver: "complainant" }), "respondent", []),
    ...more,
  });
  const find = (messages: Message[], known: string[] = [], accepted: string | null = null) =>
    findInClaim(
      { messageIds: known },
      snapshotOf(claimOf(), messages),
      { kind: "message", to: "complainant", text: "Hola" },
      accepted,
    );

  it("and not by an older one of the same text, or one to somebody else", () => {
    expect(find([ours("a")], ["a"])).toEqual({ kind: "absent" });
    expect(find([ours("a"), ours("b")], ["a"])).toEqual({ kind: "visible", messageId: "b" });
    expect(find([ours("a", { to: "mediator" })])).toEqual({ kind: "absent" });
    expect(find([ours("a", { direction: "in" })])).toEqual({ kind: "absent" });
  });

  it("whatever became of it", () => {
    expect(find([ours("a", { visibility: "moderation" })])).toEqual({ kind: "pending", messageId: "a" });
    expect(find([ours("a", { visibility: "rejected", reason: "R" })])).toEqual({
      kind: "rejected",
      messageId: "a",
      reason: "R",
    });
  });
});
