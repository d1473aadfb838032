"use client";

import CornerDownRight from "lucide-react/icons/corner-down-right";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { placeOf } from "@/components/thread/message-bubble";
import type { Said } from "@/components/thread/thread-kit";
import { needsQuote, questionOf } from "@/lib/shared/view/question-state";
import { useDesk } from "./use-desk";
import { useQuote } from "./use-question-words";

/** Above a question of several: that it is the one being answered. Above an answer: which question it is for, where something
 *  else stands between the two. */
export function Over({ said }: { said: Said }) {
  const { view } = useDesk();
  if (said.direction === "in") {
    const isAsked = said.messageId === view.question.asked;
    return isAsked && view.question.chain.questions.length > 1 ? <AskedLine /> : null;
  }
  return <AnswerLine said={said} />;
}

function AskedLine() {
  const t = useTranslations("question.over");
  const { view } = useDesk();
  const { asked } = view.question;
  const isLast = view.messages.at(-1)?.id === asked;
  // The log opens at its end: the question that the address names must be in sight too.
  const shown = useRef(false);
  useEffect(() => {
    if (shown.current || isLast) return;
    shown.current = true;
    document.getElementById(placeOf(asked))?.scrollIntoView({ block: "nearest" });
  }, [asked, isLast]);
  if (!view.composer.allowed) return null;
  return (
    <p className="flex items-center gap-1.5 font-semibold text-accent text-xs">
      <CornerDownRight aria-hidden="true" className="size-3.5" />
      {t("asked")}
    </p>
  );
}

function AnswerLine({ said }: { said: Said }) {
  const t = useTranslations("question.over");
  const quote = useQuote();
  const { view } = useDesk();
  const id = said.questionId ?? view.question.asked;
  const { questions } = view.question.chain;
  const question =
    said.messageId === null
      ? (questions.find((one) => one.id === id) ?? null)
      : questionOf(view.question, said.messageId);
  if (question === null || !needsQuote(view, question, said.at)) return null;
  return (
    <p className="max-w-full truncate text-ink-3 text-xs">
      {t("answers", { text: quote(question.id) ?? t("noText") })}
    </p>
  );
}
