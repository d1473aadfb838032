"use client";

import Ban from "lucide-react/icons/ban";
import Check from "lucide-react/icons/check";
import Clock from "lucide-react/icons/clock";
import Lock from "lucide-react/icons/lock";
import Shield from "lucide-react/icons/shield";
import { useTranslations } from "next-intl";
import type { ComponentType } from "react";
import { Moment } from "@/components/inbox/moment";
import { useZone } from "@/components/inbox/zone";
import { cx } from "@/components/ui/cx";
import { useNow } from "@/lib/client/now";
import type { MessageView } from "@/lib/shared/api/thread";
import { kindOf, type QuestionKind, questionOf } from "@/lib/shared/view/question-state";
import { useDesk } from "./use-desk";
import { Why } from "./why";

const LOOK: Readonly<Record<QuestionKind, { icon: ComponentType<{ className?: string }>; color: string }>> = {
  waiting: { icon: Clock, color: "text-soon" },
  onHold: { icon: Lock, color: "text-mute" },
  listingOff: { icon: Lock, color: "text-mute" },
  answered: { icon: Check, color: "text-fine" },
  answerBanned: { icon: Ban, color: "text-due" },
  answerDisabled: { icon: Ban, color: "text-due" },
  closedUnanswered: { icon: Lock, color: "text-mute" },
  underReview: { icon: Shield, color: "text-soon" },
  banned: { icon: Ban, color: "text-due" },
  deleted: { icon: Ban, color: "text-mute" },
  disabled: { icon: Ban, color: "text-mute" },
  purged: { icon: Ban, color: "text-mute" },
  unknown: { icon: Lock, color: "text-mute" },
};

/** Of these Mercado Libre may say why. */
const MODERATED: ReadonlySet<QuestionKind> = new Set(["banned", "disabled", "underReview"]);
const MODERATED_ANSWER: ReadonlySet<QuestionKind> = new Set(["answerBanned", "answerDisabled"]);

/** The one line of truth under a question, and why moderation took it or its answer. */
export function Under({ message }: { message: MessageView }) {
  const t = useTranslations("question.state");
  const now = useNow();
  const zone = useZone();
  const { view } = useDesk();
  const { listing, hidden } = view.question;
  const question = questionOf(view.question, message.id);
  if (question === null) {
    return message.direction === "in" ? (
      <Moment at={message.createdAt} timeZone={zone} style="clock" className="text-ink-3 text-xs" />
    ) : null;
  }
  const kind = kindOf(question, listing?.status ?? null, now);
  if (message.direction === "out") {
    return MODERATED_ANSWER.has(kind) ? <Why questionId={question.id} side="out" /> : null;
  }
  const { icon: Icon, color } = LOOK[kind];
  const more = [
    question.isSuspectedSpam && t("spam"),
    hidden.includes(question.id) && t("hidden"),
    question.isDeletedFromListing && kind !== "deleted" && t("offListing"),
  ].filter((words) => words !== false);
  return (
    <>
      <p
        data-question-status={question.status}
        className="flex items-start gap-1.5 text-xs"
        suppressHydrationWarning
      >
        <span className={cx("mt-px shrink-0", color)}>
          <Icon aria-hidden="true" className="size-3.5" />
        </span>
        <span className="min-w-0">
          <span className={color}>{[t(kind, { code: question.status }), ...more].join(" · ")}</span>
          <span className="text-ink-3"> · </span>
          <Moment at={message.createdAt} timeZone={zone} style="clock" className="text-ink-3" />
        </span>
      </p>
      {MODERATED.has(kind) && <Why questionId={question.id} side="in" />}
    </>
  );
}
