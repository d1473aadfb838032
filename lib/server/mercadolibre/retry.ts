import "server-only";
import type { Lane } from "./http";

/** How many times a read is tried in all (auth-and-limits.md 6.2). */
export const MAX_TRIES = 5;

/** How long a read may take in all, waits included, before its caller is told. A person waits for `open`. */
export const PATIENCE_MS: Readonly<Record<Lane, number>> = {
  open: 8_000,
  reply: 20_000,
  notice: 30_000,
  reconcile: 60_000,
  backfill: 60_000,
};

const FIRST_STEP_MS = 400;
const RATE_LIMIT_STEP_MS = 1_000;
const LONGEST_STEP_MS = 20_000;
const SPREAD_MS = 250;

/**
 * The wait before try number `tries + 1`: what the server asked for plus a spread, else full jitter over an exponential step.
 * `tries` counts the tries made so far, from 1.
 */
export function waitMs(o: {
  tries: number;
  retryAfterMs: number | null;
  isRateLimit: boolean;
  random: () => number;
}): number {
  if (o.retryAfterMs !== null) return o.retryAfterMs + Math.floor(o.random() * SPREAD_MS);
  const step = (o.isRateLimit ? RATE_LIMIT_STEP_MS : FIRST_STEP_MS) * 2 ** (o.tries - 1);
  return Math.floor(o.random() * Math.min(step, LONGEST_STEP_MS));
}

/** Reads `Retry-After`, in seconds or as a date. Nothing promises the header (messages.md 7): null when absent or odd. */
export function retryAfterMs(header: string | null, now: number): number | null {
  const value = header?.trim() ?? "";
  if (/^\d{1,8}(?:\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1_000);
  if (!/[a-z]/i.test(value)) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
