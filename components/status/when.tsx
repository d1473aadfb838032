import { useLocale } from "next-intl";
import { daysAgo } from "@/lib/shared/view/days";
import { ago, clock, exactTime, shortDate } from "@/lib/shared/view/moments";

/** The present of a page that was rendered on the server, and the seller's zone: what its times are told by. */
export interface Present {
  now: Date;
  timeZone: string;
}

/** "5 min ago (10:40)"; of another day "2 days ago (20 Nov, 10:40)". */
export function whenText(at: Date, { now, timeZone }: Present, locale: string): string {
  const time = clock(at, locale, timeZone);
  const day = daysAgo(at, now, timeZone) === 0 ? "" : `${shortDate(at, now, locale, timeZone)}, `;
  return `${ago(at, now, locale)} (${day}${time})`;
}

/** A moment in words, exact on hover. `text` puts it into a sentence. */
export function When({
  at,
  present,
  text = (when) => when,
}: {
  at: Date;
  present: Present;
  text?: (when: string) => string;
}) {
  const locale = useLocale();
  return (
    <time dateTime={at.toISOString()} title={exactTime(at, locale, present.timeZone)}>
      {text(ago(at, present.now, locale))}
    </time>
  );
}
