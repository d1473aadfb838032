"use client";

import Hourglass from "lucide-react/icons/hourglass";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useLocale, useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SoftLink } from "@/components/ui/soft-link";
import { useNow } from "@/lib/client/now";
import type { ReadProblem } from "@/lib/shared/api/leads";
import { deadline, exactTime } from "@/lib/shared/view/moments";

const TOLD = ["slow_down", "not_available", "account_disconnected"] as const;

/** Why something could not be read: what happened, when it goes on, what can be done. What is held stays on the screen. */
export function ReadProblemNotice({ problem, zone }: { problem: ReadProblem; zone: string }) {
  const t = useTranslations("leads.problem");
  const locale = useLocale();
  const now = useNow();
  const { code, retryAt } = problem;
  const told = TOLD.find((one) => one === code) ?? "other";
  const isPassing = told === "slow_down";
  return (
    <Notice
      tone={told === "account_disconnected" || told === "not_available" ? "due" : "soon"}
      icon={isPassing ? <Hourglass /> : <TriangleAlert />}
      role="status"
      title={t(told)}
      action={
        told === "account_disconnected" ? (
          <SoftLink href="/settings" className={buttonClass("secondary", "sm")}>
            {t("reconnect")}
          </SoftLink>
        ) : undefined
      }
    >
      {retryAt === null ? (
        t("kept")
      ) : (
        <>
          <time
            dateTime={retryAt.toISOString()}
            title={exactTime(retryAt, locale, zone)}
            suppressHydrationWarning
          >
            {t("goesOn", { when: comingIn(retryAt, now, locale, zone) })}
          </time>{" "}
          {t("kept")}
        </>
      )}
    </Notice>
  );
}

/** "in 3 minutes", "at 14:30": soon as a span, later as a clock. */
function comingIn(at: Date, now: Date, locale: string, zone: string): string {
  const ms = at.getTime() - now.getTime();
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "always" });
  if (ms < 60_000) return relative.format(Math.max(1, Math.ceil(ms / 1_000)), "second");
  if (ms < 3_600_000) return relative.format(Math.ceil(ms / 60_000), "minute");
  return deadline(at, now, locale, zone);
}
