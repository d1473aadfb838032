import "server-only";
import { withAccount } from "@/lib/server/account-context";
import type { AccountCtx, Held, Ref } from "@/lib/server/channels/channel";
import { channelOf } from "@/lib/server/channels/channels";
import type { Lane } from "@/lib/server/mercadolibre/http";
import { count } from "@/lib/server/metrics/count";
import type { Runtime } from "@/lib/server/runtime";
import { readHeld } from "@/lib/server/store/held";
import { saveSnapshot } from "@/lib/server/store/snapshots";
import { findThread } from "@/lib/server/store/threads";
import { databaseNow, markRefused, wishPull } from "@/lib/server/store/wanted";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import { blockRuleOf, UNKNOWN_BLOCK } from "@/lib/shared/substatus";
import type { ChannelName, ThreadSnapshot } from "@/lib/shared/thread";

/** A conversation of fewer messages is one page: reading it anew costs no more than reading what is new of it. */
const LONG = 100;

export type PullResult =
  | { kind: "stored"; id: ThreadId; isChanged: boolean; snapshot: ThreadSnapshot }
  /** `isBelieved` false: it was notified just now, and cannot be read yet. */
  | { kind: "gone"; status: number | null; isBelieved: boolean };

/** Reads one conversation and stores it: the one way in for sweeps, backfill, opening and notifications. Never marks it
 *  read. Of a long one only what we do not hold is asked for (docs/decisions/042).
 *  @param o.isFresh whether a 404 is believed not yet: nothing is noted of it, the caller comes back.
 *  @param o.isWhole reads what we hold, too: somebody asks for it by hand.
 *  @throws MeliError that may be retried. */
export async function pullInto(
  rt: Runtime,
  ctx: AccountCtx,
  channel: ChannelName,
  ref: Ref,
  o: { isFresh?: boolean; isWhole?: boolean } = {},
): Promise<PullResult> {
  const readFrom = await databaseNow(rt.db);
  const known = await heldOf(rt, ctx, channel, ref.externalId);
  const held = known !== null && o.isWhole ? { ...known, total: null } : known;
  const pulled = await channelOf(channel).pull(ctx, ref, held);
  if (pulled.kind === "gone") {
    if (o.isFresh && pulled.status === 404) return { kind: "gone", status: 404, isBelieved: false };
    const thread = await findThread(rt.db, [ctx.accountId], channel, ref.externalId);
    if (thread !== null) await markRefused(rt.db, ctx.accountId, thread.id, readFrom);
    return { kind: "gone", status: pulled.status, isBelieved: true };
  }
  noteUnknownBlock(rt, pulled.snapshot);
  const snapshot = await withHeld(rt, ctx, channel, pulled.snapshot);
  const read = { messages: pulled.read, isExact: pulled.isExact, chain: pulled.chain };
  const saved = await saveSnapshot(rt.db, ctx.accountId, channel, snapshot, readFrom, read);
  // Who opened it has what there was. A worker has more patience, and what it brings comes to the screen by itself.
  if (pulled.isShort && ctx.meli.lane === "open") {
    await rt.db.transaction((tx) => wishPull(tx, ctx.accountId, saved.id, "notice"));
  }
  return { kind: "stored", ...saved, snapshot };
}

/** What a read may build upon: of a long conversation its messages, of a claim or a chain of questions what it was the last time. */
async function heldOf(
  rt: Runtime,
  ctx: AccountCtx,
  channel: ChannelName,
  externalId: string,
): Promise<Held | null> {
  if (channel === "messages") return readHeld(rt.db, ctx.accountId, channel, externalId, LONG);
  const thread = await findThread(rt.db, [ctx.accountId], channel, externalId);
  if (thread === null) return null;
  if (channel === "questions") {
    const words = await readHeld(rt.db, ctx.accountId, channel, thread.externalId, 0);
    const { chain, listing, isComplete } = thread;
    return {
      messages: words?.messages ?? [],
      total: null,
      isComplete,
      chain,
      listing,
      externalId: thread.externalId,
    };
  }
  // Of a claim that was never read we may hold what a search has told.
  const total = thread.pulledAt === null ? null : 0;
  return { messages: [], claim: thread.claim, total, isComplete: false };
}

/** A conversation that expired comes back without its messages (messages.md 4.2): those that we hold stand for it. */
async function withHeld(
  rt: Runtime,
  ctx: AccountCtx,
  channel: ChannelName,
  snapshot: ThreadSnapshot,
): Promise<ThreadSnapshot> {
  if (snapshot.messages.length > 0 || channel === "questions") return snapshot;
  const held = await readHeld(rt.db, ctx.accountId, channel, snapshot.externalId, 1);
  if (held === null || held.messages.length === 0) return snapshot;
  const { messages, isComplete } = held;
  return { ...snapshot, messages, isComplete, total: held.total ?? messages.length };
}

/** Reads one conversation in the name of an account, because somebody asks for it. What the store knows of it (site, seller) names it completely. */
export async function pullThread(
  rt: Runtime,
  accountId: AccountId,
  channel: ChannelName,
  externalId: string,
  lane: Lane,
): Promise<PullResult> {
  const known = await findThread(rt.db, [accountId], channel, externalId);
  return withAccount(rt, accountId, lane, (ctx) =>
    pullInto(
      rt,
      ctx,
      channel,
      {
        externalId,
        sellerId: known?.sellerId ?? null,
        siteId: known?.siteId ?? null,
      },
      { isWhole: true },
    ),
  );
}

const notedBlocks = new Set<string>();

/** Mercado Libre adds block codes without notice: each is logged once, and shown as an unknown block (messages.md 6). */
function noteUnknownBlock(rt: Runtime, snapshot: ThreadSnapshot): void {
  const { status, substatus } = snapshot;
  if (status !== "blocked" || substatus === null || notedBlocks.has(substatus)) return;
  if (blockRuleOf(substatus) !== UNKNOWN_BLOCK) return;
  notedBlocks.add(substatus);
  count("unknown_substatus");
  rt.log.warn({ substatus }, "a block code that is not in the catalogue");
}
