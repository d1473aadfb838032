"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { msLeft } from "@/lib/shared/view/undo";

/** A reply that nobody has taken up this long after its time stands in line: saying that it is being sent would not be true. */
const TAKEN_UP_MS = 3_000;

/** How long a reply can still be taken back. It ticks by itself, so that nothing around it is drawn again; who listens
 *  instead of looking hears it once. */
export function UndoCountdown({
  createdAt,
  sendsAt,
  hasKeys,
}: {
  createdAt: Date;
  sendsAt: Date;
  /** Ctrl+Z in the field takes this one back. */
  hasKeys: boolean;
}) {
  const t = useTranslations("thread.truth");
  const seconds = useSecondsLeft(createdAt.getTime(), sendsAt.getTime());
  const isLeft = useIsLeft(seconds === 0);
  const whole = Math.round((sendsAt.getTime() - createdAt.getTime()) / 1_000);
  return (
    <>
      <span className="sr-only">
        {t("sendsSoon", { count: whole })} {hasKeys && t("undoKeys")}
      </span>
      <span aria-hidden="true" className="tabular-nums" suppressHydrationWarning>
        {seconds > 0 ? t("sendsIn", { count: seconds }) : t(isLeft ? "queued" : "sending")}
      </span>
    </>
  );
}

/** Counts whole seconds down by this browser's own clock from when it first saw the reply. */
function useSecondsLeft(from: number, until: number): number {
  const [seconds, setSeconds] = useState(() => Math.ceil(msLeft(from, until, Date.now()) / 1_000));
  useEffect(() => {
    const endsAt = performance.now() + msLeft(from, until, Date.now());
    let timer: ReturnType<typeof setTimeout> | null = null;
    const tick = () => {
      const left = Math.max(0, endsAt - performance.now());
      setSeconds(Math.ceil(left / 1_000));
      timer = left > 0 ? setTimeout(tick, left % 1_000 || 1_000) : null;
    };
    tick();
    return () => {
      if (timer !== null) clearTimeout(timer);
    };
  }, [from, until]);
  return seconds;
}

/** Has it been due for so long that it waits in line? */
function useIsLeft(isDue: boolean): boolean {
  const [isLeft, setLeft] = useState(false);
  useEffect(() => {
    if (!isDue) return;
    const timer = setTimeout(() => setLeft(true), TAKEN_UP_MS);
    return () => {
      clearTimeout(timer);
      setLeft(false);
    };
  }, [isDue]);
  return isLeft;
}
