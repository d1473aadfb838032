import "server-only";
import { decode, encode } from "next-auth/jwt";
import { SESSION_DAYS } from "@/lib/server/store/sessions";
import { type SessionId, sessionId, type UserId, userId } from "@/lib/shared/ids";

/** All that the cookie holds: our user and a session that can be ended. Nothing of Mercado Libre. */
export interface SessionClaims {
  userId: UserId;
  sessionId: SessionId;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export interface CookieSettings {
  sessionSecret: string;
  isSecure: boolean;
}

/** Every cookie of ours: `__Host-` under https, HttpOnly, SameSite=Lax, whole site. */
export function cookieName(settings: { isSecure: boolean }, name: string): string {
  return `${settings.isSecure ? "__Host-" : ""}buzon.${name}`;
}

export function cookieOptions(settings: { isSecure: boolean }) {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: settings.isSecure } as const;
}

/** A Set-Cookie header of ours; `maxAge` in seconds, 0 deletes it. */
export function serializeCookie(
  settings: { isSecure: boolean },
  name: string,
  value: string,
  maxAge: number,
): string {
  const secure = settings.isSecure ? "; Secure" : "";
  return `${cookieName(settings, name)}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

/** The value of the session cookie, encrypted the way next-auth does. */
export function sealSession(settings: CookieSettings, claims: SessionClaims): Promise<string> {
  return encode({
    secret: settings.sessionSecret,
    maxAge: SESSION_DAYS * 86_400,
    token: { uid: claims.userId, sid: claims.sessionId },
  });
}

/** Reads a session cookie. Null for anything that is not a valid one of ours. */
export async function openSession(
  settings: CookieSettings,
  value: string | undefined,
): Promise<SessionClaims | null> {
  if (value === undefined || value === "") return null;
  try {
    const token = await decode({ secret: settings.sessionSecret, token: value });
    const uid = token?.uid;
    const sid = token?.sid;
    if (typeof uid !== "string" || typeof sid !== "string" || !UUID.test(uid) || !UUID.test(sid)) return null;
    return { userId: userId(uid), sessionId: sessionId(sid) };
  } catch {
    return null;
  }
}
