/** How many bytes of a file tell its type. */
export const FIRST_BYTES = 4100;

const startsWith = (bytes: Uint8Array, signature: readonly number[], at = 0) =>
  signature.every((byte, index) => bytes[at + index] === byte);

const ascii = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to));

const HEIF_BRANDS: Readonly<Record<string, string>> = {
  heic: "image/heic",
  heix: "image/heic",
  heim: "image/heic",
  heis: "image/heic",
  mif1: "image/heif",
  msf1: "image/heif",
  avif: "image/avif",
};

/** The type of the picture that these first bytes begin, whatever its name: only what browsers draw, and HEIC, HEIF and
 *  AVIF. Never a text: an SVG is a program. Pure. */
export function pictureType(head: Uint8Array): string | null {
  if (startsWith(head, [0xff, 0xd8, 0xff])) return "image/jpeg";
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "image/png";
  if (/^GIF8[79]a$/.test(ascii(head, 0, 6))) return "image/gif";
  if (ascii(head, 0, 4) === "RIFF" && ascii(head, 8, 12) === "WEBP") return "image/webp";
  if (ascii(head, 4, 8) === "ftyp") return HEIF_BRANDS[ascii(head, 8, 12)] ?? null;
  return null;
}

/** Does a PDF begin here? Readers allow some bytes before its mark. Pure. */
export function isPdf(head: Uint8Array): boolean {
  return ascii(head, 0, 1024).includes("%PDF-");
}

/** Are these the first bytes of a text in UTF-8? They may end in the middle of a character; a zero byte stands in none. Pure. */
export function isText(head: Uint8Array): boolean {
  return textOf(head) !== null;
}

const OLD_OFFICE: Readonly<Record<string, string>> = {
  doc: "application/msword",
  xls: "application/vnd.ms-excel",
};
const NEW_OFFICE: Readonly<Record<string, string>> = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** Tells a file's type from its first bytes, as far as Mercado Libre may accept it or we may turn it into such; null for
 *  anything else. The name only tells office files apart, whose kinds share one signature. Pure. */
export function typeByFirstBytes(head: Uint8Array, name: string): string | null {
  const picture = pictureType(head);
  if (picture !== null) return picture;
  if (startsWith(head, [0x25, 0x50, 0x44, 0x46, 0x2d])) return "application/pdf";
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return OLD_OFFICE[ending] ?? null;
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) return NEW_OFFICE[ending] ?? null;
  const text = textOf(head);
  if (text === null) return null;
  return /^\s*<\?xml\b/.test(text) ? "application/xml" : "text/plain";
}

function textOf(bytes: Uint8Array): string | null {
  if (bytes.length === 0 || bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}
