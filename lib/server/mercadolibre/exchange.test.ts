import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  client,
  errorOf,
  failureOf,
  OTHER_TOKEN,
  type Reply,
  TOKEN,
} from "@/lib/server/mercadolibre/testing/edge";
import { AppError } from "@/lib/shared/errors";
import type { Route } from "./paths";

const route: Route = { method: "GET", family: "orders", path: "/orders/1", query: {} };
const posting: Route = { method: "POST", family: "messages", path: "/messages/attachments", query: {} };
const anything = z.unknown();

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

  it("is renewed once after the 403 by which leads tell an expired one, and not after that of someone else's", async () => {
    const leads: Route = { ...route, family: "leads", path: "/vis/leads/1" };
    const saying = (message: string): Reply => ({ status: 403, body: { code: "forbidden", message } });
    const expired = client([saying("invalid token"), { body: 1 }]);
    await expect(expired.meli.wire.read(leads, anything)).resolves.toBe(1);
    expect([expired.refused, expired.sent.length]).toEqual([[TOKEN], 2]);
    const still = client([saying("invalid token")]);
    expect((await failureOf(still.meli.wire.read(leads, anything))).code).toBe("account_disconnected");
    expect([still.refused, still.sent.length]).toEqual([[TOKEN], 2]);
    const other = client([saying("invalid token caller")]);
    expect((await failureOf(other.meli.wire.read(leads, anything))).code).toBe("refused_by_meli");
    expect([other.refused, other.sent.length]).toEqual([[], 1]);
  });

  it("is not renewed when the whole application is blocked", async () => {
    const { meli, refused } = client([{ status: 401, body: { error: "unauthorized_scopes", message: "x" } }]);
    const error = await failureOf(meli.wire.read(route, anything));
    expect([error.code, error.detail.reason]).toEqual(["not_available", "application_blocked"]);
    expect(refused).toEqual([]);
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
