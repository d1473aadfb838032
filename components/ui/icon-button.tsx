import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";
import { Tooltip, type TooltipSide } from "./tooltip";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label"> {
  /** The accessible name, also shown as a hint. */
  label: string;
  children: ReactNode;
  side?: TooltipSide;
  variant?: "ghost" | "outline";
}

/** A button that is only a picture: 36 px, 44 px on a phone. */
export function IconButton({
  label,
  side = "bottom",
  variant = "ghost",
  type = "button",
  className,
  children,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} side={side}>
      <button type={type} aria-label={label} className={cx(iconButtonClass(variant), className)} {...rest}>
        {children}
      </button>
    </Tooltip>
  );
}

/** The look of an icon button, for a link or a label that must have it. */
export function iconButtonClass(variant: "ghost" | "outline" = "ghost"): string {
  return cx(
    "inline-flex size-9 shrink-0 items-center justify-center rounded-1 text-ink-2 max-md:size-11",
    "hover:bg-buyer hover:text-ink disabled:cursor-not-allowed disabled:opacity-55",
    "[&_svg]:size-[1.125rem]",
    variant === "outline" && "border border-line-strong bg-pane",
  );
}
