"use client";

import { useQuery } from "@tanstack/react-query";
import CircleAlert from "lucide-react/icons/circle-alert";
import Lock from "lucide-react/icons/lock";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { problemOf } from "@/lib/client/api-error";
import type { ComposerStore } from "@/lib/client/composer-store";
import type { threadGuideOptions } from "@/lib/client/queries";
import type { ThreadView } from "@/lib/shared/api/thread";
import { offOf, startsOf } from "@/lib/shared/view/guide";
import { GuideForm } from "./guide-form";
import { useClosedWords } from "./use-closed-words";

export interface Check {
  run: () => void;
  isBusy: boolean;
}

/** How a conversation may be begun (messages.md 3): what Mercado Libre answers at this moment, or why it is not known. */
export function GuidePanel({
  store,
  view,
  guide,
  check,
  kept,
}: {
  store: ComposerStore;
  view: ThreadView;
  guide: ReturnType<typeof threadGuideOptions>;
  /** Reads the conversation anew. */
  check: Check;
  /** What was written, closed: while it cannot be sent. */
  kept: ReactNode;
}) {
  const t = useTranslations("guide");
  const errors = useTranslations("errors");
  const closedWords = useClosedWords();
  const { data, error, isFetching, refetch } = useQuery(guide);

  const starts = startsOf(view.outbox);
  const asked = useRef(starts);
  useEffect(() => {
    if (asked.current === starts) return;
    asked.current = starts;
    void refetch();
  }, [starts, refetch]);

  if (data === undefined) {
    return error === null ? (
      <>
        <GuideLoading words={t("loading")} />
        {kept}
      </>
    ) : (
      <>
        <Notice
          tone="soon"
          role="alert"
          icon={<CircleAlert />}
          action={
            <Button size="sm" isBusy={isFetching} onClick={() => void refetch()}>
              {t("again")}
            </Button>
          }
        >
          {t("failed")} {errors(problemOf(error))}
        </Notice>
        {kept}
      </>
    );
  }
  if (data.kind === "use_messages") {
    return (
      <>
        <Opening check={check} />
        {kept}
      </>
    );
  }
  if (data.kind === "closed") {
    return (
      <>
        <Stop title={t("closed.title")} check={{ run: () => void refetch(), isBusy: isFetching }}>
          {closedWords(data.reason)}
        </Stop>
        {kept}
      </>
    );
  }
  const isUsable = data.options.some((option) => offOf(option) === null);
  return (
    <>
      {!isUsable && (
        <Stop
          title={t(data.options.length === 0 ? "none.title" : "spent.title")}
          check={{ run: () => void refetch(), isBusy: isFetching }}
        >
          {t(data.options.length === 0 ? "none.body" : "spent.body")}
        </Stop>
      )}
      {isUsable ? <GuideForm store={store} view={view} options={data.options} /> : kept}
    </>
  );
}

function GuideLoading({ words }: { words: string }) {
  return (
    <div role="status" className="space-y-2 rounded-2 border border-line bg-pane p-3">
      <p className="text-ink-2 text-sm">{words}</p>
      <Skeleton className="w-1/3" />
      <Skeleton className="w-3/4" />
      <Skeleton className="w-2/3" />
    </div>
  );
}

/** Nothing can be begun now. */
function Stop({ title, check, children }: { title: string; check: Check; children: ReactNode }) {
  const t = useTranslations("guide");
  return (
    <Notice
      tone="mute"
      role="status"
      icon={<Lock />}
      title={title}
      action={
        <Button size="sm" isBusy={check.isBusy} onClick={check.run}>
          {t("check")}
        </Button>
      }
    >
      {children}
    </Notice>
  );
}

/** No reason is needed: the conversation is read anew once, and opens with what was written. */
function Opening({ check }: { check: Check }) {
  const t = useTranslations("guide");
  const run = useRef(check.run);
  run.current = check.run;
  const hasAsked = useRef(false);
  useEffect(() => {
    if (hasAsked.current) return;
    hasAsked.current = true;
    run.current();
  }, []);
  if (check.isBusy || !hasAsked.current) {
    return (
      <p role="status" className="text-ink-2 text-sm">
        {t("opening")}
      </p>
    );
  }
  return (
    <Stop title={t("notOpen")} check={check}>
      {null}
    </Stop>
  );
}
