import "server-only";
import { AppError } from "@/lib/shared/errors";
import { readEither } from "./context-read";
import { MeliError } from "./failure";
import type { Download, Meli } from "./http";
import { accepted, oneMessage, unread, uploaded, type WireMessage } from "./message-wire";
import { digits, PATHS } from "./paths";

export type { WireAttachment, WireMessage } from "./message-wire";

/** Where the unread list stops being complete (messages.md 9). */
const UNREAD_CAP = { LOCAL: 500, GLOBAL: 1_000 } as const;
/** A download that is gone looks like a 500 (messages.md 2.5). */
const DOWNLOAD_TRIES = 3;

/** Is this a message that is too fresh to be in storage? It is within seconds (messages.md 2.2). */
export function isNotYetStored(words: string, status: number | null): boolean {
  return status === 404 && words.includes("could not be retrieved from storage");
}

/**
 * One message by id, to turn a notification into a pack. Does not mark read (messages.md 2.2). A message too fresh to be
 * in storage is asked for again within the lane's patience, or `tries` times in all.
 * @throws MeliError
 */
export async function readMessage(
  meli: Meli,
  messageId: string,
  o: { tries?: number } = {},
): Promise<WireMessage> {
  return await meli.wire.read(PATHS[meli.profile].message(messageId), oneMessage, {
    isPassing: isNotYetStored,
    ...o,
  });
}

/**
 * Sends one reply and reports what Mercado Libre accepted: a 2xx is not "delivered". NOT idempotent and never retried: only the
 * outbox may call it, and after `failure.mayHaveApplied` it must read the thread before anything is sent again (messages.md 2.3).
 * `toUserId` is null for GLOBAL, which names no recipient. `attachments` are keys of uploadAttachment, at most 48 h old.
 * @throws MeliError refused_by_meli when the thread is blocked (`failure.blockedBy`); AppError invalid_input for impossible ids
 */
export async function sendMessage(
  meli: Meli,
  o: { packId: string; sellerId: string; toUserId: string | null; text: string; attachments: string[] },
): Promise<{
  messageId: string | null;
  status: string | null;
  moderation: { status: string; reason: string | null } | null;
}> {
  const content = { text: o.text, ...(o.attachments.length === 0 ? {} : { attachments: o.attachments }) };
  const json = JSON.stringify(
    meli.profile === "GLOBAL"
      ? content
      : {
          from: { user_id: digits(o.sellerId) },
          to: { user_id: recipient(o.toUserId) },
          ...content,
        },
  );
  return await meli.wire.write(PATHS[meli.profile].send(o), () => json, accepted);
}

function recipient(toUserId: string | null): string {
  if (toUserId !== null) return digits(toUserId);
  throw new AppError("invalid_input", "a local message needs a recipient", { reason: "recipient_unknown" });
}

export interface UnreadPack {
  packId: string;
  /** `packId` is an order's: legacy rows name no pack, and the order may belong to one (messages.md 2.6). */
  isOrder: boolean;
  count: number;
  /** Null where the row does not name the seller. */
  sellerId: string | null;
}

/**
 * The packs with unread messages. A redundancy check, not the main feed: `isComplete` is false when the list is as long as
 * Mercado Libre ever makes it (messages.md 2.6, 9). Counts include messages that moderation hides.
 * @throws MeliError
 */
export async function listUnread(
  meli: Meli,
  o: { userId: string },
): Promise<{
  packs: UnreadPack[];
  isComplete: boolean;
}> {
  const body = await readEither(meli, PATHS[meli.profile].unread(o.userId), unread, { passes: isUnserved });
  const packs = new Map<string, UnreadPack>();
  for (const row of body.rows) {
    const known = packs.get(row.packId);
    packs.set(row.packId, known === undefined ? row : { ...known, count: known.count + row.count });
  }
  return { packs: [...packs.values()], isComplete: body.listed < UNREAD_CAP[meli.profile] };
}

/** 403 or 404 of an address that some accounts lack; not a missing permission. */
function isUnserved(error: unknown): boolean {
  return (
    error instanceof MeliError &&
    error.code !== "not_available" &&
    (error.failure.status === 403 || error.failure.status === 404)
  );
}

/**
 * Uploads one file and returns its key for sendMessage, good for 48 hours. At most 25 MB; `filename` at most 200 characters without
 * slashes; `siteId` is the remote site for GLOBAL (messages.md 2.4, 5). Not retried; doing it again only leaves an unused file.
 * @throws MeliError
 */
export async function uploadAttachment(
  meli: Meli,
  o: { siteId: string; filename: string; type: string; bytes: Blob },
): Promise<{ id: string }> {
  const form = () => {
    const data = new FormData();
    data.append("file", new File([o.bytes], o.filename, { type: o.type }));
    return data;
  };
  return await meli.wire.write(PATHS[meli.profile].upload(o.siteId), form, uploaded);
}

/**
 * The bytes of an attachment, streamed, by its system name. `type` is what Mercado Libre claims: do not trust it (messages.md 2.5).
 * @throws MeliError meli_down also for a file that is gone
 */
export async function downloadAttachment(
  meli: Meli,
  o: { siteId: string; filename: string },
): Promise<Download> {
  return await meli.wire.download(PATHS[meli.profile].download(o), { tries: DOWNLOAD_TRIES });
}
