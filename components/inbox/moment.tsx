"use client";

import { useLocale } from "next-intl";
import { useNow } from "@/lib/client/now";
import { ago, clock, dayLabel, exactTime, rowTime, shortDate } from "@/lib/shared/view/moments";

export type MomentStyle = "row" | "clock" | "day" | "date" | "ago";

/** An instant in the seller's zone: short, with the exact one on hover. */
export function Moment({
  at,
  timeZone,
  style,
  className,
}: {
  at: Date;
  timeZone: string;
  style: MomentStyle;
  className?: string;
}) {
  const locale = useLocale();
  const now = useNow();
  return (
    <time
      dateTime={at.toISOString()}
      title={exactTime(at, locale, timeZone)}
      className={className}
      suppressHydrationWarning
    >
      {wordsOf(style, at, now, locale, timeZone)}
    </time>
  );
}

function wordsOf(style: MomentStyle, at: Date, now: Date, locale: string, timeZone: string): string {
  switch (style) {
    case "row":
      return rowTime(at, now, locale, timeZone);
    case "clock":
      return clock(at, locale, timeZone);
    case "day":
      return dayLabel(at, now, locale, timeZone);
    case "date":
      return shortDate(at, now, locale, timeZone);
    case "ago":
      return ago(at, now, locale);
  }
}
