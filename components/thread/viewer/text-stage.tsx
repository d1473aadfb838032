"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { TEXT_PREVIEW_BYTES } from "@/lib/shared/files/preview";
import { formatBytes } from "@/lib/shared/view/files";

/** What scrolls must be reachable by keyboard. */
const REACHABLE = { tabIndex: 0 };

/** A text, as it stands. */
export function TextStage({ text, isCut }: { text: string; isCut: boolean }) {
  const t = useTranslations("files.viewer");
  const locale = useLocale();
  const stage = useRef<HTMLElement>(null);
  useEffect(() => stage.current?.focus({ preventScroll: true }), []);
  return (
    <section
      ref={stage}
      aria-label={t("text")}
      {...REACHABLE}
      className="viewer-stage overflow-auto p-6 -outline-offset-2 max-md:p-3"
    >
      <div className="mx-auto max-w-[52rem] rounded-2 border border-line bg-pane p-5 max-md:p-3.5">
        {isCut && (
          <p className="mb-3 text-ink-2 text-sm">
            {t("cut", { limit: formatBytes(TEXT_PREVIEW_BYTES, locale) })}
          </p>
        )}
        {text.trim() === "" ? (
          <p className="text-ink-2 text-sm">{t("emptyText")}</p>
        ) : (
          <pre className="whitespace-pre-wrap font-mono text-sm [overflow-wrap:anywhere]">{text}</pre>
        )}
      </div>
    </section>
  );
}
