import { fileKindOf } from "@/lib/shared/view/files";

/** How a file can be looked at without saving it. */
export type PreviewKind = "image" | "pdf" | "text";

/** No text is shown beyond this many bytes. */
export const TEXT_PREVIEW_BYTES = 65_536;

/** Pictures that every browser draws and that can run nothing. An SVG is none. */
export const DRAWN_TYPES: readonly string[] = ["image/jpeg", "image/png", "image/gif", "image/webp"];

const BY_ENDING: Readonly<Record<string, PreviewKind>> = {
  jpg: "image",
  jpeg: "image",
  png: "image",
  gif: "image",
  webp: "image",
  pdf: "pdf",
  txt: "text",
  csv: "text",
  xml: "text",
};

/** What a file gives itself out for, by its name and then by its type, which is often `application/octet-stream`
 *  (messages.md 2.5). Null: nothing that can be shown. What it really is, its first bytes tell. Pure. */
export function promisedPreview(name: string, type: string | null): PreviewKind | null {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  const known = BY_ENDING[ending];
  if (known !== undefined) return known;
  const wire = (type ?? "").toLowerCase();
  if (DRAWN_TYPES.includes(wire)) return "image";
  if (/^image\//.test(wire) || /html/.test(wire)) return null;
  if (/^(?:hei[cf]|svg|avif|html?|docx?|xlsx?|zip)$/.test(ending)) return null;
  const kind = fileKindOf(wire);
  return kind === "pdf" || kind === "text" ? kind : null;
}

/** Does a file give itself out for a photo of an iPhone's, which most browsers cannot draw? Pure. */
export function isHeic({ name, type }: { name: string; type: string | null }): boolean {
  return /\.hei[cf]$/i.test(name) || /^image\/hei[cf]/i.test(type ?? "");
}
