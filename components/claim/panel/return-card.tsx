"use client";

import { useTranslations } from "next-intl";
import { useMoneyWords } from "@/components/claim/use-claim-words";
import { useDesk } from "@/components/claim/use-desk";
import { Fact } from "@/components/context/fact";
import { Card } from "@/components/ui/card";
import {
  REFUND_AT,
  RETURN_MONEY,
  RETURN_PLACES,
  RETURN_REVIEWS,
  RETURN_SHIPMENTS,
  RETURN_STATUSES,
  RETURN_SUBTYPES,
} from "@/lib/shared/view/claim-codes";
import { knownOf, spellOut } from "@/lib/shared/view/statuses";

/** Where the goods that come back are, when the buyer gets the money, and what the way back costs. */
export function ReturnCard() {
  const t = useTranslations("claim.panel");
  const money = useMoneyWords();
  const { return: back, returnCost } = useDesk().claim.facts;
  if (back === null) return null;

  /** A code in words, by its table, else as Mercado Libre spells it. */
  function worded<Code extends string>(
    code: string | null,
    known: readonly Code[],
    words: (one: Code) => string,
  ): string | null {
    if (code === null) return null;
    const found = knownOf(known, code);
    return found === null ? spellOut(code) : words(found);
  }

  return (
    <Card title={t("return")}>
      <dl>
        <Fact
          label={worded(back.subtype, RETURN_SUBTYPES, (one) => t(`returnSubtype.${one}`)) ?? t("return")}
        >
          <span className="font-semibold">
            {worded(back.status, RETURN_STATUSES, (one) => t(`returnStatus.${one}`))}
          </span>
        </Fact>
      </dl>
      {back.shipments.map((shipment, index) => (
        <div key={shipment.id ?? `${index}`} className="mt-1.5 border-line border-t pt-1.5">
          <dl>
            <Fact label={shipment.id === null ? t("shipmentNoId") : t("shipment", { id: shipment.id })}>
              {worded(shipment.status, RETURN_SHIPMENTS, (one) => t(`shipmentStatus.${one}`))}
            </Fact>
            <Fact label={t("tracking")}>{shipment.tracking}</Fact>
          </dl>
          {shipment.destination !== null && (
            <p className="text-ink-3 text-xs">
              {worded(shipment.destination, RETURN_PLACES, (one) => t(`place.${one}`))}
            </p>
          )}
        </div>
      ))}
      <dl className="mt-1.5 border-line border-t pt-1.5">
        <Fact label={t("money")}>
          {worded(back.moneyStatus, RETURN_MONEY, (one) => t(`moneyStatus.${one}`))}
        </Fact>
        <Fact label={t("refundAt")}>{worded(back.refundAt, REFUND_AT, (one) => t(`refundWhen.${one}`))}</Fact>
        <Fact label={t("review")}>
          {worded(back.review?.status ?? null, RETURN_REVIEWS, (one) => t(`reviewStatus.${one}`))}
        </Fact>
        <Fact label={t("returnCost")}>{returnCost === null ? null : money(returnCost)}</Fact>
      </dl>
    </Card>
  );
}
