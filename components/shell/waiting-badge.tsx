"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { Viewer } from "@/lib/client/keys";
import { summaryOptions } from "@/lib/client/queries";

/** How many conversations wait for a reply, from the summary that the screens keep fresh. Asks for nothing by itself. */
export function WaitingBadge({ viewer }: { viewer: Viewer }) {
  const t = useTranslations("shell");
  const { data: waiting = 0 } = useQuery({
    ...summaryOptions(viewer),
    select: (summary) => summary.waiting,
    enabled: false,
  });
  if (waiting === 0) return null;
  return (
    <span className="absolute -top-2 left-2.5 min-w-[1.125rem] rounded-full bg-due px-1 text-center font-semibold text-2xs text-pane leading-[1.125rem]">
      <span aria-hidden="true">{waiting > 99 ? "99+" : waiting}</span>
      <span className="sr-only">{t("waiting", { count: waiting })}</span>
    </span>
  );
}
