import "server-only";
import { withAccount } from "@/lib/server/account-context";
import type { Session } from "@/lib/server/accounts/current-session";
import { channelOf } from "@/lib/server/channels/channels";
import { claimRefusalOf } from "@/lib/server/mercadolibre/claim-refusal";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import { runtime } from "@/lib/server/runtime";
import { readAct } from "@/lib/server/store/audits";
import { reviveContext } from "@/lib/server/store/contexts";
import { type EnqueuedAct, enqueueAct, readActByKey } from "@/lib/server/store/enqueue-act";
import type { StoredThread } from "@/lib/server/store/threads";
import type { ActOptions, ActView, ClaimAct, ClaimActKind, Confirmed } from "@/lib/shared/api/claim";
import type { Seen } from "@/lib/shared/api/thread";
import { CLAIM_ATTACHMENT_RULES } from "@/lib/shared/attachment-rules";
import { offeredActs } from "@/lib/shared/claim/offered";
import { AppError } from "@/lib/shared/errors";
import { fileId } from "@/lib/shared/ids";
import { actFaults, type KnownSale, staleConfirmation } from "./act-faults";
import { actView } from "./act-view";
import { requireThread, type ThreadAddress } from "./find-thread";

export interface ConfirmedAct {
  key: string;
  act: ClaimAct;
  /** What stood in the confirmation when it was pressed. */
  confirmed: Confirmed;
  seen?: Seen | undefined;
}

/** Puts a confirmed act on a claim in the outbox, on record from this moment, and answers at once. The same key, and the same
 *  act while it is pending, answer the act that there is. Nothing reaches Mercado Libre from here: the worker reads the claim
 *  again before it acts, and acts once (docs/decisions/047).
 *  @throws AppError not_found, account_disconnected, refused_by_meli (reason `action_not_held`: the claim does not offer it),
 *  invalid_input (a confirmation of something else, a date, a file), conflict (the key is another act's, or another act that
 *  rules it out is pending: reason `act_pending`) */
export async function confirmAct(
  session: Session,
  address: ThreadAddress,
  asked: ConfirmedAct,
): Promise<ActView> {
  const { db } = runtime();
  const thread = await requireThread(session, address);
  const { key, act, confirmed, seen } = asked;
  const { userId, settings } = session;
  const known = await readActByKey(db, { threadId: thread.id, userId, key, act });
  if (known !== null) return viewOf(thread, known);
  assertOffered(thread, act.kind);
  const fileIds = filesOf(act);
  const fault = faultOf(thread, act, confirmed, fileIds.length);
  if (fault !== null) throw new AppError("invalid_input", "not an act to confirm", { fields: fault });
  const enqueued = await enqueueAct(db, thread.accountId, {
    threadId: thread.id,
    userId,
    key,
    act,
    confirmed,
    fileIds: fileIds.map(fileId),
    seen: seen ?? null,
    undoSeconds: settings.undoSeconds,
  });
  return viewOf(thread, enqueued);
}

/** What only Mercado Libre can say before an act: offers, reasons, costs. A live read that changes nothing.
 *  @throws AppError not_found, account_disconnected, slow_down, meli_down: the last two may be tried again */
export async function optionsOf(
  session: Session,
  address: ThreadAddress,
  kind: ClaimActKind,
): Promise<ActOptions> {
  const thread = await requireThread(session, address);
  if (thread.accountState !== "connected") throw new AppError("account_disconnected", "not connected");
  if (!isOffered(thread, kind)) return { kind: "closed", reason: "action_gone" };
  try {
    return await withAccount(runtime(), thread.accountId, "open", async (ctx) => {
      const options = await channelOf(thread.channel).options?.(ctx, thread, kind);
      return options ?? { kind: "none" };
    });
  } catch (error) {
    const refusal = error instanceof MeliError ? claimRefusalOf(error.failure) : null;
    if (refusal === null) throw error;
    return { kind: "closed", reason: refusal };
  }
}

const isOffered = ({ claim, profile }: StoredThread, kind: ClaimActKind): boolean =>
  claim !== null && offeredActs(claim, profile).some(({ act }) => act === kind);

function assertOffered(thread: StoredThread, kind: ClaimActKind): void {
  if (thread.accountState !== "connected") throw new AppError("account_disconnected", "not connected");
  if (isOffered(thread, kind)) return;
  throw new AppError("refused_by_meli", `the claim does not offer ${kind}`, { reason: "action_not_held" });
}

/** The files that an act names, in the order in which it names them. */
function filesOf(act: ClaimAct): string[] {
  if (act.kind === "evidence") return act.files;
  return act.kind === "reviewFail" ? act.failures.flatMap(({ files }) => files) : [];
}

function faultOf(thread: StoredThread, act: ClaimAct, confirmed: Confirmed, files: number) {
  const sale: KnownSale = {
    siteId: thread.siteId,
    buyerName: thread.buyerName,
    context: reviveContext(thread.context),
    returnedOrderIds: [...new Set(thread.claim?.return?.orders.map(({ orderId }) => orderId) ?? [])],
  };
  if (files > CLAIM_ATTACHMENT_RULES.maxPerMessage) return { files: "too_many" };
  return staleConfirmation(act, confirmed, sale) ?? actFaults(act, sale, new Date());
}

async function viewOf(thread: StoredThread, enqueued: EnqueuedAct): Promise<ActView> {
  switch (enqueued.kind) {
    case "key_used":
      throw new AppError("conflict", "this key was used for another act", { reason: "key_used" });
    case "pending":
      throw new AppError("conflict", "another act is pending", { reason: "act_pending" });
    case "file_gone":
      throw new AppError("invalid_input", "a file is not there", { fields: { files: "unknown" } });
    case "enqueued": {
      const recorded = await readAct(runtime().db, enqueued.row.id);
      if (recorded === null) throw new Error("an act without its audit row");
      const offered = thread.claim === null ? [] : offeredActs(thread.claim, thread.profile);
      return actView(recorded, offered);
    }
  }
}
