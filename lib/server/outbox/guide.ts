import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { channelOf } from "@/lib/server/channels/channels";
import { isUnbegun, startable } from "@/lib/server/channels/message-start";
import type { Runtime } from "@/lib/server/runtime";
import { rememberExcepted } from "@/lib/server/store/starts";
import { readThreadById, type StoredThread } from "@/lib/server/store/threads";
import { pullInto } from "@/lib/server/sync/pull-thread";
import type { GuideChoice, GuideView } from "@/lib/shared/api/thread";
import { lengthOf } from "@/lib/shared/message-length";

/** How a conversation may be begun now, as Mercado Libre says it at this moment. What that tells of the conversation is
 *  remembered: that its sale is an exception, that it has begun. Sends nothing and marks nothing read.
 *  @throws MeliError; AppError slow_down (reason guide_locked): may be retried */
export async function readGuide(rt: Runtime, ctx: AccountCtx, thread: StoredThread): Promise<GuideView> {
  const start = await channelOf(thread.channel).prepare?.(ctx, thread);
  switch (start?.kind) {
    case undefined:
      return { kind: "closed", reason: "guide_refused" };
    case "options":
    case "closed":
      return start;
    case "use_messages":
      return excepted(rt, await pulledAgain(rt, ctx, thread));
    case "has_begun": {
      const now = await pulledAgain(rt, ctx, thread);
      // Both talk, and we are not shown of what: nobody answers blindly.
      return isUnbegun(now) ? { kind: "closed", reason: "thread_refused" } : excepted(rt, now);
    }
    case "ask_thread":
      return fromThread(await pulledAgain(rt, ctx, thread));
  }
}

async function pulledAgain(rt: Runtime, ctx: AccountCtx, thread: StoredThread): Promise<StoredThread> {
  await pullInto(rt, ctx, thread.channel, {
    externalId: thread.externalId,
    sellerId: thread.sellerId,
    siteId: thread.siteId,
  });
  return (await readThreadById(rt.db, thread.accountId, thread.id)) ?? thread;
}

/** The guide is not the way; where the conversation still asks for a reason, that is an exception to remember. */
async function excepted(rt: Runtime, thread: StoredThread): Promise<GuideView> {
  const view = fromThread(thread);
  if (view.kind === "use_messages" || !hasGuide(thread)) return view;
  await rememberExcepted(rt.db, thread.accountId, thread.id, true);
  return { kind: "use_messages" };
}

/** Is a reason what the conversation is begun with, as far as it tells? Pure. */
export const hasGuide = (thread: StoredThread): boolean =>
  channelOf(thread.channel)
    .abilities(startable(thread))
    .some(({ kind }) => kind === "guide");

/** What the conversation itself says of how it is begun. Pure. */
export function fromThread(thread: StoredThread): GuideView {
  const abilities = channelOf(thread.channel).abilities(startable(thread));
  const reply = abilities.find((ability) => ability.kind === "reply");
  if (reply?.allowed) return { kind: "use_messages" };
  if (reply === undefined || abilities.some(({ kind }) => kind === "guide")) {
    return { kind: "closed", reason: "guide_refused" };
  }
  return {
    kind: "closed",
    reason: reply.because === "blocked" ? (reply.substatus ?? "blocked") : reply.because,
  };
}

/** Why a choice cannot be sent as the guide stands now; null: it can. The reasons have words on the screen. Pure. */
export function choiceRefusal(guide: GuideView, choice: GuideChoice, text: string): string | null {
  if (guide.kind === "closed") return guide.reason;
  if (guide.kind === "use_messages") return "guide_not_needed";
  const option = guide.options.find(({ id }) => id === choice.optionId);
  if (option === undefined || !option.isEnabled) return "guide_gone";
  if (option.left === 0) return "guide_used";
  if (choice.templateId === null) {
    if (option.kind !== "free_text" || choice.vars.length > 0) return "guide_template";
    return lengthOf(text) > option.maxLength ? "too_long" : null;
  }
  const template = option.templates.find(({ id }) => id === choice.templateId);
  if (option.kind !== "template" || template === undefined) return "guide_template";
  const given = choice.vars.map(({ id }) => id).toSorted();
  const asked = template.vars.toSorted();
  const isWhole = given.length === asked.length && given.every((id, index) => id === asked[index]);
  return isWhole ? null : "guide_vars";
}
