import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { client, failureOf, type Reply, TOKEN } from "@/lib/server/mercadolibre/testing/edge";
import type { Route } from "./paths";

const route: Route = { method: "GET", family: "orders", path: "/orders/1", query: {} };
const anything = z.unknown();
const down: Reply = {
  status: 503,
  body: { error: "service_not_available", message: "x", status: 503, cause: [] },
};

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

  it.each([
    ["open", 3],
    ["backfill", 5],
  ] as const)(
    "counts the turns that tries wait for into a person's patience alone (%s)",
    async (lane, tries) => {
      vi.useFakeTimers({ toFake: ["performance"] });
      const { meli, sent } = client([{ status: 429, headers: { "retry-after": "1" } }], {
        lane,
        onTake: () => vi.advanceTimersByTime(3_600),
      });
      await failureOf(meli.wire.read(route, anything));
      expect(sent).toHaveLength(tries);
    },
  );

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
