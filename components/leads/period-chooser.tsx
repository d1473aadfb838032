"use client";

import CalendarDays from "lucide-react/icons/calendar-days";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { dayIn, LONGEST_DAYS, type PeriodChoice, PRESETS } from "@/lib/shared/contacts/periods";
import { daysOf, rangeProblem, SPOKEN, spokenRange } from "@/lib/shared/view/leads-period";
import { FIELD } from "./field";
import { PILL, PILL_AWAY, PILL_HERE, Pills } from "./pills";
import type { LeadsPlace } from "./use-leads-address";

/** Which time the page is about: the last hours or days, or two dates. */
export function PeriodChooser({ place, timeZone, now }: { place: LeadsPlace; timeZone: string; now: Date }) {
  const t = useTranslations("leads.period");
  const { period } = place.address;
  const isOwn = "from" in period;
  const [isOpen, setOpen] = useState(false);
  const formId = useId();
  const here = (preset: string) => "preset" in period && period.preset === preset;
  return (
    <div className="flex min-w-0 flex-col items-start gap-2">
      <Pills
        label={t("label")}
        place={place}
        pills={PRESETS.map((preset) => ({
          key: preset,
          label: t(`short.${preset}`),
          name: t(`long.${preset}`),
          isHere: here(preset),
          change: { period: { preset } },
        }))}
      >
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? formId : undefined}
          aria-current={isOwn ? "true" : undefined}
          onClick={() => setOpen(!isOpen)}
          className={cx(PILL, isOwn ? PILL_HERE : PILL_AWAY)}
        >
          <CalendarDays aria-hidden="true" className="size-4" />
          {t("own")}
        </button>
      </Pills>
      {isOpen && (
        <RangeForm
          id={formId}
          period={period}
          timeZone={timeZone}
          now={now}
          onChoose={(chosen) => {
            place.go({ period: chosen });
            setOpen(false);
          }}
        />
      )}
    </div>
  );
}

function RangeForm({
  id,
  period,
  timeZone,
  now,
  onChoose,
}: {
  id: string;
  period: PeriodChoice;
  timeZone: string;
  now: Date;
  onChoose: (choice: PeriodChoice) => void;
}) {
  const t = useTranslations("leads.period");
  const first = daysOf(period, now, timeZone);
  const [from, setFrom] = useState(first.from);
  const [to, setTo] = useState(first.to);
  const [isTried, setTried] = useState(false);
  const errorId = useId();
  const problem = rangeProblem({ from, to }, now, timeZone);
  const isWrong = isTried && problem !== null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problem === null) onChoose({ from, to });
  };
  const field = (label: string, value: string, set: (value: string) => void) => (
    <label className="flex flex-col gap-1 text-ink-2 text-sm">
      {label}
      <input
        type="date"
        value={value}
        max={dayIn(now, timeZone)}
        onChange={({ target }) => set(target.value)}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? errorId : undefined}
        className={FIELD}
      />
    </label>
  );
  return (
    <form
      id={id}
      onSubmit={submit}
      noValidate
      className="flex flex-col gap-3 rounded-2 border border-line bg-pane p-3"
    >
      <fieldset className="flex flex-wrap gap-2">
        <legend className="sr-only">{t("spoken.label")}</legend>
        {SPOKEN.map((which) => (
          <Button key={which} size="sm" onClick={() => onChoose(spokenRange(which, now, timeZone))}>
            {t(`spoken.${which}`)}
          </Button>
        ))}
      </fieldset>
      <div className="flex flex-wrap items-end gap-3">
        {field(t("from"), from, setFrom)}
        {field(t("to"), to, setTo)}
        <Button type="submit" variant="primary">
          {t("show")}
        </Button>
      </div>
      {isWrong && (
        <p id={errorId} role="alert" className="text-due text-sm">
          {t(problem, { days: LONGEST_DAYS })}
        </p>
      )}
    </form>
  );
}
