"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { useAlive } from "./use-alive";

/** The last row of a composer: what can be added at the left, how long the text is, and the one button that sends. */
export function SendRow({
  start,
  counter,
  label,
  hasKeys = true,
  canSend,
  isBusy,
  hint = null,
}: {
  start: ReactNode;
  counter: ReactNode;
  label: string;
  /** Ctrl+Enter sends from the field above. */
  hasKeys?: boolean;
  canSend: boolean;
  /** The press is being worked on; the name stays. */
  isBusy: boolean;
  /** What other keys do with it. */
  hint?: string | null;
}) {
  const isAlive = useAlive();
  return (
    <div className="flex items-center gap-2 px-2 pb-2">
      {start}
      <span className="flex-1" />
      {counter}
      <span
        className={cx("inline-flex min-w-0", hint !== null && "tip")}
        data-tip={hint ?? undefined}
        data-side="left"
      >
        <Button
          type="submit"
          variant="primary"
          disabled={!isAlive || !canSend}
          aria-busy={isBusy}
          aria-keyshortcuts={hint === null ? undefined : "Control+Shift+Enter Meta+Shift+Enter"}
          className="min-w-0 shrink! whitespace-normal!"
        >
          {label}
          {hasKeys && (
            <span aria-hidden="true" className="font-medium text-2xs opacity-80 max-md:hidden">
              Ctrl ↵
            </span>
          )}
        </Button>
      </span>
    </div>
  );
}
