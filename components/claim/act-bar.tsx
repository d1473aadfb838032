"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useZone } from "@/components/inbox/zone";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { useNow } from "@/lib/client/now";
import type { ClaimActKind } from "@/lib/shared/api/claim";
import { isOpenClaim } from "@/lib/shared/claim/turn";
import { standingOf, unsettledAct } from "@/lib/shared/view/claim-acts";
import { toneOfDue } from "@/lib/shared/view/due";
import { deadline } from "@/lib/shared/view/moments";
import { ActDialog } from "./ask/act-dialog";
import { useActWords } from "./use-claim-words";
import { useDesk } from "./use-desk";

/** What may be done on the claim now, exactly as Mercado Libre offers it: what must be done first, with its clock. A press
 *  only asks; nothing here does anything by itself. */
export function ActBar() {
  const t = useTranslations("claim.act");
  const unsure = useTranslations("claim");
  const { claim } = useDesk();
  const [asked, setAsked] = useState<ClaimActKind | null>(null);
  const { facts, acts } = claim;
  const offered = [...claim.offered].sort((a, b) => Number(b.isMandatory) - Number(a.isMandatory));
  const isWaiting = unsettledAct(acts) !== null;
  const news = useActNews();
  if (!isOpenClaim(facts) && asked === null) return <LiveNews news={news} />;
  return (
    <section
      aria-label={t("bar")}
      className={cx(
        "shrink-0 border-line border-t bg-pane-2 px-5 pt-2.5 pb-2 max-md:max-h-[30dvh] max-md:overflow-y-auto max-md:px-3 short:pt-1.5 short:pb-1",
        offered.length === 0 && !facts.isActionsUnsure && "max-md:short:border-t-0 max-md:short:py-0",
      )}
    >
      <LiveNews news={news} />
      <div className="mx-auto max-w-[64rem]">
        {facts.isActionsUnsure && <p className="mb-1.5 text-soon text-xs">{unsure("unsure")}</p>}
        {offered.length === 0 ? (
          <p className="text-ink-2 text-sm max-md:short:hidden">{t("none")}</p>
        ) : (
          <ul className="-m-0.5 flex flex-wrap gap-1.5 p-0.5 short:flex-nowrap short:overflow-x-auto">
            {offered.map(({ act, isMandatory, dueAt }) => (
              <li
                key={act}
                className="short:shrink-0 max-sm:not-short:min-w-[calc(50%-0.1875rem)] max-sm:not-short:flex-1"
              >
                <Button
                  size="sm"
                  aria-disabled={isWaiting}
                  aria-haspopup="dialog"
                  onClick={() => !isWaiting && setAsked(act)}
                  className={cx(
                    "max-sm:w-full max-sm:not-short:whitespace-normal! md:h-auto md:min-h-8",
                    isMandatory && "border-soon!",
                  )}
                >
                  {t(`name.${act}`)}
                  {isMandatory && <Term dueAt={dueAt} />}
                </Button>
              </li>
            ))}
          </ul>
        )}
        {isWaiting && offered.length > 0 && <p className="mt-1.5 text-ink-3 text-xs">{t("wait")}</p>}
      </div>
      {asked !== null && <ActDialog key={asked} kind={asked} onClose={() => setAsked(null)} />}
    </section>
  );
}

/** Until when a mandatory act must be done. */
function Term({ dueAt }: { dueAt: Date | null }) {
  const t = useTranslations("claim.act");
  const locale = useLocale();
  const zone = useZone();
  const now = useNow();
  const tone = dueAt === null ? "soon" : toneOfDue(dueAt, now);
  return (
    <span
      className={cx("font-medium text-xs", tone === "due" ? "text-due" : "text-soon")}
      suppressHydrationWarning
    >
      {dueAt === null ? t("must") : t("mustBy", { time: deadline(dueAt, now, locale, zone) })}
    </span>
  );
}

function LiveNews({ news }: { news: string }) {
  return (
    <p role="status" className="sr-only">
      {news}
    </p>
  );
}

/** What became of the newest act, for who listens instead of looking: said when it changes, not when the claim is opened. */
function useActNews(): string {
  const t = useTranslations("claim");
  const { acts } = useDesk().claim;
  const actWords = useActWords();
  const newest = acts.at(-1) ?? null;
  const state = newest === null ? "" : `${newest.id}/${newest.state}`;
  const known = useRef(state);
  const [news, setNews] = useState("");

  function wordsNow(): string {
    if (newest === null) return "";
    const { key } = standingOf(newest);
    return t("live.changed", {
      what: actWords(newest),
      state: t(`act.state.${key === "waiting" ? "queued" : key}`),
    });
  }
  const words = useRef(wordsNow);
  words.current = wordsNow;
  useEffect(() => {
    if (known.current === state) return;
    known.current = state;
    setNews(words.current());
  }, [state]);
  return news;
}
