/** The calendar day of an instant in a time zone, as YYYY-MM-DD. An unknown zone counts as UTC. */
export function dayOf(at: Date, timeZone: string): string {
  return formatter(timeZone).format(at);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-CA", {
    timeZone: isTimeZone(timeZone) ? timeZone : "UTC",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  formatters.set(timeZone, made);
  return made;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Whole calendar days from `at` to `now` in a time zone: 0 today, 1 yesterday, negative in the future. */
export function daysAgo(at: Date, now: Date, timeZone: string): number {
  const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`);
  return Math.round((midnight(dayOf(now, timeZone)) - midnight(dayOf(at, timeZone))) / 86_400_000);
}

/** Groups what is already in order into calendar days of the seller's zone. */
export function groupByDay<T extends { at: Date }>(
  entries: readonly T[],
  timeZone: string,
): { day: string; at: Date; entries: T[] }[] {
  const groups: { day: string; at: Date; entries: T[] }[] = [];
  for (const entry of entries) {
    const day = dayOf(entry.at, timeZone);
    const last = groups.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else groups.push({ day, at: entry.at, entries: [entry] });
  }
  return groups;
}
