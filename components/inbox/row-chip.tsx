"use client";

import Check from "lucide-react/icons/check";
import CircleAlert from "lucide-react/icons/circle-alert";
import CircleX from "lucide-react/icons/circle-x";
import Clock from "lucide-react/icons/clock";
import Lock from "lucide-react/icons/lock";
import Pencil from "lucide-react/icons/pencil";
import Shield from "lucide-react/icons/shield";
import { useTranslations } from "next-intl";
import type { ComponentType } from "react";
import { Chip } from "@/components/ui/chip";
import { useNow } from "@/lib/client/now";
import { CHIP_TONES, type RowChip as Facts } from "@/lib/shared/view/chip";
import { spanOf } from "@/lib/shared/view/moments";

const ICONS: Readonly<Record<Facts["kind"], ComponentType<{ "aria-hidden": "true" }>>> = {
  failed: CircleX,
  rejected: CircleX,
  uncertain: CircleAlert,
  held: CircleAlert,
  blocked: Lock,
  waiting: Clock,
  moderation: Shield,
  sending: Clock,
  draft: Pencil,
  answered: Check,
};

/** The one chip of a row. */
export function RowChip({ chip }: { chip: Facts }) {
  const t = useTranslations("inbox.chip");
  const now = useNow();
  const Icon = ICONS[chip.kind];
  return (
    <Chip tone={CHIP_TONES[chip.kind]} icon={<Icon aria-hidden="true" />}>
      <span suppressHydrationWarning>{chip.kind === "waiting" ? waiting(chip.since) : t(chip.kind)}</span>
    </Chip>
  );

  function waiting(since: Date): string {
    const { unit, count } = spanOf(since.getTime(), now.getTime());
    return t(`waiting.${unit}`, { count });
  }
}
