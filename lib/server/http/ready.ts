import "server-only";
import { runtime } from "@/lib/server/runtime";
import { isMigrated } from "@/lib/server/store/migrate";

/** Can this process serve? The database answers and has the schema of this build; otherwise 503 with the reason. */
export async function readiness(): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    if (await isMigrated(runtime().database.pool)) return Response.json({ ok: true }, { headers });
    return Response.json({ ok: false, reason: "migrations pending" }, { status: 503, headers });
  } catch {
    return Response.json({ ok: false, reason: "database unreachable" }, { status: 503, headers });
  }
}
