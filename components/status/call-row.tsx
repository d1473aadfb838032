import { useLocale, useTranslations } from "next-intl";
import { Chip } from "@/components/ui/chip";
import type { StatusView } from "@/lib/shared/api/account";
import { exactTime } from "@/lib/shared/view/moments";

export type Call = StatusView["calls"][number];

/** One call: a row of the table, three short lines on a phone. */
export function CallRow({
  call,
  nickname,
  now,
  timeZone,
}: {
  call: Call;
  nickname: string;
  now: Date;
  timeZone: string;
}) {
  const t = useTranslations("status.calls");
  const locale = useLocale();
  return (
    <tr className="border-line border-t align-top max-lg:grid max-lg:grid-cols-[auto_minmax(0,1fr)_auto_auto] max-lg:items-baseline max-lg:gap-x-3 max-lg:px-3 max-lg:py-2 lg:[&>td]:px-3 lg:[&>td]:py-1.5">
      <td className="whitespace-nowrap text-ink-2">
        <time dateTime={call.at.toISOString()} title={exactTime(call.at, locale, timeZone)}>
          {callTime(call.at, now, locale, timeZone)}
        </time>
      </td>
      <td className="truncate text-ink-2 max-lg:order-5 max-lg:col-span-2 lg:max-w-36">{nickname}</td>
      <td className="whitespace-nowrap font-medium">{call.method}</td>
      <td className="break-all font-mono text-ink-2 text-xs leading-5 max-lg:order-4 max-lg:col-span-4">
        {call.path}
      </td>
      <td
        data-label={t("flag")}
        className="whitespace-nowrap text-ink-3 max-lg:order-6 max-lg:col-span-2 max-lg:text-right max-lg:before:mr-2 max-lg:before:content-[attr(data-label)]"
      >
        <FlagCell flag={call.readFlag} />
      </td>
      <td className="whitespace-nowrap max-lg:text-right">
        <StatusCell status={call.status} />
      </td>
      <td className="whitespace-nowrap text-right text-ink-2">{t("msValue", { ms: call.ms })}</td>
    </tr>
  );
}

function StatusCell({ status }: { status: number | null }) {
  const t = useTranslations("status.calls");
  if (status === null) return <Chip tone="due">{t("noAnswer")}</Chip>;
  if (status < 400) return status;
  return <Chip tone={status >= 500 ? "due" : "soon"}>{status}</Chip>;
}

function FlagCell({ flag }: { flag: boolean | null }) {
  const t = useTranslations("status.calls");
  if (flag === null) {
    return (
      <span>
        <span aria-hidden="true">–</span>
        <span className="sr-only">{t("flagNone")}</span>
      </span>
    );
  }
  return (
    <span title={flag ? t("flagNoHint") : t("flagYesHint")}>
      <Chip tone={flag ? "fine" : "soon"}>{flag ? t("flagNo") : t("flagYes")}</Chip>
    </span>
  );
}

/** To the second; with the day when it may not be today's. */
function callTime(at: Date, now: Date, locale: string, timeZone: string): string {
  const isRecent = now.getTime() - at.getTime() < 12 * 3_600_000;
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    ...(isRecent ? {} : { day: "numeric", month: "short" }),
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(at);
}
