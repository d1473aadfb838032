import "server-only";
import { and, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import type { AccountId, SessionId, UserId } from "@/lib/shared/ids";
import type { Database } from "./database";
import { memberships, pushSubscriptions, sessions, users } from "./schema-accounts";

export const SESSION_DAYS = 30;

/** What PostgreSQL tells every web process when a user's sessions ended or their accounts changed; the payload is the
 *  user's id. */
export const SESSIONS = "buzon_sessions";

export interface SessionRow {
  userId: UserId;
  sessionId: SessionId;
  currentAccountId: AccountId | null;
  /** The accounts this user may see: every query of the house is scoped by them. */
  accountIds: AccountId[];
  locale: "es" | "pt" | "en" | null;
  theme: "system" | "light" | "dark";
  markRead: "never" | "on_reply" | "on_open";
  undoSeconds: number;
}

/** Starts a session of a user. */
export async function startSession(db: Database, userId: UserId): Promise<SessionId> {
  const made = await db
    .insert(sessions)
    .values({ userId, expiresAt: sql`now() + ${SESSION_DAYS} * interval '1 day'` })
    .returning({ id: sessions.id });
  const session = made[0];
  if (session === undefined) throw new Error("insert returned no row");
  return session.id;
}

/** A live session with all that every request needs, in one read. Null: unknown, ended, or of another user. */
export async function readSession(db: Database, id: SessionId, userId: UserId): Promise<SessionRow | null> {
  const session = db
    .select({
      userId: sessions.userId,
      sessionId: sessions.id,
      currentAccountId: users.currentAccountId,
      accountIds: sql<
        AccountId[]
      >`array(select ${memberships.accountId} from ${memberships} where ${memberships.userId} = ${users.id} order by ${memberships.createdAt}, ${memberships.accountId})`,
      locale: users.locale,
      theme: users.theme,
      markRead: users.markRead,
      undoSeconds: users.undoSeconds,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, sql.placeholder("id")),
        eq(sessions.userId, sql.placeholder("userId")),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, sql`now()`),
      ),
    )
    .prepare("session_live");
  return (await session.execute({ id, userId }))[0] ?? null;
}

/** Ends one session, or all of the user's, and the notifications of its browser; tells the processes that serve them. */
export async function endSessions(db: Database, userId: UserId, only?: SessionId): Promise<void> {
  await db.execute(sql`
    with ended as (
      update ${sessions} set revoked_at = now()
      where ${and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        only === undefined ? undefined : eq(sessions.id, only),
      )}
      returning id, user_id
    ), silenced as (
      delete from ${pushSubscriptions} where session_id in (select id from ended)
    )
    select pg_notify(${SESSIONS}, user_id::text) from (select distinct user_id from ended) told`);
}

/** Those of the given sessions that are live, each with the accounts that its user may see. One read for all of them. */
export async function listLiveSessions(
  db: Database,
  ids: readonly SessionId[],
): Promise<Map<SessionId, AccountId[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({
      id: sessions.id,
      // Over the join, because only then are the columns named with their tables.
      accountIds: sql<
        AccountId[]
      >`coalesce(array_agg(${memberships.accountId}) filter (where ${memberships.accountId} is not null), '{}')`,
    })
    .from(sessions)
    .leftJoin(memberships, eq(memberships.userId, sessions.userId))
    .where(
      and(
        sql`${sessions.id} = any(${sql.param([...ids])}::uuid[])`,
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, sql`now()`),
      ),
    )
    .groupBy(sessions.id);
  return new Map(rows.map(({ id, accountIds }) => [id, accountIds]));
}

/** Deletes sessions that ended, by themselves or by their user, more than a day ago. */
export async function deleteEndedSessions(db: Database): Promise<void> {
  const dayAgo = sql`now() - interval '1 day'`;
  await db.delete(sessions).where(or(lt(sessions.expiresAt, dayAgo), lt(sessions.revokedAt, dayAgo)));
}

export async function countSessions(db: Database, userId: UserId): Promise<number> {
  return db.$count(
    sessions,
    and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, sql`now()`)),
  );
}

/** Changes a user's settings; leaves out what is not given. */
export async function saveSettings(
  db: Database,
  userId: UserId,
  settings: Partial<Pick<SessionRow, "locale" | "theme" | "markRead" | "undoSeconds">>,
): Promise<void> {
  if (Object.keys(settings).length === 0) return;
  await db.update(users).set(settings).where(eq(users.id, userId));
}
