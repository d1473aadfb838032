/** The numbers beside a chart's lines: from zero up in steps that a person counts in, whole ones, the last at or above
 *  `largest`. At least one step, so that an empty chart has a height. Pure. */
export function ticksFor(largest: number, most: number): number[] {
  const rough = Math.max(1, largest) / Math.max(1, most);
  const power = 10 ** Math.max(0, Math.floor(Math.log10(rough)));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const steps = Math.max(1, Math.ceil(largest / step));
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}

/** Which of so many bars get a label under them: every so many-th, counted back from the last one, as many as there is room
 *  for. Ascending. Pure. */
export function labelledOf(bars: number, room: number): number[] {
  const every = Math.max(1, Math.ceil(bars / Math.max(1, room)));
  const labelled: number[] = [];
  for (let index = bars - 1; index >= 0; index -= every) labelled.unshift(index);
  return labelled;
}

/** Where a chart is drawn, in pixels of the screen. */
export interface Plot {
  left: number;
  width: number;
  height: number;
}

export interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** No bar is broader, however few there are. */
const BROADEST = 56;

/** One bar for each value, in the middle of its place and from the ground of the plot: a fifth of each place stays free,
 *  and a value above zero is seen however small it is. What is not known has no height. Pure. */
export function barsOf(
  values: readonly (number | null)[],
  top: number,
  { left, width, height }: Plot,
): Bar[] {
  const place = values.length === 0 ? 0 : width / values.length;
  const broad = Math.max(0.5, Math.min(BROADEST, place * 0.8));
  return values.map((value, index) => {
    const known = value ?? 0;
    const tall = known <= 0 || top <= 0 ? 0 : Math.max(1.5, (known / top) * height);
    return { x: left + (index + 0.5) * place - broad / 2, y: height - tall, width: broad, height: tall };
  });
}

/** The outline of a bar whose upper corners are round. Pure. */
export function barPath({ x, y, width, height }: Bar): string {
  if (height <= 0) return "";
  const r = Math.min(2, width / 2, height);
  const [right, ground] = [x + width, y + height].map(round);
  return `M${round(x)} ${ground}V${round(y + r)}Q${round(x)} ${round(y)} ${round(x + r)} ${round(y)}H${round(x + width - r)}Q${right} ${round(y)} ${right} ${round(y + r)}V${ground}Z`;
}

const round = (pixels: number) => Math.round(pixels * 100) / 100;

/** The bar under a point of the plot. Null: beside all of them. Pure. */
export function barAt(x: number, bars: number, { left, width }: Plot): number | null {
  if (bars === 0 || x < left || x > left + width) return null;
  return Math.min(bars - 1, Math.floor(((x - left) / width) * bars));
}

/** The middle of a bar's place, from the left edge of the picture. Pure. */
export const middleOf = (index: number, bars: number, { left, width }: Plot): number =>
  left + ((index + 0.5) / Math.max(1, bars)) * width;

/** Where a series is highest, the first of equals. Null: nowhere is anything. Pure. */
export function peakOf(values: readonly (number | null)[]): number | null {
  let peak: number | null = null;
  for (const [index, value] of values.entries()) {
    if ((value ?? 0) > (peak === null ? 0 : (values[peak] ?? 0))) peak = index;
  }
  return peak;
}
