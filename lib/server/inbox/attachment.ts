import "server-only";
import { createHash } from "node:crypto";
import { withAccount } from "@/lib/server/account-context";
import type { Session } from "@/lib/server/accounts/current-session";
import { channelOf } from "@/lib/server/channels/channels";
import { runtime } from "@/lib/server/runtime";
import { findAttachment } from "@/lib/server/store/messages";
import type { StoredThread } from "@/lib/server/store/threads";
import { AppError } from "@/lib/shared/errors";
import type { Attachment } from "@/lib/shared/thread";
import { dispositionOf } from "./disposition";
import { requireThread, type ThreadAddress } from "./find-thread";
import { createGoneFiles, isGone } from "./gone-files";
import { failurePage, isNavigation } from "./gone-page";
import { preview } from "./preview";

/** Types that a browser may be told; everything else is a plain stream of bytes. */
const NAMED_TYPES = new Set([
  "image/jpeg",
  "image/png",
  "image/heic",
  "image/heif",
  "application/pdf",
  "text/plain",
]);

/** What every answer with a file of a stranger's carries: whatever it is, it runs nothing and is drawn nowhere else. */
const ARMOUR = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
};

const gone = createGoneFiles();

/** A file of a conversation, through us: only if a message of that very thread carries it, or an evidence of that very claim.
 *  - As a download: never shown by a browser, and unable to run anything if it is all the same (messages.md 2.5). A person
 *    whom the link led to a failure reads a page in words, not a problem.
 *  - With `view`: only what its first bytes prove to be a picture, a PDF or a text. The browser may keep it, but has to ask
 *    before each use: what is kept is worth nothing without a live session that may read the thread (docs/decisions/045).
 *  A file that Mercado Libre does not give is not asked for again for some minutes; `again` asks after seconds.
 *  @throws AppError not_found; meli_down (reason `file_gone`, or none: it passes); invalid_input (reason `belied` or
 *  `no_preview`) for a view of something else. */
export async function openAttachment(
  session: Session,
  address: ThreadAddress,
  filename: string,
  o: { view: boolean; again: boolean; request: Request },
): Promise<Response> {
  try {
    return await open(session, address, filename, o);
  } catch (error) {
    if (o.view || !isNavigation(o.request)) throw error;
    return failurePage(session, address, o.request, error);
  }
}

async function open(
  session: Session,
  address: ThreadAddress,
  filename: string,
  { view, again, request }: { view: boolean; again: boolean; request: Request },
): Promise<Response> {
  const thread = await requireThread(session, address);
  const attachment =
    (await findAttachment(runtime().db, thread.accountId, thread.id, filename)) ??
    evidenceFile(thread, filename);
  if (attachment === null) throw new AppError("not_found", "no such file in this thread");
  // What a key names never changes: who holds the bytes and may read the thread needs no second look at Mercado Libre.
  const etag = `"${createHash("sha256").update(attachment.filename).digest("base64url")}"`;
  const kept = { "cache-control": "private, no-cache", etag, vary: "cookie" };
  if (view && request.headers.get("if-none-match") === etag) {
    return new Response(null, { status: 304, headers: { ...ARMOUR, ...kept } });
  }
  const file = await fetchFile(thread, attachment, again);
  if (view) {
    const shown = await preview(attachment, file.body);
    return new Response(shown.body, {
      headers: {
        ...ARMOUR,
        ...kept,
        "content-type": shown.type,
        // Only a picture is ever drawn by the browser itself.
        "content-disposition": dispositionOf(attachment.name, shown.isPicture ? "inline" : "attachment"),
      },
    });
  }
  const type = (attachment.type ?? file.type ?? "").toLowerCase();
  return new Response(file.body, {
    headers: {
      ...ARMOUR,
      "content-type": NAMED_TYPES.has(type) ? type : "application/octet-stream",
      "content-disposition": dispositionOf(attachment.name),
      "cache-control": "private, no-store",
      ...(file.size === null ? {} : { "content-length": String(file.size) }),
    },
  });
}

/** A file that was sent as proof of a shipment: of it Mercado Libre tells a name alone (claims.md 6.1). */
function evidenceFile({ claim }: StoredThread, filename: string): Attachment | null {
  const isProof = claim?.evidences.some(({ files }) => files.includes(filename)) ?? false;
  return isProof ? { filename, name: filename, type: null, size: null } : null;
}

async function fetchFile(thread: StoredThread, { filename }: Attachment, again: boolean) {
  const key = `${thread.accountId}/${filename}`;
  const waitsUntil = gone.waitsUntil(key, again);
  if (waitsUntil !== null) {
    throw new AppError("meli_down", "not given lately", { reason: "file_gone", retryAt: waitsUntil });
  }
  try {
    const file = await withAccount(runtime(), thread.accountId, "open", (ctx) =>
      channelOf(thread.channel).download(ctx, thread, filename),
    );
    gone.forget(key);
    return file;
  } catch (error) {
    if (!isGone(error)) throw error;
    const retryAt = gone.note(key);
    throw new AppError("meli_down", "the file is gone", { reason: "file_gone", retryAt }, { cause: error });
  }
}
