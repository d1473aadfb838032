import { describe, expect, it } from "vitest";
import { notificationOf, testNotification } from "./notification";
import { isPushService } from "./push-services";
import { subjectOf } from "./sender";
import { whoIsTold } from "./who-is-told";

describe("the addresses we may be made to send to", () => {
  it.each([
    "https://fcm.googleapis.com/fcm/send/abc:def",
    "https://fcm.googleapis.com/wp/abc",
    "https://jmt17.google.com/fcm/send/abc",
    "https://updates.push.services.mozilla.com/wpush/v2/abc",
    "https://eu1.push.services.mozilla.com/wpush/v2/abc",
    "https://db5p.notify.windows.com/w/?token=abc",
    "https://web.push.apple.com/QGuQ",
    "https://FCM.googleapis.com:443/fcm/send/abc",
  ])("include %s", (endpoint) => {
    expect(isPushService(endpoint)).toBe(true);
  });

  it.each([
    "http://fcm.googleapis.com/fcm/send/abc",
    "https://fcm.googleapis.com:8443/fcm/send/abc",
    "https://user:pass@fcm.googleapis.com/x",
    "https://fcm.googleapis.com.evil.test/x",
    "https://evil.test/fcm.googleapis.com",
    "https://evil.test#.push.apple.com",
    "https://notify.windows.com.evil.test/",
    "https://notnotify.windows.com/",
    "https://xpush.apple.com/",
    "https://push.services.mozilla.com.evil.test/",
    "https://storage.googleapis.com/x",
    "https://127.0.0.1/x",
    "https://[::1]/x",
    "https://169.254.169.254/latest/meta-data",
    "https://localhost/x",
    "https://fcm.googleapis.com./x",
    "file:///etc/passwd",
    "nonsense",
    "",
  ])("do not include %s", (endpoint) => {
    expect(isPushService(endpoint)).toBe(false);
  });
});

describe("who is told", () => {
  const limits = { graceMs: 3_000, pauseMs: 30_000 };
  const news = (storedAgoMs: number, toldAgoMs: number | null = null) => ({ storedAgoMs, toldAgoMs });

  it("is nobody while nothing is new", () => {
    expect(whoIsTold([], limits)).toEqual({ now: [], later: [], nextInMs: null });
  });

  it("is whoever had time to look and did not", () => {
    const old = news(3_000);
    const fresh = news(2_400);
    expect(whoIsTold([old, fresh], limits)).toEqual({ now: [old], later: [fresh], nextInMs: 600 });
  });

  it("is left in peace for half a minute after a notification of the same conversation", () => {
    const lately = news(5_000, 12_000);
    const before = news(5_000, 30_000);
    expect(whoIsTold([lately, before], limits)).toEqual({ now: [before], later: [lately], nextInMs: 18_000 });
  });

  it("waits for what becomes due first", () => {
    expect(whoIsTold([news(0, 1_000), news(1_000), news(2_900, 5_000)], limits).nextInMs).toBe(2_000);
  });
});

describe("a notification", () => {
  const news = {
    accountId: "700000001",
    channel: "messages",
    externalId: "2000000089077943",
    buyerName: "Lucía Pérez",
    product: "Lámpara de pie",
    count: 1,
  } as const;

  it("names the buyer and the product, in the language of the browser, and leads to the conversation", () => {
    expect(notificationOf(news, "es")).toEqual({
      title: "Lucía Pérez",
      body: "Mensaje nuevo · Lámpara de pie",
      lang: "es",
      tag: "/inbox/messages/2000000089077943?account=700000001",
      url: "/inbox/messages/2000000089077943?account=700000001",
    });
    expect(notificationOf({ ...news, count: 3 }, "pt")).toMatchObject({
      body: "Mensagens novas · Lámpara de pie",
      lang: "pt-BR",
    });
  });

  it("says that a question is one", () => {
    const asked = { ...news, channel: "questions", externalId: "13000000001" } as const;
    expect(notificationOf(asked, "es")).toMatchObject({
      body: "Pregunta nueva · Lámpara de pie",
      url: "/inbox/questions/13000000001?account=700000001",
    });
    expect(notificationOf({ ...asked, count: 2 }, "pt").body).toBe("Perguntas novas · Lámpara de pie");
  });

  it("manages without a name and without a product", () => {
    expect(notificationOf({ ...news, buyerName: null, product: null }, "en")).toMatchObject({
      title: "Buyer",
      body: "New message",
    });
  });

  it("stays far below the 4 kB that a push service takes", () => {
    const long = notificationOf({ ...news, buyerName: "😀".repeat(900), product: "ñ".repeat(3_000) }, "es");
    expect(Buffer.byteLength(JSON.stringify(long))).toBeLessThan(2_000);
    expect(long.title.endsWith("😀…")).toBe(true);
  });

  it("of the test says what it is, in each language", () => {
    const bodies = (["es", "pt", "en"] as const).map((locale) => testNotification(locale).body);
    expect(new Set(bodies).size).toBe(3);
  });
});

it("signs with our public address, or with an address of nobody that every service takes", () => {
  expect(subjectOf("https://inbox.example.com")).toBe("https://inbox.example.com");
  expect(subjectOf("http://localhost:3000")).toMatch(/^mailto:[^@]+@example\.com$/);
});
