import "server-only";
import { z } from "zod";
import { decimalsOf, type Money } from "@/lib/shared/money";
import { isRecord } from "./json";

/*
 * The spellings of Mercado Libre's values, in one place (messages.md 1, 8, 9). Structure is parsed strictly by the schemas
 * of each resource; a value that makes no sense becomes null and never an exception.
 */

/** A field that may be missing. */
const any = z.unknown().optional();

/** A field read by a function that takes anything. */
export const field = <T>(read: (value: unknown) => T) => any.transform(read);

export function textOf(value: unknown): string | null {
  if (typeof value !== "string") return null;
  return value.trim() === "" ? null : value;
}

/** An id as the string it is for us: number or string on the wire (messages.md 1). */
export function idOf(value: unknown): string | null {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  const text = textOf(value)?.trim() ?? null;
  return text !== null && text.length <= 200 ? text : null;
}

/** A user, pack, order or shipment id: digits, else null. */
export function digitsOf(value: unknown): string | null {
  const id = idOf(value);
  return id !== null && /^\d{1,20}$/.test(id) ? id : null;
}

export function countOf(value: unknown): number | null {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?)?\s*(z|[+-]\d{2}:?(?:\d{2})?)?$/i;

/** The last instant that is written with a year of four figures, and so the last that every store understands. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** An instant: with or without fractions (1 to 12 digits), `Z`, `-04:00`, `-0400` or no offset, which means UTC. */
export function dateOf(value: unknown): Date | null {
  const parts = typeof value === "string" ? INSTANT.exec(value.trim()) : null;
  if (parts === null) return null;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", offset = "Z"] = parts;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number);
  if (y === undefined || mo === undefined || d === undefined || h === undefined || mi === undefined)
    return null;
  if (s === undefined || h > 24 || mi > 59 || s > 60 || mo < 1 || mo > 12 || d < 1 || d > 31) return null;
  const ms = Number(fraction.slice(0, 3).padEnd(3, "0"));
  const at = Date.UTC(y, mo - 1, d, h, mi, s, ms) - offsetMs(offset);
  return at > LAST_MS ? null : new Date(at);
}

function offsetMs(offset: string): number {
  if (/^z$/i.test(offset)) return 0;
  const sign = offset.startsWith("-") ? -1 : 1;
  const figures = offset.slice(1).replace(":", "");
  return sign * (Number(figures.slice(0, 2)) * 60 + Number(figures.slice(2) || 0)) * 60_000;
}

/** An amount in major units and its currency as Money; null when either makes no sense. */
export function moneyOf(amount: unknown, currency: unknown): Money | null {
  const code = textOf(currency)?.trim().toUpperCase() ?? "";
  const figure = typeof amount === "string" && amount.trim() !== "" ? Number(amount) : amount;
  if (typeof figure !== "number" || !Number.isFinite(figure) || !/^[A-Z]{3}$/.test(code)) return null;
  const minor = Math.round(figure * 10 ** decimalsOf(code));
  return Number.isSafeInteger(minor) ? { minor, currency: code } : null;
}

/** The site of an item, which its id begins with: `MLB1234` is sold on MLB. */
export function siteOfItem(itemId: string | null): string | null {
  return itemId === null ? null : (/^([A-Z]{3})-?\d/i.exec(itemId)?.[1]?.toUpperCase() ?? null);
}

export const text = field(textOf);
export const word = field((value) => textOf(value)?.trim().toLowerCase() ?? null);
export const site = field((value) => {
  const code = textOf(value)?.trim().toUpperCase() ?? "";
  return /^[A-Z]{3}$/.test(code) ? code : null;
});
export const id = field(idOf);
export const number = field(digitsOf);
export const count = field(countOf);
export const date = field(dateOf);
export const amount = field((value) => value);
export const flag = field((value) => value === true || value === "true");

/** An id without which the object means nothing. */
export const requiredId = any.transform((value, context) => {
  const found = idOf(value);
  if (found !== null) return found;
  context.issues.push({ code: "custom", message: "an id is missing", input: null });
  return z.NEVER;
});

/** Digits without which the object means nothing. */
export const requiredNumber = requiredId.refine((value) => /^\d{1,20}$/.test(value));

/** An object that may be null or missing: then each of its fields is. */
export const part = <S extends z.ZodType>(schema: S) =>
  field((value): unknown => (isRecord(value) ? value : {})).pipe(schema);

/** A list that may be null, missing, or a single element. Elements that make no sense are left out. */
export const list = <S extends z.ZodType>(schema: S) =>
  field((value): z.output<S>[] => sift(value, schema).kept);

/** The elements of a list that make sense, and how many did not. */
export function sift<S extends z.ZodType>(
  value: unknown,
  schema: S,
): { kept: z.output<S>[]; dropped: number } {
  const elements: unknown[] = Array.isArray(value) ? value : isRecord(value) ? [value] : [];
  const kept = elements.flatMap((element) => {
    const parsed = schema.safeParse(element);
    return parsed.success ? [parsed.data] : [];
  });
  return { kept, dropped: elements.length - kept.length };
}

/** A list of strings or ids; null and missing are empty, a bare value is a list of one (`claim_id`, `claim_ids`). */
export const ids = field((value) =>
  (Array.isArray(value) ? value : [value]).flatMap((element) => {
    const found = isRecord(element) ? idOf(element.id) : idOf(element);
    return found === null ? [] : [found];
  }),
);
