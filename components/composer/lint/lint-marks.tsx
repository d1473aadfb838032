"use client";

import { Fragment, type RefObject, useEffect, useRef } from "react";

interface Range {
  start: number;
  end: number;
}

/** Underlines, behind the words of a field, what its warnings are about. The field's own text is drawn over it: the same
 *  type and the same lines, without ink. */
export function LintMarks({
  text,
  ranges,
  field,
  className,
}: {
  text: string;
  ranges: readonly Range[];
  field: RefObject<HTMLTextAreaElement | null>;
  /** How the field sets its type and its space. */
  className: string;
}) {
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const above = field.current;
    if (above === null) return;
    const follow = () => {
      if (layer.current === null) return;
      // A scroll bar takes its room from the words.
      layer.current.style.right = `${above.offsetWidth - above.clientWidth}px`;
      layer.current.scrollTop = above.scrollTop;
    };
    follow();
    above.addEventListener("scroll", follow, { passive: true });
    return () => above.removeEventListener("scroll", follow);
  });
  if (ranges.length === 0) return null;
  return (
    <div
      ref={layer}
      aria-hidden="true"
      className={`pointer-events-none absolute inset-0 select-none overflow-hidden whitespace-pre-wrap text-transparent [overflow-wrap:break-word] forced-colors:hidden ${className}`}
    >
      {piecesOf(text, ranges).map(({ start, words, isMarked }) => (
        <Fragment key={start}>
          {isMarked ? (
            <mark
              data-at={start}
              className="rounded-[3px] bg-soon-wash text-transparent underline decoration-2 decoration-soon underline-offset-4"
            >
              {words}
            </mark>
          ) : (
            words
          )}
        </Fragment>
      ))}
      {/* A last empty line has its height only with something on it. */}
      {"\u200b"}
    </div>
  );
}

/** The text, cut where marks begin and end; ranges that overlap are one mark. */
function piecesOf(text: string, ranges: readonly Range[]) {
  const pieces: { start: number; words: string; isMarked: boolean }[] = [];
  let at = 0;
  const add = (end: number, isMarked: boolean) => {
    if (end > at) pieces.push({ start: at, words: text.slice(at, end), isMarked });
    at = Math.max(at, end);
  };
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    add(Math.min(start, text.length), false);
    add(Math.min(end, text.length), true);
  }
  add(text.length, false);
  return pieces;
}
