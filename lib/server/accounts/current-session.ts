import "server-only";
import { cookies } from "next/headers";
import { cache } from "react";
import { runtime } from "@/lib/server/runtime";
import { readSession } from "@/lib/server/store/sessions";
import type { SettingsView } from "@/lib/shared/api/account";
import type { AccountId, SessionId, UserId } from "@/lib/shared/ids";
import { cookieName, openSession } from "./session-cookie";

/** Who is asking, checked against the database: a session that was ended elsewhere is none. */
export interface Session {
  userId: UserId;
  sessionId: SessionId;
  currentAccountId: AccountId | null;
  /** Every account this user may see. All reads are scoped by it. */
  accountIds: AccountId[];
  settings: SettingsView;
}

/** The live session behind a session cookie's value, or null. One database read. */
export async function sessionOfCookie(value: string | undefined): Promise<Session | null> {
  const { env, db } = runtime();
  const claims = await openSession(env, value);
  if (claims === null) return null;
  const row = await readSession(db, claims.sessionId, claims.userId);
  if (row === null) return null;
  const { locale, theme, markRead, undoSeconds, accountIds, ...session } = row;
  const allowed = env.allowedAccounts;
  const seen = allowed.length === 0 ? accountIds : accountIds.filter((id) => allowed.includes(id));
  // A list that was made shorter ends the sessions of who is no longer on it.
  if (allowed.length > 0 && seen.length === 0) return null;
  const currentAccountId = seen.find((id) => id === session.currentAccountId) ?? null;
  return {
    ...session,
    currentAccountId,
    accountIds: seen,
    settings: { locale, theme, markRead, undoSeconds },
  };
}

/** The session of the page that is being rendered. Read once per request. */
export const currentSession = cache(async (): Promise<Session | null> => {
  const jar = await cookies();
  return sessionOfCookie(jar.get(cookieName(runtime().env, "session"))?.value);
});
