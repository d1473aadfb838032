"use client";

import { useRef } from "react";
import { useDesk } from "@/components/claim/use-desk";
import { amountOf } from "@/lib/shared/view/claim-acts";
import { AskFrame } from "./ask-frame";
import { useAsk, useStop } from "./use-ask";
import { useConfirm } from "./use-confirm";

/** Asks before an act that has nothing to choose. */
export function PlainDialog({
  kind,
  onClose,
}: {
  kind: "refund" | "allowReplace" | "openDispute" | "reviewOk";
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { row } = useDesk().view;
  const { confirm, isBusy, problem } = useConfirm(dialog);
  return (
    <AskFrame
      ask={useAsk(kind, amountOf({ kind }, row.amount))}
      missing={null}
      stop={useStop(kind)}
      isBusy={isBusy}
      problem={problem}
      dialog={dialog}
      onConfirm={() => confirm({ kind })}
      onClose={onClose}
    />
  );
}
