"use client";

import { useTranslations } from "next-intl";
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import type { ComposerSnapshot, ComposerStore } from "@/lib/client/composer-store";
import { lengthOf } from "@/lib/shared/message-length";
import { ComposerHints } from "./composer-hints";
import { useAlive } from "./use-alive";
import { useAutosize } from "./use-autosize";

/** The one field of a conversation's draft with what there is to know about its text: the same for a plain reply and for
 *  a first message under a reason, so that whatever watches over the text does so in both. */
export function DraftField({
  store,
  snapshot,
  maxLength,
  label,
  placeholder,
  onPaste,
  onKeyDown,
  children,
}: {
  store: ComposerStore;
  snapshot: ComposerSnapshot;
  /** Characters that may be sent here. */
  maxLength: number;
  label: string;
  placeholder: string;
  onPaste?: (event: ClipboardEvent) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  /** Between the text and the hints: its files. */
  children?: ReactNode;
}) {
  const { draft, isWaitingForFiles, problem } = snapshot;
  const isAlive = useAlive();
  const field = useRef<HTMLTextAreaElement>(null);
  const hintId = useId();
  const over = lengthOf(draft.text.trim()) - maxLength;
  useAutosize(field, draft.text);
  // A field that goes while it is worked on is told of no blur: the conversation was closed meanwhile.
  useEffect(
    () => () => {
      store.setFocused(false);
      store.flush(false);
    },
    [store],
  );

  return (
    <>
      <textarea
        ref={field}
        data-composer
        aria-label={label}
        aria-describedby={hintId}
        aria-invalid={over > 0 || undefined}
        placeholder={placeholder}
        rows={2}
        value={draft.text}
        readOnly={!isAlive}
        onChange={(event) => store.type(event.target.value)}
        onPaste={onPaste}
        onKeyDown={onKeyDown}
        onFocus={() => store.setFocused(true)}
        onBlur={() => {
          store.setFocused(false);
          store.flush(false);
        }}
        className="block max-h-[40dvh] min-h-14 w-full resize-none rounded-2 bg-transparent [field-sizing:content] px-3 pt-2.5 pb-1 text-md outline-none placeholder:text-ink-3 max-md:text-lg"
      />
      {children}
      <ComposerHints
        id={hintId}
        problem={problem}
        isWaitingForFiles={isWaitingForFiles}
        isOnlyLocal={draft.isOnlyLocal}
        over={Math.max(0, over)}
      />
    </>
  );
}

/** How many characters of the limit are used. */
export function Counter({ text, maxLength }: { text: string; maxLength: number }) {
  const t = useTranslations("composer");
  const length = lengthOf(text.trim());
  return (
    <span
      className={
        length > maxLength ? "font-semibold text-due text-xs tabular-nums" : "text-ink-3 text-xs tabular-nums"
      }
    >
      <span aria-hidden="true">{`${length} / ${maxLength}`}</span>
      <span className="sr-only">{t("counter", { count: length, max: maxLength })}</span>
    </span>
  );
}
