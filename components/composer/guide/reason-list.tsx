"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId } from "react";
import { cx } from "@/components/ui/cx";
import type { GuideOption } from "@/lib/shared/api/thread";
import { offOf, reasonKeyOf } from "@/lib/shared/view/guide";
import { useReasonTitle } from "./use-reason-title";

/** The reasons, each with what it is for, how many are left, and why it cannot be used if it cannot. */
export function ReasonList({
  options,
  picked,
  onPick,
  onEnter,
}: {
  options: readonly GuideOption[];
  picked: GuideOption | null;
  onPick: (optionId: string) => void;
  /** Enter on a reason goes on to what it asks for. It sends nothing. */
  onEnter: () => void;
}) {
  const t = useTranslations("guide");
  const name = useId();

  function go(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onEnter();
  }

  return (
    <fieldset onKeyDown={go}>
      <legend className="mb-1.5 font-semibold text-ink-2 text-sm">{t("legend")}</legend>
      <div className="grid gap-1.5 @2xl:grid-cols-2">
        {options.map((option) => (
          <Reason
            key={option.id}
            name={name}
            option={option}
            isPicked={option === picked}
            onPick={() => onPick(option.id)}
          />
        ))}
      </div>
    </fieldset>
  );
}

function Reason({
  name,
  option,
  isPicked,
  onPick,
}: {
  name: string;
  option: GuideOption;
  isPicked: boolean;
  onPick: () => void;
}) {
  const t = useTranslations("guide");
  const titleOf = useReasonTitle();
  const id = useId();
  const off = offOf(option);
  return (
    <label
      className={cx(
        "flex min-h-11 gap-2.5 rounded-2 border px-3 py-2 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent",
        isPicked ? "border-accent bg-accent-wash" : "border-line",
        off === null ? "cursor-pointer" : "cursor-not-allowed",
        !isPicked && off === null && "bg-pane hover:border-line-strong",
      )}
    >
      <input
        type="radio"
        name={name}
        value={option.id}
        checked={isPicked}
        disabled={off !== null}
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-what ${id}-left`}
        onChange={onPick}
        className="mt-0.5 size-4 shrink-0 accent-accent outline-none"
      />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline justify-between gap-2">
          <span
            id={`${id}-title`}
            className={cx(
              "min-w-0 font-medium text-md [overflow-wrap:anywhere]",
              off !== null && "text-ink-3",
            )}
          >
            {titleOf(option.id, "title")}
          </span>
          <span id={`${id}-left`} className="shrink-0 text-ink-3 text-xs tabular-nums">
            {option.kind === "template" && (
              <>
                <span aria-hidden="true">{t("kind.short")}</span>
                <span className="sr-only">{t("kind.template")}.</span>
              </>
            )}
            {option.kind === "template" && option.left !== null && <span aria-hidden="true"> · </span>}
            {option.left !== null && (
              <>
                <span aria-hidden="true" className={cx(option.left > 0 && "font-semibold text-fine")}>
                  {t("left", { count: option.left })}
                </span>
                <span className="sr-only">{t("leftLong", { count: option.left })}</span>
              </>
            )}
          </span>
        </span>
        <span id={`${id}-what`} className={cx("block text-sm", off === null ? "text-ink-2" : "text-ink-3")}>
          {off === null ? t(`option.${reasonKeyOf(option.id)}.what`, { code: option.id }) : t(`off.${off}`)}
        </span>
      </span>
    </label>
  );
}
