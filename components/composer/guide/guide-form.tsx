"use client";

import Paperclip from "lucide-react/icons/paperclip";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState, useSyncExternalStore } from "react";
import { Counter, DraftField } from "@/components/composer/draft-field";
import { FieldFrame } from "@/components/composer/field-frame";
import { FileList } from "@/components/composer/file-list";
import { SendRow } from "@/components/composer/send-row";
import { cx } from "@/components/ui/cx";
import { iconButtonClass } from "@/components/ui/icon-button";
import type { ComposerStore } from "@/lib/client/composer-store";
import type { GuideChoice, GuideOption, ThreadView } from "@/lib/shared/api/thread";
import { lengthOf } from "@/lib/shared/message-length";
import { checkVars, isStarting, pickedOf } from "@/lib/shared/view/guide";
import { ReasonList } from "./reason-list";
import { TemplatePart } from "./template-part";
import { useReasonTitle } from "./use-reason-title";

/** The first message of a conversation: its reason, then the text or what the template asks for, one button. */
export function GuideForm({
  store,
  view,
  options,
}: {
  store: ComposerStore;
  view: ThreadView;
  options: readonly GuideOption[];
}) {
  const t = useTranslations("guide");
  const composer = useTranslations("composer");
  const threads = useTranslations("thread");
  const titleOf = useReasonTitle();
  const form = useRef<HTMLFormElement>(null);
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
  const [templateId, setTemplateId] = useState<string | null>(null);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const { draft, files, pending, reason, isWaitingForFiles } = snapshot;

  const picked = pickedOf(options, reason);
  const template =
    picked?.kind === "template"
      ? (picked.templates.find(({ id }) => id === templateId) ?? picked.templates[0] ?? null)
      : null;
  const check = checkVars(template?.vars ?? [], typed);
  const isOver = picked !== null && template === null && lengthOf(draft.text.trim()) > picked.maxLength;
  const isBusy = pending !== null || isWaitingForFiles || isStarting(view.outbox);
  const choice = choiceNow();

  function choiceNow(): GuideChoice | null {
    if (picked === null || isBusy) return null;
    if (template !== null) {
      return check.kind === "fine"
        ? { optionId: picked.id, templateId: template.id, vars: check.vars }
        : null;
    }
    return isOver || draft.text.trim() === "" ? null : { optionId: picked.id, templateId: null, vars: [] };
  }

  function sendNow(): void {
    if (choice !== null) void store.send(choice);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (choice === null) return;
    sendNow();
    setTyped({});
    focusOn("[data-composer], input[type=radio]:checked");
  }

  function focusOn(selector: string): void {
    form.current?.querySelector<HTMLElement>(selector)?.focus();
  }

  return (
    <form
      ref={form}
      aria-label={composer("form", { buyer: view.row.buyer ?? threads("buyer") })}
      onSubmit={submit}
      noValidate
      className="@container space-y-3"
    >
      <ReasonList
        options={options}
        picked={picked}
        onPick={(id) => store.pick(id)}
        onEnter={() => focusOn("input[type=number], select, [data-composer], button[type=submit]")}
      />
      <div className="sticky -bottom-3 z-1 -mb-3 bg-pane-2 pb-3">
        <FieldFrame isBad={isOver}>
          {picked !== null && template === null ? (
            <DraftField
              store={store}
              snapshot={snapshot}
              maxLength={picked.maxLength}
              label={t("field")}
              placeholder={t("placeholder")}
              sendNow={sendNow}
            >
              <FileList store={store} files={files} rules={rulesOf(view)} />
            </DraftField>
          ) : (
            <TemplatePart
              templates={picked?.templates ?? []}
              template={template}
              onTemplate={setTemplateId}
              typed={typed}
              onType={(id, value) => setTyped({ ...typed, [id]: value })}
              check={check}
              text={draft.text}
              snapshot={snapshot}
            />
          )}
          {isStarting(view.outbox) && (
            <p role="status" className="px-3 py-1 text-ink-2 text-xs">
              {t("busy")}
            </p>
          )}
          <SendRow
            start={
              <label
                className={cx(iconButtonClass(), "tip cursor-not-allowed opacity-55")}
                data-tip={t("noFiles")}
                data-side="top"
              >
                <Paperclip aria-hidden="true" />
                <input type="file" disabled aria-label={t("noFiles")} className="sr-only" />
              </label>
            }
            counter={
              picked !== null && template === null ? (
                <Counter text={draft.text} maxLength={picked.maxLength} />
              ) : null
            }
            label={
              picked !== null && template !== null
                ? t("sendAs", { what: titleOf(picked.id, "act") })
                : composer("send")
            }
            hasKeys={template === null}
            canSend={choice !== null}
            isBusy={isBusy}
          />
        </FieldFrame>
      </div>
    </form>
  );
}

function rulesOf(view: ThreadView) {
  return {
    types: view.attachmentTypes,
    maxBytes: view.maxFileBytes,
    maxPerMessage: view.maxFiles,
    maxNameLength: 200,
  };
}
