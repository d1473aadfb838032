import { useTranslations } from "next-intl";
import { reasonKeyOf } from "@/lib/shared/view/guide";

/** The name of a reason: in words, or Mercado Libre's own code when it is new. `act`: what its template does. */
export function useReasonTitle(): (optionId: string, form: "title" | "act") => string {
  const t = useTranslations("guide.option");
  return (optionId, form) => t(`${reasonKeyOf(optionId)}.${form}`, { code: optionId });
}
