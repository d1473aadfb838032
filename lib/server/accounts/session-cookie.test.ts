import { encode } from "next-auth/jwt";
import { expect, it } from "vitest";
import { sessionId, userId } from "@/lib/shared/ids";
import { cookieName, openSession, sealSession, serializeCookie } from "./session-cookie";

const SETTINGS = { sessionSecret: "a secret of sixteen or more", isSecure: false };
const CLAIMS = {
  userId: userId("0199aa00-bb11-4c22-8d33-ee44ff556677"),
  sessionId: sessionId("0199aa00-bb11-4c22-8d33-ee44ff556688"),
};

it("is bound to the host and to https where there is https", () => {
  expect(cookieName({ isSecure: true }, "session")).toBe("__Host-buzon.session");
  expect(serializeCookie({ ...SETTINGS, isSecure: true }, "session", "v", 60)).toBe(
    "__Host-buzon.session=v; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure",
  );
  expect(serializeCookie(SETTINGS, "session", "v", 60)).toBe(
    "buzon.session=v; Path=/; Max-Age=60; HttpOnly; SameSite=Lax",
  );
});

it("opens with the secret that sealed it, and holds nothing that can be read", async () => {
  const value = await sealSession(SETTINGS, CLAIMS);
  expect(await openSession(SETTINGS, value)).toEqual(CLAIMS);
  expect(Buffer.from(value, "base64url").toString("latin1")).not.toContain(CLAIMS.userId);
  expect(await openSession({ ...SETTINGS, sessionSecret: "another secret altogether" }, value)).toBeNull();
});

it("opens nothing that is changed, over, or not a session of ours", async () => {
  const seal = (token: object, maxAge = 60) =>
    encode({ secret: SETTINGS.sessionSecret, token: { ...token }, maxAge });
  const value = await sealSession(SETTINGS, CLAIMS);
  for (const odd of [
    undefined,
    "",
    "a.b.c",
    `${value.slice(0, -4)}AAAA`,
    await seal({ uid: CLAIMS.userId, sid: CLAIMS.sessionId }, -120),
    await seal({ uid: CLAIMS.userId }),
    await seal({ uid: "1 or 1=1", sid: CLAIMS.sessionId }),
    await seal({ sub: CLAIMS.userId }),
  ]) {
    expect(await openSession(SETTINGS, odd)).toBeNull();
  }
});
