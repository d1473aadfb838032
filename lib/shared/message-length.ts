import type { Profile } from "./sites";

/** The limit when a thread has not told its own: 350 locally (messages.md 0.7). Global Selling publishes none
 *  (messages.md 10.10): the buyer's limit is the largest number any page names, and Mercado Libre may still refuse. */
const DEFAULT_MAX_LENGTH: Readonly<Record<Profile, number>> = { LOCAL: 350, GLOBAL: 3500 };

/** Characters as Mercado Libre most likely counts them: Unicode code points, markup included (messages.md 7, 10.7). */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** The thread's own limit in characters. Zero has been seen where nothing may be sent (messages.md 0.7). */
export function limitOf(sellerMaxLength: number | null, profile: Profile): number {
  return sellerMaxLength ?? DEFAULT_MAX_LENGTH[profile];
}
