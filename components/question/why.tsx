"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Spinner } from "@/components/ui/spinner";
import { problemOf } from "@/lib/client/api-error";
import { whyOptions } from "@/lib/client/question-queries";
import { useDesk } from "./use-desk";

/** Why Mercado Libre took something away, in its own words, when somebody asks. */
export function Why({ questionId, side }: { questionId: string; side: "in" | "out" }) {
  const t = useTranslations("question.why");
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={cx("flex max-w-full flex-col gap-1", side === "out" ? "items-end" : "items-start")}>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        className="-my-1 rounded-1 px-1 py-1 font-semibold text-accent text-xs hover:underline max-md:min-h-11"
      >
        {t("ask")}
      </button>
      <div id={id} role="status" className="max-w-prose text-sm empty:hidden">
        {isOpen && <Reasons questionId={questionId} />}
      </div>
    </div>
  );
}

function Reasons({ questionId }: { questionId: string }) {
  const t = useTranslations("question.why");
  const errors = useTranslations("errors");
  const { viewer, threadRef, view } = useDesk();
  const ref = { ...threadRef, externalId: questionId, account: view.row.accountId };
  const why = useQuery(whyOptions(viewer, ref));
  if (why.isError) {
    return (
      <div className="flex flex-wrap items-center gap-2 text-ink-2 text-xs">
        {t("failed", { why: errors(problemOf(why.error)) })}
        <Button size="sm" isBusy={why.isFetching} onClick={() => void why.refetch()}>
          {t("again")}
        </Button>
      </div>
    );
  }
  if (why.data === undefined) {
    return (
      <p className="flex items-center gap-2 text-ink-3 text-xs">
        <Spinner /> {t("loading")}
      </p>
    );
  }
  if (why.data.infractions.length === 0) return <p className="text-ink-2 text-xs">{t("none")}</p>;
  return (
    <ul aria-label={t("title")} className="space-y-2 rounded-2 border border-line bg-pane-2 p-3 text-left">
      {why.data.infractions.map(({ id, reason, remedy, subgroup }) => (
        <li key={id} className="space-y-1 [overflow-wrap:anywhere]">
          {reason !== "" && <p className="whitespace-pre-line">{reason}</p>}
          {remedy !== "" && <p className="whitespace-pre-line text-ink-2">{remedy}</p>}
          {subgroup !== null && <p className="text-ink-3 text-xs">{t("rule", { code: subgroup })}</p>}
        </li>
      ))}
    </ul>
  );
}
