import { useContext } from "react";
import { type ThreadDesk, ThreadDeskContext } from "@/components/thread/thread-kit";
import type { QuestionState, QuestionView } from "@/lib/shared/api/question";
import type { ThreadView } from "@/lib/shared/api/thread";

/** The open chain of questions, for the parts of the kit. */
export interface QuestionDesk extends ThreadDesk {
  view: ThreadView & { question: QuestionView };
  /** The one in the address. Null: the chain does not hold it (yet). */
  asked: QuestionState | null;
}

/** The open chain of questions. Parts of the kit are drawn nowhere else.
 *  @throws Error outside of one */
export function useDesk(): QuestionDesk {
  const desk = useContext(ThreadDeskContext);
  const question = desk?.view.question ?? null;
  if (desk === null || question === null) throw new Error("a part of a question was drawn outside of one");
  const asked = question.chain.questions.find(({ id }) => id === question.asked) ?? null;
  return { ...desk, view: { ...desk.view, question }, asked };
}
