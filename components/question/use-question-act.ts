import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ApiError, problemOf } from "@/lib/client/api-error";
import { keys } from "@/lib/client/keys";
import { postQuestionAct } from "@/lib/client/question-calls";
import type { QuestionActKind } from "@/lib/shared/api/question";
import type { ThreadView } from "@/lib/shared/api/thread";
import { useDesk } from "./use-desk";

/** Reasons of our server that have words of their own. */
const REASONS = [
  "question_closed",
  "question_gone",
  "answer_pending",
  "no_buyer",
  "not_yours",
  "item_not_active",
] as const;

/** Does something with the question or its buyer at once, and shows the chain as it is then. */
export function useQuestionAct(onDone: () => void) {
  const t = useTranslations("question.ask");
  const errors = useTranslations("errors");
  const client = useQueryClient();
  const { viewer, threadRef, view } = useDesk();
  const ref = { ...threadRef, account: view.row.accountId };
  const post = useMutation({
    mutationFn: (act: QuestionActKind) => postQuestionAct(ref, act),
    onSuccess: (fresh) => {
      client.setQueryData<ThreadView>(keys.thread(viewer, threadRef), fresh);
      void client.invalidateQueries({ queryKey: keys.lists(viewer) });
      onDone();
    },
    // Refused: something is not as it was shown.
    onError: () => void client.invalidateQueries({ queryKey: keys.thread(viewer, threadRef) }),
  });

  function problem(): string | null {
    if (!post.isError) return null;
    const reason = post.error instanceof ApiError ? post.error.detail.reason : null;
    const known = REASONS.find((one) => one === reason);
    const why = known === undefined ? errors(problemOf(post.error)) : t(`reason.${known}`);
    return t("failed", { why });
  }

  return { run: post.mutate, isBusy: post.isPending, problem: problem() };
}
