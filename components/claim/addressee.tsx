"use client";

import { useTranslations } from "next-intl";
import type { MessageView } from "@/lib/shared/api/thread";
import { addresseeOf } from "@/lib/shared/view/claim-head";
import { useDesk } from "./use-desk";

/** Who a message is for, above its words, where its side alone does not tell. */
export function Addressee({ message }: { message: Pick<MessageView, "author" | "direction" | "to"> }) {
  const t = useTranslations("claim.to");
  const { claim } = useDesk();
  const to = addresseeOf(message, claim.facts.role);
  return to === null ? null : <p className="font-medium text-mute text-xs">{t(to)}</p>;
}
