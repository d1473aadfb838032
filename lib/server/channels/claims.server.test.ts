import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { withAccount } from "@/lib/server/account-context";
import { findThread, type StoredThread } from "@/lib/server/store/threads";
import { pullInto } from "@/lib/server/sync/pull-thread";
import { syncAccount } from "@/lib/server/sync/sync-account";
import type { ClaimAct } from "@/lib/shared/api/claim";
import type { Thread, ThreadSnapshot } from "@/lib/shared/thread";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import type { Accepted, AccountCtx, Act, Delivery, WireFile } from "./channel";
import { claimsChannel } from "./claims";

const PROFILES = [
  { name: "LOCAL", seller: { siteId: "MLA" }, site: "MLA" },
  { name: "GLOBAL", seller: { siteId: "CBT", marketplaces: ["MLM"] }, site: "MLM" },
] as const;
type Profile = (typeof PROFILES)[number];
const [LOCAL, GLOBAL] = PROFILES;

const Made = z.object({ id: z.string() });
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);

let house: House;
let me: SignedIn;
let claimId: string;

beforeAll(async () => {
  house = await createHouse();
});
afterAll(() => house.close());

/** A seller of one claim, whose first sync is done. */
async function arrive({ seller, site }: Profile, claim: object = {}): Promise<void> {
  const sellerId = await house.newSeller(seller);
  const pack = await house.newThread(sellerId, {
    siteId: site,
    product: { title: "Auriculares", price: 1000 },
    shipment: { status: "delivered", logisticType: "drop_off" },
  });
  claimId = Made.parse(
    await house.control("/claims", { packId: pack, claim: { openedHoursAgo: 2, ...claim } }),
  ).id;
  me = await house.signIn(sellerId);
  await syncAccount(house.rt, me.accountId, new AbortController().signal);
}

const within = <T>(work: (ctx: AccountCtx) => Promise<T>) =>
  withAccount(house.rt, me.accountId, "open", work);
async function stored(): Promise<StoredThread> {
  const thread = await findThread(house.rt.db, [me.accountId], "claims", claimId);
  if (thread === null) throw new Error("the claim was not found");
  return thread;
}
async function readNow(): Promise<ThreadSnapshot> {
  const pulled = await within((ctx) =>
    pullInto(house.rt, ctx, "claims", { externalId: claimId, sellerId: null, siteId: null }),
  );
  if (pulled.kind !== "stored") throw new Error("the claim is not shown");
  return pulled.snapshot;
}
/** Does it as the outbox would: looks, acts, looks again and finds. */
async function does(act: Act, files: readonly WireFile[] = []): Promise<Accepted & { found: Delivery }> {
  const before = await readNow();
  const baseline = { messageIds: [...before.messages.map(({ id }) => id), ...(before.marks ?? [])] };
  expect(claimsChannel.find(baseline, before, act, null)).toEqual({ kind: "absent" });
  const thread = await stored();
  const accepted = await within((ctx) => claimsChannel.act(ctx, thread, before, act, files));
  return { ...accepted, found: claimsChannel.find(baseline, await readNow(), act, accepted.messageId) };
}
const claimAct = (act: ClaimAct): Act => ({ kind: "claim", act, text: "" });
async function uploads(act: Act): Promise<{ id: string }> {
  const thread = await stored();
  return within((ctx) =>
    claimsChannel.upload(ctx, thread, { name: "foto.png", type: "image/png", bytes: new Blob([PNG]) }, act),
  );
}
const visible = (mark: string) => ({ kind: "visible", messageId: expect.stringMatching(mark) });
const abilities = async () => claimsChannel.abilities(await stored());
const acts = async () => (await abilities()).flatMap((one) => (one.kind === "act" ? [one.act] : []));
const reply = async () => (await abilities()).find(({ kind }) => kind === "reply");
const held = (id: string) => house.control(`/claims/${id}`);

for (const profile of PROFILES) {
  const { name } = profile;

  it(`writes to whom an action names, with a file, and finds it in the thread (${name})`, async () => {
    await arrive(profile, { messages: [{ from: "buyer", text: "No enciende", hoursAgo: 1 }] });
    expect(await reply()).toMatchObject({ allowed: true, to: ["complainant"], maxLength: 20_000 });
    const act: Act = { kind: "message", to: "complainant", text: "Pruebe\ncon otro cable" };
    const { id } = await uploads(act);
    const done = await does(act, [{ id, fileId: "1" }]);
    const snapshot = await readNow();
    const message = snapshot.messages.at(-1);
    expect(done).toMatchObject({ messageId: null, found: { messageId: message?.id } });
    expect(message).toMatchObject({
      direction: "out",
      author: "seller",
      to: "complainant",
      stage: "claim",
      attachments: [{ filename: id }],
    });
    // The same again is another message, and is told from the first.
    const again = await does(act);
    expect(["visible", "pending"]).toContain(again.found.kind);
    expect(again.found).not.toMatchObject({ messageId: message?.id });
    const file = await within(async (ctx) => claimsChannel.download(ctx, await stored(), id));
    expect(new Uint8Array(await new Response(file.body).arrayBuffer())).toEqual(PNG);
  });

  it(`gives all of the money back, and knows it by the history (${name})`, async () => {
    await arrive(profile);
    const done = await does(claimAct({ kind: "refund" }));
    expect(done.found).toEqual(visible("^history:refund:respondent:"));
    expect(done.facts).toMatchObject({ resolution: "refund" });
    // Mercado Libre closes it a moment later (claims.md 6).
    await expect.poll(readNow).toMatchObject({ status: "closed", substatus: "payment_refunded" });
    expect(await abilities()).toEqual([{ kind: "reply", allowed: false, because: "closed" }]);
  });

  it(`offers a part of the money that is on offer, once (${name})`, async () => {
    await arrive(profile);
    const options = await within(async (ctx) =>
      claimsChannel.options?.(ctx, await stored(), "partialRefund"),
    );
    if (options?.kind !== "partialRefund") throw new Error("no offers");
    const [offer] = options.offers;
    if (offer === undefined) throw new Error("no offer");
    const done = await does(claimAct({ kind: "partialRefund", ...offer }));
    expect(done.found).toEqual(visible("^expected:respondent:partial_refund:"));
    expect(done.facts).toMatchObject({ percentage: String(offer.percentage), status: "pending" });
    expect(await stored()).toMatchObject({
      claim: {
        expected: expect.arrayContaining([expect.objectContaining({ kind: "partial_refund", ...offer })]),
      },
    });
  });

  it(`asks for a mediation, and writes to nobody but the mediator from then on (${name})`, async () => {
    await arrive(profile, {
      messages: [
        { from: "buyer", text: "Mal", hoursAgo: 1.5 },
        { from: "seller", text: "¿Qué falla?", hoursAgo: 1 },
      ],
    });
    const done = await does(claimAct({ kind: "openDispute" }));
    expect(done.found).toEqual(visible("^history:open_dispute:respondent:"));
    expect(done.facts).toEqual({ stage: "dispute", status: "opened" });
    expect(await abilities()).toMatchObject([{ kind: "reply", allowed: true, to: ["mediator"] }]);
    const written = await does({ kind: "message", to: "mediator", text: "El producto es nuevo." });
    expect(["visible", "pending"]).toContain(written.found.kind);
    await expect(does({ kind: "message", to: "complainant", text: "Hola" })).rejects.toMatchObject({
      failure: { status: 400 },
    });
  });

  it(`accepts a return, which the claim shows then (${name})`, async () => {
    await arrive(profile);
    const done = await does(claimAct({ kind: "allowReturn" }));
    expect(done.found).toEqual(visible("^history:allow_return:respondent:"));
    expect((await stored()).claim?.return).toMatchObject({ status: expect.any(String) });
  });

  it(`does nothing that is not held, and says so (${name})`, async () => {
    await arrive(profile, { without: ["refund"] });
    expect(await acts()).not.toContain("refund");
    await expect(does(claimAct({ kind: "refund" }))).rejects.toMatchObject({ failure: { status: 400 } });
    const options = await within(async (ctx) => claimsChannel.options?.(ctx, await stored(), "refund"));
    expect(options).toEqual({ kind: "closed", reason: "action_gone" });
  });
}

it("refuses a return with a reason and photos, each under the name of its own upload", async () => {
  await arrive(LOCAL, { return: { status: "delivered", hoursAgo: 90, deliveredHoursAgo: 5 } });
  expect(await acts()).toContain("reviewFail");
  const options = await within(async (ctx) => claimsChannel.options?.(ctx, await stored(), "reviewFail"));
  if (options?.kind !== "reviewFail") throw new Error("no reasons");
  expect(options.reasons.filter(({ needsFiles }) => needsFiles).map(({ id }) => id)).toEqual([
    "SRF2",
    "SRF4",
  ]);
  const named = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"];
  const act: ClaimAct = {
    kind: "reviewFail",
    failures: [{ reason: "SRF2", message: "Vino roto", files: named, orderId: null }],
  };
  const files: WireFile[] = [];
  for (const fileId of named) files.push({ fileId, id: (await uploads(claimAct(act))).id });
  const done = await does(claimAct(act), files);
  expect(done.found).toEqual(visible("^(history:return_review_fail:|review:)"));
  const calls = await house.calls({ method: "POST", path: "/return-review$" });
  expect(calls.at(-1)?.body).toEqual([
    expect.objectContaining({ reason: "SRF2", attachments: files.map(({ id }) => id) }),
  ]);
  expect((await stored()).claim?.return?.review).toMatchObject({ reason: "SRF2" });
});

it.each(PROFILES)("says that a return arrived as it should ($name)", async (profile) => {
  await arrive(profile, { return: { status: "delivered", hoursAgo: 90, deliveredHoursAgo: 5 } });
  const done = await does(claimAct({ kind: "reviewOk" }));
  expect(done.found).toEqual(visible("^(history:return_review_ok:|review:)"));
});

it("reviews no return whose id Global Selling does not tell, and sends nothing", async () => {
  const refused = { method: "GET", path: "^/post-purchase/v2/", status: 403, times: 9 };
  await house.control("/faults", refused);
  await arrive(GLOBAL, { return: { status: "delivered", hoursAgo: 90, deliveredHoursAgo: 5 } });
  const snapshot = await readNow();
  const thread = await stored();
  expect(thread.claim?.return?.id).toBeNull();
  await house.control("/calls/clear", {});
  await expect(
    within((ctx) => claimsChannel.act(ctx, thread, snapshot, claimAct({ kind: "reviewOk" }), [])),
  ).rejects.toMatchObject({ code: "refused_by_meli", detail: { reason: "no_return" } });
  expect(await house.calls({ method: "POST" })).toEqual([]);
  await house.control("/faults/clear", {});
});

it("proves a shipment, and shows its file from where evidences are kept", async () => {
  await arrive(LOCAL, {
    reasonId: "PNR9502",
    also: ["add_shipping_evidence"],
    messages: [{ from: "buyer", text: "No llegó", hoursAgo: 1 }],
  });
  const act = claimAct({
    kind: "evidence",
    evidence: { method: "mail", company: "Correo Argentino", shippedOn: "2026-11-20", tracking: "AR123" },
    files: [],
  });
  const { id } = await uploads(act);
  const done = await does(act, [{ id, fileId: "1" }]);
  expect(done.found).toEqual(visible("^evidence:mail:"));
  const thread = await stored();
  expect(thread.claim?.evidences).toMatchObject([{ method: "mail", tracking: "AR123", files: [id] }]);
  expect(thread.claim?.evidences[0]?.shippedAt?.toISOString()).toMatch(/^2026-11-20T/);
  const file = await within((ctx) => claimsChannel.download(ctx, thread, id));
  expect(new Uint8Array(await new Response(file.body).arrayBuffer())).toEqual(PNG);
});

it("keeps the claims of what the account itself bought out of the inbox", async () => {
  await arrive(LOCAL);
  const { claim } = await stored();
  expect(claim?.role).toBe("respondent");
  const view = z.object({ buyerActions: z.array(z.unknown()) }).parse(await held(claimId));
  expect(view.buyerActions.length).toBeGreaterThan(0);
  const buyer = (await readNow()).buyerId;
  if (buyer === null || buyer === undefined) throw new Error("no buyer");
  const pulled = await within((ctx) =>
    claimsChannel.pull(
      { ...ctx, accountId: buyer as Thread["accountId"], sellers: [{ userId: buyer, siteId: "MLA" }] },
      { externalId: claimId, sellerId: null, siteId: null },
    ),
  );
  expect(pulled).toEqual({ kind: "gone", status: null, reason: "not_the_seller" });
});
