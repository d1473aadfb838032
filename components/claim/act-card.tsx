"use client";

import CircleAlert from "lucide-react/icons/circle-alert";
import CircleX from "lucide-react/icons/circle-x";
import Clock from "lucide-react/icons/clock";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Moment } from "@/components/inbox/moment";
import { useZone } from "@/components/inbox/zone";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { problemOf } from "@/lib/client/api-error";
import type { ActView } from "@/lib/shared/api/claim";
import { type ActMove, standingOf } from "@/lib/shared/view/claim-acts";
import { ActCountdown } from "./act-countdown";
import { AgainDialog } from "./ask/again-dialog";
import { useActMoves } from "./use-act-moves";
import { useActReasonWords, useActWords } from "./use-claim-words";
import { useDesk } from "./use-desk";

const LOOK = {
  due: { card: "border-due", ink: "text-due", icon: CircleX },
  soon: { card: "border-soon", ink: "text-soon", icon: CircleAlert },
  mute: { card: "border-line-strong", ink: "text-ink-2", icon: Clock },
  fine: { card: "border-line", ink: "text-fine", icon: Clock },
} as const;

/** An act of ours that is not done yet, or was not: where it stands, why, and what can be decided about it. Every state is a
 *  row of the server. */
export function ActCard({ act }: { act: ActView }) {
  const t = useTranslations("claim.act");
  const zone = useZone();
  const what = useActWords()(act);
  const why = useActReasonWords()(act.reason);
  const standing = standingOf(act);
  const { card, ink, icon: Icon } = LOOK[standing.tone];
  const explained = explanationOf(act);
  return (
    <section
      aria-label={what}
      data-act={act.state}
      className={cx(
        "mt-4 flex w-full max-w-[min(92%,36rem)] flex-col gap-1.5 self-end rounded-2 border bg-pane px-3 py-2.5",
        card,
      )}
    >
      <p className="font-semibold text-md [overflow-wrap:anywhere]">{what}</p>
      <p className="flex items-start gap-1.5 text-sm">
        <Icon aria-hidden="true" className={cx("mt-0.5 size-4 shrink-0", ink)} />
        <span className={cx("min-w-0", ink)}>
          {standing.key === "waiting" && act.sendsAt !== null ? (
            <ActCountdown at={act.at} sendsAt={act.sendsAt} />
          ) : (
            t(`state.${standing.key}`)
          )}
          {why !== null && act.state !== "uncertain" && `. ${why}`}
        </span>
      </p>
      {explained !== null && <p className="text-ink-2 text-sm">{t(`explain.${explained}`)}</p>}
      <p className="text-ink-3 text-xs">
        {t("confirmedBy", { by: act.by })} · <Moment at={act.at} timeZone={zone} style="clock" />
      </p>
      <Moves act={act} moves={standing.moves} what={what} />
    </section>
  );
}

function explanationOf({ state, canRetry }: ActView) {
  if (state === "held" || state === "failed") return state;
  return state === "uncertain" ? (canRetry ? "absent" : "uncertain") : null;
}

function Moves({ act, moves, what }: { act: ActView; moves: readonly ActMove[]; what: string }) {
  const t = useTranslations("claim.act.move");
  const errors = useTranslations("errors");
  const { refresh } = useDesk();
  const { move } = useActMoves();
  const [busy, setBusy] = useState<ActMove | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isNotThere, setNotThere] = useState(false);
  const [asked, setAsked] = useState<"retry" | "sendAnyway" | null>(null);
  if (moves.length === 0) return null;

  async function check(): Promise<void> {
    setNotThere(false);
    const { isStale } = await refresh();
    setNotThere(!isStale);
  }

  const run = {
    undo: () => move(act, "cancel"),
    discard: () => move(act, "discard"),
    check,
  };

  async function press(name: keyof typeof run): Promise<void> {
    setBusy(name);
    setProblem(null);
    try {
      await run[name]();
    } catch (error) {
      setProblem(errors(problemOf(error)));
    }
    setBusy(null);
    // The button may be gone with what it was pressed for: who pressed it stays in the conversation.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) {
        document.querySelector<HTMLElement>('[role="log"]')?.focus({ preventScroll: true });
      }
    });
  }

  function onPress(name: ActMove): void {
    if (name === "retry" || name === "sendAnyway") setAsked(name);
    else if (name === "show") showFirst(act.heldFor);
    else void press(name);
  }

  return (
    <>
      <div className="flex flex-wrap gap-1.5">
        {moves.map((name) => (
          <Button
            key={name}
            size="sm"
            variant={name === "discard" ? "ghost" : "secondary"}
            isBusy={busy === name}
            disabled={busy !== null}
            aria-label={`${t(name)}: ${what}`}
            onClick={() => onPress(name)}
          >
            {t(name)}
          </Button>
        ))}
      </div>
      <p role="status" className="text-ink-2 text-xs empty:hidden">
        {isNotThere && act.state === "uncertain" && t("notYet")}
      </p>
      {problem !== null && (
        <p role="alert" className="text-due text-xs">
          {t("failed", { why: problem })}
        </p>
      )}
      {asked !== null && <AgainDialog act={act} what={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

/** Brings what came since into the middle of the conversation. */
function showFirst(messageIds: readonly string[]): void {
  const place = messageIds
    .map((id) => document.getElementById(`message-${id}`))
    .find((found) => found !== null);
  place?.scrollIntoView({ block: "center" });
  place?.focus({ preventScroll: true });
}
