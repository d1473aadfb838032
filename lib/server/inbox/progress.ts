import "server-only";
import type { SyncRow } from "@/lib/server/store/syncs";
import type { Summary } from "@/lib/shared/api/inbox";

type Progress = Summary["accounts"][number]["sync"];

/** How far the first sync of an account is, for the screen. Null: it is done. Pure. */
export function progressOf(sync: SyncRow | null): Progress {
  if (sync === null) return null;
  if (sync.unreadAt === null) return { phase: "unread", done: sync.unreadDone, total: sync.unreadTotal };
  if (sync.salesAt === null) return { phase: "sales", done: sync.salesOffset, total: sync.salesTotal };
  if (sync.backfillAt === null)
    return { phase: "backfill", done: sync.backfillDone, total: sync.backfillTotal };
  return null;
}
