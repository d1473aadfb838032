import "server-only";

/**
 * JSON of Mercado Libre without losing digits: an integer beyond 2^53 arrives as the string that was written
 * (ids exceed it, messages.md 1), every other number as a number.
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJson(text: string): unknown {
  // The reviver costs several times the parse itself: only texts that hold such a number pay for it.
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }) => {
    if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
    const source = context?.source;
    return source !== undefined && /^-?\d+$/.test(source) ? source : value;
  });
}

/** Is this a JSON object (not null, not an array)? */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
