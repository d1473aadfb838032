import type { ReactNode } from "react";
import { cx } from "./cx";

/** A page that is read from top to bottom, not a tool with panes. */
export function Page({
  title,
  intro,
  isWide = false,
  children,
}: {
  title: string;
  intro?: string;
  isWide?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={cx(
        "mx-auto flex flex-col gap-4 px-4 py-6 sm:px-6 md:py-8",
        isWide ? "max-w-6xl" : "max-w-4xl",
      )}
    >
      <header>
        <h1 className="font-bold text-xl">{title}</h1>
        {intro !== undefined && <p className="mt-1 text-ink-2 text-md">{intro}</p>}
      </header>
      {children}
    </div>
  );
}

/** One part of such a page. */
export function Section({
  title,
  intro,
  children,
}: {
  title: string;
  intro?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="relative rounded-3 border border-line bg-pane p-4 sm:p-5">
      <h2 className="font-semibold text-lg">{title}</h2>
      {intro !== undefined && <div className="mt-0.5 text-ink-2 text-md">{intro}</div>}
      <div className="mt-4">{children}</div>
    </section>
  );
}
