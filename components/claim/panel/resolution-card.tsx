"use client";

import { useTranslations } from "next-intl";
import { useResolutionWords, useWhoWords } from "@/components/claim/use-claim-words";
import { useDesk } from "@/components/claim/use-desk";
import { Fact } from "@/components/context/fact";
import { Moment } from "@/components/inbox/moment";
import { useZone } from "@/components/inbox/zone";
import { Card } from "@/components/ui/card";

/** How a closed claim ended: why, in whose favour, by whom. Mercado Libre does not always tell (claims.md 3). */
export function ResolutionCard() {
  const t = useTranslations("claim.panel");
  const zone = useZone();
  const { facts } = useDesk().claim;
  const why = useResolutionWords()(facts);
  const whoOf = useWhoWords();
  const { resolution } = facts;
  const benefited = (resolution?.benefited ?? []).map(whoOf);
  const covered = resolution?.isCovered ?? null;
  return (
    <Card title={t("resolution")}>
      <p className="font-semibold text-sm [overflow-wrap:anywhere]">{why ?? t("noResolution")}</p>
      {resolution !== null && (
        <dl className="mt-1">
          <Fact label={t("benefited")}>
            {benefited.length > 1 ? t("benefitedBoth") : (benefited[0] ?? null)}
          </Fact>
          <Fact label={t("closedBy")}>{whoOf(resolution.closedBy)}</Fact>
          <Fact label={t("covered")}>
            {covered === null ? null : t(covered ? "coveredYes" : "coveredNo")}
          </Fact>
          {resolution.at !== null && (
            <Fact label={t("closedOn")}>
              <Moment at={resolution.at} timeZone={zone} style="date" />
            </Fact>
          )}
        </dl>
      )}
    </Card>
  );
}
