"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { ComposerHints } from "@/components/composer/composer-hints";
import type { ComposerSnapshot } from "@/lib/client/composer-store";
import type { GuideOption } from "@/lib/shared/api/thread";
import { roleOf, type VarsCheck, varNameOf } from "@/lib/shared/view/guide";

type Template = GuideOption["templates"][number];

/** In the text's place when Mercado Libre writes it: what its template asks for. What was typed waits for another reason. */
export function TemplatePart({
  templates,
  template,
  onTemplate,
  typed,
  onType,
  check,
  text,
  snapshot,
}: {
  templates: readonly Template[];
  /** Null: no reason is picked yet. */
  template: Template | null;
  onTemplate: (id: string) => void;
  typed: Readonly<Record<string, string>>;
  onType: (varId: string, value: string) => void;
  check: VarsCheck;
  /** What is written: in sight until a reason is picked, and not sent with a template. */
  text: string;
  snapshot: Pick<ComposerSnapshot, "problem">;
}) {
  const t = useTranslations("guide");
  const hintId = useId();
  const isWrong = check.kind === "whole" || check.kind === "order";
  const isAlone = template === null || template.vars.length === 0;
  return (
    <>
      {templates.length > 1 && (
        <label className="flex items-center gap-2 px-3 pt-2.5 text-sm">
          <span className="text-ink-2">{t("template")}</span>
          <select
            value={template?.id ?? ""}
            onChange={(event) => onTemplate(event.target.value)}
            className="h-9 min-w-0 rounded-1 border border-line-strong bg-pane px-2 max-md:h-11"
          >
            {templates.map(({ id }, index) => (
              <option key={id} value={id}>
                {t("templateNumber", { number: index + 1 })}
              </option>
            ))}
          </select>
        </label>
      )}
      {template !== null && template.vars.length > 0 && (
        <div className="flex flex-wrap gap-x-5 gap-y-2 px-3 pt-3">
          {template.vars.map((id) => (
            <label key={id} className="flex items-center gap-2 text-md">
              <span className="text-ink-2">{labelOf(id)}</span>
              <input
                type="number"
                min={1}
                max={24}
                step={1}
                inputMode="numeric"
                autoComplete="off"
                value={typed[id] ?? ""}
                aria-invalid={isWrong || undefined}
                aria-describedby={hintId}
                onChange={(event) => onType(id, event.target.value)}
                className="h-9 w-20 rounded-1 border border-line-strong bg-pane px-2 text-center tabular-nums aria-invalid:border-due max-md:h-11 max-md:text-lg"
              />
              <span aria-hidden="true" className="text-ink-3">
                {t("hours")}
              </span>
            </label>
          ))}
        </div>
      )}
      <textarea
        disabled
        aria-label={t("field")}
        value={template === null ? text : ""}
        readOnly
        rows={isAlone ? 2 : 1}
        placeholder={template === null ? t("pickPlaceholder") : t("templatePlaceholder")}
        className="block w-full resize-none bg-transparent [field-sizing:content] px-3 pt-2.5 pb-1 text-ink-2 text-md placeholder:text-ink-2"
      />
      <div id={hintId} aria-live="polite" className="px-3">
        {isWrong && <p className="py-1 text-due text-xs">{t(`vars.${check.kind}`)}</p>}
        {text.trim() !== "" && (
          <p className="py-1 text-ink-2 text-xs">{t(template === null ? "pickToSend" : "kept")}</p>
        )}
      </div>
      <ComposerHints
        id={`${hintId}-problem`}
        problem={snapshot.problem}
        isWaitingForFiles={false}
        isOnlyLocal={false}
        over={0}
      />
    </>
  );

  function labelOf(varId: string): string {
    const role = roleOf(varId);
    return role === "other" ? varNameOf(varId) : t(role);
  }
}
