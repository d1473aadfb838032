/** A run of digits as it was written. */
export interface NumberShape {
  digits: string;
  /** Lengths of the groups: "2-4-4" for "11 4872-3391". */
  groups: string;
  hasPlus: boolean;
  /** The area code stands in parentheses. */
  hasArea: boolean;
  /** What stands between the groups, each kind once. */
  separators: string;
  /** The start of a number that costs its caller nothing. */
  isFree: boolean;
  /** The shape of a date, a sum or a tax number. */
  isOtherShape: boolean;
}

/** Shapes of other things: sums, dates, CPF, CNPJ, CUIT, RUT, DNI, NIT, postal codes, invoices, phases of parts. */
const OTHER_SHAPES: readonly RegExp[] = [
  /^[1-9]\d{0,2}(?:\.\d{3})+(?:-[\dk])?$/,
  /^\d{3}\.\d{3}\.\d{3}-\d{2}$/,
  /^\d{2}\.\d{3}\.\d{3}(?:\/|$)/,
  /^\d{2}-\d{7,8}-\d$/,
  /^\d{7,8}-\d$/,
  /^(?:19|20)\d\d[-. ](?:0?\d|1[0-2])[-. ](?:[0-3]?\d)(?:\D|$)/,
  /^(?:[0-3]?\d)[-. ](?:0?\d|1[0-2])[-. ](?:19|20)\d\d(?:\D|$)/,
  /^(?:19|20)\d\d ?- ?(?:19|20)\d\d$/,
  /^\d{5}-\d{3}$/,
  /^\d{4,5}-\d{8}$/,
  /^\d{4}\.\d{2}\.\d{2}$/,
  /^\d{3}\.\d{3}\.\d{3}\.\d{3}$/,
];

/** Reads the shape of a run of digits, the separators of people between them. */
export function shapeOf(run: string): NumberShape {
  const groups = run.match(/\d+/g) ?? [];
  return {
    digits: groups.join(""),
    groups: groups.map((group) => group.length).join("-"),
    hasPlus: /^\(?\+/.test(run) || /^00 ?[1-9]\d{0,2} /.test(run),
    hasArea: /^\+?[- \d]{0,5}\(\+?\d[\d -]{1,7}\)|^\(\d\) ?\d{3,4}[ -]?\d{4}$/.test(run),
    isFree: /^(?:0(?:[389]00|810)|(?:1[- ]?|01[- ]?)?8(?:00|[5-8]{2}))(?!\d)/.test(run),
    separators: [...new Set(run.replace(/\d/g, ""))].join(""),
    isOtherShape: OTHER_SHAPES.some((shape) => shape.test(run)),
  };
}

/** An international number, or an area code in parentheses: whatever the words around it say. */
export function isUnmistakable(shape: NumberShape): boolean {
  const { length } = shape.digits;
  if (shape.hasPlus) return length >= 9 && length <= 15;
  return shape.hasArea && length >= 8 && length <= 13;
}

/** Country codes with the number of digits behind them. */
const COUNTRIES: readonly RegExp[] = [
  /^54\d{10,11}$/,
  /^52\d{10,11}$/,
  /^56\d{9}$/,
  /^57\d{10}$/,
  /^598\d{7,8}$/,
  /^51\d{8,9}$/,
  /^593\d{8,9}$/,
  /^58\d{10}$/,
  /^55\d{10,11}$/,
  /^1[2-9]\d{9}$/,
  /^86\d{10,11}$/,
  /^852\d{8}$/,
];

/** Shapes that only telephone numbers have, by groups and by the digits at their start. */
const SHAPES: readonly { groups: RegExp; digits: RegExp; separators?: RegExp }[] = [
  // BR 11 98745-2236, 011 98745-2236, 98745-2236, and its eleven digits in any groups behind the area
  { groups: /^[23]-5-4$/, digits: /^0?[1-9]\d9/ },
  { groups: /^5-4$/, digits: /^9[1-9]/, separators: /^[-. ]$/ },
  { groups: /^2-4-4$/, digits: /^[1-9]\d[2-5]/, separators: /-/ },
  // Mobile numbers in whatever groups: BR (11 digits, the third a nine), CO, VE, AR and MX, CL and PE
  { groups: /-/, digits: /^(?:[1-9][1-9]9\d{8}|3[0-2]\d{8}|04[12]\d{8}|60[1-8]\d{7})$/ },
  { groups: /-/, digits: /^(?:11|15|33|55|56|81)[1-9]\d{7}$/ },
  { groups: /^(?!3-3-3|1-3-3-2|\d+$)[1-5]-/, digits: /^9[1-9]\d{7}$/, separators: /^[- .]$/ },
  // CL, PE 9 8765 4321, 9-87654321
  { groups: /^1-(?:4-4|8|3-3-2|2-2-2-2|3-2-3)$/, digits: /^9/ },
  { groups: /^1-4-4$/, digits: /^2/ },
  // AR 11 4872-3391, 15 6623-4410; MX 55 4820 1193, 55-48-20-11-93, 33 12345678
  { groups: /^2-(?:4-4|8)$/, digits: /^(?:11|15|33|55|56|81|09)/ },
  { groups: /^3-2-4-4$/, digits: /^04[45]|^01115/ },
  { groups: /^2-2-4-4$/, digits: /^01(?:33|55|56|81)/ },
  // AR 351 555-1234, 0351 15 555-1234, 011 4632-7719; CO 312 488 9017; US 305-555-0142; EC 099 123 4567
  { groups: /^3-4-4$/, digits: /^0[1-9]{2}/ },
  { groups: /^3-3-4$/, digits: /^(?:[2-9]|0[2-9])/ },
  { groups: /^3-7$/, digits: /^[2-9]/, separators: /^[- ]$/ },
  { groups: /^4-2-4$/, digits: /^[23]/, separators: /-/ },
  { groups: /^3-3-6$|^3-9$/, digits: /^\d{3}15/, separators: /-/ },
  { groups: /^4-(?:2-3-4|2-7|9)$/, digits: /^0\d{3}15/ },
  { groups: /^2-(?:7|3-4)$/, digits: /^15/ },
  { groups: /^3-2-(?:3-4|7)$/, digits: /^\d{3}15/ },
  { groups: /^4-(?:3-4|7)$/, digits: /^0[1-9]/ },
  // 0800 555 7712, 0810-..., 0300 ...; 1-800-555-0199; 01 800 123 4567; VE 0414-1234567, 0412 123.45.67
  { groups: /^4-(?:3-4|3-3|4|6|7|2-4|4-3|2-2-2)$/, digits: /^0(?:[389]00|8[0-9]0|4[12]\d)/ },
  { groups: /^4-3-2-2$/, digits: /^0[24]/ },
  { groups: /^1-3-3-4$/, digits: /^1[2-9]|^08/ },
  { groups: /^2-3-(?:3-4|7|2-2-3)$/, digits: /^01[89]00/ },
  { groups: /^3-3-(?:4|3)$/, digits: /^(?:800|900)/ },
  // PE 987 654 321, 987 65 43 21; UY 099 123 456, 099 123456, 099123456; EC 02 234 5678
  { groups: /^3-3-3$/, digits: /^(?:9|09)/, separators: /^[ -]$/ },
  { groups: /^3-2-2-2$/, digits: /^0?9/ },
  { groups: /^(?:3-6|3-2-4)$/, digits: /^09/ },
  { groups: /^2-(?:3-4|4-3|1-3-3)$/, digits: /^0[1-9]/ },
  { groups: /^2-7$/, digits: /^0[1-9]/, separators: /^-$/ },
  { groups: /^3-3-3$/, digits: /^09/ },
  { groups: /^3-4-4$/, digits: /^569/ },
  // China, from where Global Selling is sold: 138 4471 2093, 0755-2345-6789, 0755 23456789
  { groups: /^3-4-4$/, digits: /^1[3-9]/ },
  { groups: /^4-4-4$/, digits: /^0[2-9]/, separators: /-/ },
  { groups: /^(?:3|4)-8$/, digits: /^0[1-9]/, separators: /^[- ]$/ },
  // One local number of eight digits: 4632-7719
  { groups: /^4-4$/, digits: /^(?!(?:19|20)\d\d(?:19|20)|\d{3}0\d{3}0$)[2-9]/, separators: /^-$/ },
  // Digit by digit: 0 9 9 4 5 1 2 3 7
  { groups: /^\d(?:-1){6,12}$/, digits: /^(?!0?123456|(\d)\1+$)/ },
];

/** Countries without a plus or a space, and UY: 5511987213365, 5491148723391, 573124889017, 099123456. */
const ABROAD =
  /^(?:09\d{7}|55[1-9]\d9\d{8}|549\d{10}|521[1-9]\d{9}|573[0-5]\d{8}|569\d{8}|519\d{8}|5939\d{8}|5989\d{7}|584[12]\d{8})$/;

/** Numbers without a space that begin as mobile ones do (AR and MX, CO, BR). */
const MOBILE =
  /^(?:(?:11|15|33|55|56|81)[2-9]\d{7}|3[0-2]\d{8}|[1-9][1-9]9\d{8}|04[12]\d{8}|9\d{8}|1[3-9]\d{9})$/;

/** Does the number begin as a mobile one does, without a space to tell it by? */
export function isBareMobile({ digits, groups }: NumberShape): boolean {
  return !groups.includes("-") && MOBILE.test(digits);
}

/** Does the number look like one of a telephone and of nothing else? */
export function isPhoneShape(shape: NumberShape): boolean {
  const { digits, groups, separators } = shape;
  if (!groups.includes("-")) return ABROAD.test(digits);
  if (groups.length > 30 || isRising(shape)) return false;
  for (const one of SHAPES) {
    const isParted = one.separators?.test(separators) ?? true;
    if (isParted && one.groups.test(groups) && one.digits.test(digits)) return true;
  }
  // Dialled from abroad or with a carrier of Brazil: 011-52-55-4820-1193, 015 11 98765-4321
  const abroad = /^(?:00|011)([1-9]\d+)$/.exec(digits)?.[1];
  if (abroad !== undefined && COUNTRIES.some((country) => country.test(abroad))) return true;
  if (/^0(?:1[245]|21|31|41)[1-9][1-9]9?\d{8}$/.test(digits)) return true;
  const first = digits.slice(0, Number(groups.split("-")[0]));
  const isAbroad = /^(?:1|5\d|59[38]|86|852)$/.test(first) && /-.*-/.test(groups);
  return isAbroad && COUNTRIES.some((country) => country.test(digits));
}

/** Sizes for sale: 36 38 40 42 44. */
function isRising({ digits, groups }: NumberShape): boolean {
  if (!/^2(?:-2){3,}$/.test(groups)) return false;
  const numbers = (digits.match(/\d\d/g) ?? []).map(Number);
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
}
