import { useTranslations } from "next-intl";

const PROBLEMS = ["missing_permission", "model_6", "claims_refused", "questions_refused"] as const;

/** Why Mercado Libre lets nobody read an account, in words; a code that we do not know is shown as received. */
export function useProblemWords(): (code: string) => string {
  const t = useTranslations("status.accounts");
  return (code) => {
    const known = PROBLEMS.find((name) => name === code);
    return known === undefined ? t("problem.other", { code }) : t(`problem.${known}`);
  };
}
