"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ComposerParts } from "@/components/thread/thread-kit";
import { cx } from "@/components/ui/cx";
import { useDesk } from "./use-desk";
import { useQuote } from "./use-question-words";

/** What the composer of an answer says beside its field: which of several questions it is for, and that there is no second. */
export function Composing({ children }: { children: (parts: ComposerParts) => ReactNode }) {
  const t = useTranslations("question.compose");
  const composer = useTranslations("composer");
  const threads = useTranslations("thread");
  const quote = useQuote();
  const { view } = useDesk();
  const { asked, chain } = view.question;
  const text = chain.questions.length > 1 ? quote(asked) : null;
  return children({
    formLabel: composer("form", { buyer: view.row.buyer ?? threads("buyer") }),
    placeholder: t("placeholder"),
    to: null,
    askTo: null,
    above: (
      <p
        className={cx(
          "mx-auto mb-2 max-w-[64rem] text-ink-2 text-sm short:hidden",
          text !== null && "truncate",
        )}
      >
        {text === null ? t("only") : t("answering", { text })}
      </p>
    ),
  });
}
