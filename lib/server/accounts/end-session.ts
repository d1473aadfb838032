import "server-only";
import type { Runtime } from "@/lib/server/runtime";
import { endSessions } from "@/lib/server/store/sessions";
import type { Session } from "./current-session";
import { serializeCookie } from "./session-cookie";

/** Ends this session, or every session of the user, and clears the cookie. */
export async function endSession(
  { rt, session }: { rt: Runtime; session: Session },
  all: boolean,
): Promise<Response> {
  await endSessions(rt.db, session.userId, all ? undefined : session.sessionId);
  return Response.json(
    { ok: true },
    { headers: { "cache-control": "no-store", "set-cookie": serializeCookie(rt.env, "session", "", 0) } },
  );
}
