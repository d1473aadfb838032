import type { Link } from "./links";
import { isBareMobile, isPhoneShape, isUnmistakable, type NumberShape, shapeOf } from "./phone-shapes";
import { spokenSpans } from "./phone-spoken";
import { BEFORE, type Cue, cuesOf, nearestBefore } from "./phone-words";
import { overlaps, type Span, spansOf } from "./span";

/** How far behind a number a word still speaks of it, in characters. */
const AFTER = 28;

const RUN = /[+(]{0,2}(?:\+ )?\d(?:[ .\-()/_*·•~|]{0,5}\d){5,}/g;
/** 1, 1, 5, 5, 2, 3, 8, 8 and 55, 48, 20, 11, 93: commas part nothing else of a telephone number. */
const LISTED = /(?<![\d,.])(?:\d(?:[ ,;:]{1,3}\d){6,12}|\d{2,4}(?:[,;:|] ?\d{2,4}){2,5})(?![\d,.]{0,3}\d)/g;
/** 1-800-FLOWERS, 0800 222 TALLER */
const VANITY =
  /(?<![\d-])(?:1[ -]8(?:00|88|77|66|55)-[a-z][a-z0-9-]{3,12}|0[89][01]0[ -](?:\d{1,4}[ -])?(?!horas|hasta|hrs)[a-z]{4,12})(?![a-z])/g;
const MESSENGERS =
  /(?:^|\.)(?:wa\.me|whatsapp\.com|wa\.link|t\.me|telegram\.me|viber\.com|signal\.me|walink\.co|wame\.pro|wa\.chat|contate\.me)$/;

/** Telephone numbers as people of the region write them (PERSONAL_DATA): known shapes, and plain numbers that the words around
 *  them call one. Numbers of orders, parcels, taxes, articles and money are none. On folded text; linear. */
export function phoneSpans(folded: string, links: readonly Link[], emails: readonly Span[]): Span[] {
  const cues = cuesOf(folded);
  // Letters that pass for digits: 3o5-555-o142.
  const text = folded.replace(/(?<=\d)o+(?![a-z])|(?<![a-z])o+(?=\d)/g, (os) => "0".repeat(os.length));
  const spans: Span[] = spansOf(folded, [VANITY]);
  for (const link of links) {
    const number = MESSENGERS.test(link.host) ? /\d[\d-]{6,17}\d/.exec(link.rest) : null;
    const at = link.end - link.rest.length + (number?.index ?? 0);
    if (number !== null) spans.push({ start: at, end: at + number[0].length });
  }
  // "1155238812.gracias" is no address but a missing space.
  const isClosed = ({ host }: Link) => !MESSENGERS.test(host) && !/^[\d.-]+\.[a-z]+$/.test(host);
  const closed = [...links.filter(isClosed), ...emails];
  for (const match of text.matchAll(RUN)) {
    const run = { start: match.index, end: match.index + match[0].length };
    if (!overlaps(run, closed)) spans.push(...phonesOf(text, run, cues));
  }
  for (const match of text.matchAll(LISTED)) {
    const run = { start: match.index, end: match.index + match[0].length };
    const shape = shapeOf(match[0]);
    const cue = nearestBefore(cues, run.start);
    const isCalled = cue?.isCall === true && run.start - cue.end <= 25;
    const isTold = isCalled && shape.digits.length >= 8 && shape.digits.length <= 13;
    if (isTold || (/^1(?:-1)+$/.test(shape.groups) && isPhoneShape(shape))) spans.push(run);
  }
  return [...spans, ...spokenSpans(text, cues)];
}

/** A run of digits may be several numbers side by side, or one behind something else: "calle 45. 312 488 9017 / 310 442 7781". */
function phonesOf(text: string, run: Span, cues: readonly Cue[]): Span[] {
  const whole = trimmed(text, run);
  const words = text.slice(whole.start, whole.end);
  const isOne = !words.includes("/") || isPhoneShape(shapeOf(words));
  if (isOne && isPhone(text, whole, cues)) return [whole];
  const parts = split(text, whole, /\/| - |\. /g);
  const found = parts.filter((part) => isPhone(text, part, cues));
  return found.length > 0 ? found : parts.flatMap((part) => windowsOf(text, part, cues));
}

function split(text: string, { start, end }: Span, at: RegExp): Span[] {
  const parts: Span[] = [];
  let from = start;
  for (const match of text.slice(start, end).matchAll(at)) {
    parts.push(trimmed(text, { start: from, end: start + match.index }));
    from = start + match.index + match[0].length;
  }
  return [...parts, trimmed(text, { start: from, end })];
}

/** Without what only joined it to its neighbours. */
function trimmed(text: string, { start, end }: Span): Span {
  const words = text.slice(start, end);
  const body = words.replace(/^[ .\-_*)/·•~|]+|[ .\-_*(/·•~|]+$/g, "");
  const at = start + words.indexOf(body);
  return { start: at, end: at + body.length };
}

/** A table of figures is not searched for a number that hides in it. */
const MANY = 40;

/** Telephone shapes between other groups of digits: "CP 1414 11 4872-3391". */
function windowsOf(text: string, part: Span, cues: readonly Cue[]): Span[] {
  const groups = split(text, part, / +/g).filter((group) => group.end > group.start);
  if (groups.length < 2 || groups.length > MANY) return [];
  const found: Span[] = [];
  for (let first = 0; first < groups.length; first += 1) {
    // "0 986 494 119" is the part of a car: what stands behind a lone digit begins with it.
    const previous = groups[first - 1];
    if (previous !== undefined && previous.end - previous.start === 1) continue;
    for (let last = Math.min(groups.length, first + 5) - 1; last > first; last -= 1) {
      const window = { start: groups[first]?.start ?? 0, end: groups[last]?.end ?? 0 };
      const shape = shapeOf(text.slice(window.start, window.end));
      if (shape.digits.length < 9 || !isPhoneShape(shape) || !isPhone(text, window, cues)) continue;
      found.push(window);
      first = last;
      break;
    }
  }
  return found;
}

function isPhone(text: string, part: Span, cues: readonly Cue[]): boolean {
  const shape = shapeOf(text.slice(part.start, part.end));
  const { length } = shape.digits;
  if (length < 6 || length > 15 || isPartOfCode(text, part) || isMeasure(text, part)) return false;
  const before = nearestBefore(cues, part.start);
  const distance = before === undefined ? Number.POSITIVE_INFINITY : part.start - before.end;
  const isNear = before !== undefined && distance <= BEFORE && isSameSentence(text, before, part.start);
  const isCall = isNear && (before.isCall || (before.isCarrier && isCallBefore(text, before, cues)));
  const isOther = isNear && !isCall;
  if (isUnmistakable(shape)) return shape.hasPlus || !(isOther && distance <= 6);
  if (shape.isOtherShape)
    return isCall && distance <= 20 && length >= 9 && !/[$]/.test(text.slice(before.end, part.start));
  if (isPhoneShape(shape)) return shape.isFree || !(isOther && distance <= 16);
  if (isBareMobile(shape) && !isOther && !isSaidOther(part, cues)) return true;
  if (length < 7)
    return (
      isNear &&
      before.isCall &&
      distance <=
        (/(?::|(?<![a-z])(?:al|es|e|is|at|no|pelo)) $/.test(
          text.slice(Math.max(0, part.start - 7), part.start),
        )
          ? 30
          : 4)
    );
  if (length > 13) return false;
  if (isCall) return true;
  if (isCalledHere(text, part, cues, isOther ? distance : BEFORE, shape)) return true;
  return !(isOther && distance <= 30) && saysItWas(text, part, cues);
}

/** "teléfono de Andreani", "call DHL at": somebody shall call a carrier. */
function isCallBefore(text: string, carrier: Cue, cues: readonly Cue[]): boolean {
  const before = nearestBefore(cues, carrier.start);
  return (
    before?.isCall === true &&
    carrier.start - before.end <= BEFORE &&
    isSameSentence(text, before, carrier.start)
  );
}

/** Does any word around speak of another number: a part, a parcel, a purchase? */
function isSaidOther(part: Span, cues: readonly Cue[]): boolean {
  return cues.some(
    (cue) =>
      !cue.isCall && (cue.start >= part.end ? cue.start - part.end <= AFTER : part.start - cue.end <= BEFORE),
  );
}

/** "llamanos por tu compra al 4632 7719": the number stands where a verb of calling wants one. */
function isCalledHere(
  text: string,
  part: Span,
  cues: readonly Cue[],
  other: number,
  shape: NumberShape,
): boolean {
  const word = /(?<![a-z])(al|en el|pelo|pro|no|to|at|on) $/.exec(
    text.slice(Math.max(0, part.start - 6), part.start),
  )?.[1];
  if (word === undefined || (word === "no" && other <= 6)) return false;
  const hasCall = cues.some(
    (cue) =>
      cue.isCall &&
      cue.end <= part.start &&
      part.start - cue.end <= BEFORE &&
      isSameSentence(text, cue, part.start),
  );
  return (
    hasCall ||
    (shape.digits.length >= 8 && (word === "al" ? other > 4 : other > 20 && !shape.digits.startsWith("0")))
  );
}

/** "Llamame si no llega. El repuesto es 0280158170" speaks of two things; "tel. 1155667788" of one. */
function isSameSentence(text: string, cue: Cue, to: number): boolean {
  const between = text.slice(cue.end, to);
  if (cue.end - cue.start <= 5 && between.startsWith(".")) return !/[a-z0-9)][.!?] /.test(between);
  return !/[.!?] |!/.test(between);
}

/** "81988124470 is my number": the word stands behind. */
function saysItWas(text: string, part: Span, cues: readonly Cue[]): boolean {
  const after = cues.find((cue) => cue.start >= part.end);
  if (after === undefined || after.start - part.end > AFTER || !after.isCall) return false;
  return !/[.;\n]/.test(text.slice(part.end, after.start));
}

/** Letters at the number make it a code: LX123456789CN, SM-R870, INV-2024-004512. Money is one too. */
function isPartOfCode(text: string, { start, end }: Span): boolean {
  const before = text.slice(Math.max(0, start - 12), start);
  if (
    /(?:cel|cels|tel|celular|movil|wsp|wpp|zap|whats|whatsapp|fone|phone|fono|fijo|app|numero|nro|contacto|contato|n[°º])[_:.-]?$/.test(
      before,
    )
  )
    return false;
  return /[a-z0-9][-_.]?$/.test(before) && !/(?:^|[^a-z0-9])(?:de|al|no|to|at|y|e)[-.]$/.test(before)
    ? !/[.]$/.test(before) || /\d\.$/.test(before)
    : /[$=%][ ]?$/.test(before) || /^[-_]?[a-wyz](?![a-z])|^[-_][a-z]|^x\d/.test(text.slice(end, end + 4));
}

const UNIT =
  /^ ?(?:mm|cm|mts?|km|kg|grs?|ml|lts?|litros|mah|wh|kwh|watts?|hz|khz|mhz|rpm|psi|usd|pesos|reais|soles|dolares|unidades|unid|pcs|lumens?|lux|btu|ciclos|v|w|g|hs|%|°)(?![a-z])/;
const isMeasure = (text: string, { end }: Span) => UNIT.test(text.slice(end, end + 12));
