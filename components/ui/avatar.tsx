import { cx } from "./cx";
import { initialsOf } from "./initials";

/** Initials in a disc. Decoration: the name itself stands beside it or names the control around it. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        "inline-flex size-8 shrink-0 items-center justify-center rounded-full bg-accent-wash font-semibold text-accent text-xs",
        className,
      )}
    >
      {initialsOf(name)}
    </span>
  );
}
