import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { codeOnly, MeliError } from "@/lib/server/mercadolibre/failure";
import type { Runtime } from "@/lib/server/runtime";
import { claimActOf } from "@/lib/server/store/audits";
import type { OutboxRow, OutboxStep } from "@/lib/server/store/outbox";
import type { StoredThread } from "@/lib/server/store/threads";
import { receiversOf } from "@/lib/shared/claim/offered";
import { afterFailure, reasonOf } from "./after-failure";
import { readAgain } from "./after-send";

/** What becomes of a row on a claim that Mercado Libre has certainly not applied. The claim is read again, so that the screen
 *  shows how it stands now. An act is never tried again by itself, whatever was answered (docs/decisions/047). */
export async function afterClaimRefusal(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  row: OutboxRow,
  error: MeliError,
): Promise<OutboxStep> {
  const snapshot = await readAgain(rt, ctx, thread, row);
  if (claimActOf(row) !== null) {
    return { state: "failed", reason: reasonOf(error, row), isSettled: true, answer: factsOf(error) };
  }
  const step = afterFailure(row, error);
  const isMoved = step.reason === "action_gone" && (snapshot?.claim?.actions.length ?? 0) > 0;
  const to = isMoved && snapshot?.claim !== undefined ? receiversOf(snapshot.claim) : [];
  const isRead = row.act?.kind === "message" && to.includes(row.act.to);
  return to.length > 0 && !isRead ? { ...step, reason: "reader_changed" } : step;
}

/** What a failed request is known to have been answered, for the audit row: never a text. Pure. */
export function factsOf(error: unknown): { status: number | null; facts: Record<string, string> } {
  if (!(error instanceof MeliError)) return { status: null, facts: {} };
  const { status, requestId } = error.failure;
  const code = codeOnly(error.failure.code);
  return {
    status,
    facts: { ...(code === null ? {} : { code }), ...(requestId === null ? {} : { requestId }) },
  };
}
