"use client";

import ArrowRight from "lucide-react/icons/arrow-right";
import CircleCheck from "lucide-react/icons/circle-check";
import Clock from "lucide-react/icons/clock";
import Lock from "lucide-react/icons/lock";
import { useTranslations } from "next-intl";
import type { KeyboardEvent, MouseEvent, ReactNode } from "react";
import { useSibling } from "@/components/thread/use-sibling";
import { buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useNow } from "@/lib/client/now";
import type { ComposerView } from "@/lib/shared/api/thread";
import { nextInChain, type ShutKind, shutOf } from "@/lib/shared/view/question-state";
import { safeHref } from "@/lib/shared/view/rich-text";
import { useDesk } from "./use-desk";
import { useBuyerName } from "./use-question-words";

/** What Mercado Libre may have lifted a moment ago. */
const CAN_LIFT: ReadonlySet<ShutKind> = new Set([
  "onHold",
  "underReview",
  "listingPaused",
  "listingUnderReview",
  "listingInactive",
  "listingUnpaid",
  "unknown",
]);

const DONE: ReadonlySet<ShutKind> = new Set(["sending", "answered"]);

/** In the composer's place: why this question cannot be answered (any more), and the way to the next one that can. */
export function Shut({
  closed,
  isKept,
  action,
}: {
  closed: Extract<ComposerView, { allowed: false }>;
  isKept: boolean;
  action: ReactNode;
}) {
  const t = useTranslations("question.shut");
  const now = useNow();
  const { view, undo } = useDesk();
  const kind = shutOf(view, closed, now);
  const title = t(`${kind}.title`);
  const isBlocked = closed.because === "blocked";
  const buyer = useBuyerName();
  const { listing } = view.question;
  const listingHref = kind.startsWith("listing") && listing?.permalink ? safeHref(listing.permalink) : null;

  /** Nothing is written here: the keys mean what was just sent. */
  function onKeyDown(event: KeyboardEvent): void {
    const isUndo =
      (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z";
    if (!isUndo || undo === null) return;
    event.preventDefault();
    undo();
  }

  return (
    <section
      {...(isBlocked ? { "data-substatus": closed.substatus ?? "" } : { "data-closed": closed.because })}
      data-own
      aria-label={title}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <Notice
        tone={DONE.has(kind) ? "fine" : "mute"}
        icon={kind === "sending" ? <Clock /> : kind === "answered" ? <CircleCheck /> : <Lock />}
        title={title}
        action={
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <WayOn />
            {CAN_LIFT.has(kind) && action}
            {listingHref !== null && (
              <a
                href={listingHref}
                target="_blank"
                rel="noopener noreferrer nofollow"
                className="inline-flex items-center font-semibold text-accent text-sm hover:underline max-md:min-h-11"
              >
                {t("toListing")}
              </a>
            )}
          </div>
        }
      >
        <p>
          {t(`${kind}.body`, { buyer })} {isKept && t("kept")}
        </p>
        {isBlocked && closed.substatus !== null && (
          <code title={t("code")} className="font-mono text-mute text-xs [overflow-wrap:anywhere]">
            {closed.substatus}
          </code>
        )}
      </Notice>
    </section>
  );
}

/** To the other question of this buyer that waits, else to the next conversation of the list that does. */
function WayOn() {
  const t = useTranslations("question.shut");
  const buyer = useBuyerName();
  const { view, threadRef, onward } = useDesk();
  const { hrefOf, go } = useSibling(threadRef);
  const next = nextInChain(view);
  const way = next === null ? onward : { href: hrefOf(next), go: () => go(next) };
  if (way === null) return null;

  function follow(event: MouseEvent): void {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    way?.go();
  }

  return (
    <a data-onward href={way.href} onClick={follow} className={buttonClass("secondary", "sm")}>
      {next === null ? t("next") : t("nextHere", { buyer })}
      <ArrowRight aria-hidden="true" className="size-4" />
    </a>
  );
}
