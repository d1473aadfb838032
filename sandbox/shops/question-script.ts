import type { ListingSeed } from "@/sandbox/control/listing-seeds";
import type { QuestionSeed } from "@/sandbox/control/question-seeds";

/** What one buyer asked about one listing, as it is written down in these files. */
export interface QuestionScript {
  who: string;
  city?: string;
  /** A key of the shop's listings. */
  about: string;
  /** One line per question or answer, oldest first, each with the time since: `q@3d text`, `a@5h text`, `q@12m text`;
   *  `text || translation`; marks in braces: `q{hold}`, `q{spam}`, `q{unlisted}`, `q{review}`, `q{closed}`,
   *  `q{banned=LINKS}`, `a{banned=CONTACT_DATA}`, `a{disabled}`. An answer goes with the question before it. */
  says: string[];
}

/** The listings of a shop that people ask about. */
export type Listings = Record<string, ListingSeed>;

const LINE = /^([qa])(?:\{(\w+)(?:=(\w+))?\})?@(\d+)([mhd]) ([\s\S]+)$/;
const MINUTES = { m: 1, h: 60, d: 1_440 };
/** Minutes by which a time may come out later than it is written. */
const LATER = { m: 1, h: 45, d: 240 };
/** The least time an answer takes. */
const ANSWER_TAKES = 9;

/** The questions of a script, oldest first. @throws Error on a line that is none, or an answer to nothing */
export function stageQuestions({ says }: QuestionScript): QuestionSeed[] {
  const seeds: QuestionSeed[] = [];
  for (const line of says) {
    const [, kind, mark, subgroup, count, unit, rest = ""] = LINE.exec(line) ?? [];
    if (unit !== "m" && unit !== "h" && unit !== "d") throw new Error(`not a line of a question: ${line}`);
    const [text = "", translated] = rest.split(" || ");
    // nobody writes on the hour: a little later, and always as much for the same words
    const ago = Number(count) * MINUTES[unit] - ((text.length * 37) % LATER[unit]);
    const words = { text, ...(translated ? { translated } : {}) };
    const bannedFor = subgroup ? { bannedFor: subgroup } : {};
    if (kind === "q") {
      seeds.push({ ...words, askedMinutesAgo: ago, ...markOf(mark), ...bannedFor });
      continue;
    }
    const asked = seeds.at(-1);
    if (!asked || asked.answer) throw new Error(`an answer to nothing: ${line}`);
    const status = mark === "banned" ? "BANNED" : mark === "disabled" ? "DISABLED" : "ACTIVE";
    const minutesAgo = Math.min(ago, (asked.askedMinutesAgo ?? 0) - ANSWER_TAKES);
    Object.assign(asked, { answer: { ...words, minutesAgo, status }, ...bannedFor });
  }
  return seeds;
}

function markOf(mark: string | undefined): Partial<QuestionSeed> {
  switch (mark) {
    case "hold":
      return { hold: true };
    case "spam":
      return { suspectedSpam: true };
    case "unlisted":
      return { deletedFromListing: true };
    case "review":
      return { status: "UNDER_REVIEW" };
    case "closed":
      return { status: "CLOSED_UNANSWERED" };
    case "banned":
      return { status: "BANNED" };
    default:
      return {};
  }
}
