import type { ReactNode } from "react";
import type { Tone } from "./chip";
import { cx } from "./cx";

const TONE: Readonly<Record<Tone, string>> = {
  due: "bg-due-wash [--mark:var(--due)]",
  soon: "bg-soon-wash [--mark:var(--soon)]",
  fine: "bg-fine-wash [--mark:var(--fine)]",
  mute: "bg-mute-wash [--mark:var(--mute)]",
  accent: "bg-accent-wash [--mark:var(--accent)]",
};

/** Something the reader should know: what happened, what is safe, what to do. `role="alert"` only for what just happened. */
export function Notice({
  tone,
  icon,
  title,
  role,
  className,
  children,
  action,
}: {
  tone: Tone;
  icon?: ReactNode;
  title?: ReactNode;
  role?: "alert" | "status";
  className?: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div role={role} className={cx("flex gap-3 rounded-2 px-4 py-3", TONE[tone], className)}>
      {icon !== undefined && (
        <span aria-hidden="true" className="mt-0.5 shrink-0 text-(--mark) [&_svg]:size-5">
          {icon}
        </span>
      )}
      <div className="min-w-0 flex-1">
        {title !== undefined && <p className="font-semibold text-ink text-md">{title}</p>}
        {children !== undefined && <div className="text-ink-2 text-sm">{children}</div>}
        {action !== undefined && <div className="mt-2">{action}</div>}
      </div>
    </div>
  );
}
