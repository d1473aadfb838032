import { afterEach, describe, expect, it, vi } from "vitest";
import { createSandbox } from "@/sandbox/create-sandbox";
import { startTold } from "@/sandbox/notifications/testing";
import { at, drive, listAt, textAt } from "@/sandbox/testing";

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

describe("one notice", () => {
  it("is one POST of a pointer with the headers, fields and types of the contract (notifications.md 3)", async () => {
    const { receiver, write, seller } = await start();
    const id = await write("Llega hoy?");
    await expect.poll(() => receiver.received.length).toBe(1);
    const got = receiver.received[0];
    expect(got?.method).toBe("POST");
    expect(got?.headers).toMatchObject({ accept: "application/json", "content-type": "application/json" });
    expect(got?.headers["content-length"]).toBe(String(Buffer.byteLength(got?.text ?? "")));
    expect(got?.body).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      resource: id,
      user_id: Number(seller),
      topic: "messages",
      actions: ["created"],
      application_id: 1000000000000001,
      attempts: 1,
      sent: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      received: expect.stringMatching(/Z$/),
    });
    expect(got?.text).not.toContain("Llega hoy");
    expect(textAt(got?.body, "received") <= textAt(got?.body, "sent")).toBe(true);
  });

  it("never makes the API wait for the receiver", async () => {
    let answer = () => {};
    const after = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { write, receiver, total } = await start({ answer: () => ({ after }) });
    for (let n = 0; n < 20; n += 1) await write();
    expect(await total("sends")).toBe(0);
    await expect.poll(() => receiver.received.length).toBe(20);
    answer();
    await expect.poll(() => total("delivered")).toBe(20);
  });

  it.each([201, 204, 301, 307, 404, 500])(
    "counts as failed at %i: only 200 is success (4)",
    async (status) => {
      const headers = { location: "/elsewhere" };
      const { write, flush, notices, receiver } = await start({ answer: () => ({ status, headers }) });
      await write();
      await flush();
      const [notice] = await notices();
      expect(at(notice, "outcome")).toBe("pending");
      expect(at(notice, "sends", 0, "status")).toBe(status);
      // nothing followed the redirect (11)
      expect(receiver.received.every((got) => got.method === "POST")).toBe(true);
    },
  );

  it("counts as failed after 500 ms, whatever comes later (4)", async () => {
    const { write, notices, log } = await start({
      keepsDeadline: true,
      answer: () => ({ afterMs: 620 }),
    });
    await write();
    await expect.poll(async () => listAt((await notices())[0], "sends").length).toBe(1);
    const [notice] = await notices();
    expect(at(notice, "outcome")).toBe("pending");
    expect(at(notice, "sends", 0)).toMatchObject({ status: null, error: "timeout" });
    expect(Number(at(notice, "sends", 0, "ms"))).toBeGreaterThanOrEqual(499);
    expect(at(await log("?limit=0"), "totals", "timeouts")).toBe(1);
  });

  it("goes to users with a live grant only, and to nobody before a callback is registered (1)", async () => {
    const { api, seller, write, total, receiver } = await start();
    await write();
    await expect.poll(() => receiver.received.length).toBe(1);
    await api.control("/grants/revoke", { sellerId: seller });
    await write();
    expect(await total("events")).toBe(1);

    const silent = drive(createSandbox());
    const { body } = await silent.control("/sellers", { siteId: "MLA", threads: [{}] });
    await silent.connect(textAt(body, "id"));
    await silent.control("/buyer/message", { packId: textAt(body, "threads", 0, "packId"), text: "Hola" });
    expect(at((await silent.control("/notifications")).body, "totals", "events")).toBe(0);
  });

  it("goes to each application that has a callback and a grant, for its ticked topics (1)", async () => {
    const { api, seller, pack, write, receiver } = await start();
    const redirectUris = ["http://localhost:3000/api/auth/callback/mercadolibre"];
    await api.control("/clients", { id: "1152921504606846977", secret: "s", redirectUris });
    const callbackUrl = receiver.url;
    const set = { callbackUrl, clientId: "1152921504606846977", topics: ["messages"] };
    expect((await api.control("/notifications", set)).status).toBe(200);
    const { code, verifier } = await api.consent(seller, { client_id: "1152921504606846977" });
    await api.exchange(code, verifier, { client_id: "1152921504606846977", client_secret: "s" });
    await write();
    await expect.poll(() => receiver.received.length).toBe(2);
    // 19 digits survive: ids of applications exceed 2^53 (3)
    expect(receiver.received.filter((got) => got.text.includes(":1152921504606846977"))).toHaveLength(1);
    // the second application ticked messages only
    await api.control("/buyer/pay", { packId: pack });
    await expect.poll(() => receiver.received.length).toBe(3);
    await api.control("/notifications", { callbackUrl: null, clientId: "1152921504606846977" });
    await write();
    await expect.poll(() => receiver.received.length).toBe(4);
  });

  it("refuses an address that is none, and unknown fields", async () => {
    const { api } = await start();
    for (const body of [
      { callbackUrl: "nowhere" },
      { callbackUrl: "file:///etc/passwd" },
      { url: "http://x" },
    ]) {
      expect((await api.control("/notifications", body)).status).toBe(422);
    }
    const unknown = { callbackUrl: "http://x.test", clientId: "5" };
    expect((await api.control("/notifications", unknown)).status).toBe(404);
  });

  it("is delivered inside the process when asked, under the same deadline", async () => {
    const seen: string[] = [];
    const deliver = async (request: Request) => {
      seen.push(await request.text());
      return new Response(null, { status: seen.length === 1 ? 500 : 200 });
    };
    const api = drive(createSandbox({ callbackUrl: "http://app.test/hook", deliver }));
    const { body } = await api.control("/sellers", { siteId: "MLA", threads: [{}] });
    await api.connect(textAt(body, "id"));
    await api.control("/buyer/message", { packId: textAt(body, "threads", 0, "packId"), text: "Hola" });
    await api.control("/notifications/flush", {});
    await api.control("/notifications/flush", {});
    expect(seen.map((text) => at(JSON.parse(text), "attempts"))).toEqual([1, 2]);
    expect(at((await api.control("/notifications")).body, "totals", "delivered")).toBe(1);
  });
});

describe("many notices", () => {
  it("travel over at most 64 connections that stay open, and all arrive", async () => {
    const { api, receiver, seller, total } = await start({ answer: () => ({ afterMs: 20 }) });
    await api.control("/buyer/burst", { count: 1_000, perSecond: 1_000, sellerId: seller });
    await expect.poll(() => total("delivered")).toBe(1_000);
    expect(receiver.received).toHaveLength(1_000);
    expect(receiver.mostOpen()).toBeLessThanOrEqual(64);
    expect(receiver.connections()).toBeLessThanOrEqual(64);
  });

  it("leave numbers of the acknowledgement times, timeouts included", async () => {
    const never = new Promise<void>(() => undefined);
    const { write, change, total, log } = await start({
      answer(_, n) {
        vi.advanceTimersByTime(n === 3 ? 500 : 30);
        return n === 3 ? { after: never } : {};
      },
    });
    // What is measured takes as long as the receiver says, however busy the machine is.
    vi.useFakeTimers({ toFake: ["performance"] });
    await write();
    await expect.poll(() => total("delivered")).toBe(1);
    await write();
    await expect.poll(() => total("delivered")).toBe(2);
    await change({ noticeDeadlineMs: 500 });
    await write();
    await expect.poll(() => total("timeouts")).toBe(1);
    const ack = at(await log("?limit=0"), "ack");
    expect(Number(at(ack, "p50"))).toBeGreaterThanOrEqual(29);
    expect(Number(at(ack, "p50"))).toBeLessThan(400);
    expect(Number(at(ack, "p99"))).toBeGreaterThanOrEqual(499);
    expect(listAt(ack, "buckets").find((one) => at(one, "toMs") === 20)).toEqual({ toMs: 20, count: 0 });
    expect(listAt(ack, "buckets").find((one) => at(one, "toMs") === 400)).toEqual({ toMs: 400, count: 2 });
  });

  it("are listed by what is asked for, and forgotten when cleared", async () => {
    const { api, write, notices, log, order, pack } = await start();
    await write();
    await write();
    await api.control("/buyer/pay", { packId: pack });
    expect(await notices("?topic=orders_v2")).toHaveLength(1);
    expect(await notices(`?resource=/orders/${order}`)).toHaveLength(1);
    expect(await notices("?limit=2")).toHaveLength(2);
    expect((await notices("?since=2")).map((one) => at(one, "id"))).toEqual([3]);
    expect(await notices("?userId=1")).toHaveLength(0);
    await api.control("/notifications/clear", {});
    expect(at(await log(), "totals")).toMatchObject({ events: 0, sends: 0 });
  });
});
