import { useTranslations } from "next-intl";

const KNOWN = ["active", "paused", "closed", "under_review", "inactive", "payment_required"] as const;

/** The state of a listing in words; one that nobody knows is told as it came. */
export function useStatusWords(): (status: string | null) => string {
  const t = useTranslations("leads.ranking.statuses");
  return (status) => {
    if (status === null) return t("unknown");
    const known = KNOWN.find((one) => one === status);
    return known === undefined ? status : t(known);
  };
}
