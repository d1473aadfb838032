import type { ChannelName } from "@/lib/shared/thread";

/** The endings that a type may have on the wire; the first is given to a file that has none of them. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  "image/jpeg": ["jpg", "jpeg"],
  "image/png": ["png"],
  "image/heic": ["heic"],
  "image/heif": ["heif", "heic"],
  "application/pdf": ["pdf"],
  "text/plain": ["txt"],
  "application/msword": ["doc"],
  "application/vnd.ms-excel": ["xls"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["docx"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["xlsx"],
  "application/xml": ["xml"],
  "text/xml": ["xml"],
};

/** Endings that stand for a kind of file, so that a wrong one is replaced; any other is part of the name. */
const KNOWN = new Set([
  ...Object.values(ENDINGS).flat(),
  "gif",
  "webp",
  "avif",
  "bmp",
  "tif",
  "tiff",
  "htm",
  "html",
]);

/** Mercado Libre's limit, in characters (messages.md 2.4). */
export const MAX_NAME_LENGTH = 200;

/** A name that Mercado Libre takes: without / and \, at most 200 characters, its ending kept (messages.md 2.4). The same
 *  name when nothing is wrong with it. Pure. */
export function repairedName(name: string): string {
  const clean = name.replace(/[/\\]+/g, "-").trim();
  return shortened(clean === "" ? "archivo" : clean);
}

/** The name under which a file of this type leaves: Mercado Libre and the buyer go by the ending, so one that does not fit
 *  the content is replaced or a fitting one added. Pure. */
export function wireName(name: string, type: string): string {
  const fitting = ENDINGS[type];
  const found = /^(.+)\.([A-Za-z0-9]{1,5})$/.exec(name);
  const ending = found?.[2]?.toLowerCase() ?? "";
  if (fitting === undefined || fitting.includes(ending)) return shortened(name);
  const stem = KNOWN.has(ending) ? (found?.[1] ?? name) : name;
  return shortened(`${stem}.${fitting[0]}`);
}

/** Claims take names of this many characters, of few kinds (claims.md 5.1). */
const CLAIM_NAME_LENGTH = 125;

/** The name under which a file leaves on a claim: letters, digits, dot, line and underscore alone, so that accents lose their
 *  marks and the rest becomes a line. The seller keeps seeing the name that they gave (claims.md 5.1). Pure. */
export function claimWireName(name: string, type: string): string {
  const named = wireName(name, type);
  const found = /\.[A-Za-z0-9]{1,5}$/.exec(named)?.[0];
  const ending = found ?? `.${ENDINGS[type]?.[0] ?? "bin"}`;
  const stem = (found === undefined ? named : named.slice(0, -found.length))
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/-*\.[.-]*/g, ".")
    .replace(/^[.-]+/, "")
    .slice(0, CLAIM_NAME_LENGTH - ending.length)
    .replace(/[.-]+$/, "");
  return (stem === "" ? "archivo" : stem) + ending;
}

/** The name under which a file leaves on a channel. Pure. */
export const nameOnWire = (channel: ChannelName, name: string, type: string): string =>
  channel === "claims" ? claimWireName(name, type) : wireName(name, type);

function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= MAX_NAME_LENGTH) return name;
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? "";
  return (
    characters
      .slice(0, MAX_NAME_LENGTH - ending.length)
      .join("")
      .trimEnd() + ending
  );
}

/** The content type on the wire: Global Selling names no type for the newer office files, and takes them as plain bytes
 *  (messages.md 5). Pure. */
export function wireType(type: string): string {
  return type.startsWith("application/vnd.openxmlformats-") ? "application/octet-stream" : type;
}
