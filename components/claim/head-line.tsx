"use client";

import { useTranslations } from "next-intl";
import { isOpenClaim } from "@/lib/shared/claim/turn";
import { wishOf } from "@/lib/shared/view/claim-head";
import { useResolutionWords, useStageWords, useWishWords } from "./use-claim-words";
import { useDesk } from "./use-desk";

/** Where the claim stands, what the buyer wants, who they are: one line under what was sold. */
export function HeadLine() {
  const t = useTranslations("claim.row.stage");
  const threads = useTranslations("thread");
  const { view, claim } = useDesk();
  const stageWords = useStageWords();
  const wishWords = useWishWords();
  const resolutionWords = useResolutionWords();
  const { facts } = claim;
  const isOpen = isOpenClaim(facts);
  const said = isOpen
    ? [stageWords(facts), wishWords(wishOf(facts)?.kind ?? null)]
    : [t("closed"), stageWords(facts), resolutionWords(facts)];
  const parts = [...said.filter((part) => part !== null), view.row.buyer ?? threads("buyer")];
  return (
    <p className="truncate text-ink-2 text-sm" title={parts.join(" · ")}>
      <span className={facts.stage === "dispute" ? "font-semibold text-mute" : "font-semibold text-ink"}>
        {parts[0]}
      </span>
      {parts.slice(1).map((part) => ` · ${part}`)}
    </p>
  );
}
