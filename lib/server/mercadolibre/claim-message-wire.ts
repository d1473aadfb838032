import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import { htmlToText } from "@/lib/shared/html-text";
import { claimDate, openWord } from "./claim-values";
import { isRecord } from "./json";
import { count, field, flag, idOf, list, text, textOf, word } from "./wire";

export interface WireClaimFile {
  /** The system name: the key to download it and to send it. */
  filename: string;
  /** What its sender called it; `?` stands for characters that were lost (claims.md 4.6). */
  name: string;
  type: string | null;
  size: number | null;
}

export interface ClaimFileFacts extends WireClaimFile {
  createdAt: Date | null;
}

export interface WireClaimMessage {
  /** Its `hash`, or one made of what cannot change in it: claims have no message ids (claims.md 4.6). */
  key: string;
  sender: string;
  receiver: string | null;
  /** Plain text: what a mediator writes as HTML is made text. */
  text: string;
  textTranslated: string | null;
  createdAt: Date;
  readAt: Date | null;
  /** The stage in which it was written. */
  stage: string | null;
  /** Only `available` is known to have been delivered; an open set. */
  status: string;
  moderation: { status: string; reason: string | null; at: Date | null } | null;
  isRepeated: boolean;
  attachments: WireClaimFile[];
}

const KEY = /^[A-Za-z0-9_-]{1,80}$/;
/** Whose words are plain text, and shown as they were written (claims.md 4.6). */
const PARTIES: ReadonlySet<string> = new Set(["complainant", "respondent"]);

const digest = (parts: unknown) => createHash("sha256").update(JSON.stringify(parts)).digest("base64url");

/** A file, by the name it is stored under: an object, or that name alone. */
export const claimFile = field((value) => (typeof value === "string" ? { filename: value } : value))
  .pipe(
    z.object({
      filename: field(idOf),
      file_name: field(idOf),
      original_filename: text,
      type: word,
      size: count,
      date_created: claimDate,
    }),
  )
  .transform((wire, context): ClaimFileFacts => {
    const filename = wire.filename ?? wire.file_name;
    if (filename === null) {
      context.issues.push({ code: "custom", message: "a file without a name", input: null });
      return z.NEVER;
    }
    const { type, size, date_created: createdAt } = wire;
    return { filename, name: wire.original_filename ?? filename, type, size, createdAt };
  });

/** The files of a message or of an evidence. */
export const claimFiles = list(claimFile.transform(({ createdAt: _, ...file }): WireClaimFile => file));

const moderation = field((value): WireClaimMessage["moderation"] => {
  if (!isRecord(value)) return null;
  const status = textOf(value.status)?.trim().toLowerCase() ?? null;
  const reason = textOf(value.reason)?.trim().toUpperCase() ?? null;
  if (status === null) return null;
  return { status, reason, at: claimDate.parse(value.date_moderated ?? value.moderation_date) };
});

const body = field((value) => (typeof value === "string" ? value : ""));

/** One message of a claim (claims.md 4.6). Without a sender it is none. `changedAt` tells two copies apart. */
export const claimMessage = z
  .object({
    sender_role: word,
    receiver_role: word,
    message: body,
    translated_message: body,
    date_created: claimDate,
    message_date: claimDate,
    last_updated: claimDate,
    date_read: claimDate,
    attachments: claimFiles,
    status: openWord,
    stage: word,
    message_moderation: moderation,
    repeated: flag,
    hash: text,
  })
  .transform((wire, context): WireClaimMessage & { changedAt: Date } => {
    const { sender_role: sender, receiver_role: receiver, stage, hash } = wire;
    if (sender === null) {
      context.issues.push({ code: "custom", message: "a message without a sender", input: null });
      return z.NEVER;
    }
    // A message without a date is still one: it sorts as the oldest.
    const createdAt = wire.date_created ?? wire.message_date ?? wire.last_updated ?? new Date(0);
    const shown = (words: string) => (PARTIES.has(sender) ? words : htmlToText(words));
    return {
      key: keyOf(hash, [sender, receiver, stage, createdAt.toISOString(), wire.message]),
      sender,
      receiver,
      text: shown(wire.message),
      textTranslated: wire.translated_message.trim() === "" ? null : shown(wire.translated_message),
      createdAt,
      readAt: wire.date_read,
      stage,
      status: wire.status,
      moderation: wire.message_moderation,
      isRepeated: wire.repeated,
      attachments: wire.attachments,
      changedAt: wire.last_updated ?? createdAt,
    };
  });

function keyOf(hash: string | null, parts: unknown): string {
  if (hash === null) return digest(parts);
  return KEY.test(hash) ? hash : digest(hash);
}

/** The name under which an upload was stored: `filename` in LOCAL pages, `file_name` in GLOBAL ones (claims.md 11). */
export const uploadedFile = claimFile.transform(({ filename }) => ({ id: filename }));
