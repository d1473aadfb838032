import { lintDraft } from "@/lib/shared/lint/lint";
import { type Line, millis, percentile } from "./report";

const LENGTH = 3_500;
/** What a person may wait for between a key and the letter. */
const BUDGET_MS = 5;

const PROSE =
  "Hola Fernando, soy Claudio del depósito. El flete sale mañana a las 7 y pasa por tu zona entre las 10 y las 13. El bulto " +
  "pesa 48 kg – avisame hoy si no podés recibir 📦. Pedido 2000008123456789, guía 5512345678, cualquier duda escribime por acá. ";

/** Texts that would be slow for patterns that look back or start over: each is one unit, again and again. */
const WORST = [
  "1",
  "1 ",
  "1-",
  "12 ",
  "1234567,",
  "11 4872-3391 ",
  "a@",
  "a.",
  ".",
  "3o",
  "pix ",
  "whatsapp ",
  "escribime ",
  "{{",
  "é",
  "🫶",
];

const fill = (unit: string) => unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH);

/** How long one keystroke waits for the linter while a text of 3,500 characters is typed, and with the worst texts found. */
export function benchLint(): Line[] {
  const text = fill(PROSE);
  const typed: number[] = [];
  // Twice: a person who types has a warm linter, for the first keys find little to read.
  for (let round = 0; round < 2; round += 1) {
    typed.length = 0;
    for (let length = 1; length <= text.length; length += 1) typed.push(timed(text.slice(0, length)));
  }
  const atTheEnd = Array.from({ length: 200 }, () => timed(text));
  const worst = WORST.map((unit) =>
    percentile(
      Array.from({ length: 40 }, () => timed(fill(unit))),
      0.5,
    ),
  );
  return [
    millis("lint, a keystroke while 3,500 characters are typed (p95)", percentile(typed, 0.95), BUDGET_MS),
    millis("lint, a keystroke at the end of 3,500 characters (p95)", percentile(atTheEnd, 0.95), BUDGET_MS),
    millis(
      `lint, the slowest of ${WORST.length} hostile texts of 3,500 (median)`,
      Math.max(...worst),
      BUDGET_MS,
    ),
  ];
}

function timed(text: string): number {
  const start = performance.now();
  lintDraft(text, { maxLength: LENGTH });
  return performance.now() - start;
}
