"use client";

import { useTranslations } from "next-intl";
import { Words } from "@/components/thread/message-bubble";
import { RichText } from "@/components/thread/rich-text";
import type { MessageView } from "@/lib/shared/api/thread";
import { questionOf } from "@/lib/shared/view/question-state";
import { useDesk } from "./use-desk";

/** In the place of words that Mercado Libre blanks: of our own answer we still know what it said. */
export function Blank({ message }: { message: MessageView }) {
  const t = useTranslations("question.blank");
  const { view } = useDesk();
  const question = questionOf(view.question, message.id);
  const isOurs = message.direction === "out";
  const ours = isOurs
    ? view.outbox.findLast((reply) => reply.questionId === question?.id && reply.text !== "")
    : undefined;
  return (
    <>
      {ours && <p className="text-ink-3 text-xs">{t("ours")}</p>}
      <Words side={message.direction}>
        <span className="text-ink-2">
          {ours ? <RichText text={ours.text} /> : t(isOurs ? "answer" : "question")}
        </span>
      </Words>
    </>
  );
}
