import { runtime } from "@/lib/server/runtime";
import { isMigrated } from "@/lib/server/store/migrate";

/** The database answers and has the schema of this build. */
export async function GET(): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    const { database } = runtime();
    if (await isMigrated(database.pool)) return Response.json({ ok: true }, { headers });
    return Response.json({ ok: false, reason: "migrations pending" }, { status: 503, headers });
  } catch {
    return Response.json({ ok: false, reason: "database unreachable" }, { status: 503, headers });
  }
}
