import type { Chain, QuestionState } from "@/lib/shared/api/question";
import { isUnanswered } from "./chain";

/** The later of two sightings of one question. An answer is for ever (questions-and-contacts.md 1.3): a read that began before
 *  it was given, or a search that lags behind, takes none away. Pure. */
function later(held: QuestionState, read: QuestionState): QuestionState {
  return held.answer !== null && read.answer === null && isUnanswered(read) ? held : read;
}

/** In the order in which they were asked; of one instant by their number. Pure. */
export const inOrder = <Q extends Pick<QuestionState, "createdAt" | "id">>(questions: readonly Q[]): Q[] =>
  questions.toSorted(
    (a, b) =>
      a.createdAt.getTime() - b.createdAt.getTime() ||
      a.id.length - b.id.length ||
      (a.id < b.id ? -1 : Number(a.id > b.id)),
  );

/** What is known of a chain once some of it was read (again): no question is ever forgotten, whether a search shows it or not.
 *  Pure. */
export function mergedChain(held: Chain | null, read: Chain): Chain {
  const known = new Map((held?.questions ?? []).map((question) => [question.id, question]));
  for (const question of read.questions) {
    const before = known.get(question.id);
    known.set(question.id, before === undefined ? question : later(before, question));
  }
  return {
    itemId: read.itemId,
    buyerId: read.buyerId ?? held?.buyerId ?? null,
    contact: read.contact ?? held?.contact ?? null,
    questions: inOrder([...known.values()]),
  };
}
