"use client";

import Scale from "lucide-react/icons/scale";
import { useTranslations } from "next-intl";
import { type ReactNode, useContext } from "react";
import { Moment } from "@/components/inbox/moment";
import { cx } from "@/components/ui/cx";
import type { GuideChoice, MessageView } from "@/lib/shared/api/thread";
import { truthOf } from "@/lib/shared/view/bubbles";
import { MessageFiles } from "./message-files";
import { ReasonLine } from "./reason-line";
import { RichText } from "./rich-text";
import { ThreadKitContext } from "./thread-kit";
import { TruthLine } from "./truth-line";

/** The frame of anything that was said: one article, at its side, no wider than reads well. */
export function Article({
  side,
  label,
  isClose,
  isWide = false,
  messageId,
  children,
}: {
  side: "in" | "out";
  label: string;
  isClose: boolean;
  /** Of neither side: over the whole width, with a rule. */
  isWide?: boolean;
  /** Makes it a place to go to. */
  messageId?: string;
  children: ReactNode;
}) {
  return (
    <article
      aria-label={label}
      {...(messageId === undefined ? {} : { id: placeOf(messageId), tabIndex: -1 })}
      className={cx(
        "flex flex-col gap-1",
        isWide
          ? "items-start self-stretch border-mute border-l-[3px] pl-3"
          : cx("max-w-[min(86%,36rem)]", side === "in" ? "items-start self-start" : "items-end self-end"),
        isClose ? "mt-1.5" : "mt-4",
      )}
    >
      {children}
    </article>
  );
}

/** Where a message stands on the page. */
export const placeOf = (messageId: string) => `message-${messageId}`;

/** The words themselves. Long words break rather than widen the page. */
export function Words({
  side,
  isMarked = false,
  isWide = false,
  children,
}: {
  side: "in" | "out";
  isWide?: boolean;
  isMarked?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={cx(
        "min-w-0 max-w-full rounded-3 px-3 py-2 text-md [overflow-wrap:anywhere]",
        isWide
          ? "rounded-l-[4px] bg-mute-wash"
          : side === "in"
            ? "rounded-bl-[4px] bg-buyer"
            : "rounded-br-[4px] bg-accent-wash",
        isMarked && "outline-2 outline-soon",
      )}
    >
      {children}
    </div>
  );
}

/** A message as Mercado Libre holds it: text, translation under it, files, and what became of it. */
export function MessageBubble({
  message,
  buyer,
  timeZone,
  isClose,
  isUnseen,
  option = null,
  action,
}: {
  message: MessageView;
  buyer: string | null;
  timeZone: string;
  isClose: boolean;
  /** A reply is held because its sender had not seen this. */
  isUnseen: boolean;
  /** The reason that our message began the conversation under. */
  option?: GuideChoice | null;
  /** What can be done with a message of ours that was not accepted. */
  action?: ReactNode;
}) {
  const t = useTranslations("thread");
  const { direction: side } = message;
  const kit = useContext(ThreadKitContext);
  const isMediator = message.author === "mediator";
  const author = isMediator ? t("mediator") : side === "out" ? t("you") : (buyer ?? t("buyer"));
  const translation = message.textTranslated;
  const isTranslated = translation !== null && translation.trim() !== "" && translation !== message.text;
  const truth = truthOf(message);
  return (
    <Article side={side} label={author} isClose={isClose} isWide={isMediator} messageId={message.id}>
      {isMediator && (
        <p className="flex items-center gap-1.5 font-semibold text-mute text-sm">
          <Scale aria-hidden="true" className="size-4 shrink-0" />
          {author}
        </p>
      )}
      {kit?.Over && (
        <kit.Over said={{ ...message, messageId: message.id, questionId: null, at: message.createdAt }} />
      )}
      {isUnseen && <p className="font-semibold text-soon text-xs">{t("unseen")}</p>}
      {option !== null && <ReasonLine option={option} />}
      {message.author === "agent" && <p className="text-mute text-xs">{t("agent")}</p>}
      {kit?.Blank && message.text.trim() === "" && <kit.Blank message={message} />}
      {(message.text.trim() !== "" || isTranslated) && (
        <Words side={side} isMarked={isUnseen} isWide={isMediator}>
          <RichText text={message.text} />
          {isTranslated && (
            <div className="mt-2 border-line-strong border-t pt-1.5 text-ink-2 text-sm">
              <span className="sr-only">{t("translation")}: </span>
              <RichText text={translation} />
            </div>
          )}
        </Words>
      )}
      <MessageFiles files={message.attachments} side={side} />
      {side === "in" ? (
        !kit?.Under && (
          <Moment at={message.createdAt} timeZone={timeZone} style="clock" className="text-ink-3 text-xs" />
        )
      ) : (
        <TruthLine
          kind={truth.kind}
          reason={"reason" in truth && !kit?.Truth ? truth.reason : null}
          at={truth.at}
          timeZone={timeZone}
          words={kit?.Truth && <kit.Truth message={message} />}
        />
      )}
      {kit?.Under && <kit.Under message={message} />}
      {action}
    </Article>
  );
}
