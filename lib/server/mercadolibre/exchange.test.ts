import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { client, errorOf, OTHER_TOKEN, type Reply, TOKEN } from "@/lib/server/mercadolibre/testing/edge";
import { AppError } from "@/lib/shared/errors";
import { MeliError } from "./failure";
import type { Route } from "./paths";

const route: Route = { method: "GET", family: "orders", path: "/orders/1", query: {} };
const posting: Route = { method: "POST", family: "messages", path: "/messages/attachments", query: {} };
const anything = z.unknown();
const down: Reply = {
  status: 503,
  body: { error: "service_not_available", message: "x", status: 503, cause: [] },
};

async function failureOf(work: Promise<unknown>): Promise<MeliError> {
  const error = await errorOf(work);
  if (error instanceof MeliError) return error;
  throw error;
}

afterEach(() => {
  vi.useRealTimers();
});

describe("a read", () => {
  it("carries the bearer token in a header and never in the address", async () => {
    const { meli, sent } = client([{ body: { ok: true } }]);
    await expect(meli.wire.read(route, anything)).resolves.toEqual({ ok: true });
    expect(sent[0]?.headers.get("authorization")).toBe(`Bearer ${TOKEN}`);
    expect(sent[0]?.url.href).not.toContain("APP_USR");
  });

  it.each([429, 423, 500, 502, 503, 504])("tries again after %i", async (status) => {
    const { meli, sent, taken, pauses } = client([{ status }, { status }, { body: 1 }]);
    await expect(meli.wire.read(route, anything)).resolves.toBe(1);
    expect(sent).toHaveLength(3);
    expect(taken).toHaveLength(3);
    expect(pauses).toHaveLength(2);
  });

  it.each([400, 403, 404, 409, 422, 451])("does not try again after %i", async (status) => {
    const { meli, sent } = client([{ status }]);
    expect((await failureOf(meli.wire.read(route, anything))).failure.status).toBe(status);
    expect(sent).toHaveLength(1);
  });

  it("gives up after five tries, each with its own place in the budget and its own record", async () => {
    const { meli, sent, taken, calls } = client([down], { lane: "backfill" });
    const error = await failureOf(meli.wire.read(route, anything));
    expect(error.code).toBe("meli_down");
    expect(sent).toHaveLength(5);
    expect(taken).toEqual(Array(5).fill({ family: "orders", kind: "read", lane: "backfill" }));
    expect(calls.map((call) => call.status)).toEqual(Array(5).fill(503));
  });

  it("waits as long as Retry-After says and hands it to the budget", async () => {
    const { meli, pauses, pushed } = client([{ status: 429, headers: { "retry-after": "4" } }, { body: 1 }], {
      random: () => 0,
    });
    await meli.wire.read(route, anything);
    expect(pauses).toEqual([4_000]);
    expect(pushed).toEqual([{ family: "orders", kind: "read", retryAfterMs: 4_000 }]);
  });

  it("tells a waiting person within eight seconds, and when to come back", async () => {
    const { meli, sent, pauses } = client([{ status: 429, headers: { "retry-after": "30" } }], {
      lane: "open",
    });
    const before = Date.now();
    const error = await failureOf(meli.wire.read(route, anything));
    expect(error.code).toBe("slow_down");
    expect(error.detail.retryAt?.getTime()).toBeGreaterThanOrEqual(before + 30_000);
    expect(sent).toHaveLength(1);
    expect(pauses).toEqual([]);
  });

  it("lets the backfill wait where a person would not", async () => {
    const { meli, sent } = client([{ status: 429, headers: { "retry-after": "30" } }, { body: 1 }], {
      lane: "backfill",
    });
    await meli.wire.read(route, anything);
    expect(sent).toHaveLength(2);
  });

  it("answers a 429 even when it could not be noted down", async () => {
    const { meli, lines } = client([{ status: 429 }], {
      lane: "open",
      random: () => 0.999,
      pushBackFails: true,
    });
    expect((await failureOf(meli.wire.read(route, anything))).code).toBe("slow_down");
    expect(lines.join()).toContain("push-back could not be noted");
  });

  it("reads 206 and an empty 204 as answers", async () => {
    const { meli } = client([
      { status: 206, body: { id: 1 }, headers: { "x-content-missing": "buyer" } },
      { status: 204 },
    ]);
    await expect(meli.wire.read(route, anything)).resolves.toEqual({ id: 1 });
    await expect(meli.wire.read(route, anything)).resolves.toBeUndefined();
  });

  it("does not follow a redirect", async () => {
    const { meli, sent } = client([{ status: 302, headers: { location: "https://elsewhere.test/" } }]);
    expect((await failureOf(meli.wire.read(route, anything))).code).toBe("meli_unreadable");
    expect(sent).toHaveLength(1);
  });

  it("asks again for HTML where JSON was due, then says that it is unreadable", async () => {
    const { meli, sent } = client([{ body: "<html>maintenance</html>" }]);
    const error = await failureOf(meli.wire.read(route, anything));
    expect(error.code).toBe("meli_unreadable");
    expect(error.failure.requestId).toBe("req-1");
    expect(sent).toHaveLength(5);
  });

  it("says where an answer has another shape, without quoting it, and logs path and request id", async () => {
    const { meli, lines, sent } = client([{ body: { id: { secret: "words of a buyer" } } }]);
    const error = await failureOf(meli.wire.read(route, z.object({ id: z.string() })));
    expect(error.code).toBe("meli_unreadable");
    expect(error.message).toContain("id: invalid_type");
    expect(sent).toHaveLength(1);
    expect(lines.join()).toContain("/orders/1");
    expect(lines.join()).toContain("req-1");
    expect(lines.join() + error.message).not.toContain("words of a buyer");
  });

  it("asks again when the body is cut or the connection breaks", async () => {
    const { meli, sent, calls } = client([
      { body: '{"half":', cuts: true },
      {
        fails: new TypeError("fetch failed", {
          cause: Object.assign(new Error("x"), { code: "ECONNRESET" }),
        }),
      },
      { body: 1 },
    ]);
    await expect(meli.wire.read(route, anything)).resolves.toBe(1);
    expect(sent).toHaveLength(3);
    expect(calls.map((call) => call.status)).toEqual([200, null, 200]);
  });

  it("stops reading an answer of more than 8 MB", async () => {
    const { meli, sent } = client([{ body: "x".repeat(8 * 1024 * 1024 + 1) }]);
    const error = await failureOf(meli.wire.read(route, anything));
    expect([error.code, error.failure.code]).toEqual(["meli_unreadable", "too_large"]);
    expect(sent).toHaveLength(1);
  });

  it("gives up on a silent server after ten seconds a try", async () => {
    vi.useFakeTimers();
    const { meli, sent } = client([{ hangs: true }], { lane: "backfill", random: () => 0 });
    const ending = failureOf(meli.wire.read(route, anything));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(40_000);
    const error = await ending;
    expect([error.code, error.failure.code, error.failure.status]).toEqual(["meli_down", "timeout", null]);
    expect(error.failure.mayHaveApplied).toBe(false);
  });

  it("keeps a waiting person no longer than eight seconds in all", async () => {
    vi.useFakeTimers();
    const { meli } = client([{ hangs: true }], { lane: "open" });
    const ending = failureOf(meli.wire.read(route, anything));
    await vi.advanceTimersByTimeAsync(8_000);
    expect((await ending).code).toBe("meli_down");
  });
});

describe("a refused token", () => {
  const refusal: Reply = { status: 401, body: { code: "unauthorized", message: "invalid access token" } };

  it("is renewed once and the call replayed once, also for a write", async () => {
    for (const send of [
      (c: ReturnType<typeof client>) => c.meli.wire.read(route, anything),
      (c: ReturnType<typeof client>) => c.meli.wire.write(posting, () => "{}", anything),
    ]) {
      const one = client([refusal, { body: 1 }]);
      await expect(send(one)).resolves.toBe(1);
      expect(one.refused).toEqual([TOKEN]);
      expect(one.sent.map((request) => request.headers.get("authorization"))).toEqual([
        `Bearer ${TOKEN}`,
        `Bearer ${OTHER_TOKEN}`,
      ]);
      expect(one.taken).toHaveLength(2);
    }
  });

  it("ends as disconnected when the new one is refused too", async () => {
    const { meli, refused, sent } = client([refusal]);
    expect((await failureOf(meli.wire.read(route, anything))).code).toBe("account_disconnected");
    expect(refused).toHaveLength(1);
    expect(sent).toHaveLength(2);
  });

  it("is not renewed when the whole application is blocked", async () => {
    const { meli, refused } = client([{ status: 401, body: { error: "unauthorized_scopes", message: "x" } }]);
    const error = await failureOf(meli.wire.read(route, anything));
    expect([error.code, error.detail.reason]).toEqual(["not_available", "application_blocked"]);
    expect(refused).toEqual([]);
  });
});

describe("a write", () => {
  const write = (one: ReturnType<typeof client>) => one.meli.wire.write(posting, () => "{}", anything);
  const system = (code: string) =>
    new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });

  it.each<[string, Reply, boolean, string]>([
    ["503", down, true, "meli_down"],
    ["500 in HTML", { status: 500, body: "<html>" }, true, "meli_down"],
    ["400", { status: 400, body: { error: "bad_request" } }, false, "refused_by_meli"],
    [
      "403",
      { status: 403, body: { error: "forbidden", message: "blocked_by_time" } },
      false,
      "refused_by_meli",
    ],
    ["429", { status: 429 }, false, "slow_down"],
    ["a cut body", { status: 201, body: '{"id":', cuts: true }, true, "meli_down"],
    ["HTML after a 200", { body: "<html>" }, true, "meli_unreadable"],
    ["a redirect", { status: 303 }, true, "meli_unreadable"],
    ["a reset connection", { fails: system("ECONNRESET") }, true, "meli_down"],
    ["an unknown break", { fails: new TypeError("fetch failed") }, true, "meli_down"],
    ["a refused connection", { fails: system("ECONNREFUSED") }, false, "meli_down"],
    ["a name that does not resolve", { fails: system("ENOTFOUND") }, false, "meli_down"],
    ["a connection that took too long", { fails: system("UND_ERR_CONNECT_TIMEOUT") }, false, "meli_down"],
  ])("leaves once on %s and says whether it may have applied", async (_name, reply, mayHaveApplied, code) => {
    const one = client([reply], { lane: "backfill" });
    const error = await failureOf(write(one));
    expect([error.code, error.failure.mayHaveApplied]).toEqual([code, mayHaveApplied]);
    expect(one.sent).toHaveLength(1);
    expect(one.taken).toEqual([{ family: "messages", kind: "write", lane: "backfill" }]);
  });

  it("may have applied when no answer came within twenty seconds", async () => {
    vi.useFakeTimers();
    const one = client([{ hangs: true }]);
    const ending = failureOf(write(one));
    await vi.advanceTimersByTimeAsync(19_999);
    expect(one.calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect((await ending).failure.mayHaveApplied).toBe(true);
    expect(one.sent).toHaveLength(1);
  });
});

describe("what is written down", () => {
  it("records each try with its path and query, and neither host, token nor text", async () => {
    const { meli, calls, lines } = client([
      { status: 500, body: { message: `bad ${TOKEN}`, error: "x" } },
      { status: 400, body: { message: `Bearer ${TOKEN} is not welcome`, error: "bad" } },
    ]);
    const error = await failureOf(
      meli.wire.read({ ...route, query: { access_token: TOKEN, q: "a b" } }, anything),
    );
    expect(calls.map((call) => [call.method, call.status, call.requestId, call.readFlag])).toEqual([
      ["GET", 500, "req-1", null],
      ["GET", 400, "req-1", null],
    ]);
    expect(calls[0]?.path).toMatch(/^\/orders\/1\?access_token=.*q=a\+b$/);
    const all = JSON.stringify([
      calls,
      lines,
      error.message,
      error.failure,
      error.detail,
      String(error.cause),
    ]);
    expect(all).not.toMatch(/APP_USR-\d/);
  });

  it("keeps a network error's kind as the cause, without its secrets", async () => {
    const { meli } = client([{ fails: new TypeError(`failed with Bearer ${TOKEN}`) }], { lane: "open" });
    const error = await failureOf(meli.wire.read(route, anything));
    expect(String(error.cause)).toContain("TypeError: failed with Bearer [token]");
  });

  it("passes the budget's and the token source's own refusals on", async () => {
    const { meli } = client([{ body: 1 }]);
    const refusal = new AppError("slow_down", "wait");
    const { createMeli } = await import("./http");
    const tight = createMeli({
      ...meli,
      budget: { take: () => Promise.reject(refusal), pushBack: async () => {} },
      tokens: { access: async () => TOKEN, renew: async () => TOKEN },
      calls: { record: () => {} },
      logger: { warn() {}, info() {}, debug() {} },
    });
    expect(await errorOf(tight.wire.read(route, anything))).toBe(refusal);
  });
});

describe("a download", () => {
  it("streams the bytes with their claimed type and size", async () => {
    const { meli } = client([
      { body: "PDF bytes", headers: { "content-type": "application/pdf", "content-length": "9" } },
    ]);
    const file = await meli.wire.download(route);
    expect([file.type, file.size]).toEqual(["application/pdf", 9]);
    expect(await new Response(file.body).text()).toBe("PDF bytes");
  });

  it("breaks off at 26 MB", async () => {
    const { meli } = client([{ body: "x".repeat(26 * 1024 * 1024 + 1) }]);
    const file = await meli.wire.download(route);
    expect((await failureOf(new Response(file.body).arrayBuffer())).failure.code).toBe("too_large");
  });

  it("breaks with our own error when it is cut", async () => {
    const { meli } = client([{ body: "half", cuts: true }]);
    const file = await meli.wire.download(route);
    expect((await failureOf(new Response(file.body).arrayBuffer())).code).toBe("meli_down");
  });
});
