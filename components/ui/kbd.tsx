import type { ReactNode } from "react";

/** A key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-1 border border-line-strong border-b-2 bg-pane px-1 font-sans font-medium text-2xs text-ink-2">
      {children}
    </kbd>
  );
}
