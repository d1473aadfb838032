import { BEFORE, type Cue, digitsOfWord, nearestBefore } from "./phone-words";
import type { Span } from "./span";

interface SpokenRun extends Span {
  digits: string;
  /** How many of the digits were words. */
  words: number;
}

const GLUE =
  /^(?:sigue|seguido|luego|despues|depois|then|termina|con|com|y|e|and|o|doble|double|triple|guion|traco|dash|hyphen|espacio|espaco|space|punto|ponto|dot)$/;
/** Glue that only numbers and addresses are told with. */
const SIGN =
  /^(?:sigue|seguido|luego|despues|depois|then|termina|doble|double|triple|guion|traco|dash|hyphen|punto|ponto|dot)$/;

/** Numbers told in words, alone or among figures: "tres tres uno dos, 45 67 89". */
export function spokenSpans(text: string, cues: readonly Cue[]): Span[] {
  const runs: SpokenRun[] = [];
  let run: SpokenRun | null = null;
  for (const token of text.matchAll(/[a-z]+|\d+/g)) {
    const word = token[0];
    const isFigure = /^\d/.test(word);
    const digits = isFigure ? word : digitsOfWord(word);
    const end = token.index + word.length;
    if (run !== null && !/^[ ,.\-()/*_:]{0,3}$/.test(text.slice(run.end, token.index))) run = null;
    if (digits === null) {
      if (!GLUE.test(word)) run = null;
      else if (run !== null) {
        run.end = end;
        if (SIGN.test(word)) run.words += 1;
      }
    } else if (run === null) {
      run = { start: token.index, end, digits, words: isFigure ? 0 : 1 };
      runs.push(run);
    } else {
      run.end = end;
      run.digits += digits;
      run.words += isFigure ? 0 : 1;
    }
  }
  return runs.filter((one) => isSpokenPhone(one, cues));
}

function isSpokenPhone({ start, digits, words }: SpokenRun, cues: readonly Cue[]): boolean {
  if (words < 1 || digits.length < 7 || digits.length > 22) return false;
  // Counting, or one digit over and over.
  if ("0123456789101112131415".includes(digits) || /^(\d)\1*$/.test(digits)) return false;
  const cue = nearestBefore(cues, start);
  const isCalled = cue?.isCall === true && start - cue.end <= BEFORE;
  if (words < 3) return (isCalled && digits.length >= 8) || (words === 2 && digits.length >= 10);
  return isCalled || words >= 6 || (words >= 4 && digits.length >= 8) || digits.length >= 10;
}
