import { useTranslations } from "next-intl";
import type { SortColumn } from "@/lib/shared/view/leads-address";

/** What a column is called. */
export function useColumnTitle(): (column: SortColumn) => string {
  const t = useTranslations("leads.ranking");
  const kinds = useTranslations("leads.kind");
  return (column) => {
    switch (column) {
      case "item":
      case "price":
      case "status":
      case "change":
        return t(column);
      default:
        return kinds(column);
    }
  };
}
