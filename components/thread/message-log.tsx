"use client";

import ArrowDown from "lucide-react/icons/arrow-down";
import { useTranslations } from "next-intl";
import { Fragment, type ReactNode, useEffect } from "react";
import { Moment } from "@/components/inbox/moment";
import { useZone } from "@/components/inbox/zone";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import type { MessageView, OutboxView, ThreadView } from "@/lib/shared/api/thread";
import { type Bubble, canRewrite, continues, mergeBubbles } from "@/lib/shared/view/bubbles";
import { groupByDay } from "@/lib/shared/view/days";
import { fixOf } from "@/lib/shared/view/reasons";
import { MessageBubble, placeOf } from "./message-bubble";
import { ReplyActions, type ReplyActs } from "./reply-actions";
import { ReplyBubble } from "./reply-bubble";
import { useThreadKit } from "./thread-kit";
import { NOTHING_BELOW, useLogScroll } from "./use-log-scroll";

/** A region that scrolls must be reachable by keyboard, or who uses no mouse cannot read it. */
const REACHABLE = { tabIndex: 0 };

/** The conversation, oldest first, newest at the bottom: exactly one log, also when nobody wrote yet. */
export function MessageLog({
  view,
  pending,
  older,
  acts: given,
  onEditRejected,
  onBelow,
}: {
  view: Pick<
    ThreadView,
    "messages" | "outbox" | "row" | "hasOlder" | "pulledAt" | "composer" | "claim" | "question"
  >;
  pending: ReactNode;
  older: { isLoading: boolean; isFailed: boolean; load: () => void };
  acts: Omit<ReplyActs, "show">;
  /** Puts a rejected message back into the field; null when nothing may be written now. */
  onEditRejected: ((message: MessageView) => void) | null;
  /** Told of the bubbles that came while the reader was further up, whenever that changes. */
  onBelow: (keys: ReadonlySet<string>) => void;
}) {
  const t = useTranslations("thread");
  const zone = useZone();
  const buyer = view.row.buyer;
  const kit = useThreadKit(view);
  const bubbles = mergeBubbles(view.messages, view.outbox);
  const entries = kit?.weave?.(view, bubbles) ?? bubbles;
  const unseen = new Set(view.outbox.flatMap((reply) => (reply.state === "held" ? reply.heldFor : [])));
  const options = new Map(view.outbox.map(({ messageId, option }) => [messageId, option]));
  const acts: ReplyActs = { ...given, show: showFirst };
  const scroll = useLogScroll({
    firstKey: bubbles[0]?.key ?? null,
    keys: bubbles.map((bubble) => bubble.key),
    hasPending: pending !== null,
    canLoad: view.hasOlder && !older.isLoading && !older.isFailed,
    onTop: older.load,
  });
  const below = scroll.below.join(" ");
  useEffect(() => onBelow(below === "" ? NOTHING_BELOW : new Set(below.split(" "))), [below, onBelow]);

  return (
    <div className="relative min-h-0 flex-1">
      <div
        {...REACHABLE}
        {...scroll.props}
        role="log"
        aria-label={t("log", { buyer: buyer ?? t("buyer") })}
        className="flex h-full flex-col overflow-y-auto overscroll-contain px-5 py-4 -outline-offset-2 [overflow-anchor:none] max-md:px-3.5"
      >
        <div className="mx-auto mt-auto flex w-full max-w-[64rem] flex-col">
          <Top hasOlder={view.hasOlder} older={older} />
          {entries.length === 0 && pending === null && (
            <p className="py-10 text-center text-ink-3 text-sm">{t(emptyOf(view))}</p>
          )}
          {groupByDay(entries, zone).map((group) => (
            <Fragment key={group.day}>
              <p className="mt-5 text-center text-ink-3 text-xs first:mt-1">
                <Moment at={group.at} timeZone={zone} style="day" />
              </p>
              {group.entries.map((bubble, index) => {
                if (bubble.kind === "event")
                  return kit?.Event && <kit.Event key={bubble.key} entry={bubble} />;
                const before = group.entries[index - 1];
                const isClose =
                  before?.kind !== "event" && isSameVoice(before, bubble) && continues(before, bubble);
                return bubble.kind === "reply" ? (
                  <ReplyBubble
                    key={bubble.key}
                    reply={bubble.reply}
                    state={bubble.state}
                    timeZone={zone}
                    isClose={isClose}
                    acts={acts}
                  />
                ) : (
                  <MessageBubble
                    key={bubble.key}
                    message={bubble.message}
                    buyer={buyer}
                    timeZone={zone}
                    isClose={isClose}
                    isUnseen={unseen.has(bubble.message.id)}
                    option={options.get(bubble.message.id) ?? null}
                    action={editAction(bubble.message, view.outbox)}
                  />
                );
              })}
            </Fragment>
          ))}
          {pending}
        </div>
      </div>
      {!scroll.isAtBottom && (
        <Button
          size="sm"
          onClick={scroll.toBottom}
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-pop"
        >
          <ArrowDown aria-hidden="true" className="size-4" />
          {t("below", { count: scroll.below.length })}
        </Button>
      )}
    </div>
  );

  /** A rejected message of ours says what to change and can be written anew: for as long as our own row calls for it,
   *  which can also let it go, or until something newer of ours was delivered. */
  function editAction(message: MessageView, outbox: readonly OutboxView[]): ReactNode {
    if (message.visibility !== "rejected" || message.direction !== "out") return null;
    // A question takes one answer: there is no second that could be written anew.
    if (view.question !== null) return null;
    const ours = outbox.find((reply) => reply.messageId === message.id && reply.state === "rejected");
    if (ours === undefined && (onEditRejected === null || !canRewrite(message, view.messages))) return null;
    return (
      <>
        <p className="max-w-prose text-balance text-right text-ink-2 text-xs">
          {t("explain.rejected")} {t(`fix.${fixOf(message.reason)}`)}
        </p>
        {ours ? (
          <ReplyActions reply={ours} state="rejected" acts={acts} />
        ) : (
          <Button size="sm" onClick={() => onEditRejected?.(message)}>
            {t("act.edit")}
          </Button>
        )}
      </>
    );
  }
}

/** The mediator is no part of either side. */
function isSameVoice(before: Bubble | undefined, bubble: Bubble): boolean {
  const isMediator = (one: Bubble | undefined) =>
    one?.kind === "message" && one.message.author === "mediator";
  return isMediator(before) === isMediator(bubble);
}

/** Brings the first of these messages into the middle of the log, for eyes and for the keyboard. */
function showFirst(messageIds: readonly string[]): void {
  const place = messageIds.map((id) => document.getElementById(placeOf(id))).find((found) => found !== null);
  place?.scrollIntoView({ block: "center" });
  place?.focus({ preventScroll: true });
}

/** What stands above the oldest message shown. */
function Top({
  hasOlder,
  older,
}: {
  hasOlder: boolean;
  older: { isLoading: boolean; isFailed: boolean; load: () => void };
}) {
  const t = useTranslations("thread");
  if (!hasOlder) return null;
  return (
    <div className="flex h-11 items-center justify-center gap-3 text-ink-3 text-xs">
      {older.isFailed ? (
        <>
          {t("olderFailed")}
          <Button size="sm" onClick={older.load}>
            {t("again")}
          </Button>
        </>
      ) : (
        older.isLoading && (
          <>
            <Spinner />
            {t("older")}
          </>
        )
      )}
    </div>
  );
}

/** Why there is nothing to read: nobody wrote, we have not asked yet, or Mercado Libre does not show it. */
function emptyOf({
  pulledAt,
  composer,
}: Pick<ThreadView, "pulledAt" | "composer">): "empty" | "neverRead" | "notShown" {
  // What was never read and may be begun is what nobody has written on.
  if (pulledAt !== null || composer.allowed || composer.hasGuide) return "empty";
  return composer.because === "not_shown" ? "notShown" : "neverRead";
}
