/** How many bytes of a file tell its type. */
export const SNIFF_BYTES = 4100;

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
};

/** Tells a file's type from its first bytes, as far as Mercado Libre may accept it; null for anything else. The name only
 *  tells Word from Excel, whose old formats share one signature. `head` may end in the middle of a character. */
export function sniffType(head: Uint8Array, name: string): string | null {
  if (startsWith(head, [0xff, 0xd8, 0xff])) return "image/jpeg";
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "image/png";
  if (startsWith(head, [0x25, 0x50, 0x44, 0x46, 0x2d])) return "application/pdf";
  if (ascii(head, 4, 8) === "ftyp") return HEIF_BRANDS[ascii(head, 8, 12)] ?? null;
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) {
    if (/\.doc$/i.test(name)) return "application/msword";
    return /\.xls$/i.test(name) ? "application/vnd.ms-excel" : null;
  }
  const text = textOf(head);
  if (text === null) return null;
  return /^\s*<\?xml\b/.test(text) ? "application/xml" : "text/plain";
}

/** The bytes as UTF-8 text, or null when they are none: a zero byte never stands in a text. */
function textOf(bytes: Uint8Array): string | null {
  if (bytes.length === 0 || bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

/** Reads the first bytes of a picked file and tells its type. */
export async function sniffFile(file: File): Promise<string | null> {
  return sniffType(new Uint8Array(await file.slice(0, SNIFF_BYTES).arrayBuffer()), file.name);
}
