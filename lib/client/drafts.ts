import * as z from "zod/mini";
import type { LocalDraft } from "@/lib/client/draft-machine";
import type { ThreadRef, Viewer } from "@/lib/client/keys";
import { FileSchema } from "@/lib/shared/api/thread";

/** Copies of drafts in this browser. They exist only until the server has them, and go at sign-out. */
const PREFIX = "buzon:draft:";

const LocalDraftSchema = z.object({
  text: z.string(),
  files: z.array(FileSchema),
  basis: z.nullable(z.string()),
  after: z.optional(z.nullable(z.string())),
  key: z.optional(z.string()),
});

/** The name of a conversation's copy: no user can find another's. */
export function localDraftKey(viewer: Viewer, ref: ThreadRef): string {
  return `${PREFIX}${viewer.userId}:${ref.account ?? "any"}:${ref.channel}:${ref.externalId}`;
}

export function readLocalDraft(key: string): LocalDraft | null {
  try {
    const text = localStorage.getItem(key);
    if (text === null) return null;
    const parsed = z.safeParse(LocalDraftSchema, JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** @returns whether the browser took it: a private window or a full disk may refuse. */
export function writeLocalDraft(key: string, draft: LocalDraft): boolean {
  if (isOver) return false;
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function removeLocalDraft(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // A browser that refuses storage holds nothing to remove.
  }
}

/** Whoever sat here has left: a page on its way out keeps nothing more. */
let isOver = false;

/** Erases every copy in this browser.
 *  @param isForGood of the sign-out: this page makes no further one */
export function wipeLocalDrafts(isForGood = false): void {
  isOver ||= isForGood;
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // As above.
  }
}
