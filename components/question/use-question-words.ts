import { useTranslations } from "next-intl";
import { spanOf } from "@/lib/shared/view/moments";
import { useDesk } from "./use-desk";

/** "3 h", "25 min": from one instant to another. */
export function useSpanWords(): (from: Date, to: Date) => string {
  const t = useTranslations("question.span");
  return (from, to) => {
    const { unit, count } = spanOf(from.getTime(), to.getTime());
    return t(unit, { count });
  };
}

/** Who asks, by name: what is confirmed names the person. */
export function useBuyerName(): string {
  const t = useTranslations("question.menu");
  return useDesk().view.row.buyer ?? t("theBuyer");
}

/** The first words of a question, to be quoted in one line. Null: Mercado Libre does not give them. */
export function useQuote(): (questionId: string) => string | null {
  const { messages } = useDesk().view;
  return (questionId) => {
    const text =
      messages
        .find(({ id }) => id === questionId)
        ?.text.replace(/\s+/gu, " ")
        .trim() ?? "";
    const letters = [...text];
    if (letters.length === 0) return null;
    return letters.length <= QUOTED
      ? text
      : `${letters
          .slice(0, QUOTED - 1)
          .join("")
          .trimEnd()}…`;
  };
}

const QUOTED = 80;
