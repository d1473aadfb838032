import { useLocale, useTranslations } from "next-intl";
import { useZone } from "@/components/inbox/zone";
import { useNow } from "@/lib/client/now";
import type { ActView, Claim } from "@/lib/shared/api/claim";
import { isOpenClaim } from "@/lib/shared/claim/turn";
import { formatMoney, type Money } from "@/lib/shared/money";
import { actReasonOf, RESOLUTIONS, stageOf, WISHES, whoOf } from "@/lib/shared/view/claim-codes";
import type { ClaimTime } from "@/lib/shared/view/claim-head";
import { localeAt } from "@/lib/shared/view/locale-at";
import { deadline, spanOf } from "@/lib/shared/view/moments";
import { knownOf } from "@/lib/shared/view/statuses";
import { useDesk } from "./use-desk";

/** An amount as the country of the sale writes it. */
export function useMoneyWords(): (money: Money) => string {
  const { siteId } = useDesk().view.row;
  const locale = localeAt(useLocale(), siteId);
  return (money) => formatMoney(money, locale);
}

/** Where a claim stands, in a word or two: by its stage, never by its type (claims.md 3). */
export function useStageWords(): (claim: Pick<Claim, "stage">) => string {
  const t = useTranslations("claim.row.stage");
  return (claim) => {
    const stage = stageOf(claim);
    return stage === null ? t("unknown", { code: claim.stage }) : t(stage);
  };
}

/** What somebody wants of a claim, as a sentence about the buyer. */
export function useWishWords(): (kind: string | null) => string {
  const t = useTranslations("claim.row.wants");
  return (kind) => {
    if (kind === null) return t("none");
    const known = knownOf(WISHES, kind);
    return known === null ? t("unknown", { code: kind }) : t(known);
  };
}

/** A party, as the seller knows it. */
export function useWhoWords(): (role: string | null) => string | null {
  const t = useTranslations("claim.who");
  const { claim } = useDesk();
  return (role) => {
    if (role === null) return null;
    const who = whoOf(role, claim.facts.role);
    return who === null ? t("unknown", { code: role }) : t(who);
  };
}

/** How long until an instant, as "5 h left". */
export function useLeftWords(): (until: Date) => string {
  const t = useTranslations("claim.time.left");
  const now = useNow();
  return (until) => {
    const { unit, count } = spanOf(now.getTime(), until.getTime());
    return t(unit, { count });
  };
}

const TERMS = {
  seller: "termSeller",
  buyer: "termBuyer",
  mediator: "termMediator",
  meli: "termMeli",
} as const;

/** What is said of time on a claim: what must be done until when, or who is being waited for. Null: nothing is known. */
export function useTimeWords(): (time: ClaimTime) => string | null {
  const t = useTranslations("claim.time");
  const leftOf = useLeftWords();
  const locale = useLocale();
  const zone = useZone();
  const now = useNow();
  return ({ turn, clock, isOver }) => {
    if (clock === null) return turn === "seller" ? t("mandatoryNoDate") : null;
    const time = deadline(clock.dueAt, now, locale, zone);
    const say = (key: Parameters<typeof t>[0]) => t(key, { time });
    if (isOver) {
      if (clock.kind === "mandatory") return say("mandatoryOver");
      return say(turn === "seller" ? "termSellerOver" : "termOver");
    }
    return `${say(keyOf())} (${leftOf(clock.dueAt)})`;

    function keyOf() {
      if (clock?.kind === "mandatory") return "mandatory";
      if (clock?.kind === "incentive") return "incentive";
      return turn === null ? "termNone" : TERMS[turn];
    }
  };
}

/** Why a claim was closed. Null: it is open, or Mercado Libre does not tell (claims.md 3). */
export function useResolutionWords(): (claim: Pick<Claim, "status" | "resolution">) => string | null {
  const t = useTranslations("claim.panel");
  return ({ status, resolution }) => {
    const code = resolution?.reason ?? null;
    if (isOpenClaim({ status }) || code === null) return null;
    const known = knownOf(RESOLUTIONS, code);
    return known === null ? t("resolutionReason.unknown", { code }) : t(`resolutionReason.${known}`);
  };
}

/** What an act is, with the amount and the buyer that were confirmed. */
export function useActWords(): (act: Pick<ActView, "act" | "confirmed">) => string {
  const t = useTranslations("claim.act");
  const money = useMoneyWords();
  return ({ act, confirmed }) => {
    const buyer = confirmed.buyer ?? t("theBuyer");
    if (act.kind === "partialRefund") {
      return t("what.partialRefund", { amount: money(act.amount), percent: act.percentage, buyer });
    }
    if (act.kind !== "refund") return t(`what.${act.kind}`);
    return confirmed.amount === null
      ? t("what.refundNoAmount", { buyer })
      : t("what.refund", { amount: money(confirmed.amount), buyer });
  };
}

/** Why an act was not done. Null stays null. */
export function useActReasonWords(): (code: string | null) => string | null {
  const t = useTranslations("claim.act.reason");
  const errors = useTranslations("errors");
  return (code) => {
    const reason = actReasonOf(code);
    switch (reason?.kind) {
      case undefined:
        return null;
      case "act":
        return t(reason.reason);
      case "error":
        return errors(reason.code);
      case "code":
        return t("unknown", { code: reason.code });
    }
  };
}
