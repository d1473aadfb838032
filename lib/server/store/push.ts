import "server-only";
import { and, eq, ne, sql } from "drizzle-orm";
import type { SessionId, UserId } from "@/lib/shared/ids";
import type { Locale } from "@/lib/shared/words/locale";
import type { Database } from "./database";
import { pushSubscriptions } from "./schema-accounts";

/** A browser that wants to be told. */
export interface Subscription {
  id: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  locale: Locale;
}

/** After so many notifications in a row that came to nothing, a browser is given up. */
const GIVE_UP_AFTER = 20;

/** A session belongs to one browser, and a browser has one subscription: the newest takes the place of earlier ones, also
 *  of another user's who was signed in there before. False: the address is another browser's, as its keys tell. */
export async function saveSubscription(
  db: Database,
  userId: UserId,
  sessionId: SessionId,
  given: { endpoint: string; p256dh: string; auth: string; locale: Locale | null },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { endpoint, p256dh, auth } = given;
    const earlier = await tx
      .select({ locale: pushSubscriptions.locale })
      .from(pushSubscriptions)
      .where(eq(pushSubscriptions.sessionId, sessionId));
    const locale = given.locale ?? earlier[0]?.locale ?? "es";
    const saved = await tx
      .insert(pushSubscriptions)
      .values({ userId, sessionId, endpoint, p256dh, auth, locale })
      .onConflictDoUpdate({
        target: pushSubscriptions.endpoint,
        set: { userId, sessionId, p256dh, auth, locale, failures: 0 },
        setWhere: sql`${pushSubscriptions.userId} = ${userId}
          or (${pushSubscriptions.p256dh} = ${p256dh} and ${pushSubscriptions.auth} = ${auth})`,
      })
      .returning({ id: pushSubscriptions.id });
    if (saved.length === 0) return false;
    await tx
      .delete(pushSubscriptions)
      .where(and(eq(pushSubscriptions.sessionId, sessionId), ne(pushSubscriptions.endpoint, endpoint)));
    return true;
  });
}

const columns = {
  id: pushSubscriptions.id,
  endpoint: pushSubscriptions.endpoint,
  p256dh: pushSubscriptions.p256dh,
  auth: pushSubscriptions.auth,
  locale: pushSubscriptions.locale,
};

/** What a session's browser gave us, or null. */
export async function readSubscription(db: Database, sessionId: SessionId): Promise<Subscription | null> {
  const rows = await db
    .select(columns)
    .from(pushSubscriptions)
    .where(eq(pushSubscriptions.sessionId, sessionId));
  return rows[0] ?? null;
}

/** All browsers of a user in which a session of theirs is open. */
export async function listSubscriptions(db: Database, userId: UserId): Promise<Subscription[]> {
  return db
    .select(columns)
    .from(pushSubscriptions)
    .where(
      and(
        eq(pushSubscriptions.userId, userId),
        sql`exists (select 1 from sessions s where s.id = ${pushSubscriptions.sessionId} and s.revoked_at is null and s.expires_at > now())`,
      ),
    );
}

/** This session's browser wants no more. */
export async function endSubscription(db: Database, sessionId: SessionId): Promise<void> {
  await db.delete(pushSubscriptions).where(eq(pushSubscriptions.sessionId, sessionId));
}

/** The push service knows this browser no more. */
export async function dropSubscription(db: Database, id: string): Promise<void> {
  await db.delete(pushSubscriptions).where(eq(pushSubscriptions.id, id));
}

/** A notification arrived, or came to nothing: many in a row, and the browser is given up. */
export async function noteSending(db: Database, id: string, hasArrived: boolean): Promise<void> {
  const noted = await db
    .update(pushSubscriptions)
    .set({ failures: hasArrived ? 0 : sql`${pushSubscriptions.failures} + 1` })
    .where(eq(pushSubscriptions.id, id))
    .returning({ failures: pushSubscriptions.failures });
  if ((noted[0]?.failures ?? 0) >= GIVE_UP_AFTER) await dropSubscription(db, id);
}
