import { afterEach, describe, expect, it, vi } from "vitest";
import { createSandbox } from "@/sandbox/create-sandbox";
import { at, drive, listAt, textAt } from "@/sandbox/testing";

async function start() {
  const sandbox = createSandbox();
  const api = drive(sandbox);
  const { body } = await api.control("/sellers", {
    siteId: "MLA",
    threads: [{ messages: [{ from: "buyer", text: "Hola" }] }],
  });
  const seller = textAt(body, "id");
  const pack = textAt(body, "threads", 0, "packId");
  const buyer = textAt(body, "threads", 0, "buyerId");
  const { access } = await api.connect(seller);
  const path = `/messages/packs/${pack}/sellers/${seller}?tag=post_sale`;
  return {
    sandbox,
    api,
    access,
    path,
    read: () => api.get(`${path}&mark_as_read=false`, access),
    send: () => api.post(path, access, { from: { user_id: seller }, to: { user_id: buyer }, text: "Va" }),
    post: (text: string) =>
      api.post(path, access, { from: { user_id: seller }, to: { user_id: buyer }, text }),
    texts: async () =>
      listAt((await api.control(`/threads/${pack}`)).body, "messages").map((one) => textAt(one, "text")),
    total: async () => listAt((await api.control(`/threads/${pack}`)).body, "messages").length,
    fault: (order: Record<string, unknown>) =>
      api.control("/faults", { path: "^/messages/packs/", ...order }),
  };
}

afterEach(() => {
  vi.useRealTimers();
});

describe("faults", () => {
  it("happen as often as ordered, to the method and path ordered", async () => {
    const { fault, read, api, access } = await start();
    await fault({ method: "GET", times: 2, status: 503 });
    expect((await api.get("/users/me", access)).status).toBe(200);
    expect([(await read()).status, (await read()).status, (await read()).status]).toEqual([503, 503, 200]);
  });

  it("answer any body, type and header", async () => {
    const { fault, read } = await start();
    await fault({
      status: 429,
      body: "local_rate_limited",
      contentType: "text/plain",
      headers: { "retry-after": "3" },
    });
    const reply = await read();
    expect(reply.text).toBe("local_rate_limited");
    expect(reply.headers.get("retry-after")).toBe("3");
    expect(reply.headers.get("x-request-id")).toBeTruthy();
  });

  it("apply the call, or not, or later, as ordered", async () => {
    const { fault, send, total } = await start();
    await fault({ method: "POST", status: 500 });
    expect((await send()).status).toBe(500);
    expect(await total()).toBe(1);
    await fault({ method: "POST", status: 500, applied: "yes" });
    expect((await send()).status).toBe(500);
    expect(await total()).toBe(2);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await fault({ method: "POST", status: 504, applied: "late", lateMs: 30 });
    expect((await send()).status).toBe(504);
    await vi.advanceTimersByTimeAsync(29);
    expect(await total()).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    vi.useRealTimers();
    await expect.poll(total).toBe(3);
  });

  it("apply a call 30 s late when the sandbox's clock gets there, and say so (auth-and-limits.md 8)", async () => {
    const { fault, send, total, api } = await start();
    await fault({ method: "POST", status: 504, applied: "late", lateMs: 30_000 });
    expect((await send()).status).toBe(504);
    await api.control("/clock", { advanceMs: 29_000 });
    expect(await total()).toBe(1);
    await api.control("/clock", { advanceMs: 1_000 });
    expect(await total()).toBe(2);
    const calls = listAt((await api.control("/calls?method=POST&path=/packs/")).body, "calls");
    expect(at(calls[0], "status")).toBe(504);
    expect(at(calls[0], "late", "status")).toBe(201);
  });

  it("apply what is due in the order of its moments, however far the clock is moved", async () => {
    const { fault, post, texts, api } = await start();
    await fault({ method: "POST", status: 504, applied: "late", lateMs: 20_000 });
    await post("segundo");
    await fault({ method: "POST", status: 504, applied: "late", lateMs: 10_000 });
    await post("primero");
    await api.control("/clock", { advanceMs: 60_000 });
    expect(await texts()).toEqual(["Hola", "primero", "segundo"]);
  });

  it("apply calls at a drawn moment between two", async () => {
    const { fault, send, total, api } = await start();
    await fault({ method: "POST", times: 20, status: 504, applied: "late", lateMs: [1_000, 30_000] });
    for (let n = 0; n < 20; n += 1) await send();
    await api.control("/clock", { advanceMs: 900 });
    expect(await total()).toBe(1);
    await api.control("/clock", { advanceMs: 15_000 });
    const halfWay = await total();
    expect(halfWay).toBeGreaterThan(1);
    expect(halfWay).toBeLessThan(21);
    await api.control("/clock", { advanceMs: 15_000 });
    expect(await total()).toBe(21);
  });

  it("hit a share of the calls that the seed decides; what is spared may meet the next fault", async () => {
    const pattern = async (seed: number) => {
      const { fault, read } = await start();
      await fault({ times: 1_000, probability: 0.3, seed, status: 503 });
      await fault({ times: 1_000, probability: 1, status: 502 });
      const statuses: number[] = [];
      for (let n = 0; n < 60; n += 1) statuses.push((await read()).status);
      return statuses;
    };
    const [first, again, other] = [await pattern(5), await pattern(5), await pattern(6)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(new Set(first)).toEqual(new Set([502, 503]));
    const hits = first.filter((status) => status === 503).length;
    expect(hits).toBeGreaterThan(7);
    expect(hits).toBeLessThan(30);
  });

  it("hold an answer back as it was made, until it is let go", async () => {
    const { fault, read, send, api, total } = await start();
    await fault({ method: "GET", held: true });
    const early = read();
    const calls = async () =>
      listAt((await api.control("/calls?method=GET&path=/packs/")).body, "calls").map((call) =>
        at(call, "status"),
      );
    await expect.poll(calls).toEqual([null]);
    await send();
    expect(await total()).toBe(2);
    expect(await calls()).toEqual([null]);
    await api.control("/faults/release", {});
    expect(listAt((await early).body, "messages")).toHaveLength(1);
    expect(listAt((await read()).body, "messages")).toHaveLength(2);
  });

  it("hang until the caller gives up, and may still have applied the call", async () => {
    const { sandbox, fault, total, path, access } = await start();
    await fault({ method: "POST", hang: true, applied: "yes" });
    const { pathname, search } = new URL(path, "http://x");
    const body = JSON.stringify({
      from: { user_id: pathname.split("/").at(-1) },
      to: { user_id: "3100000001" },
      text: "Va",
    });
    const request = new Request(`http://x${pathname}${search}`, {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${access}` },
      signal: AbortSignal.timeout(40),
    });
    await expect(sandbox.fetch(request)).rejects.toThrow();
    await expect.poll(total).toBe(2);
  });

  it("cut a body so that a client over the wire sees a broken answer", async () => {
    const { sandbox, fault, path, access } = await start();
    const server = await sandbox.listen();
    try {
      await fault({ cutBody: true });
      const response = await fetch(`${server.url}${path}&mark_as_read=false`, {
        headers: { authorization: `Bearer ${access}` },
      });
      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow();
    } finally {
      await server.close();
    }
  });

  it("are forgotten when cleared, and refused when the pattern is none", async () => {
    const { fault, read, api } = await start();
    await fault({ status: 500 });
    await api.control("/faults/clear", {});
    expect((await read()).status).toBe(200);
    expect((await fault({ path: "(" })).status).toBe(422);
    expect((await fault({ tims: 2 })).status).toBe(422);
  });
});

describe("limits", () => {
  it("count reads and writes of messages in two pools per minute", async () => {
    const { api, read, send } = await start();
    await api.control("/settings", { readsPerMinute: 2, writesPerMinute: 1 });
    expect([(await read()).status, (await read()).status, (await read()).status]).toEqual([200, 200, 429]);
    expect([(await send()).status, (await send()).status]).toEqual([201, 429]);
    await api.control("/clock", { advanceMs: 60_000 });
    expect([(await read()).status, (await send()).status]).toEqual([200, 201]);
  });

  it.each([
    ["too_many_request", '"too_many_request"'],
    ["standard", '"too_many_requests"'],
    ["vis", "quota exceeded"],
    ["plain", "local_rate_limited"],
    ["empty", ""],
  ])("answer 429 in the form %s", async (tooManyForm, wanted) => {
    const { api, read } = await start();
    await api.control("/settings", { readsPerMinute: 1, tooManyForm, retryAfter: 7 });
    await read();
    const reply = await read();
    expect(reply.status).toBe(429);
    expect(reply.text).toContain(wanted);
    expect(reply.headers.get("retry-after")).toBe("7");
  });

  it("leave other families alone unless set", async () => {
    const { api, access } = await start();
    await api.control("/settings", { readsPerMinute: 1, otherPerMinute: 2 });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await api.get("/users/me", access)).status);
    expect(statuses).toEqual([200, 200, 429]);
  });
});

describe("the list of calls", () => {
  it("tells path, flag, status and account, and no token", async () => {
    const { api, read, path, access } = await start();
    await read();
    await api.get(path, access);
    const { body, text } = await api.control("/calls?path=^/messages/packs/&method=get");
    expect(listAt(body, "calls").map((call) => [at(call, "readFlag"), at(call, "status")])).toEqual([
      [true, 200],
      [false, 200],
    ]);
    expect(textAt(body, "calls", 0, "requestId")).toMatch(/^[0-9a-f-]{36}$/);
    expect(text).not.toContain(access);
    expect((await api.control("/calls")).text).not.toMatch(/TG-|APP_USR/);
  });

  it("starts after a call or a date, and is bounded", async () => {
    const { api, access } = await start();
    const { body } = await api.control("/calls");
    const last = textAt(listAt(body, "calls").at(-1), "id");
    await api.get("/users/me", access);
    expect(listAt((await api.control(`/calls?since=${last}`)).body, "calls")).toHaveLength(1);
    await api.control("/calls/clear", {});
    for (let i = 0; i < 11_050; i += 1) await api.get("/nothing-here");
    expect(listAt((await api.control("/calls")).body, "calls")).toHaveLength(10_000);
  });
});
