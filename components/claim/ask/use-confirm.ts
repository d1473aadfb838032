import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type RefObject, useRef, useState } from "react";
import type * as z from "zod/mini";
import { useActMoves } from "@/components/claim/use-act-moves";
import { useActReasonWords } from "@/components/claim/use-claim-words";
import { useDesk } from "@/components/claim/use-desk";
import { ApiError, problemOf } from "@/lib/client/api-error";
import { postAct } from "@/lib/client/calls";
import { withPatience } from "@/lib/client/with-patience";
import type { ActBody, ClaimAct } from "@/lib/shared/api/claim";
import { amountOf } from "@/lib/shared/view/claim-acts";

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Puts what was confirmed in the outbox, once per dialog: pressed again after no answer came, it is the same act with the
 *  same key, and what it says can no longer be changed. */
export function useConfirm(dialog: RefObject<HTMLDialogElement | null>, onDone?: () => void) {
  const t = useTranslations("claim.ask");
  const errors = useTranslations("errors");
  const reasonWords = useActReasonWords();
  const { threadRef, view, seen } = useDesk();
  const { put } = useActMoves();
  const sent = useRef<z.infer<typeof ActBody> | null>(null);
  const [isFrozen, setFrozen] = useState(false);

  const post = useMutation({
    mutationFn: (act: ClaimAct) => {
      sent.current ??= {
        key: crypto.randomUUID(),
        act,
        confirmed: { buyer: view.row.buyer, amount: amountOf(act, view.row.amount) },
        seen: seen(),
      };
      const body = sent.current;
      const ref = { ...threadRef, account: view.row.accountId };
      return withPatience(() => postAct(ref, body), pause);
    },
    onSuccess: (act) => {
      put(act);
      onDone?.();
      dialog.current?.close();
    },
    onError: (error) => {
      const isAnswered = problemOf(error) !== "offline" && problemOf(error) !== "bug";
      // Refused: nothing is in the outbox, and the next press is another act.
      if (isAnswered) sent.current = null;
      setFrozen(!isAnswered);
    },
  });

  function problem(): string | null {
    if (!post.isError) return null;
    if (isFrozen) return t("unanswered");
    const reason = post.error instanceof ApiError ? reasonWords(post.error.detail.reason) : null;
    return t("notDone", { why: reason ?? errors(problemOf(post.error)) });
  }

  return { confirm: post.mutate, isBusy: post.isPending, isFrozen, problem: problem() };
}
