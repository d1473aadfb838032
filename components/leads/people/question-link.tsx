"use client";

import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { SoftLink } from "@/components/ui/soft-link";
import { wishForField } from "@/lib/client/field-wish";
import type { LeadRow } from "@/lib/shared/api/leads";
import { questionOf } from "@/lib/shared/view/leads-people";

/** The way to a lead's question, and whether it still waits for an answer. */
export function QuestionLink({ row, name }: { row: LeadRow; name: string }) {
  const t = useTranslations("leads.list");
  const question = questionOf(row);
  if (question === null) return null;
  const waits = question.isUnanswered === true;
  return (
    <SoftLink
      href={question.href}
      onClick={() => {
        const ref = { account: row.accountId, channel: "questions", externalId: question.id } as const;
        wishForField(waits ? ref : null);
      }}
      aria-label={t(waits ? "answerName" : "openQuestionName", { name })}
      className={buttonClass(waits ? "primary" : "secondary", "sm")}
    >
      {t(waits ? "answer" : "openQuestion")}
    </SoftLink>
  );
}

/** What became of a lead: of a question, whether it was answered; else the word of Mercado Libre. */
export function StateChip({ row, words }: { row: LeadRow; words: string | null }) {
  const t = useTranslations("leads.list");
  const isUnanswered = questionOf(row)?.isUnanswered ?? null;
  if (isUnanswered !== null) {
    return <Chip tone={isUnanswered ? "soon" : "fine"}>{t(isUnanswered ? "waiting" : "answered")}</Chip>;
  }
  return words === null ? null : <Chip tone="mute">{words}</Chip>;
}
