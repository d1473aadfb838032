"use client";

import { useTranslations } from "next-intl";
import { useDesk } from "@/components/claim/use-desk";
import { isOpenClaim } from "@/lib/shared/claim/turn";
import { ChangeCard } from "./change-card";
import { EvidenceCard } from "./evidence-card";
import { ProblemCard } from "./problem-card";
import { ReputationCard } from "./reputation-card";
import { ResolutionCard } from "./resolution-card";
import { ReturnCard } from "./return-card";
import { TimelineCard } from "./timeline-card";
import { WishCard } from "./wish-card";

/** A claim understood in ten seconds, the most urgent first: how it ended or what is wrong, what is asked for, what it does
 *  to the reputation, where the goods are, what happened so far. Nothing is drawn for what is not known. */
export function ClaimPanel() {
  const t = useTranslations("claim.panel");
  const { facts } = useDesk().claim;
  const isOpen = isOpenClaim(facts);
  return (
    <>
      {!isOpen && <ResolutionCard />}
      <ProblemCard />
      <WishCard />
      {isOpen && <ReputationCard />}
      {facts.return !== null && <ReturnCard />}
      {facts.change !== null && <ChangeCard />}
      {facts.evidences.length > 0 && <EvidenceCard />}
      {!isOpen && <ReputationCard />}
      <TimelineCard />
      {!facts.isWhole && (
        <p role="status" className="px-3 text-ink-3 text-xs">
          {t("reading")}
        </p>
      )}
      {facts.unread.length > 0 && <p className="px-3 text-ink-3 text-xs">{t("unread")}</p>}
    </>
  );
}
