import type { AccountView } from "@/lib/shared/api/account";
import type { ContactsFilter, LeadsFilter } from "@/lib/shared/api/leads";
import type { Unit } from "@/lib/shared/contacts/buckets";
import { dayIn, isDay, type PeriodChoice, periodOf } from "@/lib/shared/contacts/periods";
import { isSiteId, SITES } from "@/lib/shared/sites";
import { localDay } from "@/lib/shared/zone-time";
import type { LeadsAddress } from "./leads-address";
import { sellerZone } from "./seller-zone";

/** Periods that people speak of and no preset is. */
export const SPOKEN = ["yesterday", "lastWeek", "thisMonth", "lastMonth"] as const;
export type Spoken = (typeof SPOKEN)[number];

const DAY_MS = 86_400_000;
const named = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The two days of such a period there, both of which count. Weeks begin on Monday. Pure. */
export function spokenRange(which: Spoken, now: Date, timeZone: string): { from: string; to: string } {
  const today = localDay(now.getTime(), timeZone);
  if (which === "yesterday") return { from: named(today - 1), to: named(today - 1) };
  if (which === "lastWeek") {
    // The first of January 1970 was a Thursday.
    const monday = today - ((today + 3) % 7) - 7;
    return { from: named(monday), to: named(monday + 6) };
  }
  const first = new Date(`${named(today).slice(0, 8)}01T00:00:00Z`);
  if (which === "thisMonth") return { from: named(first.getTime() / DAY_MS), to: named(today) };
  const before = named(first.getTime() / DAY_MS - 1);
  return { from: `${before.slice(0, 8)}01`, to: before };
}

/** What keeps two days from being a period. Null: nothing does. Pure. */
export function rangeProblem(
  { from, to }: { from: string; to: string },
  now: Date,
  timeZone: string,
): "missing" | "order" | "future" | "length" | null {
  if (!isDay(from) || !isDay(to)) return "missing";
  if (from > to) return "order";
  if (to > dayIn(now, timeZone)) return "future";
  return periodOf({ from, to }, now, timeZone) === null ? "length" : null;
}

/** The days that a choice covers there; of 24 hours the two that they touch. Pure. */
export function daysOf(period: PeriodChoice, now: Date, timeZone: string): { from: string; to: string } {
  if ("from" in period) return period;
  const whole = periodOf(period, now, timeZone);
  const today = dayIn(now, timeZone);
  return { from: whole === null ? today : dayIn(whole.from, timeZone), to: today };
}

/** By the hour, a week is as much as can be read. */
const MOST_BY_HOUR = 7;

/** Can this be cut into hours and into days alike? Pure. */
export function hasUnits(period: PeriodChoice, now: Date, timeZone: string): boolean {
  const days = periodOf(period, now, timeZone)?.days ?? null;
  return days !== null && days <= MOST_BY_HOUR;
}

/** What our server is asked for at this address. Pure. */
export function contactsFilter(
  { account, period, unit }: Pick<LeadsAddress, "account" | "period" | "unit">,
  now: Date,
  zone: string,
): ContactsFilter {
  const chosen: Unit | null = hasUnits(period, now, zone) ? unit : null;
  return {
    ...(account === null ? {} : { account }),
    ...("preset" in period
      ? { period: period.preset }
      : { period: "custom", from: period.from, to: period.to }),
    zone,
    ...(chosen === null ? {} : { unit: chosen }),
  };
}

/** What our server is asked for of the list of leads at this address. Pure. */
export function leadsFilter(address: LeadsAddress, now: Date, zone: string): LeadsFilter {
  const { account, type, item, guests } = address;
  return {
    ...(account === null ? {} : { account }),
    ...(type === null ? {} : { type }),
    ...(item === null ? {} : { item }),
    ...(guests === "all" ? {} : { guests }),
    ...daysOf(address.period, now, zone),
    zone,
  };
}

/** The zone that the days of the page are cut in: of the account that was chosen where it has a country, else the one that
 *  all of the seller's times are told in. Pure. */
export function zoneOf(accounts: readonly AccountView[], account: string | null): string {
  const chosen = accounts.find(({ id }) => id === account);
  return chosen?.profile === "LOCAL" && isSiteId(chosen.siteId)
    ? SITES[chosen.siteId].timeZone
    : sellerZone(accounts);
}
