"use client";

import CircleAlert from "lucide-react/icons/circle-alert";
import { useTranslations } from "next-intl";
import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from "react";
import { Fact } from "@/components/context/fact";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** What a confirmation says and asks. */
export interface Ask {
  title: string;
  /** What happens when it is confirmed. */
  does: string;
  facts: readonly { label: string; value: string | null }[];
  /** That it cannot be undone. */
  final: string;
  /** The press must be preceded by a tick. */
  hasTick: boolean;
  /** The name of the button: the act, the amount, the buyer. */
  confirm: string;
}

/** Asks before an act. The focus starts on the question, never on the button that confirms; no key but a press of that very
 *  button confirms anything; and while something is missing the press says what. A native dialog: it holds the focus and
 *  gives it back to what opened it. */
export function AskFrame({
  ask,
  missing,
  stop,
  isBusy,
  problem,
  dialog,
  onConfirm,
  onClose,
  children,
}: {
  ask: Ask;
  /** What is still to fill in. Null: nothing. */
  missing: string | null;
  /** Why it cannot be confirmed at all (any more). */
  stop: string | null;
  isBusy: boolean;
  /** Why the last press did nothing, or what is not known of it. */
  problem: string | null;
  dialog: RefObject<HTMLDialogElement | null>;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
}) {
  const t = useTranslations("claim.ask");
  const titleId = useId();
  const title = useRef<HTMLHeadingElement>(null);
  const [isTicked, setTicked] = useState(false);
  const [told, setTold] = useState<string | null>(null);

  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
    title.current?.focus();
  }, [dialog]);

  const lacks = missing ?? (ask.hasTick && !isTicked ? t("tickNeeded") : null);
  const canConfirm = lacks === null && stop === null && !isBusy;

  function press(): void {
    if (isBusy || stop !== null) return;
    setTold(lacks);
    if (lacks === null) onConfirm();
  }

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      className="ask-dialog text-left text-ink"
    >
      <h2 ref={title} id={titleId} tabIndex={-1} className="font-semibold text-lg outline-none">
        {ask.title}
      </h2>
      <p className="mt-1 text-ink-2 text-md">{ask.does}</p>
      <dl className="mt-3 border-line border-y py-2">
        {ask.facts.map(({ label, value }) => (
          <Fact key={label} label={label}>
            {value}
          </Fact>
        ))}
      </dl>
      <div className="mt-3 space-y-3">{children}</div>
      <p className="mt-3 flex items-start gap-2 font-semibold text-sm text-soon">
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        {ask.final}
      </p>
      {ask.hasTick && stop === null && (
        <label className="mt-2 flex min-h-11 cursor-pointer items-center gap-3 rounded-1 border border-line px-3 py-2 text-md">
          <input
            type="checkbox"
            checked={isTicked}
            disabled={isBusy}
            onChange={(event) => setTicked(event.target.checked)}
            className="size-4 shrink-0 accent-(--accent)"
          />
          {t("tick")}
        </label>
      )}
      {stop !== null && (
        <Notice tone="mute" role="alert" className="mt-3">
          {stop}
        </Notice>
      )}
      {problem !== null && (
        <Notice tone="due" role="alert" className="mt-3">
          {problem}
        </Notice>
      )}
      <p role="status" className="mt-2 text-sm text-soon empty:hidden">
        {told !== null && lacks}
      </p>
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button onClick={() => dialog.current?.close()} className="max-md:w-full">
          {t("close")}
        </Button>
        <Button
          variant="primary"
          aria-disabled={!canConfirm}
          isBusy={isBusy}
          onClick={press}
          className="min-w-0 shrink! whitespace-normal! text-center max-md:w-full md:h-auto md:min-h-9 md:py-1.5"
        >
          {ask.confirm}
        </Button>
      </div>
    </dialog>
  );
}
