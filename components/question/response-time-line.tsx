"use client";

import { useQuery } from "@tanstack/react-query";
import Timer from "lucide-react/icons/timer";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { cx } from "@/components/ui/cx";
import type { Viewer } from "@/lib/client/keys";
import { responseTimesOptions } from "@/lib/client/question-queries";
import type { AccountView } from "@/lib/shared/api/account";
import type { ResponseTimesView } from "@/lib/shared/api/question";
import { ANSWER_TARGET_MS } from "@/lib/shared/question/chain";
import { spanOf } from "@/lib/shared/view/moments";

type Time = NonNullable<ResponseTimesView["accounts"][number]["time"]>;

const SEGMENTS = ["weekdaysWorking", "weekdaysExtra", "weekend"] as const;
const TARGET_MINUTES = ANSWER_TARGET_MS / 60_000;

/** Over the list of questions: how fast they are answered, as Mercado Libre counts; a press shows the hours in which they are
 *  not, and what faster answers may sell. Nothing while nothing is known. */
export function ResponseTimeLine({
  viewer,
  accounts,
  account,
}: {
  viewer: Viewer;
  accounts: readonly Pick<AccountView, "id" | "nickname">[];
  /** The one that the list is narrowed to. Null: all of them. */
  account: string | null;
}) {
  const t = useTranslations("question.time");
  const words = useMinuteWords();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery(responseTimesOptions(viewer));
  const told = (data?.accounts ?? []).flatMap(({ accountId, time }) => {
    if (time === null || time.totalMinutes === null || (account !== null && accountId !== account)) return [];
    const nickname = accounts.find((one) => one.id === accountId)?.nickname ?? accountId;
    return [{ accountId, nickname, time, total: time.totalMinutes }];
  });
  const [first] = told;
  if (first === undefined) return null;
  return (
    <section aria-label={t("label")} className="shrink-0 border-line border-b bg-pane-2 text-sm">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        title={t("hint")}
        onClick={() => setOpen(!isOpen)}
        className="flex min-h-8 w-full items-center gap-2 px-4 py-1 text-left text-ink-2 hover:text-ink max-md:min-h-11"
      >
        <Timer aria-hidden="true" className="size-4 shrink-0" />
        <span className="min-w-0 flex-1 truncate">
          {told.length === 1
            ? t("line", { time: words(first.total) })
            : told.map(({ nickname, total }) => t("account", { nickname, time: words(total) })).join(" · ")}
        </span>
        <span className="shrink-0 font-semibold text-accent text-xs">{t("more")}</span>
      </button>
      <div id={id} hidden={!isOpen} className="space-y-2 px-4 pb-2.5">
        {told.map(({ accountId, nickname, time }) => (
          <div key={accountId}>
            {told.length > 1 && <h3 className="font-semibold text-xs">{nickname}</h3>}
            <Segments time={time} />
          </div>
        ))}
        <p className="text-ink-3 text-xs">{t("hint")}</p>
      </div>
    </section>
  );
}

function Segments({ time }: { time: Time }) {
  const t = useTranslations("question.time");
  const words = useMinuteWords();
  return (
    <dl>
      {SEGMENTS.map((name) => {
        const segment = time[name];
        const minutes = segment?.minutes ?? null;
        const isSlow = minutes !== null && minutes > TARGET_MINUTES;
        const increase = segment?.salesIncrease ?? null;
        return (
          <div key={name} className="flex flex-wrap justify-between gap-x-3 py-0.5">
            <dt className="text-ink-2">{t(name)}</dt>
            <dd className={cx("tabular-nums", isSlow && "font-semibold text-soon")}>
              {minutes === null ? t("none") : words(minutes)}
            </dd>
            {increase !== null && (
              <dd className="w-full text-soon text-xs">{t("sales", { percent: increase })}</dd>
            )}
          </div>
        );
      })}
    </dl>
  );
}

function useMinuteWords(): (minutes: number) => string {
  const t = useTranslations("question.span");
  return (minutes) => {
    const { unit, count } = spanOf(0, minutes * 60_000);
    return t(unit, { count });
  };
}
