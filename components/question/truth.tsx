"use client";

import { useTranslations } from "next-intl";
import type { MessageView } from "@/lib/shared/api/thread";

/** What became of an answer: it is public, nobody reads it as a message. */
export function Truth({ message }: { message: MessageView }) {
  const t = useTranslations("question.truth");
  if (message.visibility === "visible") return t("published");
  if (message.visibility === "moderation") return t("moderation");
  return t(message.reason === "DISABLED" ? "disabled" : "banned");
}
