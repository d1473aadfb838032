"use client";

import Check from "lucide-react/icons/check";
import CheckCheck from "lucide-react/icons/check-check";
import CircleAlert from "lucide-react/icons/circle-alert";
import CircleX from "lucide-react/icons/circle-x";
import Clock from "lucide-react/icons/clock";
import Shield from "lucide-react/icons/shield";
import { useTranslations } from "next-intl";
import type { ComponentType, ReactNode } from "react";
import { Moment } from "@/components/inbox/moment";
import { cx } from "@/components/ui/cx";
import { useReasonWords } from "./use-reason-words";

export type TruthKind =
  | "read"
  | "delivered"
  | "moderation"
  | "rejected"
  | "pending"
  | "queued"
  | "held"
  | "sending"
  | "accepted"
  | "failed"
  | "uncertain";

const LOOK: Readonly<Record<TruthKind, { icon: ComponentType<{ className?: string }>; color: string }>> = {
  read: { icon: CheckCheck, color: "text-fine" },
  delivered: { icon: Check, color: "text-fine" },
  moderation: { icon: Shield, color: "text-soon" },
  rejected: { icon: CircleX, color: "text-due" },
  pending: { icon: Clock, color: "text-ink-3" },
  queued: { icon: Clock, color: "text-ink-3" },
  held: { icon: CircleAlert, color: "text-soon" },
  sending: { icon: Clock, color: "text-ink-3" },
  accepted: { icon: Check, color: "text-ink-3" },
  failed: { icon: CircleX, color: "text-due" },
  uncertain: { icon: CircleAlert, color: "text-soon" },
};

/** The one line of truth under what we wrote: where it stands, why, and when. */
export function TruthLine({
  kind,
  reason,
  at,
  timeZone,
  words,
  action,
}: {
  kind: TruthKind;
  reason: string | null;
  at: Date;
  timeZone: string;
  /** In the place of the kind's own words. */
  words?: ReactNode;
  /** What can be done at once, in the same line. */
  action?: ReactNode;
}) {
  const t = useTranslations("thread.truth");
  const why = useReasonWords()(reason);
  const { icon: Icon, color } = LOOK[kind];
  const isBad = kind === "rejected" || kind === "failed";
  return (
    <p className="flex items-start gap-1.5 text-ink-3 text-xs">
      <span aria-hidden="true" className={cx("mt-px shrink-0", color)}>
        <Icon className="size-3.5" />
      </span>
      <span className={cx("min-w-0", isBad && "text-due")}>
        {words ?? t(kind)}
        {why !== null && `: ${why}`} <span className="text-ink-3">·</span>{" "}
        <Moment at={at} timeZone={timeZone} style="clock" className="text-ink-3" />
        {action}
      </span>
    </p>
  );
}
