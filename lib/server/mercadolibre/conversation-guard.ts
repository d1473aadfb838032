import "server-only";
import { AppError } from "@/lib/shared/errors";

/**
 * Leave to read a conversation without `mark_as_read=false`, which marks it read for good (messages.md 2.1, 2.7).
 * Only mark-read.ts makes one; a test reads the sources to see that it stays so.
 */
export class MarkReadPermit {
  readonly #isPermit = true;

  static isPermit(value: unknown): boolean {
    return typeof value === "object" && value !== null && #isPermit in value && value.#isPermit;
  }
}

/** Both profiles' conversation resources, with and without the seller and the agent's part (messages.md 2.1, 5). */
const CONVERSATION = /^\/(?:marketplace\/)?messages\/packs\/[^/]+(?:\/sellers?\/[^/]+(?:\/.*)?)?$/i;

/** Does a GET of this path read a conversation, and so mark it read unless told not to? Takes any spelling of the path. */
export function isConversationPath(pathname: string): boolean {
  let path = pathname;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    // A path that cannot be decoded is judged as it is written.
  }
  const trimmed = path.replace(/\/{2,}/g, "/").replace(/\/$/, "");
  return (
    CONVERSATION.test(trimmed) ||
    CONVERSATION.test(trimmed.replace(/^.*?(?=\/(?:marketplace\/)?messages\/)/i, ""))
  );
}

/**
 * The last door before the network: a GET of a conversation leaves only with exactly one `mark_as_read=false`, or with
 * a permit and no flag.
 * @returns whether the flag is there; null when the call is not a conversation read.
 * @throws AppError bug when a conversation would be marked read by anyone but markRead.
 */
export function checkConversationRead(method: string, url: URL, permit?: MarkReadPermit): boolean | null {
  if (method !== "GET" && method !== "HEAD") return null;
  if (!isConversationPath(url.pathname)) return null;
  const flags = url.searchParams.getAll("mark_as_read");
  const isSilent = flags.length === 1 && flags[0] === "false";
  if (isSilent) return true;
  if (flags.length === 0 && MarkReadPermit.isPermit(permit)) return false;
  throw new AppError("bug", "a conversation read without mark_as_read=false was stopped");
}
