"use client";

import { useLocale, useTranslations } from "next-intl";
import { type PointerEvent, useId, useState } from "react";
import type { Unit } from "@/lib/shared/contacts/buckets";
import { barAt, middleOf, type Plot, ticksFor } from "@/lib/shared/view/leads-chart";
import { type ChartPanel, SeriesPanel } from "./series-panel";
import { useWidth } from "./use-width";

/** One hour or day of all panels. */
export interface ChartSlot {
  key: string;
  /** Exact and long, for the hint: "Thursday, 19 November". */
  name: string;
}

/** Room for the numbers beside the lines, and at the other end. */
const LEFT = 40;
const RIGHT = 8;
const TIP = 208;
const FIRST_WIDTH = 720;

/** Several series over the same time, one under the other, so that neither colour nor order is needed to tell them apart.
 *  The pointer, a finger or the arrow keys read any hour or day of all of them at once. */
export function SeriesChart({
  slots,
  panels,
  axisFor,
  openFrom,
  isShared,
  isLow,
  unit,
}: {
  slots: readonly ChartSlot[];
  panels: readonly ChartPanel[];
  /** What stands under the bars, in so many pixels. */
  axisFor: (width: number) => readonly { index: number; text: string }[];
  /** The first slot that is not over. */
  openFrom: number;
  /** All on one scale: they are compared. */
  isShared: boolean;
  isLow: boolean;
  unit: Unit;
}) {
  const t = useTranslations("leads.chart");
  const locale = useLocale();
  const [place, width] = useWidth<HTMLDivElement>(FIRST_WIDTH);
  const [current, setCurrent] = useState<number | null>(null);
  const hintId = useId();
  const number = new Intl.NumberFormat(locale);
  const plot: Plot = { left: LEFT, width: Math.max(40, width - LEFT - RIGHT), height: isLow ? 56 : 92 };
  const largest = (of: readonly ChartPanel[]) =>
    Math.max(0, ...of.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const shown = current === null || current >= slots.length ? null : current;
  const slot = shown === null ? undefined : slots[shown];
  const axis = axisFor(plot.width);

  const point = (event: PointerEvent<HTMLDivElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    setCurrent(barAt(event.clientX - left, slots.length, plot));
  };
  const told = (value: number | null = null) => (value === null ? t("unknown") : number.format(value));
  const valuesAt = (index: number) =>
    panels.map(({ title, values }) => t("value", { title, count: told(values[index]) })).join(", ");
  const named = (index: number, name: string) => (index >= openFrom ? t("soFar", { name }) : name);

  return (
    <div
      ref={place}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={({ pointerType }) => pointerType === "mouse" && setCurrent(null)}
      className="relative touch-pan-y rounded-1 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent has-[:focus-visible]:outline-offset-4"
    >
      <input
        type="range"
        min={0}
        max={Math.max(0, slots.length - 1)}
        step={1}
        value={shown ?? Math.max(0, slots.length - 1)}
        onChange={({ target }) => setCurrent(Number(target.value))}
        onFocus={() => setCurrent((at) => at ?? slots.length - 1)}
        onBlur={() => setCurrent(null)}
        onKeyDown={({ key }) => key === "Escape" && setCurrent(null)}
        aria-label={t("label")}
        aria-describedby={hintId}
        aria-valuetext={
          slot === undefined || shown === null ? undefined : `${named(shown, slot.name)}: ${valuesAt(shown)}`
        }
        className="sr-only"
      />
      <p id={hintId} hidden>
        {t("keys", { unit })}
      </p>
      <ul className="flex flex-col gap-2">
        {panels.map((panel, index) => (
          <li key={panel.key}>
            <p className="mb-1 flex min-w-0 items-baseline gap-2 text-sm" aria-hidden="true">
              <span className="truncate font-medium">{panel.title}</span>
              <span className="text-ink-3">{told(panel.total)}</span>
            </p>
            <SeriesPanel
              panel={panel}
              plot={plot}
              width={width}
              ticks={ticksFor(largest(isShared ? panels : [panel]), isLow ? 2 : 3)}
              openFrom={openFrom}
              current={shown}
              axis={index === panels.length - 1 ? axis : []}
            />
          </li>
        ))}
      </ul>
      {slot !== undefined && shown !== null && (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute top-6 z-10 rounded-2 border border-line bg-pane px-3 py-2 text-sm shadow-pop"
          style={{ width: TIP, left: tipLeft(middleOf(shown, slots.length, plot), width) }}
        >
          <p className="font-semibold">{named(shown, slot.name)}</p>
          <dl className="mt-1 flex flex-col gap-0.5">
            {panels.map(({ key, title, values }) => (
              <div key={key} className="flex justify-between gap-3">
                <dt className="truncate text-ink-2">{title}</dt>
                <dd className="font-semibold">{told(values[shown])}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </div>
  );
}

/** Beside the bar, at whichever side there is room. */
function tipLeft(middle: number, width: number): number {
  const right = middle + 16;
  return right + TIP <= width ? right : Math.max(0, middle - 16 - TIP);
}
