"use client";

import { type ReactNode, useCallback } from "react";
import { InboxWithThread } from "@/components/inbox/inbox-with-thread";
import type { MeView } from "@/lib/shared/api/account";
import { lazyQuestionKit } from "./lazy-question-kit";
import { type QuestionKitProps, QuestionKitProvider } from "./question-kit";

/** The inbox on a question's own address: its script and words come with the page, for the reason that a conversation's do
 *  (components/inbox/inbox-with-thread.tsx). */
export function InboxWithQuestion({ me, words }: { me: MeView; words: QuestionKitProps["words"] }) {
  const given = useCallback(
    (children: ReactNode) => <QuestionKitProvider words={words}>{children}</QuestionKitProvider>,
    [words],
  );
  return (
    <lazyQuestionKit.Given value={given}>
      <InboxWithThread me={me} />
    </lazyQuestionKit.Given>
  );
}
