"use client";

import { useTranslations } from "next-intl";
import { useEventWords } from "@/components/claim/event-line";
import { useActReasonWords } from "@/components/claim/use-claim-words";
import { useDesk } from "@/components/claim/use-desk";
import { Moment } from "@/components/inbox/moment";
import { useZone } from "@/components/inbox/zone";
import { Card } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import type { ActView } from "@/lib/shared/api/claim";
import { standingOf } from "@/lib/shared/view/claim-acts";
import { claimTimeline } from "@/lib/shared/view/claim-timeline";

const DOT = { due: "bg-due", soon: "bg-soon", fine: "bg-fine", mute: "bg-mute" } as const;

/** Everything that happened on the claim, oldest first, with who confirmed our own acts and what was answered: also those
 *  that were taken back. */
export function TimelineCard() {
  const t = useTranslations("claim.panel");
  const zone = useZone();
  const { facts, acts } = useDesk().claim;
  const wordsOf = useEventWords();
  return (
    <Card title={t("timeline")}>
      <ol className="space-y-2">
        {claimTimeline(facts, acts).map((event) => {
          const act = event.kind === "done" || event.kind === "act" ? event.act : null;
          return (
            <li key={event.key} className="flex items-baseline gap-2.5 text-sm">
              <span
                aria-hidden="true"
                className={cx(
                  "size-2 shrink-0 self-start rounded-full",
                  "mt-1.5",
                  act === null ? "bg-line-strong" : DOT[standingOf(act).tone],
                )}
              />
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                {wordsOf(event)}
                {act !== null && <ActFacts act={act} />}
              </span>
              <Moment at={event.at} timeZone={zone} style="row" className="shrink-0 text-ink-3 text-xs" />
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

function ActFacts({ act }: { act: ActView }) {
  const t = useTranslations("claim.act");
  const why = useActReasonWords()(act.reason);
  const { key } = standingOf(act);
  return (
    <span className="block text-ink-3 text-xs">
      {t("confirmedBy", { by: act.by })} · {t(`state.${key === "waiting" ? "queued" : key}`)}
      {why !== null && `. ${why}`}
    </span>
  );
}
