import "server-only";
import { z } from "zod";
import { isRecord } from "./json";
import { dateOf, field, textOf } from "./wire";

/*
 * The spellings of claims, in one place (claims.md 3, 4, 11). Enums are open: what is not known is passed on as it came.
 */

const WITHOUT_OFFSET = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,12})?)?)?$/;

/** An instant of the claims service. Some dates lack an offset (claims.md 5.2, 6): they mean the one that its other dates
 *  carry, -04:00 (claims.md 3). */
export function claimDateOf(value: unknown): Date | null {
  const written = typeof value === "string" ? value.trim() : "";
  if (!WITHOUT_OFFSET.test(written)) return dateOf(value);
  return dateOf(written.length === 10 ? `${written}T00:00:00-04:00` : `${written}-04:00`);
}

/** The day that a date is written with, whatever its time and offset: `2026-03-06`. */
export function dayOf(value: unknown): string | null {
  return dateOf(value) === null ? null : (/^\s*(\d{4}-\d{2}-\d{2})/.exec(String(value))?.[1] ?? null);
}

/** An amount of things, which comes as `1`, `"1"` or `"1.0"` (claims.md 6.2). */
export function quantityOf(value: unknown): number | null {
  const figure = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof figure === "number" && Number.isFinite(figure) && figure >= 0 ? figure : null;
}

/** Yes, no or not told: a missing `fulfilled` is not a no. */
function choiceOf(value: unknown): boolean | null {
  if (value === true || value === "true") return true;
  return value === false || value === "false" ? false : null;
}

/** The rows of an answer that is a bare list, or wraps one as `data` or `results`. */
export function rowsOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (!isRecord(value)) return null;
  return [value.data, value.results].find((rows) => Array.isArray(rows)) ?? null;
}

export const claimDate = field(claimDateOf);
export const day = field(dayOf);
export const quantity = field(quantityOf);
export const choice = field(choiceOf);
/** Lower case, an open set; `unknown` when it is missing. */
export const openWord = field((value) => textOf(value)?.trim().toLowerCase() ?? "unknown");
/** Lower-case words; null and missing are none, a bare word is a list of one. */
export const words = field((value) =>
  (Array.isArray(value) ? value : [value]).flatMap((one) => textOf(one)?.trim().toLowerCase() ?? []),
);
/** A list of rows, bare or wrapped. Anything else is not the answer that was asked for. */
export const rows = z.unknown().transform((value, context): readonly unknown[] => {
  const found = rowsOf(value);
  if (found !== null) return found;
  context.issues.push({ code: "custom", message: "not a list", input: null });
  return z.NEVER;
});
