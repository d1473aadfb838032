"use client";

import Gavel from "lucide-react/icons/gavel";
import Lock from "lucide-react/icons/lock";
import { useTranslations } from "next-intl";
import { Moment } from "@/components/inbox/moment";
import { useZone } from "@/components/inbox/zone";
import { cx } from "@/components/ui/cx";
import { ACTIONS, whoOf } from "@/lib/shared/view/claim-codes";
import type { ClaimEntry } from "@/lib/shared/view/claim-flow";
import type { ClaimEvent } from "@/lib/shared/view/claim-timeline";
import { knownOf } from "@/lib/shared/view/statuses";
import { ActCard } from "./act-card";
import { useActWords, useResolutionWords, useStageWords } from "./use-claim-words";
import { useDesk } from "./use-desk";

/** What happened, in words: also what Mercado Libre names by a code that nobody knows. */
export function useEventWords(): (event: ClaimEvent) => string {
  const t = useTranslations("claim.event");
  const { claim } = useDesk();
  const stageWords = useStageWords();
  const actWords = useActWords();
  const resolutionWords = useResolutionWords();
  return (event) => {
    const by = whoOf(event.by, claim.facts.role) ?? "none";
    switch (event.kind) {
      case "opened":
        return t(`opened.${by}`);
      case "stage":
        return event.stage === "dispute" ? t(`dispute.${by}`) : t("stage", { stage: stageWords(event) });
      case "closed": {
        const why = resolutionWords(claim.facts);
        return why === null ? t(`closed.${by}`) : `${t(`closed.${by}`)}: ${why}`;
      }
      case "done": {
        if (event.act !== null) return actWords(event.act);
        const action = knownOf(ACTIONS, event.action);
        const what = action === null ? t("unknown", { code: event.action }) : t(`action.${action}`);
        return t(`by.${by}`, { what });
      }
      case "act":
        return actWords(event.act);
    }
  };
}

/** Something that happened between the messages: a line across the flow, or an act of ours that is still being dealt with. */
export function EventLine({ entry }: { entry: ClaimEntry }) {
  const { event } = entry;
  if (event.kind === "act" && event.act.state !== "sent") return <ActCard act={event.act} />;
  return <DoneLine event={event} />;
}

function DoneLine({ event }: { event: ClaimEvent }) {
  const t = useTranslations("claim.act");
  const zone = useZone();
  const words = useEventWords()(event);
  const act = event.kind === "done" || event.kind === "act" ? event.act : null;
  const isTurn = event.kind === "closed" || (event.kind === "stage" && event.stage === "dispute");
  const Icon = event.kind === "closed" ? Lock : Gavel;
  return (
    <p
      className={cx(
        "mt-4 flex max-w-full items-start justify-center gap-2 self-center text-balance text-center text-xs",
        isTurn ? "rounded-2 bg-mute-wash px-3 py-1.5 font-semibold text-mute" : "px-2 text-ink-2",
      )}
    >
      {isTurn && <Icon aria-hidden="true" className="mt-px size-3.5 shrink-0" />}
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {words}
        {act !== null && ` · ${t("confirmedBy", { by: act.by })}`}
        {" · "}
        <Moment at={event.at} timeZone={zone} style="clock" />
      </span>
    </p>
  );
}
