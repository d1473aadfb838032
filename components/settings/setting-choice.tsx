"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { type ApiProblem, problemOf } from "@/lib/client/api-error";
import { patchMe } from "@/lib/client/calls";

export interface SettingOption {
  value: string;
  label: string;
  hint?: string;
  lang?: string;
}

type Setting = "markRead" | "locale" | "theme" | "undoSeconds";

/** One setting as a group of radio buttons, saved when one is picked; a refusal puts the earlier one back and says why. */
export function SettingChoice({
  setting,
  legend,
  value,
  options,
}: {
  setting: Setting;
  legend: string;
  value: string;
  options: readonly SettingOption[];
}) {
  const t = useTranslations("settings");
  const errors = useTranslations("errors");
  const router = useRouter();
  const [picked, setPicked] = useState(value);
  const [outcome, setOutcome] = useState<"saved" | ApiProblem | null>(null);
  const [isSaving, startSaving] = useTransition();

  const pick = (next: string) => {
    const before = picked;
    setPicked(next);
    setOutcome(null);
    if (setting === "theme") showTheme(next);
    startSaving(async () => {
      try {
        await save(setting, next);
        setOutcome("saved");
        router.refresh();
      } catch (error) {
        setPicked(before);
        if (setting === "theme") showTheme(before);
        setOutcome(problemOf(error));
      }
    });
  };

  return (
    <fieldset disabled={isSaving}>
      <legend className="sr-only">{legend}</legend>
      <div className="-mx-2 flex flex-col">
        {options.map((option) => (
          <label
            key={option.value}
            className="flex min-h-11 cursor-pointer items-start gap-3 rounded-1 px-2 py-2 hover:bg-pane-2 md:min-h-9"
          >
            <input
              type="radio"
              name={setting}
              value={option.value}
              checked={picked === option.value}
              onChange={() => pick(option.value)}
              className="mt-0.5 size-4 shrink-0 accent-(--accent)"
            />
            <span lang={option.lang}>
              <span className="block font-medium text-ink">{option.label}</span>
              {option.hint !== undefined && <span className="block text-ink-2 text-sm">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      <p role="status" className="absolute top-4 right-4 text-sm sm:top-5 sm:right-5">
        {outcome === "saved" && <span className="text-fine">{t("saved")}</span>}
        {outcome !== null && outcome !== "saved" && (
          <span className="text-due">{t("failed", { why: errors(outcome) })}</span>
        )}
      </p>
    </fieldset>
  );
}

/** Shown at once; the next page from the server says the same. */
function showTheme(theme: string): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function wireValue(setting: Setting, value: string): string | number | null {
  if (setting === "undoSeconds") return Number(value);
  return setting === "locale" && value === "auto" ? null : value;
}

async function save(setting: Setting, value: string): Promise<void> {
  await patchMe({ [setting]: wireValue(setting, value) });
  if (setting === "locale") {
    // The sign-in page of this browser speaks the same language from now on. Losing this changes nothing else.
    await fetch(`/?lang=${value}`, { redirect: "manual" }).catch(() => null);
  }
}
