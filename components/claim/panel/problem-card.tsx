"use client";

import { useTranslations } from "next-intl";
import { useMoneyWords } from "@/components/claim/use-claim-words";
import { useDesk } from "@/components/claim/use-desk";
import { Fact } from "@/components/context/fact";
import { Card } from "@/components/ui/card";

/** What went wrong, in Mercado Libre's words, and with what. */
export function ProblemCard() {
  const t = useTranslations("claim.panel");
  const money = useMoneyWords();
  const { view, claim } = useDesk();
  const { detail, reason, reasonId, isDelivered, quantity } = claim.facts;
  const title = detail?.title ?? null;
  const said = [detail?.problem, detail?.description].filter(
    (text, index, all): text is string =>
      typeof text === "string" && text !== "" && all.indexOf(text) === index,
  );
  return (
    <Card title={t("problem")}>
      {title !== null && <p className="font-semibold text-md [overflow-wrap:anywhere]">{title}</p>}
      {said.map((text) => (
        <p key={text} className="mt-1 text-ink-2 text-sm [overflow-wrap:anywhere]">
          {text}
        </p>
      ))}
      <dl className="mt-2">
        <Fact label={t("reason")}>{reason ?? reasonId}</Fact>
        <Fact label={t("delivered")}>
          {isDelivered === null ? null : t(isDelivered ? "deliveredYes" : "deliveredNo")}
        </Fact>
        <Fact label={t("quantity")}>{quantity === null || quantity < 2 ? null : String(quantity)}</Fact>
        <Fact label={t("amount")}>
          {view.row.amount === null ? null : (
            <span className="font-semibold" suppressHydrationWarning>
              {money(view.row.amount)}
            </span>
          )}
        </Fact>
      </dl>
    </Card>
  );
}
