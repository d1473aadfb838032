import { useTranslations } from "next-intl";
import { isKnownLeadType, type LeadRow } from "@/lib/shared/api/leads";

const STATUSES = ["active", "created", "answered", "closed"] as const;

/** A word that we have no words for, as a person would write it: `visit_done` is "Visit done". */
const readable = (word: string) => {
  const text = word.replaceAll("_", " ").trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** What a lead is, in words. What Mercado Libre adds one day is told as it came. */
export function useLeadWords() {
  const t = useTranslations("leads");
  return {
    type(type: string): string {
      if (isKnownLeadType(type)) return t(`type.${type}`);
      return type === "" || type === "unknown" ? t("type.unknown") : readable(type);
    },
    status({ status, subStatus }: Pick<LeadRow, "status" | "subStatus">): string | null {
      const word = subStatus ?? status;
      if (word === null) return null;
      const known = STATUSES.find((one) => one === word);
      return known === undefined ? readable(word) : t(`status.${known}`);
    },
    name({ isGuest, buyer }: Pick<LeadRow, "isGuest" | "buyer">): string {
      if (isGuest || buyer === null) return t("list.guest");
      return buyer.name ?? (buyer.id === null ? t("list.unnamed") : t("list.nameless", { id: buyer.id }));
    },
    listing({ itemId, title }: Pick<LeadRow, "itemId" | "title">): string | null {
      return title ?? (itemId === null ? null : t("ranking.untitled", { id: itemId }));
    },
  };
}
