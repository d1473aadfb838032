import "server-only";
import type { RecordedAct } from "@/lib/server/store/audits";
import type { ActView } from "@/lib/shared/api/claim";
import type { OfferedAct } from "@/lib/shared/claim/offered";
import { standingOf } from "./outbox-standing";

/** An act as the screen gets it: what was confirmed and by whom, and where it stands. What it came to is on record also when
 *  its row in the outbox is gone. Pure.
 *  @param offered what the claim offers now: what it does not is not tried again */
export function actView({ audit, row }: RecordedAct, offered: readonly OfferedAct[]): ActView {
  const { act, confirmed, by, at, answer, answeredAt } = audit;
  const told = { id: audit.outboxId, act, confirmed, by, at };
  if (row === null) {
    return {
      ...told,
      key: audit.outboxId,
      state: answer?.state ?? "uncertain",
      reason: answer?.reason ?? null,
      settledAt: answeredAt,
      canRetry: false,
      sendsAt: null,
      heldFor: [],
    };
  }
  const standing = standingOf(row);
  // One of which nobody knows is looked for first, whatever is offered.
  const isOffered = row.state === "uncertain" || offered.some((one) => one.act === act.kind);
  return {
    ...told,
    key: row.key,
    state: row.state,
    reason: row.reason,
    settledAt: row.settledAt === null ? null : (answeredAt ?? row.settledAt),
    ...standing,
    canRetry: standing.canRetry && isOffered,
  };
}
