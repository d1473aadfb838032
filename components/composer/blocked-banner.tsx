"use client";

import Lock from "lucide-react/icons/lock";
import { useLocale, useTranslations } from "next-intl";
import { ClaimLink } from "@/components/claim/claim-link";
import { useZone } from "@/components/inbox/zone";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Notice } from "@/components/ui/notice";
import { SoftLink } from "@/components/ui/soft-link";
import { useNow } from "@/lib/client/now";
import type { ThreadView } from "@/lib/shared/api/thread";
import { blockRuleOf } from "@/lib/shared/substatus";
import { shortDate } from "@/lib/shared/view/moments";
import { meaningOf } from "@/lib/shared/view/reasons";

/** What a block means, who can lift it, what to do now. `data-substatus` carries the code as it was received, for people
 *  who support sellers. */
export function BlockedBanner({
  substatus,
  view,
  hasGuide,
  isKept,
  check,
}: {
  substatus: string | null;
  view: Pick<ThreadView, "claimIds" | "context">;
  /** The reasons stand below. */
  hasGuide: boolean;
  isKept: boolean;
  check: { run: () => void; isBusy: boolean };
}) {
  const t = useTranslations("blocks");
  const locale = useLocale();
  const zone = useZone();
  const now = useNow();
  const meaning = meaningOf(substatus);
  const { reopens, step } = blockRuleOf(substatus);
  const estimatedAt = meaning === "fulfillment" ? (view.context?.shipment?.estimatedAt ?? null) : null;
  const claims = step === "answer_claim" ? view.claimIds : [];
  // What lifts by itself, or for reasons nobody knows, may have done so a moment ago.
  const canAsk = !hasGuide && (reopens === "itself" || reopens === "unknown");
  return (
    <section data-substatus={substatus ?? ""} aria-label={t(`meaning.${meaning}.title`)} tabIndex={-1}>
      <Notice
        tone="mute"
        icon={<Lock />}
        title={t(`meaning.${meaning}.title`)}
        {...(canAsk && {
          action: (
            <Button size="sm" isBusy={check.isBusy} onClick={check.run}>
              {t("check")}
            </Button>
          ),
        })}
      >
        <p>
          {t(`meaning.${meaning}.body`)} {t(`reopens.${reopens}`)}
          {estimatedAt !== null && estimatedAt > now && (
            <> {t("arrives", { date: shortDate(estimatedAt, now, locale, zone) })}</>
          )}
        </p>
        <p className="mt-1 text-ink">
          <span className="font-semibold">{t("now")}:</span>{" "}
          {step === "use_guide" && !hasGuide ? t("guideElsewhere") : t(`meaning.${meaning}.now`)}
        </p>
        {step === "answer_claim" && (
          <p className="mt-1 flex flex-wrap gap-x-3 max-md:gap-y-4 max-md:py-2">
            {claims.length > 0 ? (
              t("toClaims")
            ) : (
              <SoftLink href="/inbox/claims" className="font-semibold text-accent hover:underline">
                {t("toClaimList")}
              </SoftLink>
            )}
            {claims.map((id) => (
              <ClaimLink key={id} id={id} />
            ))}
          </p>
        )}
        <p className="flex flex-wrap gap-x-2 text-ink-2">
          {isKept && <span>{t("kept")}</span>}
          {substatus !== null && (
            <code
              title={t("code")}
              className={cx(
                "font-mono text-mute text-xs leading-5",
                // Above the reasons it keeps to one line.
                hasGuide ? "min-w-0 truncate" : "[overflow-wrap:anywhere]",
              )}
            >
              {substatus}
            </code>
          )}
        </p>
      </Notice>
    </section>
  );
}
