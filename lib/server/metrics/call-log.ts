import "server-only";
import type { CallLog } from "@/lib/server/mercadolibre/http";
import type { CallRecorder } from "@/lib/server/store/call-recorder";
import type { AccountId } from "@/lib/shared/ids";
import { count } from "./count";

/** Where the calls of an account are noted: for the seller's own eyes, and in the totals. */
export function callLogOf(rt: { calls: CallRecorder }, accountId: AccountId): CallLog {
  return {
    record({ family, ...call }) {
      const kind = call.method === "GET" ? "read" : "write";
      count("meli_calls", { family, kind, status: statusClass(call.status) });
      // Whoever reads without the flag marks as read at Mercado Libre: only mark-read.ts may.
      if (call.readFlag !== null) count("conversation_reads", { flagged: String(call.readFlag) });
      rt.calls.record({ ...call, accountId });
    },
  };
}

/** `2xx`... A 429 stands alone: it is what the budget is there to prevent. */
export function statusClass(status: number | null): string {
  if (status === null) return "none";
  return status === 429 ? "429" : `${Math.floor(status / 100)}xx`;
}
