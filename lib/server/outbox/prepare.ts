import "server-only";
import type { AccountCtx, WireFile } from "@/lib/server/channels/channel";
import { channelOf } from "@/lib/server/channels/channels";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import type { Runtime } from "@/lib/server/runtime";
import { claimActOf } from "@/lib/server/store/audits";
import { listOutboxFiles, readFileBytes, type StoredFile } from "@/lib/server/store/files";
import type { OutboxRow, OutboxStep } from "@/lib/server/store/outbox";
import { renewLease } from "@/lib/server/store/outbox-lease";
import { readThreadById, type StoredThread } from "@/lib/server/store/threads";
import { pullContext } from "@/lib/server/sync/pull-context";
import { AppError } from "@/lib/shared/errors";
import { fileReason } from "@/lib/shared/files/file-reason";
import { nameOnWire, wireType } from "@/lib/shared/files/wire-name";
import type { ThreadSnapshot } from "@/lib/shared/thread";
import { afterFailure, fileFaultOn } from "./after-failure";
import { offerRefusal } from "./claim-offer";
import { untold } from "./claim-proof";
import { choiceRefusal, readGuide } from "./guide";
import { actOf, look } from "./look";

/** A worker that stood still for longer between asking whether a reply is still its own and sending it does not send. */
const STANDSTILL_MS = 3_000;

/** The lease on one row, as its holder uses it. */
export interface HeldLease {
  owner: string;
  worker: Runtime["worker"];
}

export interface Ready {
  kind: "ready";
  /** Its next write waits for nothing, and asks whether the row is still ours right before it leaves. */
  ctx: AccountCtx;
  thread: StoredThread;
  /** The thread as it was read last of all. */
  snapshot: ThreadSnapshot;
  files: WireFile[];
}

export type Prepared =
  | Ready
  | { kind: "step"; step: OutboxStep }
  /** The lease went to another worker, or a person decided: everything else is not our business. */
  | { kind: "lost" };

/** Everything that can be done before the request leaves: upload the files, hold a chosen reason or a part of the money against
 *  what Mercado Libre offers now (messages.md 3, claims.md 6), wait for the rate budget, and read the thread, last of all, to see that the reply may still leave. Nothing of it is seen by anybody, so all of it may be repeated.
 *  @throws MeliError 401 only: the account must be connected again. */
export async function prepare(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  row: OutboxRow,
  lease: HeldLease,
): Promise<Prepared> {
  const channel = channelOf(thread.channel);
  const keep = () => renewLease(rt.db, row.id, lease);
  try {
    const waiting = await listOutboxFiles(rt.db, [row.id]);
    const act = claimActOf(row);
    if (waiting.length > 0 || row.option !== null || act !== null) {
      // No file is uploaded and nothing asked about for what cannot leave.
      const early = await look(rt, ctx, thread, row);
      if (early.kind === "step") return early;
    }
    if (row.option !== null) {
      const reason = choiceRefusal(await readGuide(rt, ctx, thread), row.option, row.text);
      if (reason !== null) return { kind: "step", step: { state: "failed", reason, isSettled: true } };
      if (!(await keep())) return { kind: "lost" };
    }
    if (act?.kind === "partialRefund") {
      const reason = await offerRefusal(ctx, thread, act);
      if (reason !== null) return { kind: "step", step: { state: "failed", reason, isSettled: true } };
      if (!(await keep())) return { kind: "lost" };
    }
    const files: WireFile[] = [];
    for (const file of waiting) {
      const uploaded = await upload(rt, ctx, thread, row, file);
      if (uploaded.kind === "step") return uploaded;
      files.push({ ...uploaded.file, fileId: file.id });
      if (!(await keep())) return { kind: "lost" };
    }
    const meli = await ctx.meli.reserve(channel.family, () => stillOurs(keep));
    if (!(await keep())) return { kind: "lost" };
    let looked = await look(rt, ctx, thread, row);
    if (looked.kind === "step") return looked;
    const known = await withBuyer(rt, ctx, thread, looked.snapshot);
    if (known !== thread) {
      looked = await look(rt, ctx, known, row);
      if (looked.kind === "step") return looked;
    }
    return { kind: "ready", ctx: { ...ctx, meli }, thread: known, snapshot: looked.snapshot, files };
  } catch (error) {
    // A fresh token was refused: that is the account's trouble, not the reply's.
    if (error instanceof MeliError && error.failure.status === 401) throw error;
    rt.log.info({ err: error, outboxId: row.id, threadId: thread.id }, "reply not sent yet");
    return { kind: "step", step: untold(row, afterFailure(row, error)) };
  }
}

/** One file of a reply, under a name and a type that fit what is in it. A file that Mercado Libre does not take keeps the
 *  whole reply here, and the reason tells which it was. @throws what is not about the file */
async function upload(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  row: OutboxRow,
  file: StoredFile,
): Promise<{ kind: "uploaded"; file: { id: string } } | { kind: "step"; step: OutboxStep }> {
  const type = wireType(file.type);
  const bytes = new Blob([new Uint8Array(await readFileBytes(rt.db, row.accountId, file.id))], { type });
  const name = nameOnWire(thread.channel, file.name, file.type);
  try {
    return {
      kind: "uploaded",
      file: await channelOf(thread.channel).upload(ctx, thread, { name, type, bytes }, actOf(row)),
    };
  } catch (error) {
    const fault = error instanceof MeliError ? fileFaultOn(thread.channel, error.failure) : null;
    if (fault === null) throw error;
    rt.log.info({ err: error, outboxId: row.id, fault }, "a file was not taken");
    return { kind: "step", step: { ...afterFailure(row, error), reason: fileReason(fault, file.id) } };
  }
}

/** The fence before the wire: the row is ours, and our word that it is has not grown old. @throws AppError slow_down */
async function stillOurs(keep: () => Promise<boolean>): Promise<void> {
  const askedAt = performance.now();
  const isOurs = await keep();
  if (!isOurs || performance.now() - askedAt > STANDSTILL_MS) {
    throw new AppError("slow_down", "the reply is not this worker's any more", { reason: "lease_lost" });
  }
}

/** Where nobody has written yet, the recipient comes from the order (messages.md 4.3): read it, if it never was. */
async function withBuyer(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  snapshot: ThreadSnapshot,
): Promise<StoredThread> {
  if (thread.channel !== "messages") return thread;
  const isKnown = thread.buyerId !== null || snapshot.messages.some(({ direction }) => direction === "in");
  if (isKnown || ctx.profile === "GLOBAL") return thread;
  await pullContext(rt, ctx, thread.id);
  return (await readThreadById(rt.db, thread.accountId, thread.id)) ?? thread;
}
