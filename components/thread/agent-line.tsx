"use client";

import Bot from "lucide-react/icons/bot";
import { useLocale, useTranslations } from "next-intl";
import { useZone } from "@/components/inbox/zone";
import { cx } from "@/components/ui/cx";
import { useNow } from "@/lib/client/now";
import type { ThreadView } from "@/lib/shared/api/thread";
import { toneOfDue } from "@/lib/shared/view/due";
import { deadline, exactTime } from "@/lib/shared/view/moments";

const INK = { due: "text-due", soon: "text-soon", mute: "text-ink-2" } as const;

/** Mercado Libre's assistant stands between the parties: until when the seller must answer it (messages.md 4.2). */
export function AgentLine({ view }: { view: Pick<ThreadView, "row" | "hasAgent"> }) {
  const t = useTranslations("thread.assistant");
  const locale = useLocale();
  const zone = useZone();
  const now = useNow();
  const { dueAt, status } = view.row;
  if (!view.hasAgent && dueAt === null) return null;
  const isOpen = dueAt !== null && status === "open";
  return (
    <p
      className={cx(
        "flex shrink-0 items-start gap-2 border-line border-b bg-pane-2 px-5 py-2 text-sm max-md:px-3.5",
        isOpen ? INK[toneOfDue(dueAt, now)] : "text-ink-2",
      )}
    >
      <Bot aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span suppressHydrationWarning {...(isOpen && { title: exactTime(dueAt, locale, zone) })}>
        {isOpen ? words(dueAt) : t("here")}
      </span>
    </p>
  );

  function words(at: Date): string {
    return at <= now ? t("over") : t("due", { time: deadline(at, now, locale, zone) });
  }
}
