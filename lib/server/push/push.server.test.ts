import { createPublicKey, verify } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import webpush from "web-push";
import { withAccount } from "@/lib/server/account-context";
import { CHANGES } from "@/lib/server/store/changes";
import { sweepUnread } from "@/lib/server/sync/sweep-unread";
import { syncAccount } from "@/lib/server/sync/sync-account";
import { PushStateSchema } from "@/lib/shared/api/push";
import { workerId } from "@/lib/shared/ids";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { createPushService, type PushService, type TestBrowser } from "@/scripts/testing/push-service";
import { startPush } from "./run-push";
import { createSender, type Sender } from "./sender";
import { readPush, sendTest, subscribe } from "./subscriptions";

const KEYS = webpush.generateVAPIDKeys();
const SUBJECT = "https://inbox.example.com";
const QUICK = { graceMs: 60, pauseMs: 700, triesMs: [0, 20, 40] };

let house: House;
let service: PushService;
let sender: Sender;
let me: SignedIn;
let sellerId: string;
let packId: string;
let browser: TestBrowser;
let stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  house = await createHouse({ VAPID_PUBLIC_KEY: KEYS.publicKey, VAPID_PRIVATE_KEY: KEYS.privateKey });
});
beforeEach(async () => {
  service = await createPushService();
  sender = createSender({ keys: KEYS, subject: SUBJECT, transport: service.transport });
  browser = service.browser();
  sellerId = await house.newSeller();
  packId = await house.newThread(sellerId, {
    buyerName: "Lucía Pérez",
    product: { title: "Lámpara de pie" },
    messages: [{ from: "buyer", text: "¿Llega hoy?", minutesAgo: 5, unread: true }],
  });
  me = await house.signIn(sellerId);
});
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  stops = [];
  await service.close();
});
afterAll(() => house.close());

const put = (as: SignedIn, body: object) => house.call("/api/push", { as, method: "PUT", body });
const state = (as: SignedIn) => house.read(PushStateSchema, "/api/push", { as });
const sync = (as = me) => syncAccount(house.rt, as.accountId, new AbortController().signal);
const sweep = (as = me) =>
  withAccount(house.rt, as.accountId, "reconcile", (ctx) => sweepUnread(house.rt, ctx));
const buyerWrites = async (text: string, pack = packId) => {
  await house.control("/buyer/message", { packId: pack, text });
  await sweep();
};
const follow = (options = {}) => {
  stops.push(
    startPush({ ...house.rt, worker: workerId(crypto.randomUUID()) }, { ...QUICK, sender, ...options }),
  );
};
const bodies = (of = browser) => service.received.map(({ body }) => of.open(body));
const hasReceived = (count: number) =>
  vi.waitFor(() => expect(service.received).toHaveLength(count), { interval: 20 });
/** A minute passes for what was stored and told, and whoever follows looks again. */
const minutePasses = async () => {
  const { pool } = house.rt.database;
  await pool.query("update messages set stored_at = stored_at - interval '1 minute'");
  await pool.query(
    "update chores set claimed_at = claimed_at - interval '1 minute', cursor_at = cursor_at - interval '1 minute' where key like 'push:%'",
  );
  await pool.query("select pg_notify($1, $2)", [CHANGES, me.accountId]);
};
/** Long enough for a notification that must not come. */
const peace = () => pause(600);

describe("a subscription", () => {
  it("belongs to the session that made it, and ends with DELETE", async () => {
    expect(await state(me)).toEqual({ publicKey: KEYS.publicKey, endpoint: null });
    const { endpoint } = browser.subscription;
    expect(await (await put(me, { ...browser.subscription, locale: "pt" })).json()).toMatchObject({
      endpoint,
    });
    const elsewhere = await house.signIn(sellerId);
    expect(await state(me)).toMatchObject({ endpoint });
    expect(await state(elsewhere)).toMatchObject({ endpoint: null });
    await house.call("/api/push", { as: elsewhere, method: "DELETE" });
    expect(await state(me)).toMatchObject({ endpoint });
    await house.call("/api/push", { as: me, method: "DELETE" });
    expect(await state(me)).toMatchObject({ endpoint: null });
  });

  it.each([
    ["our own network", { endpoint: "http://127.0.0.1:9000/admin" }],
    ["a stranger's server", { endpoint: "https://evil.test/fcm/send/1" }],
    ["a cloud's metadata", { endpoint: "https://169.254.169.254/latest" }],
    ["keys that are none", { keys: { p256dh: "short", auth: "short" } }],
    ["a language that we do not speak", { locale: "fr" }],
  ])("is refused for %s", async (_what, wrong) => {
    const answer = await put(me, { ...browser.subscription, ...wrong });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: "invalid_input" });
    expect(await state(me)).toMatchObject({ endpoint: null });
  });

  it("follows the browser to whoever signs in there next, and to nobody who only knows its address", async () => {
    await put(me, browser.subscription);
    const other = await house.signIn(await house.newSeller());
    const stolen = { ...service.browser().subscription, endpoint: browser.subscription.endpoint };
    expect((await put(other, stolen)).status).toBe(409);
    expect(await state(me)).toMatchObject({ endpoint: browser.subscription.endpoint });
    expect((await put(other, browser.subscription)).status).toBe(200);
    expect(await state(me)).toMatchObject({ endpoint: null });
  });

  it("takes the place of the one that this browser had before, in the same language", async () => {
    await put(me, { ...service.browser().subscription, locale: "en" });
    await put(me, browser.subscription);
    await sendTest({ rt: house.rt, session: me }, sender);
    expect(service.received).toHaveLength(1);
    expect(bodies()[0]).toMatchObject({ lang: "en" });
  });

  it("ends when its session is ended, here or from elsewhere", async () => {
    const count = async () => {
      const { rows } = await house.rt.database.pool.query(
        "select session_id from push_subscriptions where user_id = $1",
        [me.userId],
      );
      return rows.length;
    };
    const elsewhere = await house.signIn(sellerId);
    await put(me, browser.subscription);
    await put(elsewhere, service.browser().subscription);
    expect(await count()).toBe(2);
    await house.call("/api/sessions/end", { as: me, method: "POST", body: { all: false } });
    expect(await count()).toBe(1);
    await house.call("/api/sessions/end", { as: elsewhere, method: "POST", body: { all: true } });
    expect(await count()).toBe(0);
  });

  it("is not stored by a server without keys, which says so", async () => {
    const asker = { rt: house.rt, session: me };
    const off = { publicKey: null, endpoint: null };
    expect(await subscribe(asker, browser.subscription, null)).toEqual(off);
    expect(await readPush(asker, null)).toEqual(off);
    expect(await sendTest(asker, null)).toEqual({ outcome: "off" });
    expect(await state(me)).toMatchObject({ endpoint: null });
  });
});

describe("the test button", () => {
  const test = () => sendTest({ rt: house.rt, session: me }, sender);

  it("sends one notification to this browser alone, signed and encrypted for it", async () => {
    await put(await house.signIn(sellerId), service.browser().subscription);
    expect(await test()).toEqual({ outcome: "off" });
    await put(me, { ...browser.subscription, locale: "en" });
    expect(await test()).toEqual({ outcome: "sent" });
    expect(bodies()).toEqual([
      {
        title: "Buzón",
        body: "This is how we tell you that a buyer wrote.",
        lang: "en",
        tag: "test",
        url: "/settings",
      },
    ]);
    const [received] = service.received;
    expect(browser.subscription.endpoint).toContain(received?.path);
    expect(received?.headers).toMatchObject({
      "content-encoding": "aes128gcm",
      "content-type": "application/octet-stream",
      ttl: "14400",
      urgency: "high",
      topic: expect.stringMatching(/^[\w-]{32}$/),
    });
    expectSignature(String(received?.headers.authorization));
  });

  it.each([
    [404, "gone", null],
    [410, "gone", null],
    [403, "refused", "kept"],
    [302, "refused", "kept"],
    [429, "unreachable", "kept"],
    [500, "unreachable", "kept"],
  ])("says what %i means: %s", async (status, outcome, kept) => {
    await put(me, browser.subscription);
    service.answers = [{ status, headers: { location: "http://127.0.0.1:1/elsewhere" } }];
    expect(await test()).toEqual({ outcome });
    expect(service.received).toHaveLength(1);
    expect((await state(me)).endpoint).toBe(kept === null ? null : browser.subscription.endpoint);
  });

  it("says when the push service cannot be reached", async () => {
    await put(me, browser.subscription);
    const cut = createSender({
      keys: KEYS,
      subject: SUBJECT,
      transport: () => Promise.reject(new TypeError("no route")),
    });
    expect(await sendTest({ rt: house.rt, session: me }, cut)).toEqual({ outcome: "unreachable" });
  });
});

describe("a new message", () => {
  beforeEach(async () => {
    await sync();
    await put(me, { ...browser.subscription, locale: "es" });
  });

  it("is told once, with the buyer and the product and without a word of it", async () => {
    follow();
    await buyerWrites("Mi dirección es Calle Falsa 123");
    await hasReceived(1);
    await sweep();
    await peace();
    const url = `/inbox/messages/${packId}?account=${me.accountId}`;
    expect(bodies()).toEqual([
      { title: "Lucía Pérez", body: "Mensaje nuevo · Lámpara de pie", lang: "es", tag: url, url },
    ]);
  });

  it("is told once by however many processes", async () => {
    for (let i = 0; i < 4; i++) follow();
    await buyerWrites("¿Hola?");
    await hasReceived(1);
    await peace();
    expect(service.received).toHaveLength(1);
  });

  it("is told in every browser where the user is signed in, and in none of who sees other accounts", async () => {
    const phone = service.browser();
    const stranger = service.browser();
    await put(await house.signIn(sellerId), { ...phone.subscription, locale: "en" });
    await put(await house.signIn(await house.newSeller()), stranger.subscription);
    follow();
    await buyerWrites("¿Hola?");
    await hasReceived(2);
    await peace();
    expect(service.received).toHaveLength(2);
    for (const [who, lang] of [
      [browser, "es"],
      [phone, "en"],
    ] as const) {
      const own = service.received.filter(({ path }) => who.subscription.endpoint.endsWith(path));
      expect(own.map(({ body }) => who.open(body))).toMatchObject([{ lang }]);
    }
  });

  it("is told to every member of the account", async () => {
    const colleague = await house.signIn(await house.newSeller());
    const { userId, sessionId } = colleague;
    await house.signIn(sellerId, { kind: "connect", userId, sessionId, renews: null });
    await put(colleague, service.browser().subscription);
    follow();
    await buyerWrites("¿Hola?");
    await hasReceived(2);
  });

  it("is not told to who looked at it meanwhile", async () => {
    follow({ graceMs: 60_000 });
    await buyerWrites("¿Hola?");
    await house.call(`/api/threads/messages/${packId}/looked`, {
      as: me,
      method: "POST",
      body: { messageId: null },
    });
    await minutePasses();
    await peace();
    expect(service.received).toEqual([]);
  });

  it("is not told to who signed out", async () => {
    follow();
    await house.call("/api/sessions/end", { as: me, method: "POST", body: { all: false } });
    await buyerWrites("¿Hola?");
    await peace();
    expect(service.received).toEqual([]);
  });

  it("waits half a minute's peace after the last one, and then speaks for all that came meanwhile", async () => {
    follow({ pauseMs: 60_000 });
    await buyerWrites("Uno");
    await hasReceived(1);
    await buyerWrites("Dos");
    await buyerWrites("Tres");
    await pause(250);
    expect(service.received).toHaveLength(1);
    await minutePasses();
    await hasReceived(2);
    await peace();
    expect(bodies()).toMatchObject([
      { body: "Mensaje nuevo · Lámpara de pie" },
      { body: "Mensajes nuevos · Lámpara de pie" },
    ]);
    const topics = service.received.map(({ headers }) => headers.topic);
    expect(new Set(topics).size).toBe(1);
  });

  it("is told after a process that had not told it yet was stopped", async () => {
    follow({ graceMs: 60_000 });
    await buyerWrites("¿Hola?");
    await pause(300);
    await stops.pop()?.();
    expect(service.received).toEqual([]);
    follow();
    await hasReceived(1);
  });

  it("is not told when Mercado Libre hides it", async () => {
    follow();
    await house.control("/buyer/message", {
      packId,
      text: "grosería",
      moderatedFor: "OUT_OF_PLACE_LANGUAGE",
    });
    await sweep();
    await peace();
    expect(service.received).toEqual([]);
  });

  it("ends the subscription when the push service knows the browser no more", async () => {
    service.answers = [{ status: 410 }];
    follow();
    await buyerWrites("¿Hola?");
    await hasReceived(1);
    await vi.waitFor(async () => expect((await state(me)).endpoint).toBeNull());
  });

  it("is tried again while the push service is in trouble, a few times", async () => {
    service.answers = [{ status: 503 }, { status: 429 }, { status: 201 }];
    follow();
    await buyerWrites("¿Hola?");
    await hasReceived(3);
    service.answers = [{ status: 503 }];
    await pause(QUICK.pauseMs);
    await buyerWrites("¿Hola?");
    await hasReceived(6);
    await peace();
    expect(service.received).toHaveLength(6);
    expect((await state(me)).endpoint).toBe(browser.subscription.endpoint);
  });

  it("is not tried again where it is refused, and who refuses for long is given up", async () => {
    service.answers = [{ status: 403 }];
    follow();
    await buyerWrites("¿Hola?");
    await hasReceived(1);
    await peace();
    expect(service.received).toHaveLength(1);
    await house.rt.database.pool.query("update push_subscriptions set failures = 19 where user_id = $1", [
      me.userId,
    ]);
    await buyerWrites("¿Hola?");
    await vi.waitFor(async () => expect((await state(me)).endpoint).toBeNull());
  });
});

it("tells nothing of what the first sync finds, however new it is", async () => {
  await put(me, browser.subscription);
  follow();
  await sync();
  await peace();
  expect(service.received).toEqual([]);
});

/** RFC 8292: a token for this very service, signed with the key that the browser subscribed with. */
function expectSignature(authorization: string): void {
  const [, token = "", key] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization) ?? [];
  expect(key).toBe(KEYS.publicKey);
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(KEYS.publicKey, "base64url");
  const publicKey = createPublicKey({
    format: "jwk",
    key: {
      kty: "EC",
      crv: "P-256",
      x: point.subarray(1, 33).toString("base64url"),
      y: point.subarray(33).toString("base64url"),
    },
  });
  const isOurs = verify(
    "sha256",
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  expect(isOurs).toBe(true);
  const { aud, sub, exp } = JSON.parse(Buffer.from(claims, "base64url").toString());
  expect({ aud, sub }).toEqual({ aud: "https://fcm.googleapis.com", sub: SUBJECT });
  expect(exp * 1_000 - Date.now()).toBeLessThanOrEqual(24 * 3_600_000);
}
