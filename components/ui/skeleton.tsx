import { cx } from "./cx";

/** The place of something that is loading. Appears after 200 ms, so that fast answers do not flicker. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cx("skeleton block h-3", className)} />;
}
