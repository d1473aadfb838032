"use client";

import { useLocale, useTranslations } from "next-intl";
import { useLeftWords } from "@/components/claim/use-claim-words";
import { useDesk } from "@/components/claim/use-desk";
import { useZone } from "@/components/inbox/zone";
import { Card } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import { useNow } from "@/lib/client/now";
import { incentiveOf, isOpenClaim } from "@/lib/shared/claim/turn";
import { REPUTATION_EFFECTS } from "@/lib/shared/view/claim-codes";
import { toneOfDue } from "@/lib/shared/view/due";
import { deadline } from "@/lib/shared/view/moments";
import { knownOf } from "@/lib/shared/view/statuses";

/** What the claim does to the reputation, and until when that can be kept from happening. */
export function ReputationCard() {
  const t = useTranslations("claim.panel");
  const locale = useLocale();
  const zone = useZone();
  const now = useNow();
  const leftOf = useLeftWords();
  const { facts } = useDesk().claim;
  if (facts.reputation === null) return null;
  const { effect } = facts.reputation;
  const known = knownOf(REPUTATION_EFFECTS, effect);
  const until = isOpenClaim(facts) ? incentiveOf(facts) : null;
  const isOver = until !== null && until <= now;
  const time = until === null ? "" : deadline(until, now, locale, zone);
  return (
    <Card title={t("reputation")}>
      <p className={cx("text-sm", effect === "affected" && "font-semibold text-due")}>
        {known === null ? t("effect.unknown", { code: effect }) : t(`effect.${known}`)}
      </p>
      {until !== null && (
        <p
          className={cx(
            "mt-1 text-sm",
            isOver ? "text-ink-2" : toneOfDue(until, now) === "due" ? "text-due" : "text-soon",
          )}
          suppressHydrationWarning
        >
          {isOver ? t("incentiveOver", { time }) : t("incentive", { time, left: leftOf(until) })}
        </p>
      )}
    </Card>
  );
}
