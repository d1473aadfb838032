import { unstable_doesMiddlewareMatch } from "next/experimental/testing/server";
import { NextRequest } from "next/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { cookieName, sealSession } from "@/lib/server/accounts/session-cookie";
import { sessionId, userId } from "@/lib/shared/ids";

const SECRET = "a secret of at least sixteen characters";
const CLAIMS = {
  userId: userId("11111111-1111-4111-8111-111111111111"),
  sessionId: sessionId("22222222-2222-4222-8222-222222222222"),
};

/** The proxy of a process that was started with this public address. */
async function proxyAt(appUrl: string) {
  vi.stubEnv("APP_URL", appUrl);
  vi.resetModules();
  return (await import("@/proxy")).proxy;
}

beforeEach(() => {
  vi.unstubAllEnvs();
  vi.stubEnv("NEXTAUTH_SECRET", SECRET);
  vi.stubEnv("TOKEN_KEY", Buffer.alloc(32, 7).toString("base64"));
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@localhost:1/none");
  vi.stubEnv("MELI_CLIENT_ID", "1");
  vi.stubEnv("MELI_CLIENT_SECRET", "secret");
});

async function signedInCookie(isSecure: boolean): Promise<string> {
  const value = await sealSession({ sessionSecret: SECRET, isSecure }, CLAIMS);
  return `${cookieName({ isSecure }, "session")}=${value}`;
}

const HTTP = "http://localhost:3000";
const HTTPS = "https://inbox.example.com";

describe("a page without a session cookie of ours", () => {
  it.each([
    "/inbox",
    "/inbox/messages/2000000089077943",
    "/settings?x=1",
    "/no/such/page",
    "//evil.example/x",
  ])("answers %s with 307 to the sign-in page, and nowhere else", async (path) => {
    const proxy = await proxyAt(HTTP);
    const answer = await proxy(new NextRequest(HTTP + path));
    expect(answer.status).toBe(307);
    expect(new URL(answer.headers.get("location") ?? "", HTTP).href).toBe(`${HTTP}/`);
  });

  it("does not take a cookie that another secret sealed, or garbage", async () => {
    const proxy = await proxyAt(HTTP);
    const forged = await sealSession(
      { sessionSecret: "another secret of some length", isSecure: false },
      CLAIMS,
    );
    for (const value of [forged, "garbage", ""]) {
      const answer = await proxy(
        new NextRequest(`${HTTP}/inbox`, { headers: { cookie: `buzon.session=${value}` } }),
      );
      expect(answer.status).toBe(307);
    }
  });

  it("shows the sign-in page", async () => {
    const proxy = await proxyAt(HTTP);
    expect((await proxy(new NextRequest(`${HTTP}/`))).headers.get("x-middleware-next")).toBe("1");
  });
});

describe("every page", () => {
  it("passes with a cookie that we sealed", async () => {
    const proxy = await proxyAt(HTTP);
    const headers = { cookie: await signedInCookie(false) };
    const answer = await proxy(new NextRequest(`${HTTP}/inbox`, { headers }));
    expect(answer.headers.get("x-middleware-next")).toBe("1");
  });

  it("gets a policy with a nonce of its own and no inline scripts, and hands it to the renderer", async () => {
    const proxy = await proxyAt(HTTP);
    const policies = await Promise.all(
      [0, 1].map(async () => {
        const answer = await proxy(new NextRequest(`${HTTP}/`));
        const policy = answer.headers.get("content-security-policy") ?? "";
        expect(answer.headers.get("x-middleware-request-content-security-policy")).toBe(policy);
        return policy;
      }),
    );
    const [one = "", other = ""] = policies;
    expect(one).not.toBe(other);
    const scripts = one.split("; ").find((directive) => directive.startsWith("script-src"));
    expect(scripts).toMatch(/^script-src 'self' 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'$/);
    for (const directive of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "worker-src 'self'",
    ]) {
      expect(one.split("; ")).toContain(directive);
    }
  });

  it("asks for https from then on only when the public address is https", async () => {
    const plain = await (await proxyAt(HTTP))(new NextRequest(`${HTTP}/`));
    expect(plain.headers.get("strict-transport-security")).toBeNull();
    const secure = await (await proxyAt(HTTPS))(new NextRequest(`${HTTPS}/`));
    expect(secure.headers.get("strict-transport-security")).toContain("max-age=31536000");
  });
});

describe("the language of the sign-in page", () => {
  it("is kept in a cookie that scripts cannot read, and the address is cleaned", async () => {
    const answer = await (await proxyAt(HTTPS))(new NextRequest(`${HTTPS}/?lang=pt&problem=denied`));
    expect(new URL(answer.headers.get("location") ?? "", HTTPS).href).toBe(`${HTTPS}/?problem=denied`);
    const cookie = answer.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^__Host-buzon\.locale=pt;/);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/Secure/);
    expect(cookie).toMatch(/SameSite=lax/i);
  });

  it("is forgotten when it is none of ours", async () => {
    const answer = await (await proxyAt(HTTP))(new NextRequest(`${HTTP}/?lang=xx%0d%0aset-cookie:a=b`));
    expect(answer.headers.get("set-cookie")).toMatch(/^buzon\.locale=;.*Max-Age=0/);
  });
});

describe("the proxy's reach", () => {
  it("is every page and no file that anyone may have", async () => {
    vi.stubEnv("APP_URL", HTTP);
    const { config } = await import("@/proxy");
    const reaches = (url: string) => unstable_doesMiddlewareMatch({ config, nextConfig: {}, url });
    for (const page of [
      "/",
      "/inbox",
      "/inbox/messages/1",
      "/icon",
      "/iconic",
      "/apipage",
      "/_next/data/x.json",
    ]) {
      expect([page, reaches(page)]).toEqual([page, true]);
    }
    for (const file of [
      "/api/inbox",
      "/_next/static/chunks/a.js",
      "/icon.svg",
      "/manifest.webmanifest",
      "/sw.js",
      "/icons/icon-192.png",
    ]) {
      expect([file, reaches(file)]).toEqual([file, false]);
    }
  });
});
