/** A small RGB picture in memory, enough to draw a product photo or a label. */
export interface Canvas {
  width: number;
  height: number;
  /** Three bytes per pixel, row by row. */
  pixels: Uint8Array;
}

export type Colour = readonly [number, number, number];

/** A canvas with a vertical gradient. */
export function gradient(width: number, height: number, top: Colour, bottom: Colour): Canvas {
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const t = y / Math.max(1, height - 1);
    const row = [0, 1, 2].map((i) => Math.round((top[i] ?? 0) * (1 - t) + (bottom[i] ?? 0) * t));
    for (let x = 0; x < width; x += 1) pixels.set(row, (y * width + x) * 3);
  }
  return { width, height, pixels };
}

/** Fills a rectangle; what lies outside is left out. */
export function fillRect(canvas: Canvas, x: number, y: number, w: number, h: number, colour: Colour): void {
  for (let row = Math.max(0, y); row < Math.min(canvas.height, y + h); row += 1) {
    for (let column = Math.max(0, x); column < Math.min(canvas.width, x + w); column += 1) {
      canvas.pixels.set(colour, (row * canvas.width + column) * 3);
    }
  }
}

/** Fills a disc; what lies outside is left out. */
export function fillDisc(canvas: Canvas, cx: number, cy: number, radius: number, colour: Colour): void {
  for (let y = Math.max(0, cy - radius); y < Math.min(canvas.height, cy + radius); y += 1) {
    for (let x = Math.max(0, cx - radius); x < Math.min(canvas.width, cx + radius); x += 1) {
      if ((x - cx) ** 2 + (y - cy) ** 2 <= radius ** 2) canvas.pixels.set(colour, (y * canvas.width + x) * 3);
    }
  }
}

/** Writes capital letters, digits and a little punctuation in a 5 by 7 face; other characters leave a gap. */
export function drawText(
  canvas: Canvas,
  x: number,
  y: number,
  scale: number,
  text: string,
  colour: Colour,
): void {
  let left = x;
  for (const character of text.normalize("NFD").replace(/\p{M}/gu, "").toUpperCase()) {
    const rows = FACE[character];
    rows?.forEach((bits, row) => {
      for (let column = 0; column < 5; column += 1) {
        if ((bits >> (4 - column)) & 1) {
          fillRect(canvas, left + column * scale, y + row * scale, scale, scale, colour);
        }
      }
    });
    left += 6 * scale;
  }
}

/** Seven rows of five bits per character. */
const FACE: Record<string, readonly number[]> = {
  A: [14, 17, 17, 31, 17, 17, 17],
  B: [30, 17, 17, 30, 17, 17, 30],
  C: [14, 17, 16, 16, 16, 17, 14],
  D: [30, 17, 17, 17, 17, 17, 30],
  E: [31, 16, 16, 30, 16, 16, 31],
  F: [31, 16, 16, 30, 16, 16, 16],
  G: [14, 17, 16, 23, 17, 17, 15],
  H: [17, 17, 17, 31, 17, 17, 17],
  I: [14, 4, 4, 4, 4, 4, 14],
  J: [7, 2, 2, 2, 2, 18, 12],
  K: [17, 18, 20, 24, 20, 18, 17],
  L: [16, 16, 16, 16, 16, 16, 31],
  M: [17, 27, 21, 21, 17, 17, 17],
  N: [17, 25, 21, 19, 17, 17, 17],
  O: [14, 17, 17, 17, 17, 17, 14],
  P: [30, 17, 17, 30, 16, 16, 16],
  Q: [14, 17, 17, 17, 21, 18, 13],
  R: [30, 17, 17, 30, 20, 18, 17],
  S: [15, 16, 16, 14, 1, 1, 30],
  T: [31, 4, 4, 4, 4, 4, 4],
  U: [17, 17, 17, 17, 17, 17, 14],
  V: [17, 17, 17, 17, 17, 10, 4],
  W: [17, 17, 17, 21, 21, 27, 17],
  X: [17, 17, 10, 4, 10, 17, 17],
  Y: [17, 17, 10, 4, 4, 4, 4],
  Z: [31, 1, 2, 4, 8, 16, 31],
  "0": [14, 17, 19, 21, 25, 17, 14],
  "1": [4, 12, 4, 4, 4, 4, 14],
  "2": [14, 17, 1, 6, 8, 16, 31],
  "3": [30, 1, 1, 14, 1, 1, 30],
  "4": [2, 6, 10, 18, 31, 2, 2],
  "5": [31, 16, 30, 1, 1, 17, 14],
  "6": [6, 8, 16, 30, 17, 17, 14],
  "7": [31, 1, 2, 4, 8, 8, 8],
  "8": [14, 17, 17, 14, 17, 17, 14],
  "9": [14, 17, 17, 15, 1, 2, 12],
  "-": [0, 0, 0, 31, 0, 0, 0],
  ".": [0, 0, 0, 0, 0, 12, 12],
  "/": [1, 1, 2, 4, 8, 16, 16],
  ":": [0, 12, 12, 0, 12, 12, 0],
};
