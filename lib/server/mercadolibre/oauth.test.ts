import { describe, expect, it, vi } from "vitest";
import { edge, errorOf, type Reply } from "@/lib/server/mercadolibre/testing/edge";
import { SITE_IDS } from "@/lib/shared/sites";
import { MeliError } from "./failure";
import { authorizationHost, exchangeCode, parseTokenBody, refreshGrant } from "./oauth";

const answer = {
  access_token: "APP_USR-1000000000000001-071514-0123456789abcdef-700000001",
  token_type: "bearer",
  expires_in: 21600,
  scope: "offline_access read write",
  user_id: 700000001,
  refresh_token: "TG-6500aa00bb11cc22dd33ee45-700000001",
};
const grant = {
  accessToken: answer.access_token,
  refreshToken: answer.refresh_token,
  expiresInSeconds: 21_600,
  userId: "700000001",
  scope: "offline_access read write",
};
const on = (script: readonly Reply[]) => {
  const { fetcher, sent } = edge(script);
  return {
    sent,
    app: {
      apiUrl: "https://api.test",
      clientId: "1000000000000001",
      clientSecret: "s3cret&x",
      fetch: fetcher,
    },
  };
};
const journal = async () => {};

describe("authorization", () => {
  it("has an https host for every site, unless one is set for all", () => {
    for (const site of SITE_IDS) {
      expect(new URL(authorizationHost(site, null)).protocol).toBe("https:");
      expect(authorizationHost(site, "http://localhost:4000")).toBe("http://localhost:4000");
    }
  });
});

describe("the token endpoint", () => {
  it("sends everything in the body, nothing in the address", async () => {
    const { app, sent } = on([{ body: answer }]);
    const result = await exchangeCode(app, {
      code: "TG-c",
      redirectUri: "https://x.test/cb",
      codeVerifier: "v",
    });
    expect(result).toEqual({ kind: "granted", grant });
    expect([sent[0]?.method, sent[0]?.url.href]).toEqual(["POST", "https://api.test/oauth/token"]);
    expect(sent[0]?.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
    expect(Object.fromEntries(new URLSearchParams(sent[0]?.text))).toEqual({
      grant_type: "authorization_code",
      client_id: "1000000000000001",
      client_secret: "s3cret&x",
      code: "TG-c",
      redirect_uri: "https://x.test/cb",
      code_verifier: "v",
    });
  });

  it.each<[string, Reply, object]>([
    [
      "error_description",
      { status: 400, body: { error_description: "x", error: "invalid_grant", status: 400, cause: [] } },
      { kind: "refused", error: "invalid_grant", status: 400 },
    ],
    [
      "message",
      { status: 400, body: { message: "x", error: "invalid_grant", status: 400, cause: [] } },
      { kind: "refused", error: "invalid_grant", status: 400 },
    ],
    [
      "another number",
      { status: 401, body: { error: "invalid_client" } },
      { kind: "refused", error: "invalid_client", status: 401 },
    ],
    [
      "a blocked application",
      { status: 403, body: { error: "unauthorized_application" } },
      { kind: "refused", error: "unauthorized_application" },
    ],
    [
      "HTML from a gateway",
      { status: 403, body: "<html>Request blocked</html>" },
      { kind: "refused", error: "http_403" },
    ],
    [
      "429 in plain text",
      { status: 429, body: "local_rate_limited" },
      { kind: "inconclusive", cause: "http_429" },
    ],
    ["500", { status: 500, body: { error: "invalid_grant" } }, { kind: "inconclusive", cause: "http_500" }],
    ["a redirect", { status: 302 }, { kind: "inconclusive" }],
    ["no network", { fails: new TypeError("fetch failed") }, { kind: "inconclusive", cause: "network" }],
    ["a cut body", { body: '{"access', cuts: true }, { kind: "inconclusive", cause: "cut" }],
    ["a 200 without sense", { body: "<html>" }, { kind: "inconclusive", cause: "unreadable" }],
    [
      "a 200 without user",
      { body: { ...answer, user_id: null } },
      { kind: "inconclusive", cause: "unreadable" },
    ],
  ])("answers %s", async (_name, reply, expected) => {
    const { app, sent } = on([reply]);
    expect(await refreshGrant(app, { refreshToken: "TG-r", journal })).toMatchObject(expected);
    expect(sent).toHaveLength(1);
  });

  it("gives up after twenty seconds without deciding anything", async () => {
    vi.useFakeTimers();
    const { app } = on([{ hangs: true }]);
    const ending = refreshGrant(app, { refreshToken: "TG-r", journal });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await ending).toEqual({ kind: "inconclusive", cause: "timeout" });
    vi.useRealTimers();
  });
});

describe("a refresh", () => {
  it("resolves only after the raw answer is in the journal", async () => {
    const steps: string[] = [];
    const { app } = on([{ body: answer }]);
    const result = await refreshGrant(app, {
      refreshToken: "TG-r",
      journal: async (raw) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        expect(parseTokenBody(raw)).toEqual(grant);
        steps.push("journalled");
      },
    });
    steps.push("resolved");
    expect(result.kind).toBe("granted");
    expect(steps).toEqual(["journalled", "resolved"]);
  });

  it("journals what it cannot read, and nothing of a refusal", async () => {
    const kept: string[] = [];
    const keep = async (raw: string) => void kept.push(raw);
    await refreshGrant(on([{ body: "odd" }]).app, { refreshToken: "x", journal: keep });
    await refreshGrant(on([{ status: 400, body: { error: "invalid_grant" } }]).app, {
      refreshToken: "x",
      journal: keep,
    });
    expect(kept).toEqual(["odd"]);
  });

  it("fails when the journal does", async () => {
    const { app } = on([{ body: answer }]);
    const failing = refreshGrant(app, {
      refreshToken: "x",
      journal: () => Promise.reject(new Error("disk full")),
    });
    await expect(failing).rejects.toThrow("disk full");
  });
});

describe("parseTokenBody", () => {
  it("trusts the life that it is told, and keeps a user id beyond 2^53", () => {
    const written = JSON.stringify({ ...answer, expires_in: 10_800, refresh_token: undefined });
    const raw = written.replace('"user_id":700000001', '"user_id":90071992547409931');
    expect(parseTokenBody(raw)).toMatchObject({
      expiresInSeconds: 10_800,
      refreshToken: null,
      userId: "90071992547409931",
    });
  });

  it.each(["", "null", "[]", '{"user_id":1}', '{"access_token":"APP_USR-1-secret","user_id":"x"}'])(
    "throws our own error for %j, without a word of it",
    async (raw) => {
      const error = await errorOf(Promise.resolve().then(() => parseTokenBody(raw)));
      expect(error).toBeInstanceOf(MeliError);
      expect(error).toMatchObject({ code: "meli_unreadable" });
      expect(`${error}${JSON.stringify(error)}`).not.toContain("APP_USR");
    },
  );
});
