"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { msLeft } from "@/lib/shared/view/undo";

/** How long an act can still be taken back. It ticks by itself; who listens instead of looking hears it once. */
export function ActCountdown({ at, sendsAt }: { at: Date; sendsAt: Date }) {
  const t = useTranslations("claim.act.state");
  const [from, until] = [at.getTime(), sendsAt.getTime()];
  const [seconds, setSeconds] = useState(() => Math.ceil(msLeft(from, until, Date.now()) / 1_000));
  useEffect(() => {
    const tick = () => setSeconds(Math.ceil(msLeft(from, until, Date.now()) / 1_000));
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [from, until]);
  return (
    <>
      <span className="sr-only">{t("waitingSoon", { count: Math.round((until - from) / 1_000) })}</span>
      <span aria-hidden="true" className="tabular-nums" suppressHydrationWarning>
        {seconds > 0 ? t("waiting", { count: seconds }) : t("queued")}
      </span>
    </>
  );
}
