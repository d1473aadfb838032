import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type RefObject, useRef, useState } from "react";
import type * as z from "zod/mini";
import { useActMoves } from "@/components/claim/use-act-moves";
import { useActReasonWords } from "@/components/claim/use-claim-words";
import { useDesk } from "@/components/claim/use-desk";
import { ApiError, type ApiErrorDetail, problemOf } from "@/lib/client/api-error";
import { keys } from "@/lib/client/keys";
import { postAct } from "@/lib/client/thread-calls";
import { withPatience } from "@/lib/client/with-patience";
import type { ActBody, ClaimAct } from "@/lib/shared/api/claim";
import { amountOf } from "@/lib/shared/view/claim-acts";

/** Of our server's (lib/server/inbox/act-faults.ts). */
const DATE_FAULTS: ReadonlySet<string> = new Set(["not_a_day", "future", "past", "before_shipped"]);

/** Puts what was confirmed in the outbox, once per dialog: pressed again after no answer came, it is the same act with the
 *  same key, and what it says can no longer be changed. */
export function useConfirm(dialog: RefObject<HTMLDialogElement | null>, onDone?: () => void) {
  const t = useTranslations("claim.ask");
  const errors = useTranslations("errors");
  const reasonWords = useActReasonWords();
  const client = useQueryClient();
  const { viewer, threadRef, view, seen } = useDesk();
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
      return withPatience(() => postAct(ref, body));
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
      // The claim, its sale or its acts are not as they were shown: the question shows them as they are.
      void client.invalidateQueries({ queryKey: keys.thread(viewer, threadRef) });
    },
  });

  function problem(): string | null {
    if (!post.isError) return null;
    if (isFrozen) return t("unanswered");
    const why = post.error instanceof ApiError ? whyOf(post.error.detail) : null;
    return t("notDone", { why: why ?? errors(problemOf(post.error)) });
  }

  function whyOf({ reason, fields }: ApiErrorDetail): string | null {
    if (fields?.confirmed === "stale") return t("stale");
    if (Object.values(fields ?? {}).some((fault) => DATE_FAULTS.has(fault))) return t("badDates");
    return reasonWords(reason);
  }

  return { confirm: post.mutate, isBusy: post.isPending, isFrozen, problem: problem() };
}
