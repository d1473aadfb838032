import { MAX_NAME_LENGTH } from "./files/wire-name";
import type { Profile } from "./sites";
import type { ChannelName } from "./thread";

/** What Mercado Libre takes as an attachment (messages.md 2.4, 5; claims.md 5.1). */
export interface AttachmentRules {
  types: readonly string[];
  /** In bytes. "25 MB" is not said to be decimal or binary: the smaller reading is safe. */
  maxBytes: number;
  maxPerMessage: number;
  maxNameLength: number;
}

const LOCAL_TYPES = ["image/jpeg", "image/png", "application/pdf", "text/plain"] as const;
const GLOBAL_TYPES = [
  ...LOCAL_TYPES,
  "image/heif",
  "image/heic",
  "application/msword",
  "application/vnd.ms-excel",
  "text/xml",
  "application/xml",
  // Not on the list by name: they travel as the `application/octet-stream` that is (files/wire-name.ts). Programs and
  // archives could as well, and are not offered.
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
] as const;

const LIMITS = { maxBytes: 25_000_000, maxPerMessage: 25, maxNameLength: MAX_NAME_LENGTH };

export const ATTACHMENT_RULES: Readonly<Record<Profile, AttachmentRules>> = {
  LOCAL: { types: LOCAL_TYPES, ...LIMITS },
  GLOBAL: { types: GLOBAL_TYPES, ...LIMITS },
};

/** Of claims: their messages, evidence and reviews alike (claims.md 5.1, 6.1). How many one message carries is not published;
 *  names are made to fit on the wire (files/wire-name.ts). */
export const CLAIM_ATTACHMENT_RULES: AttachmentRules = {
  types: ["image/jpeg", "image/png", "application/pdf"],
  maxBytes: 5_000_000,
  maxPerMessage: 10,
  maxNameLength: MAX_NAME_LENGTH,
};

/** Of questions: an answer is words (questions-and-contacts.md 1.4). */
const NO_ATTACHMENTS: AttachmentRules = {
  types: [],
  maxBytes: 0,
  maxPerMessage: 0,
  maxNameLength: MAX_NAME_LENGTH,
};

/** What may be attached on a channel. Pure. */
export function attachmentRulesOf(channel: ChannelName, profile: Profile): AttachmentRules {
  if (channel === "questions") return NO_ATTACHMENTS;
  return channel === "claims" ? CLAIM_ATTACHMENT_RULES : ATTACHMENT_RULES[profile];
}

const FILE_REFUSALS = ["empty", "too_big", "type", "name_too_long", "name_characters"] as const;
export type FileRefusal = (typeof FILE_REFUSALS)[number];

/** Is this reason of our API one of a file that no retry will make fit? */
export function isFileRefusal(reason: string | null): reason is FileRefusal {
  return FILE_REFUSALS.some((known) => known === reason);
}

/** Checks what can be known of a file before its bytes are read. `type` is the type found by content, or the browser's guess. */
export function refusalOf(
  file: { name: string; size: number; type: string },
  rules: AttachmentRules,
): FileRefusal | null {
  if (file.size === 0) return "empty";
  if (file.size > rules.maxBytes) return "too_big";
  if ([...file.name].length > rules.maxNameLength) return "name_too_long";
  if (/[/\\]/.test(file.name)) return "name_characters";
  if (!rules.types.includes(file.type)) return "type";
  return null;
}

/** The value of a file input's `accept`. */
export function acceptOf(rules: AttachmentRules): string {
  return rules.types.join(",");
}

/** No request body needs to be larger than this. */
export const LARGEST_FILE_BYTES = LIMITS.maxBytes;
