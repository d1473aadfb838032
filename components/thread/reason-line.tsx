"use client";

import { useTranslations } from "next-intl";
import { useReasonTitle } from "@/components/composer/guide/use-reason-title";
import type { GuideChoice } from "@/lib/shared/api/thread";

/** The reason that a message of ours began the conversation under, above its words. */
export function ReasonLine({ option }: { option: GuideChoice }) {
  const t = useTranslations("thread.option");
  const titleOf = useReasonTitle();
  return (
    <p className="text-right text-mute text-xs">{t("title", { title: titleOf(option.optionId, "title") })}</p>
  );
}
