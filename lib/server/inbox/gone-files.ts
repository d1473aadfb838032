import "server-only";
import { MeliError } from "@/lib/server/mercadolibre/failure";

/** How long a file that Mercado Libre did not give is not asked for again: a conversation full of vanished pictures would
 *  otherwise spend the rate budget at every look. */
const REMEMBERED_MS = 5 * 60_000;
/** Sooner, nobody's "try again" asks either. */
const SHORTEST_MS = 5_000;
const MOST_REMEMBERED = 5_000;

/** The files that Mercado Libre did not give lately, by account and system name. Of this process alone: forgetting one
 *  costs one more question. */
export interface GoneFiles {
  /** Until when this file need not be asked for; null: ask. `again`: a person pressed "try again". */
  waitsUntil(key: string, again: boolean): Date | null;
  /** @returns until when it is remembered. */
  note(key: string): Date;
  forget(key: string): void;
}

export function createGoneFiles(now: () => number = Date.now): GoneFiles {
  const askedAt = new Map<string, number>();
  return {
    waitsUntil(key, again) {
      const at = askedAt.get(key);
      if (at === undefined) return null;
      const until = at + (again ? SHORTEST_MS : REMEMBERED_MS);
      return until > now() ? new Date(until) : null;
    },
    note(key) {
      askedAt.delete(key);
      askedAt.set(key, now());
      const oldest = askedAt.keys().next().value;
      if (askedAt.size > MOST_REMEMBERED && oldest !== undefined) askedAt.delete(oldest);
      return new Date(now() + SHORTEST_MS);
    },
    forget: (key) => void askedAt.delete(key),
  };
}

/** Does Mercado Libre say by this that the file is not there? No 404 is documented: what is gone looks like a 500
 *  (messages.md 2.5). Trouble that has another face passes by itself. Pure. */
export function isGone(error: unknown): boolean {
  return error instanceof MeliError && [404, 410, 500].includes(error.failure.status ?? 0);
}
