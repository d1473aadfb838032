import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { client, failureOf, type Reply } from "@/lib/server/mercadolibre/testing/edge";
import type { Route } from "./paths";

const posting: Route = { method: "POST", family: "messages", path: "/messages/attachments", query: {} };
const anything = z.unknown();
const down: Reply = {
  status: 503,
  body: { error: "service_not_available", message: "x", status: 503, cause: [] },
};

afterEach(() => {
  vi.useRealTimers();
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
