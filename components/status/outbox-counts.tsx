import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { SoftLink } from "@/components/ui/soft-link";
import type { StatusView } from "@/lib/shared/api/account";

const KINDS = [
  { key: "queued", tone: "accent" },
  { key: "held", tone: "soon" },
  { key: "uncertain", tone: "soon" },
  { key: "failed", tone: "due" },
] as const;

/** Replies that have not simply been sent. */
export function OutboxCounts({ outbox }: { outbox: StatusView["outbox"] }) {
  const t = useTranslations("status.outbox");
  const isQuiet = KINDS.every(({ key }) => outbox[key] === 0);
  return (
    <>
      <dl className="flex flex-col gap-2.5">
        {KINDS.map(({ key, tone }) => (
          <div key={key} className="flex items-center justify-between gap-3">
            <dt className="text-ink-2">{t(key)}</dt>
            <dd>
              {outbox[key] === 0 ? (
                <span className="px-2 text-ink-3">0</span>
              ) : (
                <Chip tone={tone}>{outbox[key]}</Chip>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
        <p className="text-ink-2 text-sm">{isQuiet && t("fine")}</p>
        <SoftLink href="/inbox" className={buttonClass("secondary", "sm")}>
          {t("toInbox")}
        </SoftLink>
      </div>
    </>
  );
}
