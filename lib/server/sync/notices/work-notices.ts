import "server-only";
import { withAccount } from "@/lib/server/account-context";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import { kindOf, type NoticeKind } from "@/lib/server/mercadolibre/topics";
import { count } from "@/lib/server/metrics/count";
import type { Runtime } from "@/lib/server/runtime";
import { finishStored } from "@/lib/server/store/noticed";
import {
  type ClaimedNotice,
  countRetried,
  finishNotices,
  type NoticeOutcome,
  retryNotices,
} from "@/lib/server/store/notices";
import { inParallel } from "@/lib/server/sync/in-parallel";
import { AppError } from "@/lib/shared/errors";
import type { AccountId } from "@/lib/shared/ids";
import { followClaim } from "./follow-claim";
import { followItem } from "./follow-item";
import { followLead } from "./follow-lead";
import { followMessage } from "./follow-message";
import { followQuestion } from "./follow-question";
import { followOrder, followShipment } from "./follow-sale";

/** Look-ups of one account at a time (notifications.md 9). */
const PER_ACCOUNT = 2;
/** Waits before a notice is looked at again; the last one goes on (notifications.md 9). */
const PAUSES_MS = [2_000, 5_000, 15_000, 60_000] as const;
/** So often what is too fresh is asked for again; then reconciliation is the net. */
const TOO_FRESH_TRIES = PAUSES_MS.length;
/** So many of one account's wait for that at a time. Nobody can tell a forged id from a message that is too fresh: of a
 *  flood of forged ones all the others cost one read each. */
const TOO_FRESH_AT_ONCE = 10;
/** So often while Mercado Libre does not answer at all: about an hour. */
const TROUBLE_TRIES = 60;

/** What following a notice may end with. */
export type Followed =
  | { kind: "ended"; outcome: NoticeOutcome }
  /** Ended already, in the transaction that did what it asked for. */
  | { kind: "committed" }
  | { kind: "too_fresh" };

/** Several notices about one thing: one look is enough for all of them. */
export interface Group {
  kind: NoticeKind;
  userId: string;
  subject: string;
  ids: number[];
  tries: number;
  /** What the first of them says has happened, or to what. */
  actions: string[];
}

/** Works off claimed notices of one account. Every one of them is ended or due again afterwards; only PostgreSQL's own
 *  trouble is thrown, and then the claim ends with this worker. */
export async function workNotices(
  rt: Runtime,
  accountId: AccountId,
  notices: readonly ClaimedNotice[],
): Promise<void> {
  const end = (ended: readonly ClaimedNotice[], outcome: NoticeOutcome) =>
    finishNotices(rt.db, rt.worker, idsOf(ended), outcome, accountId);
  const [kept, followed] = split(notices, ({ topic }) => kindOf(topic) === null);
  await end(kept, { state: "kept", outcome: "kept" });
  const [messages, sales] = split(followed, ({ topic }) => kindOf(topic) === "message");
  const [reads, written] = split(messages, isReadOnly);
  await end(reads, { state: "done", outcome: "read" });
  const left = await finishStored(rt.db, rt.worker, accountId, written);
  const groups = groupsOf([...written.filter(({ id }) => left.has(id)), ...sales]);
  if (groups.length === 0) return;
  try {
    await withAccount(rt, accountId, "notice", (ctx) =>
      inParallel(PER_ACCOUNT, groups, (group) => workGroup(rt, ctx, group)),
    );
  } catch (error) {
    // The account itself: its tokens are gone, or could not be asked for. What was ended before stays so.
    for (const group of groups) await settle(rt, accountId, group, error);
  }
}

async function workGroup(rt: Runtime, ctx: AccountCtx, group: Group): Promise<void> {
  try {
    const followed = await follow(rt, ctx, group);
    if (followed.kind === "too_fresh") {
      const isCrowd =
        group.tries === 0 && (await countRetried(rt.db, group.userId, "too_fresh")) >= TOO_FRESH_AT_ONCE;
      return await again(rt, group, "too_fresh", isCrowd ? 0 : TOO_FRESH_TRIES);
    }
    if (followed.kind === "ended") {
      await finishNotices(rt.db, rt.worker, group.ids, followed.outcome, ctx.accountId);
    }
  } catch (error) {
    if (isAccountGone(error)) throw error;
    await settle(rt, ctx.accountId, group, error);
  }
}

function follow(rt: Runtime, ctx: AccountCtx, group: Group): Promise<Followed> {
  if (group.kind === "message") return followMessage(rt, ctx, group);
  if (group.kind === "claim") return followClaim(rt, ctx, group);
  if (group.kind === "question") return followQuestion(rt, ctx, group);
  if (group.kind === "item") return followItem(rt, ctx, group);
  if (group.kind === "lead" || group.kind === "credit") return followLead(rt, ctx, group);
  return group.kind === "order" ? followOrder(rt, ctx, group) : followShipment(rt, ctx, group);
}

/** What a failure makes of notices: a refusal ends them after the one read that it cost, trouble has them come back. */
async function settle(rt: Runtime, accountId: AccountId, group: Group, error: unknown): Promise<void> {
  const drop = (outcome: string) =>
    finishNotices(rt.db, rt.worker, group.ids, { state: "dropped", outcome }, accountId);
  if (isAccountGone(error)) return drop("disconnected");
  if (error instanceof AppError && error.code === "not_available") return drop("not_available");
  if (error instanceof AppError && error.code === "invalid_input") return drop("refused");
  if (error instanceof MeliError && isRefusal(error.failure.status)) return drop("refused");
  rt.log.info({ err: error, accountId, kind: group.kind }, "a notice could not be followed yet");
  await again(rt, group, "trouble", TROUBLE_TRIES);
}

async function again(rt: Runtime, group: Group, outcome: string, mostTries: number): Promise<void> {
  const { ids, tries } = group;
  count("notices_again", { why: outcome });
  if (tries >= mostTries) {
    return finishNotices(rt.db, rt.worker, ids, { state: "dropped", outcome });
  }
  const pauseMs = PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)] ?? 60_000;
  await retryNotices(rt.db, rt.worker, ids, { outcome, pauseMs, isTry: true });
}

function isAccountGone(error: unknown): boolean {
  return error instanceof AppError && error.code === "account_disconnected";
}

function isRefusal(status: number | null): boolean {
  return status !== null && status >= 400 && status < 500 && status !== 423 && status !== 429;
}

/** Somebody read messages: no message came with it (messages.md 7). */
function isReadOnly({ actions }: ClaimedNotice): boolean {
  return actions.length > 0 && actions.every((action) => action === "read");
}

const idsOf = (notices: readonly ClaimedNotice[]) => notices.map(({ id }) => id);

function split<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}

/** In the order of their first notices. */
function groupsOf(notices: readonly ClaimedNotice[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { id, userId, topic, subject, tries, actions } of notices) {
    const kind = kindOf(topic) ?? "item";
    const group = groups.get(`${kind} ${subject}`);
    if (group === undefined)
      groups.set(`${kind} ${subject}`, { kind, userId, subject, ids: [id], tries, actions });
    else group.ids.push(id);
  }
  return [...groups.values()];
}
