"use client";

import Paperclip from "lucide-react/icons/paperclip";
import { useTranslations } from "next-intl";
import {
  type ClipboardEvent,
  type DragEvent,
  type FormEvent,
  type KeyboardEvent,
  useEffect,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { iconButtonClass } from "@/components/ui/icon-button";
import type { ComposerStore } from "@/lib/client/composer-store";
import type { ThreadView } from "@/lib/shared/api/thread";
import { type AttachmentRules, acceptOf } from "@/lib/shared/attachment-rules";
import { lengthOf } from "@/lib/shared/message-length";
import { ClosedComposer } from "./closed-composer";
import { ComposerHints } from "./composer-hints";
import { FileList } from "./file-list";
import { useAutosize } from "./use-autosize";

const never = () => () => undefined;

/** Where a reply is written: one field, its files, a counter against this conversation's own limit, one button. */
export function Composer({
  store,
  view,
  check,
  undo,
}: {
  store: ComposerStore;
  view: ThreadView;
  check: { run: () => void; isBusy: boolean };
  /** Takes back what was sent last. Null: there is nothing that has not left. */
  undo: (() => void) | null;
}) {
  if (view.composer.allowed)
    return <OpenComposer store={store} view={view} maxLength={view.composer.maxLength} undo={undo} />;
  return <ClosedComposer store={store} view={view} closed={view.composer} check={check} />;
}

function OpenComposer({
  store,
  view,
  maxLength,
  undo,
}: {
  store: ComposerStore;
  view: ThreadView;
  maxLength: number;
  undo: (() => void) | null;
}) {
  const t = useTranslations("composer");
  const threads = useTranslations("thread");
  const { draft, files, pending, isWaitingForFiles, problem } = useSyncExternalStore(
    store.subscribe,
    store.snapshot,
    store.snapshot,
  );
  // What is typed or picked before the page has come alive would be lost: until then the field only shows.
  const isAlive = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [isDropping, setDropping] = useState(false);
  const hintId = useId();
  useAutosize(field, draft.text);

  const rules: AttachmentRules = {
    types: view.attachmentTypes,
    maxBytes: view.maxFileBytes,
    maxPerMessage: view.maxFiles,
    maxNameLength: 200,
  };
  const length = lengthOf(draft.text.trim());
  const isOver = length > maxLength;
  const isEmpty = draft.text.trim() === "" && files.length === 0;

  const add = (list: PickedFiles) => store.addFiles([...list], rules);
  const early = useRef(add);
  early.current = add;
  useEffect(() => {
    if (picker.current?.files?.length) early.current(picker.current.files);
  }, []);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (isOver || isEmpty) return;
    void store.send();
    field.current?.focus();
  }

  /** In an empty field there is nothing of its own to undo but what was sent from it. */
  function undoSend(event: KeyboardEvent): void {
    const isUndo =
      (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z";
    if (!isUndo || undo === null || draft.text !== "" || files.length > 0) return;
    event.preventDefault();
    undo();
  }

  function paste(event: ClipboardEvent): void {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    add(event.clipboardData.files);
  }

  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  const drag = {
    onDragOver(event: DragEvent) {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setDropping(true);
    },
    onDragLeave(event: DragEvent) {
      if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) {
        setDropping(false);
      }
    },
    onDrop(event: DragEvent) {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setDropping(false);
      add(event.dataTransfer.files);
    },
  };

  return (
    <form
      aria-label={t("form", { buyer: view.row.buyer ?? threads("buyer") })}
      onSubmit={submit}
      {...drag}
      className="relative shrink-0 border-line border-t bg-pane-2 px-5 py-3 max-md:px-3"
    >
      <div
        className={cx(
          "mx-auto max-w-[64rem] rounded-2 border bg-pane transition-shadow",
          "focus-within:border-accent focus-within:shadow-[0_0_0_3px_var(--accent-wash)]",
          isOver ? "border-due" : "border-line-strong",
        )}
      >
        <textarea
          ref={field}
          data-composer
          aria-label={t("field")}
          aria-describedby={hintId}
          aria-invalid={isOver || undefined}
          placeholder={t("placeholder")}
          rows={2}
          value={draft.text}
          readOnly={!isAlive}
          onChange={(event) => store.type(event.target.value)}
          onPaste={paste}
          onKeyDown={undoSend}
          onFocus={() => store.setFocused(true)}
          onBlur={() => {
            store.setFocused(false);
            store.flush(false);
          }}
          className="block max-h-[40dvh] min-h-14 w-full resize-none rounded-2 bg-transparent [field-sizing:content] px-3 pt-2.5 pb-1 text-md outline-none placeholder:text-ink-3 max-md:text-lg"
        />
        <FileList store={store} files={files} rules={rules} />
        <ComposerHints
          id={hintId}
          problem={problem}
          isWaitingForFiles={isWaitingForFiles}
          isOnlyLocal={draft.isOnlyLocal}
          over={isOver ? length - maxLength : 0}
        />
        <div className="flex items-center gap-2 px-2 pb-2">
          <label
            className={cx(
              iconButtonClass(),
              "tip cursor-pointer has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent",
            )}
            data-tip={t("attach")}
            data-side="top"
          >
            <Paperclip aria-hidden="true" />
            <input
              ref={picker}
              type="file"
              multiple
              aria-label={t("attach")}
              accept={acceptOf(rules)}
              onChange={(event) => {
                if (event.target.files) add(event.target.files);
                event.target.value = "";
              }}
              className="sr-only"
            />
          </label>
          <span className="flex-1" />
          <span className={cx("text-xs tabular-nums", isOver ? "font-semibold text-due" : "text-ink-3")}>
            <span aria-hidden="true">{`${length} / ${maxLength}`}</span>
            <span className="sr-only">{t("counter", { count: length, max: maxLength })}</span>
          </span>
          <Button
            type="submit"
            variant="primary"
            disabled={!isAlive || isOver || isEmpty || pending !== null}
            aria-busy={isWaitingForFiles || pending !== null}
          >
            {t("send")}
            <span aria-hidden="true" className="font-medium text-2xs opacity-80 max-md:hidden">
              Ctrl ↵
            </span>
          </Button>
        </div>
      </div>
      {isDropping && (
        <div className="pointer-events-none absolute inset-2 grid place-items-center rounded-2 border-2 border-accent border-dashed bg-accent-wash font-semibold text-accent text-md">
          {t("drop")}
        </div>
      )}
    </form>
  );
}

type PickedFiles = globalThis.FileList;
