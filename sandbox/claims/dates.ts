import type { World } from "@/sandbox/world/world";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Offset of nearly every date of the service (claims.md 3). */
const OFFSET_MS = 4 * HOUR_MS;

/** A date as claims print it: milliseconds and -04:00, or as the settings spoil it (claims.md 3, 4.5, 5.2, 6). */
export function claimDate(world: World, date: Date): string;
export function claimDate(world: World, date: Date | null): string | null;
export function claimDate(world: World, date: Date | null): string | null {
  if (!date) return null;
  const local = new Date(date.getTime() - OFFSET_MS).toISOString().slice(0, -1);
  if (world.settings.claimDateStyle === "no_offset") return local;
  return world.settings.claimDateStyle === "no_seconds" ? `${local.slice(0, 16)}-04:00` : `${local}-04:00`;
}

/** `date_read` and `date_moderated`: a `Z` and no fraction, unlike the others (claims.md 4.6). */
export function zuluDate(date: Date | null): string | null {
  return date ? `${date.toISOString().slice(0, 19)}Z` : null;
}

/** 22:43:59 -04:00, so many days after `from`: a mandatory answer has 4, a mediator 2 (claims.md 8, 13). */
export function lateEvening(from: Date, days: number): Date {
  const shifted = from.getTime() - OFFSET_MS + days * DAY_MS;
  const midnight = Math.floor(shifted / DAY_MS) * DAY_MS;
  return new Date(midnight + 22 * HOUR_MS + 43 * 60_000 + 59_000 + OFFSET_MS);
}
