"use client";

import { useTranslations } from "next-intl";
import type { Said } from "@/components/thread/thread-kit";
import { addresseeOf } from "@/lib/shared/view/claim-head";
import { useDesk } from "./use-desk";

/** Who a message is for, above its words, where its side alone does not tell. */
export function Addressee({ said }: { said: Pick<Said, "author" | "direction" | "to"> }) {
  const t = useTranslations("claim.to");
  const { claim } = useDesk();
  const to = addresseeOf(said, claim.facts.role);
  return to === null ? null : <p className="font-medium text-mute text-xs">{t(to)}</p>;
}
