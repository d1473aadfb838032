"use client";

import { useTranslations } from "next-intl";
import { useDesk } from "@/components/claim/use-desk";
import { Fact } from "@/components/context/fact";
import { Moment } from "@/components/inbox/moment";
import { useZone } from "@/components/inbox/zone";
import { Card } from "@/components/ui/card";
import { CHANGE_STATUSES } from "@/lib/shared/view/claim-codes";
import { knownOf, spellOut } from "@/lib/shared/view/statuses";

/** How an exchange stands (claims.md 6.3). */
export function ChangeCard() {
  const t = useTranslations("claim.panel");
  const zone = useZone();
  const { change } = useDesk().claim.facts;
  if (change === null) return null;
  const status = knownOf(CHANGE_STATUSES, change.status);
  const until = change.estimatedTo ?? change.estimatedFrom;
  return (
    <Card title={t("change")}>
      <p className="font-semibold text-sm">
        {status === null ? spellOut(change.status) : t(`changeStatus.${status}`)}
      </p>
      {change.detail !== null && <p className="text-ink-3 text-xs">{spellOut(change.detail)}</p>}
      <dl>
        <Fact label={t("changeDate")}>
          {until === null ? null : <Moment at={until} timeZone={zone} style="date" />}
        </Fact>
        <Fact label={t("changeOrders")}>{change.newOrderIds.join(", ")}</Fact>
      </dl>
    </Card>
  );
}
