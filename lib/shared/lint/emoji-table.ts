/** The code points of the emoji that Mercado Libre takes: the list of emoji-java 5 (its src/main/resources/emojis.json and
 *  EMOJIS.md), which is Unicode's Emoji 11.0. Written as hexadecimal ranges. Left out, because they are no emoji of their own:
 *  skin tones, hair. Left out although listed: ISO-8859-1's own © and ®, and the trade mark sign, which is text (ADR 044). */
const RANGES =
  "203c 2049 2139 2194-2199 21a9-21aa 231a-231b 2328 23cf 23e9-23f3 23f8-23fa 24c2 25aa-25ab 25b6 25c0 25fb-25fe " +
  "2600-2604 260e 2611 2614-2615 2618 261d 2620 2622-2623 2626 262a 262e-262f 2638-263a 2640 2642 2648-2653 " +
  "265f-2660 " +
  "2663 2665-2666 2668 267b 267e-267f 2692-2697 2699 269b-269c 26a0-26a1 26aa-26ab 26b0-26b1 26bd-26be " +
  "26c4-26c5 26c8 " +
  "26ce-26cf 26d1 26d3-26d4 26e9-26ea 26f0-26f5 26f7-26fa 26fd 2702 2705 2708-270d 270f 2712 2714 2716 271d " +
  "2721 2728 " +
  "2733-2734 2744 2747 274c 274e 2753-2755 2757 2763-2764 2795-2797 27a1 27b0 27bf 2934-2935 2b05-2b07 " +
  "2b1b-2b1c 2b50 " +
  "2b55 3030 303d 3297 3299 1f004 1f0cf 1f170-1f171 1f17e-1f17f 1f18e 1f191-1f19a 1f1e6-1f1ff 1f201-1f202 " +
  "1f21a 1f22f " +
  "1f232-1f23a 1f250-1f251 1f300-1f321 1f324-1f393 1f396-1f397 1f399-1f39b 1f39e-1f3f0 1f3f3-1f3f5 1f3f7-1f3fa " +
  "1f400-1f4fd 1f4ff-1f53d 1f549-1f54e 1f550-1f567 1f56f-1f570 1f573-1f57a 1f587 1f58a-1f58d 1f590 1f595-1f596 " +
  "1f5a4-1f5a5 1f5a8 1f5b1-1f5b2 1f5bc 1f5c2-1f5c4 1f5d1-1f5d3 1f5dc-1f5de 1f5e1 1f5e3 1f5e8 1f5ef 1f5f3 " +
  "1f5fa-1f64f " +
  "1f680-1f6c5 1f6cb-1f6d2 1f6e0-1f6e5 1f6e9 1f6eb-1f6ec 1f6f0 1f6f3-1f6f9 1f910-1f93a 1f93c-1f93e 1f940-1f945 " +
  "1f947-1f970 1f973-1f976 1f97a 1f97c-1f9a2 1f9b4-1f9b9 1f9c0-1f9c2 1f9d0-1f9ff";

const LISTED: ReadonlySet<number> = new Set(
  RANGES.split(" ").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map((hex) => Number.parseInt(hex, 16));
    return Array.from({ length: last - first + 1 }, (_, n) => first + n);
  }),
);

/** Is this code point an emoji of emoji-java's list? */
export function isListedEmoji(code: number): boolean {
  return LISTED.has(code);
}

/** Persons that Emoji 11.0 joins with a sex sign, an optional skin tone or variation selector between. */
const GENDERED = "👮🕵💂👷👳👱🧙🧚🧛🧜🧝🧞🧟🙍🙎🙅🙆💁🙋🙇🤦🤷💆💇🚶🏃👯🧖🧗🏌🏄🚣🏊⛹🏋🚴🚵🤸🤼🤽🤾🤹🧘🦸🦹";
const TONE = "[\\u{1f3fb}-\\u{1f3ff}]?";
const SELECTOR = "\\ufe0f?";

/** The sequences with joiners up to Emoji 11.0. Later ones (🧑‍🚀, ❤️‍🔥, 🐻‍❄️) are not listed, though their parts are. */
const JOINED = new RegExp(
  [
    `[👨👩](?:\\u200d[👨👩])?(?:\\u200d[👦👧]){1,2}`,
    `[👨👩]\\u200d\\u2764${SELECTOR}\\u200d(?:💋\\u200d)?[👨👩]`,
    `[👨👩]${TONE}\\u200d(?:[🎓🏫🌾🍳🔧🏭💼🔬💻🎤🎨🚀🚒\\u{1f9b0}-\\u{1f9b3}]|[⚕⚖✈]${SELECTOR})`,
    `[${GENDERED}](?:[\\u{1f3fb}-\\u{1f3ff}]|\\ufe0f)?\\u200d[♀♂]${SELECTOR}`,
    `👁${SELECTOR}\\u200d🗨${SELECTOR}`,
    `🏳${SELECTOR}\\u200d🌈`,
    `🏴\\u200d☠${SELECTOR}`,
    // England, Scotland, Wales, Texas: a black flag and invisible letters.
    `🏴(?:${["gbeng", "gbsct", "gbwls", "ustx"].map(tags).join("|")})\\u{e007f}`,
  ].join("|"),
  "uy",
);

function tags(letters: string): string {
  return [...letters].map((letter) => `\\u{e00${letter.charCodeAt(0).toString(16)}}`).join("");
}

/** The end of a listed sequence with joiners or tags that begins at an offset, -1 when there is none. */
export function joinedEnd(text: string, at: number): number {
  JOINED.lastIndex = at;
  return JOINED.test(text) ? JOINED.lastIndex : -1;
}
