import { useTranslations } from "next-intl";
import { useMoneyWords } from "@/components/claim/use-claim-words";
import { useDesk } from "@/components/claim/use-desk";
import type { ClaimActKind } from "@/lib/shared/api/claim";
import type { Money } from "@/lib/shared/money";
import { confirmKey, needsTick, unsettledAct } from "@/lib/shared/view/claim-acts";
import type { Ask } from "./ask-frame";

/** What is asked before an act of this kind: what it does, to whom, what it costs, that it is final, and the button's name.
 *  `amount`: that is offered or given back. `freight`: of the return, where it is known. */
export function useAsk(kind: ClaimActKind, amount: Money | null, freight: Money | null = null): Ask {
  const t = useTranslations("claim.ask");
  const acts = useTranslations("claim.act");
  const money = useMoneyWords();
  const { row } = useDesk().view;
  const buyer = row.buyer ?? acts("theBuyer");

  function cost(): string {
    if (kind === "refund") {
      return amount === null ? t("cost.refundNoAmount") : t("cost.refund", { amount: money(amount) });
    }
    if (kind === "partialRefund" && amount !== null) return money(amount);
    if (kind === "allowReturn" && freight !== null) {
      return t("cost.allowReturnCost", { amount: money(freight) });
    }
    return t(`cost.${kind}`);
  }

  function confirm(): string {
    if (kind !== "refund" && kind !== "partialRefund") {
      return kind === "allowReturn" || kind === "allowReplace"
        ? t(`confirm.${kind}`, { buyer })
        : t(`confirm.${kind}`);
    }
    const named = { amount: amount === null ? "" : money(amount), buyer };
    return t(`confirm.${kind}.${confirmKey({ buyer: row.buyer, amount })}`, named);
  }

  return {
    title: t(`title.${kind}`),
    does: capital(t(`does.${kind}`, { buyer })),
    facts: [
      { label: t("to"), value: row.buyer },
      { label: t("sale"), value: row.product },
      { label: t("costs"), value: cost() },
    ],
    final: t(`final.${kind}`),
    hasTick: needsTick(kind),
    confirm: confirm(),
  };
}

/** A buyer without a name begins the sentence as "the buyer". */
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Why an act cannot be confirmed (any more), although its question is open. Null: it can. */
export function useStop(kind: ClaimActKind): string | null {
  const t = useTranslations("claim");
  const { claim } = useDesk();
  if (!claim.offered.some(({ act }) => act === kind)) return t("ask.gone");
  return unsettledAct(claim.acts) === null ? null : t("act.wait");
}
