import { randomBytes } from "node:crypto";

/** A stream of numbers in [0, 1). */
export type Random = () => number;

/** A repeatable stream: the same seed gives the same shops on every start (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

let pool = Buffer.alloc(0);

/** An unrepeatable stream, for what is created while the sandbox runs. */
export const unseeded: Random = () => {
  // a system call per digit would be most of the cost of seeding a seller
  if (pool.byteLength < 4) pool = randomBytes(16_384);
  const value = pool.readUInt32BE() / 4294967296;
  pool = pool.subarray(4);
  return value;
};

/** An integer from `low` to `high`, both included. */
export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** One element. @throws RangeError for an empty list. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new RangeError("nothing to pick from");
  return chosen;
}

/** `length` decimal digits, as text. */
export function digits(random: Random, length: number): string {
  return Array.from({ length }, () => Math.floor(random() * 10)).join("");
}

/** `length` lower-case hexadecimal digits. */
export function hex(random: Random, length: number): string {
  return Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("");
}

/** A UUID-shaped text, as in attachment ids `{userId}_{uuid}.{ext}` (messages.md 1). */
export function uuid(random: Random): string {
  return `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`;
}

/** 32 lower-case hex, time-ordered: a UUIDv7 without dashes (messages.md 1). */
export function messageId(random: Random, at: Date): string {
  return `${at.getTime().toString(16).padStart(12, "0")}7${hex(random, 3)}8${hex(random, 15)}`;
}
