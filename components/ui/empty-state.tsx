import type { ReactNode } from "react";
import { cx } from "./cx";

/** Nothing here: says what will appear and when. */
export function EmptyState({
  icon,
  title,
  level = 2,
  action,
  className,
  children,
}: {
  icon?: ReactNode;
  title: string;
  level?: 1 | 2 | 3;
  action?: ReactNode;
  className?: string;
  children?: ReactNode;
}) {
  const Heading = level === 1 ? "h1" : level === 2 ? "h2" : "h3";
  return (
    <div className={cx("mx-auto flex max-w-sm flex-col items-center px-6 py-12 text-center", className)}>
      {icon !== undefined && (
        <span
          aria-hidden="true"
          className="mb-4 inline-flex size-12 items-center justify-center rounded-3 border border-line bg-pane-2 text-ink-3 [&_svg]:size-6"
        >
          {icon}
        </span>
      )}
      <Heading className="font-semibold text-ink text-lg">{title}</Heading>
      {children !== undefined && <div className="mt-1 text-ink-2 text-md">{children}</div>}
      {action !== undefined && <div className="mt-5">{action}</div>}
    </div>
  );
}
