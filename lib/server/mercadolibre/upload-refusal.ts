import "server-only";
import type { FileFault } from "@/lib/shared/files/file-reason";
import type { MeliFailure } from "./failure";

/** What Mercado Libre says of a file that it does not take. It has no codes for these, only the documented texts; any
 *  other wording stays a plain refusal (messages.md 2.4). */
const TEXTS: readonly [RegExp, FileFault][] = [
  [/is empty/i, "empty"],
  [/bigger than/i, "too_big"],
  [/exceeded \d+ character/i, "name_too_long"],
  [/file name cannot include/i, "name_characters"],
  [/\btype\b|extension|mime|format/i, "type"],
];

/** What is wrong with the file of a failed upload; null when the failure is not about the file. Pure. */
export function fileFaultOf(failure: Pick<MeliFailure, "status" | "message" | "causes">): FileFault | null {
  if (failure.status === 500) return "not_saved";
  if (failure.status !== 400 && failure.status !== 413 && failure.status !== 415) return null;
  const said = [failure.message, ...failure.causes].join("\n");
  // Our own mistakes and the token's, not the file's.
  if (/access token|site_id|application id/i.test(said)) return null;
  if (failure.status !== 400) return failure.status === 413 ? "too_big" : "type";
  return TEXTS.find(([pattern]) => pattern.test(said))?.[1] ?? "refused";
}
