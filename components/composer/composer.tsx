"use client";

import CircleAlert from "lucide-react/icons/circle-alert";
import Paperclip from "lucide-react/icons/paperclip";
import { useTranslations } from "next-intl";
import {
  type ClipboardEvent,
  type DragEvent,
  type FormEvent,
  type KeyboardEvent,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { type ComposerParts, ThreadDeskContext, useThreadKit } from "@/components/thread/thread-kit";
import { cx } from "@/components/ui/cx";
import { iconButtonClass } from "@/components/ui/icon-button";
import type { ComposerStore } from "@/lib/client/composer-store";
import type { threadGuideOptions } from "@/lib/client/queries";
import type { ComposerView, ThreadView } from "@/lib/shared/api/thread";
import { type AttachmentRules, acceptOf } from "@/lib/shared/attachment-rules";
import { lengthOf } from "@/lib/shared/message-length";
import { ClosedComposer } from "./closed-composer";
import { Counter, DraftField } from "./draft-field";
import { FieldFrame } from "./field-frame";
import { FileList } from "./file-list";
import { LiveState } from "./live-state";
import { SendRow } from "./send-row";

/** Where a reply is written: one field, its files, a counter against this conversation's own limit, one button. What
 *  takes its place while nothing may be sent stands here too, so that a change while somebody writes is told and led through. */
export function Composer({
  store,
  view,
  guide,
  check,
  undo,
}: {
  store: ComposerStore;
  view: ThreadView;
  /** Asks how the conversation may be begun. */
  guide: ReturnType<typeof threadGuideOptions>;
  check: { run: () => void; isBusy: boolean };
  /** Takes back what was sent last. Null: there is nothing that has not left. */
  undo: (() => void) | null;
}) {
  const { composer } = view;
  return (
    <LiveState store={store} composer={composer}>
      {composer.allowed ? (
        <OpenComposer store={store} view={view} composer={composer} undo={undo} />
      ) : (
        <ClosedComposer store={store} view={view} closed={composer} guide={guide} check={check} />
      )}
    </LiveState>
  );
}

interface OpenProps {
  store: ComposerStore;
  view: ThreadView;
  composer: Extract<ComposerView, { allowed: true }>;
  undo: (() => void) | null;
}

function OpenComposer(props: OpenProps) {
  const { store, view, composer } = props;
  const kit = useThreadKit(view);
  const { draft, to } = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
  if (kit === null) return <ComposerForm {...props} parts={null} />;
  return (
    <kit.Composing composer={composer} text={draft.text} to={to} onTo={store.address}>
      {(parts) => <ComposerForm {...props} parts={parts} />}
    </kit.Composing>
  );
}

function ComposerForm({
  store,
  view,
  composer: { maxLength, isOnlyOne },
  undo,
  parts,
}: OpenProps & {
  /** What the composer of its channel says otherwise. */
  parts: ComposerParts | null;
}) {
  const t = useTranslations("composer");
  const threads = useTranslations("thread");
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
  const { draft, files, pending, isWaitingForFiles } = snapshot;
  const desk = useContext(ThreadDeskContext);
  const picker = useRef<HTMLInputElement>(null);
  const [isDropping, setDropping] = useState(false);

  const rules: AttachmentRules = {
    types: view.attachmentTypes,
    maxBytes: view.maxFileBytes,
    maxPerMessage: view.maxFiles,
    maxNameLength: 200,
  };
  const takesFiles = rules.maxPerMessage > 0 && rules.types.length > 0;
  const isOver = lengthOf(draft.text.trim()) > maxLength;
  const isEmpty = draft.text.trim() === "" && files.length === 0;

  const add = (list: PickedFiles) => store.addFiles([...list], rules);
  const early = useRef(add);
  early.current = add;
  useEffect(() => {
    const input = picker.current;
    if (!input?.files?.length) return;
    early.current(input.files);
    // The browser's own word of the same pick may still come: it finds nothing to add then.
    input.value = "";
  }, []);

  function sendNow(): void {
    if (!isOver && !isEmpty && (parts === null || parts.askTo === null))
      void store.send(undefined, parts?.to ?? undefined);
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (isOver || isEmpty) return;
    if (parts !== null && parts.askTo !== null) {
      parts.askTo();
      return;
    }
    sendNow();
    event.currentTarget.querySelector<HTMLElement>("[data-composer]")?.focus();
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
    if (!takesFiles || event.clipboardData.files.length === 0) return;
    event.preventDefault();
    add(event.clipboardData.files);
  }

  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  const drag = {
    onDragOver(event: DragEvent) {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setDropping(takesFiles);
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
      if (takesFiles) add(event.dataTransfer.files);
    },
  };

  return (
    <form
      aria-label={parts?.formLabel ?? t("form", { buyer: view.row.buyer ?? threads("buyer") })}
      onSubmit={submit}
      {...drag}
      className="relative shrink-0 border-line border-t bg-pane-2 px-5 py-3 max-md:px-3"
    >
      {isOnlyOne && parts === null && (
        <p className="mx-auto mb-2 flex max-w-[64rem] items-start gap-2 text-sm text-soon">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {t("onlyOne")}
        </p>
      )}
      {parts?.above}
      <FieldFrame isBad={isOver}>
        <DraftField
          store={store}
          snapshot={snapshot}
          maxLength={maxLength}
          label={t("field")}
          placeholder={parts?.placeholder ?? t("placeholder")}
          channel={view.row.channel}
          onPaste={paste}
          onKeyDown={undoSend}
          sendNow={sendNow}
        >
          <FileList store={store} files={files} rules={rules} />
        </DraftField>
        <SendRow
          start={
            takesFiles ? (
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
            ) : (
              // An answer takes no files: the field that every composer has is there, and shut.
              <input type="file" disabled hidden aria-label={t("attach")} />
            )
          }
          counter={
            parts?.counter === undefined ? <Counter text={draft.text} maxLength={maxLength} /> : parts.counter
          }
          label={t("send")}
          canSend={!isOver && !isEmpty && pending === null}
          isBusy={isWaitingForFiles || pending !== null}
          hint={desk?.onward ? t("sendAndNext") : null}
        />
      </FieldFrame>
      {isDropping && (
        <div className="pointer-events-none absolute inset-2 grid place-items-center rounded-2 border-2 border-accent border-dashed bg-accent-wash font-semibold text-accent text-md">
          {t("drop")}
        </div>
      )}
    </form>
  );
}

type PickedFiles = globalThis.FileList;
