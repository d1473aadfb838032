import type { Canvas, Colour } from "@/sandbox/files/canvas";
import { drawText, fillDisc, fillRect, gradient } from "@/sandbox/files/canvas";
import { documentLines } from "@/sandbox/files/documents";
import { makeHeic } from "@/sandbox/files/heic";
import { encodeJpeg } from "@/sandbox/files/jpeg";
import { makePdf } from "@/sandbox/files/pdf";
import { encodePng } from "@/sandbox/files/png";

const PALETTES: readonly (readonly [Colour, Colour, Colour])[] = [
  [
    [226, 232, 240],
    [148, 163, 184],
    [37, 99, 235],
  ],
  [
    [254, 243, 199],
    [217, 161, 94],
    [146, 64, 14],
  ],
  [
    [220, 252, 231],
    [110, 180, 140],
    [22, 101, 52],
  ],
  [
    [252, 231, 243],
    [205, 130, 170],
    [157, 23, 77],
  ],
  [
    [237, 233, 254],
    [150, 130, 200],
    [91, 33, 182],
  ],
];

const made = new Map<string, Uint8Array<ArrayBuffer>>();

/** Real, openable bytes of a kind of file, told apart by its label; padded to `size` bytes when that is more. */
export function sampleFile(type: string, label: string, size = 0): Uint8Array<ArrayBuffer> {
  const key = `${type} ${label}`;
  const bytes = made.get(key) ?? make(type, label);
  if (made.size > 200) made.clear();
  made.set(key, bytes);
  if (size <= bytes.byteLength) return bytes;
  // readers of all these kinds ignore what follows the end mark
  const padded = new Uint8Array(size).fill(0x20);
  padded.set(bytes);
  return padded;
}

function make(type: string, label: string): Uint8Array<ArrayBuffer> {
  if (type === "image/png") return encodePng(picture(label));
  if (type === "image/jpeg" || type === "image/jpg") return encodeJpeg(picture(label));
  if (type === "application/pdf") {
    return makePdf(label.replace(/\.\w+$/, "").replace(/[-_]/g, " "), documentLines(label));
  }
  if (type === "image/heic" || type === "image/heif") return makeHeic(label);
  return new Uint8Array(Buffer.from(`${documentLines(label).join("\n")}\n`, "utf8"));
}

/** A parcel on a table with a written label: what buyers photograph. */
function picture(label: string): Canvas {
  const seed = [...label].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973, 7);
  const [wall, table, accent] = PALETTES[seed % PALETTES.length] ?? [
    [240, 240, 240],
    [150, 150, 150],
    [40, 40, 40],
  ];
  const canvas = gradient(320, 240, wall, table);
  fillRect(canvas, 0, 180, 320, 60, table);
  const left = 60 + (seed % 40);
  fillRect(canvas, left, 80, 160, 115, [191, 148, 97]);
  fillRect(canvas, left, 80, 160, 22, [168, 126, 78]);
  fillRect(canvas, left + 72, 80, 16, 115, accent);
  fillRect(canvas, left + 14, 118, 50, 44, [250, 250, 248]);
  for (let line = 0; line < 5; line += 1)
    fillRect(canvas, left + 19, 124 + line * 7, 40 - ((seed + line * 7) % 18), 2, [60, 60, 60]);
  fillDisc(canvas, 262, 48, 20, accent);
  drawText(canvas, 14, 214, 2, label.replace(/\.\w+$/, "").slice(0, 25), [20, 22, 26]);
  return canvas;
}
