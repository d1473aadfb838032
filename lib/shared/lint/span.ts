/** A place in a text: UTF-16 offsets, the end exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** Every match of some global patterns, in order, without those that lie inside another one. */
export function spansOf(text: string, patterns: readonly RegExp[]): Span[] {
  const all: Span[] = [];
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) {
      all.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  return merged(all);
}

/** Spans in order, those that touch or overlap joined. */
export function merged(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = out.at(-1);
    if (last !== undefined && span.start < last.end) last.end = Math.max(last.end, span.end);
    else if (span.end > span.start) out.push({ ...span });
  }
  return out;
}

/** Does a span share a character with one of some others? */
export function overlaps(span: Span, others: readonly Span[]): boolean {
  return others.some((other) => span.start < other.end && other.start < span.end);
}
