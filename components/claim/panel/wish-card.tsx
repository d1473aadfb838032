"use client";

import { useTranslations } from "next-intl";
import { useMoneyWords } from "@/components/claim/use-claim-words";
import { useDesk } from "@/components/claim/use-desk";
import { Card } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import type { ExpectedResolution } from "@/lib/shared/api/claim";
import { EXPECTED_STATUSES, WISHES } from "@/lib/shared/view/claim-codes";
import { knownOf, spellOut } from "@/lib/shared/view/statuses";

/** What the buyer asks for and what was offered, each with its answer. */
export function WishCard() {
  const t = useTranslations("claim.panel");
  const { expected, role } = useDesk().claim.facts;
  const asked = expected.filter((one) => one.role !== role);
  const offered = expected.filter((one) => one.role === role);
  return (
    <>
      {asked.length > 0 && (
        <Card title={t("wants")}>
          <Wishes wishes={asked} />
        </Card>
      )}
      {offered.length > 0 && (
        <Card title={t("offered")}>
          <Wishes wishes={offered} />
        </Card>
      )}
    </>
  );
}

function Wishes({ wishes }: { wishes: readonly ExpectedResolution[] }) {
  const t = useTranslations("claim.panel");
  const money = useMoneyWords();
  const entries = wishes.map((wish, index) => ({ wish, key: `${index}/${wish.kind}` }));
  return (
    <ul className="space-y-1">
      {entries.map(({ wish, key }) => {
        const kind = knownOf(WISHES, wish.kind);
        const status = knownOf(EXPECTED_STATUSES, wish.status);
        const details = [
          wish.percentage === null ? null : t("percent", { percent: wish.percentage }),
          wish.amount === null ? null : money(wish.amount),
        ].filter((part) => part !== null);
        return (
          <li key={key} className="flex items-baseline justify-between gap-3 text-sm">
            <span className={cx("min-w-0", wish.status === "rejected" && "text-ink-3 line-through")}>
              {kind === null ? t("expected.unknown", { code: wish.kind }) : t(`expected.${kind}`)}
              {details.length > 0 && ` · ${details.join(" · ")}`}
            </span>
            <span className="shrink-0 text-ink-3 text-xs">
              {status === null ? spellOut(wish.status) : t(`expectedStatus.${status}`)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
