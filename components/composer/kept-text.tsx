"use client";

import { useTranslations } from "next-intl";

/** What was written, in sight and closed, while nothing may be sent. Nothing when nothing was. */
export function KeptText({ text, buyer }: { text: string; buyer: string | null }) {
  const t = useTranslations("composer");
  const threads = useTranslations("thread");
  if (text.trim() === "") return null;
  return (
    <form aria-label={t("form", { buyer: buyer ?? threads("buyer") })}>
      <textarea
        disabled
        readOnly
        aria-label={t("kept")}
        value={text}
        rows={2}
        className="block max-h-40 min-h-14 w-full resize-none rounded-2 border border-line bg-pane px-3 py-2.5 text-ink-2 text-md [field-sizing:content]"
      />
    </form>
  );
}
