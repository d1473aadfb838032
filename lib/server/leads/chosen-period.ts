import "server-only";
import { indexOf, startAt } from "@/lib/server/store/bucket-index";
import type { Span } from "@/lib/server/store/contact-series";
import type { WishKey } from "@/lib/server/store/contact-wishes";
import type { ContactsFilter, PeriodView } from "@/lib/shared/api/leads";
import { bucketEnd, type Unit } from "@/lib/shared/contacts/buckets";
import {
  dayIn,
  LONGEST_IN_HOURS,
  type Period,
  periodOf,
  previousSoFar,
  startsIn,
  unitOf,
} from "@/lib/shared/contacts/periods";
import { AppError } from "@/lib/shared/errors";

/** A period that was asked for, and all that follows from it. */
export interface Chosen {
  now: Date;
  period: Period;
  previous: Period;
  /** What Mercado Libre is asked for. */
  unit: Unit;
  /** What is shown. */
  shown: Unit;
  /** Its buckets that have begun; those of `previous`; and of both with what lies between. */
  span: Span;
  previousSpan: Span;
  wholeSpan: Span;
  /** Of both, those that are still to come included: what a wish is known by. */
  wish: WishKey;
  /** Until when something of the period can have been counted, to the hour. */
  until: Date;
  view: PeriodView;
}

/** Hours are shown of periods up to so many days, unless another unit is asked for. */
const SHORT_DAYS = 2;

/** Is there such a time zone? Pure. */
function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** @throws AppError invalid_input for a zone that is none */
export function zoneOf(name: string): string {
  if (isZone(name)) return name;
  throw new AppError("invalid_input", "no such zone", { fields: { zone: "unknown" } });
}

/** What a request asks for. @throws AppError invalid_input for days or a zone that do not exist, days in the wrong order,
 *  too long a period, or hours of more than 31 days */
export function choosePeriod(query: Omit<ContactsFilter, "account">, now: Date): Chosen {
  const timeZone = zoneOf(query.zone);
  const { from = "", to = "" } = query;
  const isCustom = query.period === "custom";
  if (!isCustom && (query.from !== undefined || query.to !== undefined)) refuse("period");
  const period = periodOf(query.period === "custom" ? { from, to } : { preset: query.period }, now, timeZone);
  if (period === null) return refuse("from");
  const unit = unitOf(period);
  const shown = query.unit ?? (unit === "hour" && (period.days ?? 1) <= SHORT_DAYS ? "hour" : "day");
  if (shown === "hour" && unit === "day") refuse("unit");
  const previous = previousSoFar(period, now);
  const [span, previousSpan] = [spanOf(period, unit, now), spanOf(previous, unit, now)];
  return {
    now,
    period,
    previous,
    unit,
    shown,
    span,
    previousSpan,
    wholeSpan: { from: Math.min(previousSpan.from, span.from), to: Math.max(previousSpan.to, span.to) },
    wish: {
      unit,
      from: startAt(Math.min(previousSpan.from, span.from), unit),
      to: startAt(span.from + startsIn(period, unit, period.to).length, unit),
    },
    until: new Date(Math.min(period.to.getTime(), bucketEnd(now, "hour").getTime())),
    view: {
      choice: query.period,
      from: period.from,
      to: period.to,
      zone: timeZone,
      unit: shown,
      ...daysOf(period),
      days: period.days,
      isOpen: period.to > now,
    },
  };
}

/** The first and the last day of a period. Pure. */
export const daysOf = ({ from, to, timeZone }: Period) => ({
  firstDay: dayIn(from, timeZone),
  lastDay: dayIn(new Date(to.getTime() - 1), timeZone),
});

function spanOf(period: Period, unit: Unit, now: Date): Span {
  const starts = startsIn(period, unit, now);
  const first = starts[0];
  const from = indexOf(first ?? period.from, unit);
  return { from, to: from + starts.length };
}

function refuse(field: string): never {
  throw new AppError("invalid_input", `no such period (at most ${LONGEST_IN_HOURS} days of hours)`, {
    fields: { [field]: "impossible" },
  });
}
