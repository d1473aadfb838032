import "server-only";
import { withAccount } from "@/lib/server/account-context";
import type { Session } from "@/lib/server/accounts/current-session";
import { downloadAttachment } from "@/lib/server/mercadolibre/messages";
import { runtime } from "@/lib/server/runtime";
import { dropFile, keepFile } from "@/lib/server/store/files";
import { findAttachment } from "@/lib/server/store/messages";
import type { FileView } from "@/lib/shared/api/thread";
import { ATTACHMENT_RULES, refusalOf } from "@/lib/shared/attachment-rules";
import { AppError } from "@/lib/shared/errors";
import { fileId } from "@/lib/shared/ids";
import { typeByContent } from "./file-type";
import { requireThread, type ThreadAddress } from "./find-thread";

/** Keeps a file that is to be sent with a reply. What it is comes from its bytes, never from what the browser says.
 *  @throws AppError not_found; invalid_input with a FileRefusal as reason. */
export async function addFile(
  session: Session,
  address: ThreadAddress,
  name: string,
  bytes: Buffer,
): Promise<FileView> {
  const { db } = runtime();
  const thread = await requireThread(session, address);
  const type = await typeByContent(bytes, name);
  const refusal = refusalOf({ name, size: bytes.length, type }, ATTACHMENT_RULES[thread.profile]);
  if (refusal !== null) throw new AppError("invalid_input", "file refused", { reason: refusal });
  return keepFile(db, thread.accountId, { userId: session.userId, threadId: thread.id, name, type, bytes });
}

/** Removes a file of this user's that no reply has taken. @throws AppError not_found */
export async function removeFile(session: Session, id: string): Promise<void> {
  const { db } = runtime();
  if (!(await dropFile(db, session.userId, fileId(id)))) throw new AppError("not_found", "no such file");
}

/** Types that a browser may be told; everything else is a plain stream of bytes. */
const NAMED_TYPES = new Set([
  "image/jpeg",
  "image/png",
  "image/heic",
  "image/heif",
  "application/pdf",
  "text/plain",
]);

/** A file of a conversation, through us: only if a message of that very thread carries it. Always a download, and
 *  unable to run anything if a browser shows it all the same (messages.md 2.5). @throws AppError not_found, meli_down. */
export async function download(
  session: Session,
  address: ThreadAddress,
  filename: string,
): Promise<Response> {
  const rt = runtime();
  const thread = await requireThread(session, address);
  const attachment = await findAttachment(rt.db, thread.accountId, thread.id, filename);
  if (attachment === null) throw new AppError("not_found", "no such file in this thread");
  const file = await withAccount(rt, thread.accountId, "open", (ctx) =>
    downloadAttachment(ctx.meli, { siteId: thread.siteId, filename: attachment.filename }),
  );
  const type = (attachment.type ?? file.type ?? "").toLowerCase();
  return new Response(file.body, {
    headers: {
      "content-type": NAMED_TYPES.has(type) ? type : "application/octet-stream",
      "content-disposition": dispositionOf(attachment.name),
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "private, no-store",
      ...(file.size === null ? {} : { "content-length": String(file.size) }),
    },
  });
}

/** A Content-Disposition that no file name can break out of (RFC 6266, RFC 8187). Pure. */
export function dispositionOf(name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}]/gu, "").replace(/[/\\]/g, "_") || "file";
  const ascii =
    clean
      .normalize("NFKD")
      .replace(/[^\x20-\x7e]/g, "")
      .replace(/["\\%]/g, "_")
      .trim() || "file";
  const encoded = encodeURIComponent(clean).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
