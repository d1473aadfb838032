import type { Canvas } from "@/sandbox/files/canvas";

/** The picture as a baseline JPEG file (4:4:4, one quantisation table, the standard Huffman tables). */
export function encodeJpeg(canvas: Canvas): Uint8Array<ArrayBuffer> {
  const out: number[] = [];
  const segment = (marker: number, data: number[]) => {
    out.push(0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff, ...data);
  };
  out.push(0xff, 0xd8);
  segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  segment(0xdb, [0, ...ZIGZAG.map((at) => QUANT[at] ?? 1)]);
  const { width, height } = canvas;
  const parts = [1, 2, 3].flatMap((id) => [id, 0x11, 0]);
  segment(0xc0, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 3, ...parts]);
  segment(0xc4, [0x00, ...DC_COUNTS, ...DC_VALUES]);
  segment(0xc4, [0x10, ...AC_COUNTS, ...AC_VALUES]);
  segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
  scan(canvas, out);
  out.push(0xff, 0xd9);
  return new Uint8Array(out);
}

function scan({ width, height, pixels }: Canvas, out: number[]): void {
  const write = bitWriter(out);
  const previous = [0, 0, 0];
  const block = new Float64Array(64);
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      for (let part = 0; part < 3; part += 1) {
        for (let i = 0; i < 64; i += 1) {
          const x = Math.min(width - 1, left + (i & 7));
          const y = Math.min(height - 1, top + (i >> 3));
          block[i] = sample(pixels, (y * width + x) * 3, part);
        }
        previous[part] = encodeBlock(quantise(block), previous[part] ?? 0, write);
      }
    }
  }
  write(0x7f, 7);
}

/** Luminance or one of the two colour differences, centred on zero. */
function sample(pixels: Uint8Array, at: number, part: number): number {
  const [r = 0, g = 0, b = 0] = pixels.subarray(at, at + 3);
  if (part === 0) return 0.299 * r + 0.587 * g + 0.114 * b - 128;
  return part === 1 ? -0.1687 * r - 0.3313 * g + 0.5 * b : 0.5 * r - 0.4187 * g - 0.0813 * b;
}

/** Cosine transform of rows then columns, divided by the table, in zigzag order. */
function quantise(block: Float64Array): number[] {
  const half = new Float64Array(64);
  const full = new Float64Array(64);
  for (let row = 0; row < 8; row += 1) {
    for (let u = 0; u < 8; u += 1) {
      let sum = 0;
      for (let x = 0; x < 8; x += 1) sum += (block[row * 8 + x] ?? 0) * (COSINES[u * 8 + x] ?? 0);
      half[row * 8 + u] = sum;
    }
  }
  for (let u = 0; u < 8; u += 1) {
    for (let v = 0; v < 8; v += 1) {
      let sum = 0;
      for (let y = 0; y < 8; y += 1) sum += (half[y * 8 + u] ?? 0) * (COSINES[v * 8 + y] ?? 0);
      full[v * 8 + u] = sum;
    }
  }
  return ZIGZAG.map((at) => Math.round((full[at] ?? 0) / (QUANT[at] ?? 1)));
}

function encodeBlock(
  values: number[],
  previous: number,
  write: (bits: number, length: number) => void,
): number {
  const dc = values[0] ?? 0;
  const put = (table: Map<number, [number, number]>, symbol: number) => {
    const [code, length] = table.get(symbol) ?? [0, 0];
    write(code, length);
  };
  const difference = dc - previous;
  const size = sizeOf(difference);
  put(DC_TABLE, size);
  write(bitsOf(difference, size), size);
  let zeros = 0;
  let last = 63;
  while (last > 0 && values[last] === 0) last -= 1;
  for (let i = 1; i <= last; i += 1) {
    const value = values[i] ?? 0;
    if (value === 0) {
      zeros += 1;
      continue;
    }
    for (; zeros > 15; zeros -= 16) put(AC_TABLE, 0xf0);
    const length = sizeOf(value);
    put(AC_TABLE, (zeros << 4) | length);
    write(bitsOf(value, length), length);
    zeros = 0;
  }
  if (last < 63) put(AC_TABLE, 0);
  return dc;
}

function bitWriter(out: number[]): (bits: number, length: number) => void {
  let held = 0;
  let count = 0;
  return (bits, length) => {
    for (let i = length - 1; i >= 0; i -= 1) {
      held = (held << 1) | ((bits >> i) & 1);
      count += 1;
      if (count < 8) continue;
      out.push(held);
      if (held === 0xff) out.push(0);
      held = 0;
      count = 0;
    }
  };
}

function sizeOf(value: number): number {
  return value === 0 ? 0 : 32 - Math.clz32(Math.abs(value));
}

function bitsOf(value: number, size: number): number {
  return value >= 0 ? value : value + (1 << size) - 1;
}

const COSINES = Array.from({ length: 64 }, (_, i) => {
  const scale = i >> 3 === 0 ? Math.SQRT1_2 / 2 : 0.5;
  return scale * Math.cos(((2 * (i & 7) + 1) * (i >> 3) * Math.PI) / 16);
});

/** Row and column order of a block's 64 values. */
const ZIGZAG = Array.from({ length: 64 }, (_, at) => at).sort((a, b) => {
  const [da, db] = [(a >> 3) + (a & 7), (b >> 3) + (b & 7)];
  if (da !== db) return da - db;
  return da % 2 === 0 ? (b >> 3) - (a >> 3) : (a >> 3) - (b >> 3);
});

/** A mild table: higher frequencies are kept a little coarser. */
const QUANT = Array.from({ length: 64 }, (_, at) => 4 + 3 * ((at >> 3) + (at & 7)));

const DC_COUNTS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const DC_VALUES = Array.from({ length: 12 }, (_, i) => i);

/** Every (run, size) symbol with size 1 to 10, the end of a block and sixteen zeros: eight bits and longer codes. */
const AC_VALUES = [
  0x00,
  0xf0,
  ...Array.from({ length: 160 }, (_, i) => ((i % 16) << 4) | (Math.floor(i / 16) + 1)),
];
const AC_COUNTS = [0, 0, 0, 0, 0, 0, 0, 100, 62, 0, 0, 0, 0, 0, 0, 0];

const DC_TABLE = codes(DC_COUNTS, DC_VALUES);
const AC_TABLE = codes(AC_COUNTS, AC_VALUES);

/** Canonical Huffman codes from how many codes each length has. */
function codes(counts: number[], values: number[]): Map<number, [number, number]> {
  const table = new Map<number, [number, number]>();
  let code = 0;
  let next = 0;
  counts.forEach((count, index) => {
    for (let i = 0; i < count; i += 1) {
      table.set(values[next] ?? 0, [code, index + 1]);
      next += 1;
      code += 1;
    }
    code <<= 1;
  });
  return table;
}
