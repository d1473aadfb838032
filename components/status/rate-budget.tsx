import { useLocale, useTranslations } from "next-intl";
import { Chip } from "@/components/ui/chip";
import type { StatusView } from "@/lib/shared/api/account";
import { isSlowed } from "@/lib/shared/view/health";
import { clock } from "@/lib/shared/view/moments";
import type { Present } from "./when";

type Part = StatusView["budget"][number];

const FAMILIES = [
  "messages",
  "claims",
  "questions",
  "contacts",
  "leads",
  "orders",
  "packs",
  "items",
  "shipments",
  "users",
  "oauth",
  "notifications",
] as const;

/** How much of what Mercado Libre allows is free now, and what it asked to slow down. */
export function RateBudget({ budget, present }: { budget: StatusView["budget"]; present: Present }) {
  const t = useTranslations("status.budget");
  if (budget.length === 0) return <p className="text-ink-2">{t("unused")}</p>;
  const isSlow = budget.some((part) => isSlowed(part, present.now));
  return (
    <>
      <p className={isSlow ? "text-soon" : "text-ink-2"}>{isSlow ? t("slowed") : t("fine")}</p>
      <ul className="mt-3 flex flex-col gap-3">
        {budget.map((part) => (
          <PartBar key={`${part.family} ${part.kind}`} part={part} present={present} />
        ))}
      </ul>
    </>
  );
}

function PartBar({ part, present }: { part: Part; present: Present }) {
  const t = useTranslations("status.budget");
  const locale = useLocale();
  const known = FAMILIES.find((name) => name === part.family) ?? "other";
  const label = t(part.kind, { family: t(`family.${known}`, { family: part.family }) });
  const { free, factor, perMinute, blockedUntil } = part;
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  return (
    <li>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-sm">
        <span className="min-w-0 break-words text-ink-2">{label}</span>
        {factor < 1 && <Chip tone="soon">{t("factor", { factor: percent.format(factor) })}</Chip>}
        {blockedUntil !== null && blockedUntil > present.now && (
          <Chip tone="soon">{t("paused", { time: clock(blockedUntil, locale, present.timeZone) })}</Chip>
        )}
        <span className="ml-auto text-ink-3">
          {t("free", { free: percent.format(free), perMinute: Math.round(perMinute) })}
        </span>
      </div>
      <progress className="sync-bar" aria-label={label} value={free} max={1} />
    </li>
  );
}
