"use client";

import Archive from "lucide-react/icons/archive";
import Check from "lucide-react/icons/check";
import CircleAlert from "lucide-react/icons/circle-alert";
import CircleX from "lucide-react/icons/circle-x";
import Clock from "lucide-react/icons/clock";
import Hourglass from "lucide-react/icons/hourglass";
import Lock from "lucide-react/icons/lock";
import MessageSquareDashed from "lucide-react/icons/message-square-dashed";
import Pencil from "lucide-react/icons/pencil";
import Scale from "lucide-react/icons/scale";
import Shield from "lucide-react/icons/shield";
import User from "lucide-react/icons/user";
import { useTranslations } from "next-intl";
import type { ComponentType } from "react";
import { Chip } from "@/components/ui/chip";
import { useNow } from "@/lib/client/now";
import { type RowChip as Facts, toneOfChip } from "@/lib/shared/view/chip";
import { spanOf } from "@/lib/shared/view/moments";

const ICONS: Readonly<Record<Facts["kind"], ComponentType<{ "aria-hidden": "true" }>>> = {
  failed: CircleX,
  rejected: CircleX,
  uncertain: CircleAlert,
  held: CircleAlert,
  blocked: Lock,
  not_begun: MessageSquareDashed,
  waiting: Clock,
  due: Clock,
  moderation: Shield,
  sending: Clock,
  draft: Pencil,
  answered: Check,
  closed: Archive,
  mine: Clock,
  incentive: Clock,
  buyer: User,
  mediator: Scale,
  meli: Hourglass,
};

/** The one chip of a row. */
export function RowChip({ chip }: { chip: Facts }) {
  const t = useTranslations("inbox.chip");
  const now = useNow();
  const Icon = ICONS[chip.kind];
  return (
    <Chip tone={toneOfChip(chip, now)} icon={<Icon aria-hidden="true" />}>
      <span suppressHydrationWarning>{words()}</span>
    </Chip>
  );

  function words(): string {
    if (chip.kind === "waiting") {
      const { unit, count } = spanOf(chip.since.getTime(), now.getTime());
      return t(`waiting.${unit}`, { count });
    }
    if (chip.kind === "buyer" || chip.kind === "mediator" || chip.kind === "meli") {
      return chip.at === null || chip.at <= now ? t(`${chip.kind}.turn`) : left(chip.kind, chip.at);
    }
    if (chip.kind !== "due" && chip.kind !== "incentive") return t(chip.kind);
    return chip.at <= now ? t(`${chip.kind}.over`) : left(chip.kind, chip.at);
  }

  function left(kind: "due" | "incentive" | "buyer" | "mediator" | "meli", at: Date): string {
    const { unit, count } = spanOf(now.getTime(), at.getTime());
    return t(`${kind}.${unit}`, { count });
  }
}
