import { useLocale, useTranslations } from "next-intl";
import { Chip } from "@/components/ui/chip";
import type { StatusView } from "@/lib/shared/api/account";
import { Fact } from "./fact";
import { type Present, When } from "./when";

/** What Mercado Libre told us and how far it was worked off, and who works. */
export function NoticeQueue({ status, present }: { status: StatusView; present: Present }) {
  const t = useTranslations("status");
  const locale = useLocale();
  const { notifications, workers } = status;
  const moment = (at: Date | null) => (at === null ? t("queue.never") : <When at={at} present={present} />);
  const number = new Intl.NumberFormat(locale);
  return (
    <dl className="flex flex-col gap-2.5">
      <Fact label={t("queue.last")}>{moment(notifications.lastAt)}</Fact>
      <Fact label={t("queue.pending")}>{number.format(notifications.pending)}</Fact>
      {notifications.oldestPendingAt !== null && (
        <Fact label={t("queue.oldest")}>{moment(notifications.oldestPendingAt)}</Fact>
      )}
      <Fact label={t("queue.missed")}>{moment(notifications.missedFeedsAt)}</Fact>
      {notifications.missedFeedsAt !== null && (
        <Fact label={t("queue.missedFound")}>{number.format(notifications.missedFeedsFound)}</Fact>
      )}
      {notifications.unknown > 0 && (
        <Fact label={t("queue.unknown")}>{number.format(notifications.unknown)}</Fact>
      )}
      <Fact label={t("workers.title")}>
        {workers === 0 ? <Chip tone="due">{t("workers.none")}</Chip> : t("workers.alive", { count: workers })}
      </Fact>
    </dl>
  );
}
