import BellOff from "lucide-react/icons/bell-off";
import { useLocale, useTranslations } from "next-intl";
import { Chip } from "@/components/ui/chip";
import type { StatusView } from "@/lib/shared/api/account";
import { clock } from "@/lib/shared/view/moments";
import { type Strip, stripOf, subjectOf } from "@/lib/shared/view/notice-strip";
import { type Present, When } from "./when";

type Topic = StatusView["notifications"]["topics"][number];

/** In the units of the picture: a bar and its gap, and the height of all. */
const STEP = 8;
const HEIGHT = 28;

/** One topic of one account: when its last notification came, and a day of them, with what was found without. */
export function TopicRow({ topic, nickname, present }: { topic: Topic; nickname: string; present: Present }) {
  const t = useTranslations("status.topics");
  const subject = t(`subject.${subjectOf(topic.topic)}`);
  const strip = stripOf(topic.hours, HEIGHT);
  const hasAny = strip.received > 0 || strip.found > 0;
  return (
    <li className="border-line border-t pt-3">
      <div className="grid items-center gap-x-4 gap-y-1.5 sm:grid-cols-[minmax(0,1fr)_minmax(0,12rem)_7.5rem]">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium">{subject}</span>
            <code className="min-w-0 break-all text-ink-3 text-xs">{topic.topic}</code>
            {topic.isSilent && (
              <Chip tone="soon" icon={<BellOff aria-hidden="true" />}>
                {t("silent")}
              </Chip>
            )}
          </p>
          <p className="text-ink-2 text-sm">
            {topic.lastAt === null ? (
              t("never")
            ) : (
              <When at={topic.lastAt} present={present} text={(when) => t("last", { when })} />
            )}
          </p>
        </div>
        <DayStrip
          strip={strip}
          label={t("strip", { subject, received: strip.received, found: strip.found })}
        />
        <p className="text-ink-2 text-sm max-sm:flex max-sm:gap-3 sm:text-right">
          <span className="block">{t("received", { count: strip.received })}</span>
          <span
            className={strip.found > 0 ? "block font-medium text-soon" : "block text-ink-3"}
            title={t("foundHint")}
          >
            {t("found", { count: strip.found })}
          </span>
        </p>
      </div>
      {hasAny && <HourTable topic={topic} caption={t("hoursOf", { subject, nickname })} present={present} />}
    </li>
  );
}

function DayStrip({ strip, label }: { strip: Strip; label: string }) {
  const width = Math.max(1, strip.bars.length) * STEP;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-7 w-full"
    >
      <title>{label}</title>
      {strip.bars.map(({ at, received, found }, place) => (
        <g key={at.toISOString()}>
          <rect
            x={place * STEP + 1}
            y={HEIGHT - 1}
            width={STEP - 2}
            height={1}
            className="fill-line-strong"
          />
          <rect
            x={place * STEP + 1}
            y={HEIGHT - received}
            width={STEP - 2}
            height={received}
            className="fill-accent"
          />
          <rect
            x={place * STEP + 1}
            y={HEIGHT - received - found}
            width={STEP - 2}
            height={found}
            className="fill-soon"
          />
        </g>
      ))}
    </svg>
  );
}

/** The same in numbers, of the hours that had something. */
function HourTable({ topic, caption, present }: { topic: Topic; caption: string; present: Present }) {
  const t = useTranslations("status.topics");
  const locale = useLocale();
  const busy = topic.hours.filter(({ received, found }) => received + found > 0);
  return (
    <details className="mt-1.5 text-sm">
      <summary className="w-fit py-1 text-ink-2 max-md:min-h-11 max-md:content-center" aria-label={caption}>
        {t("byHour")}
      </summary>
      <table className="mt-1 w-full max-w-sm">
        <caption className="sr-only">{caption}</caption>
        <thead className="text-left text-ink-3">
          <tr>
            <th scope="col" className="font-medium">
              {t("hour")}
            </th>
            <th scope="col" className="text-right font-medium">
              {t("receivedColumn")}
            </th>
            <th scope="col" className="text-right font-medium">
              {t("foundColumn")}
            </th>
          </tr>
        </thead>
        <tbody>
          {busy.map(({ at, received, found }) => (
            <tr key={at.toISOString()}>
              <th scope="row" className="text-left font-normal">
                <time dateTime={at.toISOString()}>{clock(at, locale, present.timeZone)}</time>
              </th>
              <td className="text-right">{received}</td>
              <td className={found > 0 ? "text-right font-medium text-soon" : "text-right"}>{found}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
