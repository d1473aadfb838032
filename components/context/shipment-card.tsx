"use client";

import { useTranslations } from "next-intl";
import { Moment } from "@/components/inbox/moment";
import { Card } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import type { ContextView } from "@/lib/shared/api/thread";
import { knownOf, LOGISTIC_TYPES, SHIPMENT_STATUSES, spellOut } from "@/lib/shared/view/statuses";
import { Fact } from "./fact";

type Shipment = NonNullable<ContextView["shipment"]>;

const BAD = new Set(["not_delivered", "cancelled"]);

/** Where the parcel is: the steps it went through, and when it arrives. */
export function ShipmentCard({ shipment, timeZone }: { shipment: Shipment; timeZone: string }) {
  const t = useTranslations("thread.context");
  const words = (status: string) => {
    const known = knownOf(SHIPMENT_STATUSES, status);
    return known === null ? spellOut(status) : t(`ship.${known}`);
  };
  const steps =
    shipment.steps.length > 0 || shipment.updatedAt === null
      ? shipment.steps
      : [{ status: shipment.status, at: shipment.updatedAt }];
  const logistic = shipment.logisticType === null ? null : knownOf(LOGISTIC_TYPES, shipment.logisticType);
  return (
    <Card title={t("shipment")}>
      <ol className="space-y-1.5">
        {steps.map((step) => (
          <li key={`${step.status}/${step.at.getTime()}`} className="flex items-baseline gap-2.5 text-sm">
            <span
              aria-hidden="true"
              className={cx(
                "size-2 shrink-0 self-center rounded-full",
                BAD.has(step.status) ? "bg-due" : "bg-fine",
              )}
            />
            <span className="min-w-0 flex-1">{words(step.status)}</span>
            <Moment at={step.at} timeZone={timeZone} style="date" className="shrink-0 text-ink-2" />
          </li>
        ))}
      </ol>
      <dl className={cx(steps.length > 0 && "mt-1.5")}>
        {steps.length === 0 && <Fact label={t("status")}>{words(shipment.status)}</Fact>}
        {shipment.estimatedAt !== null && shipment.status !== "delivered" && (
          <Fact label={t("estimated")}>
            <Moment at={shipment.estimatedAt} timeZone={timeZone} style="date" />
          </Fact>
        )}
        {shipment.logisticType !== null && (
          <Fact label={t("type")}>
            {logistic === null ? spellOut(shipment.logisticType) : t(`logistic.${logistic}`)}
          </Fact>
        )}
        <Fact label={t("tracking")}>{shipment.trackingNumber}</Fact>
      </dl>
    </Card>
  );
}
