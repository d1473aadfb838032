import "server-only";

/** Integers that may lose digits, and escapes of what no database keeps as text: only such texts pay for the reviver,
 *  which costs several times the parse itself. */
const NEEDS_CARE = /\d{16}|\\u(?:0000|d[89a-f])/i;

/**
 * JSON of Mercado Libre without losing digits: an integer beyond 2^53 arrives as the string that was written
 * (ids exceed it, messages.md 1), every other number as a number. Its texts are what any store can keep: without NUL,
 * and with a mark in the place of half a character.
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJson(text: string): unknown {
  if (!NEEDS_CARE.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }) => {
    if (typeof value === "string") return value.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\ufffd");
    if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
    const source = context?.source;
    return source !== undefined && /^-?\d+$/.test(source) ? source : value;
  });
}

/** Is this a JSON object (not null, not an array)? */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
