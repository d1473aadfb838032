import type { ComponentProps } from "react";
import { cx } from "./cx";
import { Spinner } from "./spinner";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

const FADED = "disabled:opacity-55 aria-disabled:opacity-55";

const VARIANT: Readonly<Record<ButtonVariant, string>> = {
  primary: cx(
    "bg-accent text-accent-ink not-disabled:hover:opacity-90",
    // Faded, its words could not be read on a dark page.
    "disabled:bg-buyer disabled:text-ink-3 aria-disabled:bg-buyer aria-disabled:text-ink-3",
  ),
  secondary: cx("border border-line-strong bg-pane text-ink hover:bg-pane-2", FADED),
  ghost: cx("text-ink-2 hover:bg-buyer hover:text-ink", FADED),
  danger: cx("border border-due bg-pane text-due hover:bg-due-wash", FADED),
};

const SIZE: Readonly<Record<ButtonSize, string>> = {
  sm: "h-8 gap-1.5 px-3 text-sm",
  md: "h-9 gap-2 px-3.5 text-sm",
  lg: "h-11 gap-2 px-5 text-md",
};

/** The look of a button, for a link that must have it. Targets are at least 44 px high on a phone. */
export function buttonClass(variant: ButtonVariant = "secondary", size: ButtonSize = "md"): string {
  return cx(
    "inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-1 font-semibold",
    "transition-opacity max-md:h-auto max-md:min-h-11",
    "disabled:cursor-not-allowed aria-disabled:cursor-not-allowed",
    VARIANT[variant],
    SIZE[size],
  );
}

export interface ButtonProps extends ComponentProps<"button"> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Shows that the press is being worked on, and takes no further one. The name stays. */
  isBusy?: boolean;
}

export function Button({
  variant = "secondary",
  size = "md",
  isBusy = false,
  type = "button",
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={cx(buttonClass(variant, size), className)}
      disabled={disabled === true || isBusy}
      aria-busy={isBusy || undefined}
      {...rest}
    >
      {isBusy && <Spinner />}
      {children}
    </button>
  );
}
