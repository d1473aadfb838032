import { useLocale, useTranslations } from "next-intl";
import { cx } from "@/components/ui/cx";
import { LANGUAGE_TAGS, LOCALE_NAMES, LOCALES } from "@/lib/shared/words/locale";
import type { SigninProblem } from "./problems";

/** The same page in another language. Plain links: the choice is kept by the server in a cookie of this browser. */
export function LanguageLinks({ problem }: { problem: SigninProblem | null }) {
  const t = useTranslations("signin");
  const current = useLocale();
  return (
    <nav aria-label={t("language")}>
      <ul className="-mx-2 flex">
        {LOCALES.map((locale) => (
          <li key={locale}>
            <a
              href={`/?lang=${locale}${problem === null ? "" : `&problem=${problem}`}`}
              lang={LANGUAGE_TAGS[locale]}
              hrefLang={LANGUAGE_TAGS[locale]}
              aria-current={locale === current ? "true" : undefined}
              className={cx(
                "inline-flex min-h-11 items-center rounded-1 px-2 text-sm md:min-h-9",
                locale === current
                  ? "font-semibold text-ink"
                  : "text-ink-2 underline-offset-4 hover:underline",
              )}
            >
              {LOCALE_NAMES[locale]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
