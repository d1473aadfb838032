"use client";

import { useTranslations } from "next-intl";
import { useEffect, useId, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { QuestionActKind } from "@/lib/shared/api/question";
import { useDesk } from "./use-desk";
import { useQuestionAct } from "./use-question-act";
import { useBuyerName, useQuote } from "./use-question-words";

/** Asks once before something is done with a question or its buyer: what happens, and to whom. The focus starts on the
 *  question, never on the button that confirms. A native dialog holds it. */
export function AskDialog({
  act,
  onClose,
}: {
  act: QuestionActKind;
  /** `done`: what to say of it. Null: nothing was done. */
  onClose: (done: string | null) => void;
}) {
  const t = useTranslations("question.ask");
  const buyer = useBuyerName();
  const quote = useQuote();
  const { view } = useDesk();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const done = useRef<string | null>(null);
  const { run, isBusy, problem } = useQuestionAct(() => {
    done.current = capital(t(`${act}.done`, { buyer }));
    dialog.current?.close();
  });
  const text = act === "delete" || act === "hide" ? quote(view.question.asked) : null;

  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
    title.current?.focus();
  }, []);

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={() => onClose(done.current)}
      className="ask-dialog text-left text-ink"
    >
      <h2 ref={title} id={titleId} tabIndex={-1} className="font-semibold text-lg outline-none">
        {t(`${act}.title`, { buyer })}
      </h2>
      <p className="mt-1 text-ink-2 text-md">{capital(t(`${act}.does`, { buyer }))}</p>
      {text !== null && (
        <blockquote className="mt-3 border-line-strong border-l-[3px] pl-3 text-ink-2 text-sm [overflow-wrap:anywhere]">
          {text}
        </blockquote>
      )}
      {problem !== null && (
        <Notice tone="due" role="alert" className="mt-3">
          {problem}
        </Notice>
      )}
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button onClick={() => dialog.current?.close()} className="max-md:w-full">
          {t("cancel")}
        </Button>
        <Button
          variant={act === "unblock" ? "primary" : "danger"}
          isBusy={isBusy}
          onClick={() => run(act)}
          className="min-w-0 shrink! whitespace-normal! text-center max-md:w-full md:h-auto md:min-h-9 md:py-1.5"
        >
          {t(`${act}.confirm`, { buyer })}
        </Button>
      </div>
    </dialog>
  );
}

/** A buyer without a name begins the sentence as "this buyer". */
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
