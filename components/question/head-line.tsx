"use client";

import { useTranslations } from "next-intl";
import { useNow } from "@/lib/client/now";
import { ANSWER_TARGET_MS } from "@/lib/shared/question/chain";
import { kindOf, waitingIn } from "@/lib/shared/view/question-state";
import { useDesk } from "./use-desk";
import { useSpanWords } from "./use-question-words";

/** How long the buyer has waited, for an answer within the hour sells; or what became of the question; then who asks. What
 *  counts most stands first: a phone cuts the rest. */
export function HeadLine() {
  const t = useTranslations("question");
  const threads = useTranslations("thread");
  const span = useSpanWords();
  const now = useNow();
  const { view, asked } = useDesk();
  const waiting = waitingIn(view.question);
  const since = asked !== null && waiting.some(({ id }) => id === asked.id) ? asked.createdAt : null;
  const isLate = since !== null && now.getTime() - since.getTime() >= ANSWER_TARGET_MS;
  return (
    <p className="truncate text-ink-2 text-sm first-letter:uppercase">
      {since === null ? (
        <span suppressHydrationWarning>{over()}</span>
      ) : (
        <span
          title={t("head.hint")}
          className={isLate ? "font-semibold text-due" : "text-soon"}
          suppressHydrationWarning
        >
          {t("head.waiting", { time: span(since, now) })}
        </span>
      )}
      {` · ${view.row.buyer ?? threads("buyer")}`}
      {waiting.length > 1 && ` · ${t("head.more", { count: waiting.length })}`}
    </p>
  );

  function over(): string {
    if (asked === null) return t("head.unknown");
    const kind = kindOf(asked, view.question.listing?.status ?? null, now);
    const answeredAt = asked.answer?.createdAt ?? null;
    if (kind !== "answered") return t(`state.${kind}`, { code: asked.status });
    return answeredAt === null
      ? t("head.answered")
      : t("head.answeredIn", { time: span(asked.createdAt, answeredAt) });
  }
}
