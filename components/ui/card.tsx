import type { ReactNode } from "react";
import { cx } from "./cx";

/** A framed group. With a title it is a labelled section; `level` keeps the headings of the page in order. */
export function Card({
  title,
  level = 2,
  className,
  children,
}: {
  title?: string;
  level?: 2 | 3;
  className?: string;
  children: ReactNode;
}) {
  const Heading = level === 2 ? "h2" : "h3";
  const box = cx("rounded-2 border border-line bg-pane p-3", className);
  if (title === undefined) return <div className={box}>{children}</div>;
  return (
    <section className={box} aria-label={title}>
      <Heading className="mb-2 font-semibold text-ink-3 text-sm">{title}</Heading>
      {children}
    </section>
  );
}
