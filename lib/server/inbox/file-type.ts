import "server-only";
import { fileTypeFromBuffer } from "file-type";

/** Old office files share one container; only the name tells them apart. */
const OFFICE: Record<string, string> = { doc: "application/msword", xls: "application/vnd.ms-excel" };

/** Endings that promise anything but text: words under such a name are not what they say. */
const NEVER_TEXT = /^(?:jpe?g|png|gif|webp|hei[cf]|pdf|docx?|xlsx?|zip|exe)$/;

/** The type of a file by what is in it; its name decides only where contents cannot. Anything unknown, and anything
 *  that its name belies, is `application/octet-stream`, which no rule accepts. */
export async function typeByContent(bytes: Buffer, name: string): Promise<string> {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  const found = await fileTypeFromBuffer(bytes);
  if (found !== undefined) {
    const mime: string = found.mime;
    if (mime === "application/x-cfb") return OFFICE[extension] ?? "application/octet-stream";
    return mime;
  }
  if (!isText(bytes) || NEVER_TEXT.test(extension)) return "application/octet-stream";
  return extension === "xml" ? "application/xml" : "text/plain";
}

/** UTF-8 without control characters. An HTML page or a script is text as well: it is only ever served as a download. */
function isText(bytes: Buffer): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return !/\p{Cc}/u.test(text.replace(/[\t\n\r\f]/g, ""));
  } catch {
    return false;
  }
}
