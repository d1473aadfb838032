import { useLocale } from "next-intl";
import { barPath, barsOf, middleOf, type Plot } from "@/lib/shared/view/leads-chart";

/** One series of the chart. */
export interface ChartPanel {
  key: string;
  title: string;
  /** Null: nothing of it is known. */
  total: number | null;
  /** One for each slot; null: not known. */
  values: readonly (number | null)[];
  /** The series in a sentence, for who does not see it. */
  telling: string;
}

/** One series as bars on lines with numbers. The bars of time that is not over are light. */
export function SeriesPanel({
  panel,
  plot,
  width,
  ticks,
  openFrom,
  current,
  axis,
}: {
  panel: ChartPanel;
  plot: Plot;
  width: number;
  ticks: readonly number[];
  /** The first slot that is not over. */
  openFrom: number;
  /** The slot that is looked at. */
  current: number | null;
  /** What stands under the bars: of the lowest panel only. */
  axis: readonly { index: number; text: string }[];
}) {
  const locale = useLocale();
  const number = new Intl.NumberFormat(locale);
  const top = ticks.at(-1) ?? 1;
  const bars = barsOf(panel.values, top, plot);
  const height = HEAD + plot.height + (axis.length > 0 ? AXIS : FOOT);
  const place = plot.width / Math.max(1, bars.length);
  return (
    <svg
      role="img"
      aria-label={panel.telling}
      width={width}
      height={height}
      viewBox={`0 ${-HEAD} ${width} ${height}`}
      className="block max-w-full"
    >
      {ticks.map((tick) => {
        const y = plot.height - (tick / top) * plot.height;
        return (
          <g key={tick}>
            <line
              x1={plot.left}
              x2={plot.left + plot.width}
              y1={y}
              y2={y}
              className={tick === 0 ? "stroke-line-strong" : "stroke-line"}
              shapeRendering="crispEdges"
            />
            <text x={plot.left - 8} y={y + 3.5} textAnchor="end" className="fill-ink-3 text-2xs">
              {number.format(tick)}
            </text>
          </g>
        );
      })}
      {current !== null && (
        <rect
          x={plot.left + current * place}
          y={0}
          width={place}
          height={plot.height}
          className="fill-accent-wash"
        />
      )}
      {bars.map((bar, index) => (
        <path
          // A bar is its place: series are never reordered.
          key={`${panel.key} ${Math.round(bar.x * 100)}`}
          d={barPath(bar)}
          className={index >= openFrom ? "fill-accent opacity-55" : "fill-accent"}
        />
      ))}
      {axis.map(({ index, text }) => (
        <g key={index}>
          <line
            x1={middleOf(index, bars.length, plot)}
            x2={middleOf(index, bars.length, plot)}
            y1={plot.height}
            y2={plot.height + 4}
            className="stroke-line-strong"
            shapeRendering="crispEdges"
          />
          <text
            // A sign of this size is little more than six pixels wide.
            x={Math.min(middleOf(index, bars.length, plot), width - text.length * 3.2)}
            y={plot.height + 17}
            textAnchor="middle"
            className="fill-ink-3 text-2xs"
          >
            {text}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** Room for the labels under the bars, and for half a number above and below them. */
const AXIS = 22;
const HEAD = 8;
const FOOT = 6;
