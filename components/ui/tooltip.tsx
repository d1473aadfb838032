import type { ReactNode } from "react";
import { cx } from "./cx";

export type TooltipSide = "top" | "bottom" | "left" | "right";

/** A hint beside a control on hover and keyboard focus: CSS only. It repeats the control's own name, never replaces it. */
export function Tooltip({
  label,
  side = "bottom",
  className,
  children,
}: {
  label: string;
  side?: TooltipSide;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span className={cx("tip inline-flex", className)} data-tip={label} data-side={side}>
      {children}
    </span>
  );
}
