import { afterEach, describe, expect, it, vi } from "vitest";
import { startTold } from "@/sandbox/notifications/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

const HOUR_MS = 3_600_000;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) await close();
});

async function start(o: Parameters<typeof startTold>[0] = {}) {
  const told = await startTold(o);
  closing.push(told.receiver.close);
  return told;
}

describe("retries", () => {
  it("raise attempts and sent, keep received and the id, and stop at a 200 (notifications.md 7.1)", async () => {
    const told = await start({ answer: (_, n) => ({ status: n < 3 ? 500 : 200 }) });
    await told.change({ retryOffsetsMs: [0, 30, 80, 200] });
    await told.write();
    await expect.poll(told.outcomes).toEqual(["delivered"]);
    const bodies = told.receiver.received.map((got) => got.body);
    expect(bodies.map((body) => at(body, "attempts"))).toEqual([1, 2, 3]);
    expect(new Set(bodies.map((body) => at(body, "received"))).size).toBe(1);
    expect(new Set(bodies.map((body) => at(body, "id"))).size).toBe(1);
    const sent = bodies.map((body) => new Date(textAt(body, "sent")).getTime());
    expect((sent[1] ?? 0) - (sent[0] ?? 0)).toBeGreaterThanOrEqual(25);
    expect((sent[2] ?? 0) - (sent[0] ?? 0)).toBeGreaterThanOrEqual(75);
  });

  it("are due at 15 s, 45 s, 2, 5, 12, 28 and 60 minutes of the sandbox's clock, then it is missed (7.1, 7.2)", async () => {
    const { api, write, receiver, outcomes } = await start({ answer: () => ({ status: 500 }) });
    await write();
    await expect.poll(() => receiver.received.length).toBe(1);
    const offsets = [15, 45, 120, 300, 720, 1680, 3600];
    for (const [index, offset] of offsets.entries()) {
      const step = (offset - (offsets[index - 1] ?? 0)) * 1_000;
      await api.control("/clock", { advanceMs: step - 2_000 });
      expect(receiver.received).toHaveLength(index + 1);
      await api.control("/clock", { advanceMs: 2_000 });
      await expect.poll(() => receiver.received.length).toBe(index + 2);
      const last = index === offsets.length - 1;
      await expect.poll(outcomes).toEqual([last ? "missed" : "pending"]);
    }
    await api.control("/clock", { advanceMs: HOUR_MS });
    expect(receiver.received).toHaveLength(8);
  });

  it("wait in real time alone when they do not follow the clock", async () => {
    const { api, write, receiver, change, total } = await start({ answer: () => ({ status: 500 }) });
    await change({ retriesFollowClock: false, retryOffsetsMs: [0, 60_000] });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await write();
    await expect.poll(() => total("sends")).toBe(1);
    await api.control("/clock", { advanceMs: HOUR_MS });
    expect(receiver.received).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(60_000);
    await expect.poll(() => receiver.received.length).toBe(2);
  });

  it("all go at once when flushed", async () => {
    const { write, flush, total } = await start({ answer: (_, n) => ({ status: n <= 3 ? 503 : 200 }) });
    for (let n = 0; n < 3; n += 1) await write();
    await expect.poll(() => total("sends")).toBe(3);
    await expect.poll(flush).toMatchObject({ attempted: 3, delivered: 3, pending: 0 });
  });

  it("carry a new id each when the setting says so (4: not proven stable)", async () => {
    const { write, flush, receiver, change, total } = await start({ answer: () => ({ status: 500 }) });
    await change({ noticeIdPerAttempt: true });
    await write();
    await expect.poll(() => total("sends")).toBe(1);
    await flush();
    expect(new Set(receiver.received.map((got) => at(got.body, "id"))).size).toBe(2);
  });
});

describe("missed feeds", () => {
  async function withMissed(count = 1) {
    const told = await start({ answer: () => ({ status: 400 }) });
    await told.change({ retryOffsetsMs: [0, 1] });
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) ids.push(await told.write());
    await expect.poll(() => told.total("missed")).toBe(count);
    return { ...told, ids };
  }

  it("hold what was given up, in the shape of the contract, without a total (5)", async () => {
    const { missed, ids, receiver, seller } = await withMissed();
    const reply = await missed();
    expect(reply.status).toBe(200);
    expect(Object.keys(Object(reply.body))).toEqual(["messages"]);
    const first = receiver.received[0]?.text ?? "";
    expect(at(reply.body, "messages", 0)).toEqual({
      _id: at(receiver.received[0]?.body, "id"),
      resource: ids[0],
      user_id: Number(seller),
      topic: "messages",
      actions: ["created"],
      application_id: 1000000000000001,
      attempts: 2,
      sent: expect.stringMatching(/Z$/),
      received: at(receiver.received[0]?.body, "received"),
      request: {
        url: receiver.url,
        headers: {
          accept: "application/json",
          "content-type": "application/json",
          "content-length": Buffer.byteLength(first),
        },
        // 8: the first attempt's body, not the last
        data: first,
      },
      response: { req_time: expect.any(Number), http_code: 400, body: "", headers: {} },
    });
  });

  it("stay for 48 h of the sandbox's clock however often they are read (5, 7.2)", async () => {
    const { api, missed } = await withMissed();
    await api.control("/clock", { advanceMs: 48 * HOUR_MS - 60_000 });
    // the token died meanwhile
    const { access } = await api.connect(textAt((await api.control("/state")).body, "sellers", 0, "id"));
    const again = () => api.get("/missed_feeds?app_id=1000000000000001", access);
    expect(listAt((await again()).body, "messages")).toHaveLength(1);
    expect(listAt((await again()).body, "messages")).toHaveLength(1);
    await api.control("/clock", { advanceMs: 60_000 });
    expect(listAt((await again()).body, "messages")).toHaveLength(0);
    expect((await missed()).status).toBe(401);
  });

  it("come ten a page by default, in order or newest first, for one topic or all (5)", async () => {
    const { missed, ids, change } = await withMissed(12);
    const resources = async (query: string) =>
      listAt((await missed(query)).body, "messages").map((one) => textAt(one, "resource"));
    const all = await resources("&limit=100");
    expect(all.toSorted()).toEqual(ids.toSorted());
    expect(await resources("")).toEqual(all.slice(0, 10));
    expect(await resources("&limit=5&offset=10")).toEqual(all.slice(10));
    expect(await resources("&topic=orders_v2")).toEqual([]);
    await change({ missedOrder: "newest" });
    expect(await resources("&limit=100")).toEqual(all.toReversed());
  });

  it("need the application of the token, and a site for items (5)", async () => {
    const { api, access, missed } = await withMissed();
    expect((await api.get("/missed_feeds", access)).status).toBe(400);
    expect((await api.get("/missed_feeds?app_id=5", access)).status).toBe(403);
    expect((await missed("&limit=0")).status).toBe(400);
    const items = await missed("&topic=items");
    expect(items.status).toBe(400);
    expect(items.body).toEqual({
      message: "site_id is required for items",
      error: "bad_request",
      status: 400,
      cause: [],
    });
    expect((await missed("&topic=items&site_id=MLA")).status).toBe(200);
  });

  it("are for the first who granted only, when the setting says owner (11)", async () => {
    const { api, missed, change } = await withMissed();
    const { body } = await api.control("/sellers", { siteId: "MLB" });
    const other = await api.connect(textAt(body, "id"));
    const asOther = () => api.get("/missed_feeds?app_id=1000000000000001", other.access);
    expect((await asOther()).status).toBe(200);
    await change({ missedFeedsToken: "owner" });
    expect([(await missed()).status, (await asOther()).status]).toEqual([200, 403]);
  });

  it("hold slow successes too when asked: delivered and filed (5)", async () => {
    const { write, change, outcomes, missed } = await start({ answer: () => ({ afterMs: 60 }) });
    await change({ fileSlowSuccesses: true, slowSuccessMs: 50 });
    await write();
    await expect.poll(outcomes).toEqual(["delivered"]);
    expect(at((await missed()).body, "messages", 0, "response", "http_code")).toBe(200);
  });
});

describe("the kill switch", () => {
  it("switches a topic off after K failures in a row; nothing is filed; ticking it again switches it on (4, 7.4)", async () => {
    const { api, write, change, total, receiver, outcomes, missed, log, pack } = await start({
      answer: () => ({ status: 500 }),
    });
    await change({ topicOffAfter: 3, retryOffsetsMs: [0, 60_000] });
    for (let n = 0; n < 3; n += 1) await write();
    await expect.poll(() => receiver.received.length).toBe(3);
    await expect.poll(() => total("off")).toBe(1);
    await write();
    expect(await total("off")).toBe(2);
    // what waited for its retry is given up as well
    await api.control("/clock", { advanceMs: 60_000 });
    await expect.poll(outcomes).toEqual(["off", "off", "off", "off"]);
    expect(receiver.received).toHaveLength(3);
    expect(listAt((await missed()).body, "messages")).toEqual([]);
    const topics = listAt(await log("?limit=0"), "subscriptions", 0, "topics");
    expect(topics.find((one) => at(one, "topic") === "messages")).toEqual({
      topic: "messages",
      on: false,
      failures: 3,
    });
    // the other topics live on
    await api.control("/buyer/pay", { packId: pack });
    await expect.poll(() => receiver.received.length).toBe(4);
    receiver.answer(() => ({}));
    await api.control("/notifications/topics", { topic: "messages", on: true });
    await write();
    await expect.poll(() => total("delivered")).toBe(1);
  });

  it("counts failures in a row, and by default never switches off", async () => {
    const { write, change, total, receiver } = await start({
      answer: (_, n) => ({ status: n % 2 ? 500 : 200 }),
    });
    await change({ topicOffAfter: 2, retryOffsetsMs: [0] });
    for (let n = 1; n <= 6; n += 1) {
      await write();
      await expect.poll(() => receiver.received.length).toBe(n);
      await expect.poll(() => total("pending")).toBe(0);
    }
    expect(await total("off")).toBe(0);
    await change({ topicOffAfter: 0 });
    receiver.answer(() => ({ status: 500 }));
    for (let n = 0; n < 20; n += 1) await write();
    await expect.poll(() => total("missed")).toBe(23);
    expect(await total("off")).toBe(0);
  });

  it("leaves a topic that is not ticked alone", async () => {
    const { api, write, total } = await start();
    await api.control("/notifications/topics", { topic: "messages", on: false });
    await write();
    expect(await total("events")).toBe(0);
  });
});
