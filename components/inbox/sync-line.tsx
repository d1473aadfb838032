"use client";

import { useTranslations } from "next-intl";
import type { Summary } from "@/lib/shared/api/inbox";
import { syncOf } from "@/lib/shared/view/sync";

/** How far the first reading of an account has come. Gone when it is done. */
export function SyncLine({ summary, account }: { summary: Summary | undefined; account: string | null }) {
  const t = useTranslations("inbox.sync");
  const sync = syncOf(summary, account);
  if (sync === null) return null;
  const { phase, done, total } = sync;
  return (
    <div className="mt-2">
      <p className="flex justify-between gap-3 text-ink-3 text-xs">
        <span>{t(phase)}</span>
        <span>{total === null ? t("done", { done }) : t("progress", { done, total })}</span>
      </p>
      <progress
        aria-label={t(phase)}
        className="sync-bar mt-1 block h-1 w-full"
        {...(total === null || total === 0 ? {} : { value: Math.min(done, total), max: total })}
      />
    </div>
  );
}
