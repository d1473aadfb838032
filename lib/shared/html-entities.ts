/** The letters of Latin-1 in their order from U+00C0, as HTML names them. */
const LATIN =
  "Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve " +
  "Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring " +
  "aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash " +
  "ugrave uacute ucirc uuml yacute thorn yuml";

/** The names in use for texts in Spanish, Portuguese and English. Any other stays as it is written. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ...LATIN.split(" ").map((name, index) => [name, String.fromCodePoint(0xc0 + index)] as const),
  ...Object.entries({
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    apos: "'",
    nbsp: "\u00a0",
    iexcl: "¡",
    iquest: "¿",
    ordf: "ª",
    ordm: "º",
    deg: "°",
    laquo: "«",
    raquo: "»",
    middot: "·",
    sect: "§",
    copy: "©",
    reg: "®",
    trade: "™",
    euro: "€",
    pound: "£",
    cent: "¢",
    hellip: "…",
    ndash: "–",
    mdash: "—",
    lsquo: "‘",
    rsquo: "’",
    ldquo: "“",
    rdquo: "”",
    bull: "•",
    rarr: "→",
    larr: "←",
    check: "✓",
  }),
]);

const ENTITY = /&(?:([a-z][a-z0-9]{1,30})|#(\d{1,9})|#x([0-9a-f]{1,8}));/gi;

/** A text with its HTML entities as characters, each decoded once. Impossible code points become U+FFFD. Pure, linear. */
export function decodeEntities(text: string): string {
  return text.replace(
    ENTITY,
    (whole, name: string | undefined, decimal: string | undefined, hex: string | undefined) => {
      if (name !== undefined) return NAMED.get(name) ?? NAMED.get(name.toLowerCase()) ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
      const isImpossible = code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff);
      return isImpossible ? "\ufffd" : String.fromCodePoint(code);
    },
  );
}
