"use client";

import Clock from "lucide-react/icons/clock";
import Hourglass from "lucide-react/icons/hourglass";
import Lock from "lucide-react/icons/lock";
import { useLocale, useTranslations } from "next-intl";
import { useZone } from "@/components/inbox/zone";
import { cx } from "@/components/ui/cx";
import { SoftLink } from "@/components/ui/soft-link";
import { useNow } from "@/lib/client/now";
import { isOpenClaim } from "@/lib/shared/claim/turn";
import { inboxHref } from "@/lib/shared/view/address";
import { claimTime } from "@/lib/shared/view/claim-head";
import { exactTime } from "@/lib/shared/view/moments";
import { useMoneyWords, useResolutionWords, useTimeWords } from "./use-claim-words";
import { useDesk } from "./use-desk";

const TONE = {
  due: "bg-due-wash text-due",
  soon: "bg-soon-wash text-soon",
  mute: "bg-pane-2 text-ink-2",
} as const;

/** Whose turn it is and until when, over the whole width: loud for a duty of the seller's, quiet for anybody else's. Beside
 *  it the way to the conversation of the sale. */
export function TimeLine() {
  const t = useTranslations("claim");
  const { view, claim, threadRef } = useDesk();
  const locale = useLocale();
  const zone = useZone();
  const now = useNow();
  const money = useMoneyWords();
  const timeWords = useTimeWords();
  const resolutionWords = useResolutionWords();
  const time = claimTime(claim.facts, now);
  const isOpen = isOpenClaim(claim.facts);
  const turn = time.turn === null ? null : t(`row.turn.${time.turn}`);
  const words = isOpen ? timeWords(time) : null;
  const Icon = isOpen ? (time.turn === "seller" ? Clock : Hourglass) : Lock;
  const problem = [
    claim.facts.detail?.problem ?? claim.facts.reason,
    view.row.amount && money(view.row.amount),
  ]
    .filter((part) => typeof part === "string" && part !== "")
    .join(" · ");
  const said = isOpen
    ? [turn, words].filter((part) => part !== null).join(". ")
    : [t("time.closed"), resolutionWords(claim.facts)].filter((part) => part !== null).join(". ");
  if (said === "" && view.sale === null) return null;
  return (
    <div
      className={cx(
        "flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-5 py-2 text-sm max-md:px-3.5 short:py-1",
        TONE[isOpen ? time.tone : "mute"],
      )}
    >
      {said !== "" && (
        <p className="flex min-w-0 flex-1 basis-60 items-start gap-2" suppressHydrationWarning>
          <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0">
            <span
              className={cx(isOpen && time.tone !== "mute" && "font-semibold")}
              {...(isOpen && time.clock !== null && { title: exactTime(time.clock.dueAt, locale, zone) })}
              suppressHydrationWarning
            >
              {said}
            </span>
            {/* Where the panel does not stand beside it. */}
            {problem !== "" && (
              <span className="block text-ink-2 xl:hidden max-md:short:hidden">{problem}</span>
            )}
          </span>
        </p>
      )}
      {view.sale !== null && (
        <SoftLink
          href={inboxHref({
            channel: "messages",
            externalId: view.sale.externalId,
            account: threadRef.account,
          })}
          className="-my-1 inline-flex items-center rounded-1 py-1 font-semibold text-accent underline-offset-2 hover:underline max-md:min-h-11"
        >
          {t("toSale")}
        </SoftLink>
      )}
    </div>
  );
}
