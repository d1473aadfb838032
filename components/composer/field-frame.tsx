import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

/** The frame around a text that is being written, with all that belongs to it: it lights up as one. */
export function FieldFrame({ isBad, children }: { isBad: boolean; children: ReactNode }) {
  return (
    <div
      className={cx(
        "mx-auto max-w-[64rem] rounded-2 border bg-pane transition-shadow",
        "focus-within:border-accent focus-within:shadow-[0_0_0_3px_var(--accent-wash)]",
        isBad ? "border-due" : "border-line-strong",
      )}
    >
      {children}
    </div>
  );
}
