import ArrowDown from "lucide-react/icons/arrow-down";
import ArrowUp from "lucide-react/icons/arrow-up";
import Equal from "lucide-react/icons/equal";
import { useLocale, useTranslations } from "next-intl";
import { Chip } from "@/components/ui/chip";
import type { Change } from "@/lib/shared/contacts/compare";

/** From here on a percentage says less than how many times as much it is. */
const MANY = 1_000;

/** How a figure moved since the period before: an arrow and words. */
export function ChangeChip({ change }: { change: Change }) {
  const t = useTranslations("leads.figures");
  const locale = useLocale();
  const { absolute, percent } = change;
  if (absolute === 0) {
    return (
      <Chip tone="mute" icon={<Equal aria-hidden="true" />}>
        {t("same")}
      </Chip>
    );
  }
  const isMore = absolute > 0;
  return (
    <Chip
      tone={isMore ? "fine" : "mute"}
      icon={isMore ? <ArrowUp aria-hidden="true" /> : <ArrowDown aria-hidden="true" />}
    >
      {words()}
    </Chip>
  );

  function words(): string {
    if (percent === null) return t("fromNone");
    if (percent >= MANY) return t("times", { count: Math.round(percent / 100) + 1 });
    return t(isMore ? "more" : "fewer", { percent: share(percent, locale) });
  }
}

/** The same within a table: its sign, its number, and what part that is. */
export function ChangeCell({ change }: { change: Change | null }) {
  const t = useTranslations("leads.chart");
  const locale = useLocale();
  if (change === null) return <Unknown words={t("unknown")} />;
  const number = new Intl.NumberFormat(locale, { signDisplay: "exceptZero" });
  const { absolute, percent } = change;
  return (
    <span className={absolute > 0 ? "text-fine" : "text-ink-2"}>
      {number.format(absolute)}
      {percent !== null && absolute !== 0 && percent < MANY && (
        <span className="ml-1 text-ink-3 text-xs">({share(percent, locale)})</span>
      )}
    </span>
  );
}

/** A dash for who sees it, words for who does not. */
export function Unknown({ words }: { words: string }) {
  return (
    <span className="text-ink-3">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

function share(percent: number, locale: string): string {
  const size = Math.abs(percent) / 100;
  return new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: size < 0.01 ? 1 : 0,
  }).format(size);
}
