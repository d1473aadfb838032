"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useActMoves } from "@/components/claim/use-act-moves";
import { useActReasonWords, useActWords } from "@/components/claim/use-claim-words";
import { useDesk } from "@/components/claim/use-desk";
import { ApiError, problemOf } from "@/lib/client/api-error";
import type { ActView } from "@/lib/shared/api/claim";
import { needsTick } from "@/lib/shared/view/claim-acts";
import { AskFrame } from "./ask-frame";

/** Asks once more before an act that was confirmed earlier leaves after all: because the claim had moved, or because what
 *  became of the first try is not known. */
export function AgainDialog({
  act,
  what,
  onClose,
}: {
  act: ActView;
  what: "retry" | "sendAnyway";
  onClose: () => void;
}) {
  const t = useTranslations("claim.ask");
  const errors = useTranslations("errors");
  const words = useActWords()(act);
  const reasonWords = useActReasonWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const { view, claim } = useDesk();
  const { move } = useActMoves();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const isOffered = claim.offered.some((one) => one.act === act.act.kind);

  async function confirm(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await move(act, what === "retry" ? "retry" : "send_anyway");
      dialog.current?.close();
    } catch (error) {
      // What moved on meanwhile is told by its state, which is no reason.
      const isPending = error instanceof ApiError && error.detail.reason === "act_pending";
      const why = isPending ? reasonWords("act_pending") : null;
      setProblem(t("notDone", { why: why ?? errors(problemOf(error)) }));
    }
    setBusy(false);
  }

  return (
    <AskFrame
      ask={{
        title: t(`title.${what}`),
        does: t(`does.${what}`),
        facts: [
          { label: t("what"), value: words },
          { label: t("to"), value: act.confirmed.buyer },
          { label: t("sale"), value: view.row.product },
        ],
        final: t(`final.${act.act.kind}`),
        hasTick: needsTick(act.act.kind),
        confirm: `${t(`confirm.${what}`)}: ${words}`,
      }}
      missing={null}
      stop={isOffered ? null : t("gone")}
      isBusy={isBusy}
      problem={problem}
      dialog={dialog}
      onConfirm={() => void confirm()}
      onClose={onClose}
    />
  );
}
