"use client";

import { useTranslations } from "next-intl";
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useEffect, useId } from "react";
import type { ComposerSnapshot, ComposerStore } from "@/lib/client/composer-store";
import { lengthOf } from "@/lib/shared/message-length";
import type { ChannelName } from "@/lib/shared/thread";
import { ComposerHints } from "./composer-hints";
import { useDraftLint } from "./lint/use-draft-lint";
import { useAlive } from "./use-alive";
import { useAutosize } from "./use-autosize";

/** The field's type and space, which the marks behind its words share. */
const TYPE = "px-3 pt-2.5 pb-1 text-md max-md:text-lg";

/** The one field of a conversation's draft with what there is to know about its text: the same for a plain reply and for
 *  a first message under a reason, so that whatever watches over the text does so in both. */
export function DraftField({
  store,
  snapshot,
  maxLength,
  label,
  placeholder,
  channel = "messages",
  onPaste,
  onKeyDown,
  sendNow,
  children,
}: {
  store: ComposerStore;
  snapshot: ComposerSnapshot;
  /** Characters that may be sent here. */
  maxLength: number;
  label: string;
  placeholder: string;
  /** Whose rules its text is held against. */
  channel?: ChannelName;
  onPaste?: (event: ClipboardEvent) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  /** Sends what is in the field, past the form: for whoever pressed Send and left. */
  sendNow: () => void;
  /** Between the text and the hints: its files. */
  children?: ReactNode;
}) {
  const { draft, isWaitingForFiles, problem } = snapshot;
  const isAlive = useAlive();
  const hintId = useId();
  const lint = useDraftLint({
    text: draft.text,
    maxLength,
    channel,
    rejection: snapshot.rejection,
    put: store.type,
    sendNow,
  });
  const { field, part } = lint;
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
      <div className="relative">
        {part !== null && (
          <part.LintMarks text={lint.checked} ranges={lint.marks} field={field} className={TYPE} />
        )}
        <textarea
          ref={field}
          data-composer
          aria-label={label}
          aria-describedby={`${hintId} ${hintId}lint`}
          aria-invalid={over > 0 || undefined}
          placeholder={placeholder}
          rows={2}
          value={draft.text}
          readOnly={!isAlive}
          onChange={(event) => {
            lint.onChange(event);
            store.type(event.target.value);
          }}
          onPaste={onPaste}
          onKeyDown={onKeyDown}
          onFocus={() => {
            lint.onFocus();
            store.setFocused(true);
          }}
          onBlur={() => {
            lint.onBlur();
            store.setFocused(false);
            store.flush(false);
          }}
          className={`relative block max-h-[40dvh] min-h-14 w-full resize-none rounded-2 bg-transparent [field-sizing:content] outline-none placeholder:text-ink-3 ${TYPE}`}
        />
      </div>
      {children}
      <ComposerHints
        id={hintId}
        problem={problem}
        isWaitingForFiles={isWaitingForFiles}
        isOnlyLocal={draft.isOnlyLocal}
        over={Math.max(0, over)}
        rejection={lint.rejection}
        isFound={lint.isRejectionFound}
      />
      {part !== null && (
        <part.LintNotes
          id={`${hintId}lint`}
          words={part.words}
          lines={lint.lines}
          isAsking={lint.isAsking}
          isHeld={lint.isHeld}
          repaired={lint.repaired}
          rejectedFor={lint.rejection?.reason ?? null}
          onFind={lint.find}
          onRepair={lint.repair}
          onUndoRepair={lint.undoRepair}
          onRepairAndSend={lint.repairAndSend}
          onSendAnyway={lint.sendAnyway}
          onLeave={lint.leave}
        />
      )}
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
