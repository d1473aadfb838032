import { failureOf } from "@/lib/client/api";
import { ApiError, type ApiProblem } from "@/lib/client/api-error";
import { reportOffline, reportOnline } from "@/lib/client/online";
import { TEXT_PREVIEW_BYTES } from "@/lib/shared/files/preview";

/** A file of a conversation as its card and its viewer know it. */
export interface ShownFile {
  name: string;
  type: string | null;
  size: number | null;
  /** Our own address of the download. */
  href: string;
}

/** Why a file is not shown, or not saved. */
export type FileProblem =
  /** Mercado Libre does not give it (any more). */
  | { kind: "gone" }
  /** It gives itself out for something else than it is. */
  | { kind: "belied" }
  /** Nothing of its kind is ever shown. */
  | { kind: "none" }
  /** It is what it says, and cannot be drawn or read. */
  | { kind: "broken" }
  /** A PDF with a password. */
  | { kind: "locked" }
  | { kind: "failed"; code: ApiProblem };

export type Previewed =
  /** `url` is of this page alone: whoever is done with it revokes it. */
  | { kind: "image"; url: string }
  | { kind: "pdf"; bytes: Uint8Array<ArrayBuffer> }
  | { kind: "text"; text: string; isCut: boolean }
  | { kind: "problem"; problem: FileProblem };

/** The address of what may be looked at of a file. `isAgain`: Mercado Libre is asked although it did not give it lately. */
export function viewAddress(href: string, isAgain = false): string {
  const joint = href.includes("?") ? "&" : "?";
  return `${href}${joint}view=1${isAgain ? "&again=1" : ""}`;
}

/** Fetches what may be looked at of a file. What it is, the server has found out from its bytes. Never throws, but for the
 *  abort of `signal`. */
export async function fetchPreview(
  file: ShownFile,
  isAgain: boolean,
  signal: AbortSignal,
): Promise<Previewed> {
  try {
    const response = await get(viewAddress(file.href, isAgain), signal);
    const type = response.headers.get("content-type") ?? "";
    if (type.startsWith("image/")) {
      return { kind: "image", url: URL.createObjectURL(await response.blob()) };
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (type.startsWith("application/pdf")) return { kind: "pdf", bytes };
    return { kind: "text", text: textOf(bytes), isCut: bytes.byteLength >= TEXT_PREVIEW_BYTES };
  } catch (error) {
    if (signal.aborted) throw error;
    return { kind: "problem", problem: fileProblemOf(error) };
  }
}

/** Saves a file under its own name: one GET, and nothing is saved when it fails. @throws ApiError */
export async function saveFile(file: ShownFile, isAgain = false): Promise<void> {
  const address = isAgain ? `${file.href}${file.href.includes("?") ? "&" : "?"}again=1` : file.href;
  const url = URL.createObjectURL(await (await get(address)).blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = file.name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

async function get(address: string, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, signal === undefined ? {} : { signal });
    reportOnline();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    reportOffline();
    throw new ApiError("offline", {}, { cause });
  }
  if (!response.ok) throw failureOf(response.status, await response.json().catch(() => null));
  return response;
}

/** What went wrong with a file, as its card tells it. */
export function fileProblemOf(error: unknown): FileProblem {
  if (!(error instanceof ApiError)) return { kind: "failed", code: "offline" };
  const { reason } = error.detail;
  if (reason === "file_gone") return { kind: "gone" };
  if (reason === "belied") return { kind: "belied" };
  if (reason === "no_preview") return { kind: "none" };
  return { kind: "failed", code: error.code };
}

/** A text in UTF-8, else as old programs of this continent write it. A text that was cut may end within a character. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
