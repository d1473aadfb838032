import "server-only";
import { codeOnly } from "./failure";
import { isRecord, parseJson } from "./json";

/** A remark on a call that was done all the same. */
export interface ExecutionDetail {
  id: string | null;
  /** info, warning, error. */
  type: string | null;
  /** retry, check_user, check_documentation, wait_to_retry. */
  suggestedAction: string | null;
}

/**
 * What the claims service remarks on a call in its `metadata` header (claims.md 10), without the words, which may be a
 * person's. A header that is no such JSON has none. Pure.
 */
export function executionDetailsOf(header: string | null): ExecutionDetail[] {
  if (header === null || header.length > 8_000) return [];
  let parsed: unknown;
  try {
    parsed = parseJson(header);
  } catch {
    return [];
  }
  const details: unknown = isRecord(parsed) ? parsed.execution_details : null;
  if (!Array.isArray(details)) return [];
  const code = (value: unknown) => codeOnly(typeof value === "string" ? value : null);
  return details
    .slice(0, 10)
    .flatMap((one: unknown) =>
      isRecord(one)
        ? [{ id: code(one.id), type: code(one.type), suggestedAction: code(one.suggested_action) }]
        : [],
    );
}
