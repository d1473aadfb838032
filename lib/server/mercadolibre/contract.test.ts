import { createHash, randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { errorOf } from "@/lib/server/mercadolibre/testing/edge";
import { createSandbox, type Sandbox } from "@/sandbox/create-sandbox";
import { MeliError } from "./failure";
import { type CallRecord, createMeli, type Lane, type Meli } from "./http";
import { readItems } from "./items";
import { markRead } from "./mark-read";
import {
  downloadAttachment,
  listUnread,
  readConversation,
  readMessage,
  readWholeConversation,
  sendMessage,
  uploadAttachment,
} from "./messages";
import { authorizationUrl, exchangeCode, type OauthApp, refreshGrant, type TokenGrant } from "./oauth";
import { readOrder, searchSales } from "./orders";
import { readPack } from "./packs";
import { readShipment } from "./shipments";
import { marketplaceUsers, publicUser, whoAmI } from "./users";

/** What the sandbox answers is read by what we ship: our two readings of the documents have to agree. */

const BASE = "http://sandbox.test";
const REDIRECT = "http://localhost:3000/api/auth/callback/mercadolibre";
const CLIENT = { clientId: "1000000000000001", clientSecret: "sandbox-secret" };
const PROFILES = ["LOCAL", "GLOBAL"] as const;

const Seeded = z.looseObject({
  packId: z.string(),
  orderIds: z.array(z.string()),
  buyerId: z.string(),
  messages: z.array(z.object({ id: z.string(), text: z.string() })),
});
const Seller = z.looseObject({ id: z.string(), nickname: z.string() });

let sandbox: Sandbox;
let app: OauthApp;

async function control(path: string, body?: object): Promise<unknown> {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await sandbox.fetch(new Request(`${BASE}/__sandbox${path}`, init));
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}

const newSeller = async (profile: "LOCAL" | "GLOBAL", more: object = {}) =>
  Seller.parse(
    await control("/sellers", {
      siteId: profile === "LOCAL" ? "MLA" : "CBT",
      nickname: "TIENDA DE PRUEBA",
      ...(profile === "GLOBAL" ? { marketplaces: ["MLM", "MLB"] } : {}),
      ...more,
    }),
  ).id;

const newThread = async (sellerId: string, thread: object) =>
  Seeded.parse(await control("/threads", { sellerId, thread }));

async function consent(sellerId: string): Promise<{ code: string; codeVerifier: string }> {
  const codeVerifier = randomBytes(32).toString("base64url");
  const asked = new URL(
    authorizationUrl({
      authUrl: BASE,
      clientId: CLIENT.clientId,
      redirectUri: REDIRECT,
      state: "st",
      codeChallenge: createHash("sha256").update(codeVerifier).digest("base64url"),
    }),
  );
  const form = new URLSearchParams({
    request: asked.search.slice(1),
    decision: "allow",
    seller_id: sellerId,
  });
  const answer = await sandbox.fetch(
    new Request(`${BASE}/authorization`, { method: "POST", body: form, redirect: "manual" }),
  );
  const back = new URL(answer.headers.get("location") ?? "");
  expect(back.searchParams.get("state")).toBe("st");
  return { code: back.searchParams.get("code") ?? "", codeVerifier };
}

async function grantOf(sellerId: string): Promise<TokenGrant> {
  const result = await exchangeCode(app, { ...(await consent(sellerId)), redirectUri: REDIRECT });
  if (result.kind !== "granted") throw new Error(`not granted: ${JSON.stringify(result)}`);
  return result.grant;
}

interface Connected {
  meli: Meli;
  calls: CallRecord[];
  pauses: number[];
  grants: TokenGrant[];
}

async function connect(
  sellerId: string,
  profile: "LOCAL" | "GLOBAL",
  lane: Lane = "reconcile",
): Promise<Connected> {
  const grants = [await grantOf(sellerId)];
  const calls: CallRecord[] = [];
  const pauses: number[] = [];
  const current = () => grants.at(-1)?.accessToken ?? "";
  const meli = createMeli({
    apiUrl: `${BASE}`,
    profile,
    accountId: sellerId,
    lane,
    budget: { take: async () => {}, pushBack: async () => {} },
    tokens: {
      access: async () => current(),
      renew: async () => {
        const result = await refreshGrant(app, {
          refreshToken: grants.at(-1)?.refreshToken ?? "",
          journal: async () => {},
        });
        if (result.kind !== "granted") throw new Error("not renewed");
        grants.push(result.grant);
        return current();
      },
    },
    calls: { record: (call) => void calls.push(call) },
    logger: { warn() {}, info() {}, debug() {} },
    fetch: inProcess,
    sleep: async (ms) => void pauses.push(ms),
  });
  return { meli, calls, pauses, grants };
}

const inProcess: typeof fetch = (input, init) => sandbox.fetch(new Request(input, init));

const unreadHeld = async (sellerId: string) => JSON.stringify(await control(`/unread?sellerId=${sellerId}`));

/** The user id that a pack's seller goes by: a local one, also for GLOBAL. */
const localIdOf = async (one: Connected, sellerId: string) =>
  one.meli.profile === "LOCAL" ? sellerId : ((await marketplaceUsers(one.meli, sellerId))[0]?.userId ?? "");

const talk = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    from: index % 2 === 0 ? "buyer" : "seller",
    text: `mensaje ${index + 1}`,
    minutesAgo: (count - index) * 60,
    ...(index % 2 === 0 ? { unread: true } : {}),
  }));

beforeEach(() => {
  sandbox = createSandbox();
  app = { apiUrl: BASE, ...CLIENT, fetch: inProcess };
});

describe.each(PROFILES)("sign-in with a %s account", (profile) => {
  it("grants, names its owner, refreshes once per token", async () => {
    const sellerId = await newSeller(profile);
    const grant = await grantOf(sellerId);
    expect(grant).toMatchObject({ userId: sellerId, expiresInSeconds: 21_600 });
    expect(await whoAmI(app, grant.accessToken)).toMatchObject({
      id: sellerId,
      siteId: profile === "LOCAL" ? "MLA" : "CBT",
      nickname: "TIENDA DE PRUEBA",
    });
    const kept: string[] = [];
    const use = {
      refreshToken: grant.refreshToken ?? "",
      journal: async (raw: string) => void kept.push(raw),
    };
    expect((await refreshGrant(app, use)).kind).toBe("granted");
    expect(await refreshGrant(app, use)).toEqual({ kind: "refused", error: "invalid_grant", status: 400 });
    expect(kept).toHaveLength(1);
  });

  it.each(["message", "error_description"])(
    "is refused for a used code, with the text in %s",
    async (errorTextKey) => {
      await control("/settings", { errorTextKey });
      const asked = { ...(await consent(await newSeller(profile))), redirectUri: REDIRECT };
      expect((await exchangeCode(app, asked)).kind).toBe("granted");
      expect(await exchangeCode(app, asked)).toMatchObject({ kind: "refused", error: "invalid_grant" });
    },
  );

  it("is refused with a wrong verifier or a wrong secret", async () => {
    const sellerId = await newSeller(profile);
    const wrong = { ...(await consent(sellerId)), redirectUri: REDIRECT, codeVerifier: "x".repeat(43) };
    expect(await exchangeCode(app, wrong)).toMatchObject({ kind: "refused", error: "invalid_grant" });
    const asked = { ...(await consent(sellerId)), redirectUri: REDIRECT };
    expect(await exchangeCode({ ...app, clientSecret: "no" }, asked)).toMatchObject({
      kind: "refused",
      error: "invalid_client",
    });
  });

  it("renews a token that died and goes on", async () => {
    const sellerId = await newSeller(profile);
    const one = await connect(sellerId, profile);
    await control("/tokens/expire", { sellerId });
    await listUnread(one.meli, { userId: sellerId });
    expect(one.grants).toHaveLength(2);
    expect(one.calls.map((call) => call.status)).toEqual([401, 200]);
  });
});

/** Each spelling that the documents leave open, as the sandbox can be set to speak it. */
const SPELLINGS: object[] = [
  {},
  { idsAs: "string", dateStyle: "millis", claimField: "claim_id", sellerWord: "seller" },
  { oldModeration: true, claimField: "claim_ids_null", sendIdKey: "message_id", sendStatus: 200 },
  { byIdShape: "flat", idsAs: "string", globalReadForm: "old" },
  { globalReadForm: "new", byIdShape: "flat", oldModeration: true },
];

describe.each(PROFILES)("messages in %s", (profile) => {
  describe.each(SPELLINGS)("spelt %j", (spelling) => {
    let sellerId: string;
    let one: Connected;
    let ref: { packId: string; sellerId: string };
    let buyerId: string;

    beforeEach(async () => {
      await control("/settings", spelling);
      sellerId = await newSeller(profile);
      one = await connect(sellerId, profile);
      const thread = await newThread(sellerId, { messages: talk(23), isAgent: false });
      ref = { packId: thread.packId, sellerId: await localIdOf(one, sellerId) };
      buyerId = thread.buyerId;
    });

    it("reads all pages and changes no unread count", async () => {
      const before = await unreadHeld(sellerId);
      const first = await readConversation(one.meli, { ...ref, limit: 10 });
      expect(first.messages.map((message) => message.text)).toEqual(
        Array.from({ length: 10 }, (_, index) => `mensaje ${23 - index}`),
      );
      expect(first.state).toMatchObject({ status: "active", substatus: null, claimIds: [] });
      const whole = await readWholeConversation(one.meli, ref);
      expect(whole.messages.map((message) => message.text)).toEqual(talk(23).map((message) => message.text));
      expect([whole.total, whole.isComplete]).toEqual([23, true]);
      expect(new Set(whole.messages.map((message) => message.fromUserId))).toEqual(
        new Set([ref.sellerId, buyerId]),
      );
      const newest = whole.messages.at(-1);
      expect(await readMessage(one.meli, newest?.id ?? "")).toMatchObject({
        id: newest?.id,
        text: "mensaje 23",
        packId: ref.packId,
        fromUserId: newest?.fromUserId,
        createdAt: newest?.createdAt,
        moderation: { reason: null },
      });
      expect(await unreadHeld(sellerId)).toBe(before);
      expect(before).toContain('"count":12');
    });

    it("lists what is unread, and marks it read only when told to", async () => {
      const listed = await listUnread(one.meli, { userId: sellerId });
      expect(listed).toMatchObject({ packs: [{ packId: ref.packId, count: 12 }], isComplete: true });
      await markRead(one.meli, ref);
      expect(await unreadHeld(sellerId)).toBe('{"packs":[]}');
      expect((await listUnread(one.meli, { userId: sellerId })).packs).toEqual([]);
      const flags = one.calls.flatMap((call) => (call.readFlag === null ? [] : [call.readFlag]));
      expect(flags).toEqual([false]);
    });

    it("sends a text with a file that arrives, and reads the same bytes back", async () => {
      const bytes = new Blob([`%PDF-1.4\n${"x".repeat(5_000)}`], { type: "application/pdf" });
      const siteId = profile === "LOCAL" ? "MLA" : "MLM";
      const file = await uploadAttachment(one.meli, {
        siteId,
        filename: "factura ñ.pdf",
        type: "application/pdf",
        bytes,
      });
      const sent = await sendMessage(one.meli, {
        ...ref,
        toUserId: profile === "LOCAL" ? buyerId : null,
        text: "Va la factura.",
        attachments: [file.id],
      });
      const page = await readConversation(one.meli, { ...ref, limit: 1 });
      expect(page.messages[0]).toMatchObject({
        id: sent.messageId,
        text: "Va la factura.",
        fromUserId: ref.sellerId,
      });
      expect(page.messages[0]?.attachments).toEqual([
        expect.objectContaining({
          filename: file.id,
          originalFilename: "factura ñ.pdf",
          type: "application/pdf",
          size: bytes.size,
        }),
      ]);
      const back = await downloadAttachment(one.meli, { siteId, filename: file.id });
      expect(await new Response(back.body).text()).toBe(await bytes.text());
    });
  });

  it("refuses what belongs to another seller", async () => {
    const [mine, theirs] = [await newSeller(profile), await newSeller(profile)];
    const thread = await newThread(theirs, { messages: talk(1) });
    const one = await connect(mine, profile);
    const ref = { packId: thread.packId, sellerId: await localIdOf(one, mine) };
    expect(await errorOf(readConversation(one.meli, ref))).toMatchObject({
      code: "refused_by_meli",
      failure: { status: 403 },
    });
    expect(await readOrder(one.meli, thread.orderIds[0] ?? "")).toBeNull();
    expect(await readPack(one.meli, thread.packId)).toBeNull();
  });

  it.each(["A", "B", "D", "F"])("says what blocks a thread, error form %s", async (messageErrorForm) => {
    await control("/settings", { messageErrorForm, blockedForm: "substatus" });
    const sellerId = await newSeller(profile);
    const one = await connect(sellerId, profile);
    const thread = await newThread(sellerId, {
      messages: talk(1),
      status: "blocked",
      substatus: "blocked_by_buyer",
    });
    const ref = { packId: thread.packId, sellerId: await localIdOf(one, sellerId) };
    expect((await readConversation(one.meli, ref)).state).toMatchObject({
      status: "blocked",
      substatus: "blocked_by_buyer",
    });
    const sending = sendMessage(one.meli, {
      ...ref,
      toUserId: profile === "LOCAL" ? thread.buyerId : null,
      text: "hola",
      attachments: [],
    });
    expect(await errorOf(sending)).toMatchObject({
      code: "refused_by_meli",
      failure: { status: 403, blockedBy: "blocked_by_buyer", mayHaveApplied: false },
    });
  });

  it.each(["too_many_request", "standard", "vis", "plain", "empty"])(
    "slows down for a 429 of the form %s",
    async (tooManyForm) => {
      const sellerId = await newSeller(profile);
      const one = await connect(sellerId, profile, "open");
      await control("/settings", { tooManyForm, readsPerMinute: 1, retryAfter: 3 });
      await listUnread(one.meli, { userId: sellerId });
      expect(await errorOf(listUnread(one.meli, { userId: sellerId }))).toMatchObject({
        code: "slow_down",
        failure: { status: 429, retryAfterMs: 3_000 },
      });
      expect(one.pauses.every((ms) => ms >= 3_000)).toBe(true);
    },
  );

  it("tells a send that may have applied from one that did not", async () => {
    const sellerId = await newSeller(profile);
    const one = await connect(sellerId, profile);
    const thread = await newThread(sellerId, { messages: talk(1) });
    const ref = { packId: thread.packId, sellerId: await localIdOf(one, sellerId) };
    const toUserId = profile === "LOCAL" ? thread.buyerId : null;
    const held = async () => (await readWholeConversation(one.meli, ref)).messages.length;
    await control("/faults", { method: "POST", path: "/messages/packs/", status: 500, applied: "yes" });
    const unsure = await errorOf(sendMessage(one.meli, { ...ref, toUserId, text: "uno", attachments: [] }));
    expect(unsure).toMatchObject({ code: "meli_down", failure: { mayHaveApplied: true } });
    expect(await held()).toBe(2);
    await control("/faults", { method: "POST", path: "/messages/packs/", cutBody: true });
    const cut = await errorOf(sendMessage(one.meli, { ...ref, toUserId, text: "dos", attachments: [] }));
    expect(cut).toMatchObject({ code: "meli_down", failure: { mayHaveApplied: true } });
    expect(await held()).toBe(3);
    const long = await errorOf(
      sendMessage(one.meli, { ...ref, toUserId, text: "x".repeat(4_000), attachments: [] }),
    );
    expect(long).toMatchObject({ code: "refused_by_meli", failure: { status: 400, mayHaveApplied: false } });
    expect(await held()).toBe(3);
  });

  it("reads through a passing 503, and a missing permission is said as such", async () => {
    const sellerId = await newSeller(profile);
    const one = await connect(sellerId, profile);
    await control("/faults", {
      path: "/messages/unread",
      status: 503,
      times: 2,
      body: "<html>",
      contentType: "text/html",
    });
    expect((await listUnread(one.meli, { userId: sellerId })).packs).toEqual([]);
    expect(one.calls.map((call) => call.status)).toEqual([503, 503, 200]);
    await control("/settings", { missingPermissions: ["messages"] });
    expect(await errorOf(listUnread(one.meli, { userId: sellerId }))).toMatchObject({
      code: "not_available",
      detail: { reason: "missing_permission" },
    });
  });

  it("says that a blocked application is no reason to sign in again", async () => {
    const sellerId = await newSeller(profile);
    const one = await connect(sellerId, profile);
    await control("/settings", { appBlocked: true });
    const error = await errorOf(listUnread(one.meli, { userId: sellerId }));
    expect(error).toBeInstanceOf(MeliError);
    expect(error).toMatchObject({ code: "not_available", detail: { reason: "application_blocked" } });
    expect(one.grants).toHaveLength(1);
  });

  it("reads the agent's path of a thread that has one", async () => {
    const sellerId = await newSeller("LOCAL");
    const one = await connect(sellerId, "LOCAL");
    const thread = await newThread(sellerId, { messages: talk(1), isAgent: true });
    const page = await readConversation(one.meli, { packId: thread.packId, sellerId });
    expect(page.state.isAgentPath).toBe(true);
    expect(page.messages[0]?.fromUserId).not.toBe(thread.buyerId);
  });
});

it("says that messaging is not for a Model 6 account", async () => {
  const sellerId = await newSeller("GLOBAL", { isModel6: true });
  const one = await connect(sellerId, "GLOBAL");
  expect(await errorOf(listUnread(one.meli, { userId: sellerId }))).toMatchObject({
    code: "not_available",
    detail: { reason: "model_6" },
  });
});

describe.each(PROFILES)("context in %s", (profile) => {
  it.each([{ partialOrders: false }, { partialOrders: true }])(
    "reads order, pack, item and shipment (%j)",
    async (setting) => {
      await control("/settings", setting);
      const sellerId = await newSeller(profile);
      const one = await connect(sellerId, profile);
      const thread = await newThread(sellerId, {
        product: { title: "Zapatillas", price: 1_234.5, quantity: 2, variation: "Rojo", sku: "Z-1" },
        moreProducts: [{ title: "Medias", price: 10 }],
        messages: talk(1),
        soldDaysAgo: 3,
        ...(profile === "GLOBAL" ? { siteId: "MLM" } : {}),
      });
      const order = await readOrder(one.meli, thread.orderIds[0] ?? "");
      const currency = profile === "LOCAL" ? "ARS" : "MXN";
      expect(order).toMatchObject({
        packId: thread.packId,
        buyer: { id: thread.buyerId },
        sellerId: await localIdOf(one, sellerId),
        total: { minor: 246_900, currency },
        siteId: profile === "LOCAL" ? "MLA" : "MLM",
        items: [{ title: "Zapatillas", quantity: 2, unitPrice: { minor: 123_450, currency }, sku: "Z-1" }],
      });
      expect(order?.items[0]?.variation).toContain("Rojo");
      expect(order?.buyer.name === null).toBe(setting.partialOrders);

      const pack = await readPack(one.meli, thread.packId);
      expect(pack?.orderIds.toSorted()).toEqual(thread.orderIds.toSorted());
      expect(pack?.buyerId).toBe(thread.buyerId);
      const itemId = order?.items[0]?.id ?? "";
      const items = await readItems(one.meli, [itemId, "MLA999999999999"]);
      expect([...items.keys()]).toEqual([itemId]);
      expect(items.get(itemId)).toMatchObject({ title: "Zapatillas", price: { minor: 123_450, currency } });
      const shipment = await readShipment(one.meli, order?.shipmentId ?? "");
      expect(shipment).toMatchObject({
        id: order?.shipmentId,
        status: "ready_to_ship",
        logisticType: "drop_off",
      });
      expect(shipment?.estimatedAt).toBeInstanceOf(Date);
      expect(await publicUser(one.meli, thread.buyerId)).toMatchObject({ id: thread.buyerId });
    },
  );

  it("finds every sale since a date, page after page, newest first", async () => {
    const sellerId = await newSeller(profile);
    const one = await connect(sellerId, profile);
    const recent = new Set<string>();
    for (let n = 0; n < 55; n++)
      recent.add((await newThread(sellerId, { soldDaysAgo: n / 10, isPack: n % 2 === 0 })).packId);
    const old = await newThread(sellerId, { soldDaysAgo: 40 });
    const found: string[] = [];
    let offset: number | null = 0;
    while (offset !== null) {
      const page: Awaited<ReturnType<typeof searchSales>> = await searchSales(one.meli, {
        sellerId,
        since: new Date(Date.now() - 30 * 86_400_000),
        offset,
      });
      found.push(...page.sales.map((sale) => sale.packId));
      offset = page.next;
    }
    expect(new Set(found)).toEqual(recent);
    expect(found).not.toContain(old.packId);
    expect(found[0]).toBe([...recent][0]);
  });

  it("is null for what does not exist", async () => {
    const one = await connect(await newSeller(profile), profile);
    expect(await readOrder(one.meli, "2999999999999999")).toBeNull();
    expect(await readPack(one.meli, "2999999999999999")).toBeNull();
    expect(await readShipment(one.meli, "49999999999")).toBeNull();
    expect(await publicUser(one.meli, "799999999")).toBeNull();
  });
});
