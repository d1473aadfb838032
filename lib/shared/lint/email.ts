import { merged, type Span } from "./span";

const TLD =
  "(?:com|net|org|info|biz|edu|gob|gov|io|co|app|shop|store|online|site|tienda|ar|br|mx|cl|co|uy|pe|ec|ve|py|" +
  "bo|cr|es|us|uk|pt|cn|de)";
const PROVIDER =
  "(?:gmail|hotmail|outlook|yahoo|icloud|live|msn|protonmail|uol|bol|terra|globo|aol|qq|fibertel|speedy)";
const SAID_DOT =
  "(?: {0,2}[([{<] {0,2}(?:punto|ponto|dot|\\.) {0,2}[)\\]}>] {0,2}| {1,2}(?:punto|ponto|dot) {1,2})";

/** Where an address may turn into its domain: the sign, in brackets or said in words. */
const AT =
  /@|[([{<] {0,2}(?:at|@|arr?o+u?ba|arr0ba) {0,2}[)\]}>]|(?<![a-z0-9])-?(?:arr?o+u?ba|arr0ba)-?(?![a-z0-9])|(?<= )at(?= )|(?<=[a-z0-9])_at_(?=[a-z])/g;
/** shop.com, shop . com, shop punto com */
const DOMAIN = new RegExp(
  ` {0,2}[._-]?[a-z0-9-]{1,63}(?:\\.[a-z][a-z0-9-]{1,24}|(?: {0,2}\\. {0,2}|${SAID_DOT})${TLD}\\b){1,4}`,
  "y",
);
/** shop dot com: after a bare "at" a plain dot is the end of a sentence. */
const SAID_DOMAIN = new RegExp(
  ` {0,2}(?:[a-z0-9-]{2,63}(?:${SAID_DOT}[a-z]{2,12}\\b){1,4}|${PROVIDER}(?:${SAID_DOT}|\\.)com\\b)`,
  "y",
);
const KNOWN = new RegExp(` {0,2}[._-]?${PROVIDER}\\b`, "y");
/** My mail is somebody, at gmail. */
const TOLD = new RegExp(
  `\\b(?:correo|mail|e-mail|email) (?:es|e|is|:) {0,1}[a-z0-9_.+-]{2,40},? (?:de|en|em|no|at|on|do) ${PROVIDER}\\b`,
  "g",
);

/** Write to sales at shop.com: the name stands behind a word of writing, or looks like no word. */
const WRITTEN = new RegExp(
  `(?<![a-z])(?:(?:e-?mail|mail|write|escrib\\w*|correo|mande|manda|envie|envia)(?: \\w{1,8}){0,3}:? [a-z0-9_.+-]{2,40}|[a-z][a-z.]{0,30}[0-9_][a-z0-9_.]{0,20})(?: at | en | de | a | )(?:${PROVIDER}(?:\\.|${SAID_DOT})com|[a-z0-9-]{3,40}\\.(?:com|net|org)(?:\\.[a-z]{2})?)\\b`,
  "g",
);
const NAMED = new RegExp(`(?<![a-z])${PROVIDER}: ?[a-z0-9._-]{4,40}`, "g");
/** juan.perez.gmail.com, juan(a)gmail.com */
const STUCK = new RegExp(
  `(?<![a-z0-9_.-])[a-z0-9_-]{2,40}(?:\\.[a-z0-9_-]{1,40}){0,3}(?:\\.|\\(a\\)|#|\\*)${PROVIDER}\\.com\\b`,
  "g",
);

/** Mercado Libre's own addresses are no way around it. */
const OWN = /@(?:[a-z0-9-]{1,40}\.)?mercado(?:libre|livre|pago)\./;

/** E-mail addresses, written out or disguised (PERSONAL_DATA). Linear: every address is read outwards from its "at". */
export function emailSpans(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(AT)) {
    const after = match.index + match[0].length;
    const start = nameStart(text, match.index);
    if (start === -1) continue;
    // "instagram @tienda.ar" is a handle: a sign that clings to what follows only.
    const isHandle = match[0] === "@" && text[match.index - 1] === " " && text[after] !== " ";
    const patterns = match[0] === "at" ? [SAID_DOMAIN] : isHandle ? [KNOWN] : [DOMAIN, KNOWN];
    for (const pattern of patterns) {
      pattern.lastIndex = after;
      if (pattern.test(text)) {
        spans.push({ start, end: pattern.lastIndex });
        break;
      }
    }
  }
  for (const pattern of [TOLD, STUCK, WRITTEN, NAMED])
    for (const match of text.matchAll(pattern)) {
      spans.push({ start: match.index, end: match.index + match[0].length });
    }
  return merged(spans).filter((span) => !OWN.test(text.slice(span.start, span.end)));
}

/** "en instagram somos arroba lanas.sur" names a handle. */
const OF_HANDLE =
  /^(?:como|somos|es|e|is|insta|instagram|ig|face|facebook|fb|tiktok|twitter|telegram|en|no|on|el|o|the|de)$/;

/** Where the name before an "at" begins, -1 when there is none. */
function nameStart(text: string, at: number): number {
  let end = at;
  while (end > 0 && at - end < 2 && text[end - 1] === " ") end -= 1;
  let start = end;
  while (start > 0 && end - start < 64 && /[a-z0-9_.+%-]/.test(text[start - 1] ?? "")) start -= 1;
  const name = text.slice(start, end);
  return /[a-z0-9_]/.test(name) && !OF_HANDLE.test(name) ? start : -1;
}
