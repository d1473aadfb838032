"use client";

import Lock from "lucide-react/icons/lock";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Notice } from "@/components/ui/notice";
import { SoftLink } from "@/components/ui/soft-link";
import type { ComposerView } from "@/lib/shared/api/thread";
import { turnOf } from "@/lib/shared/claim/turn";
import { inboxHref } from "@/lib/shared/view/address";
import { turnKeyOf } from "@/lib/shared/view/claim-row";
import { useResolutionWords } from "./use-claim-words";
import { useDesk } from "./use-desk";

/** In the composer's place on a claim: why nobody may write, and what to do now. */
export function Shut({
  closed,
  isKept,
  action,
}: {
  closed: Extract<ComposerView, { allowed: false }>;
  isKept: boolean;
  action: ReactNode;
}) {
  const t = useTranslations("claim");
  const { view, claim, threadRef } = useDesk();
  const why = useResolutionWords()(claim.facts);
  const isOver = closed.because === "closed";
  const turn = turnKeyOf({ stage: claim.facts.stage, turn: turnOf(claim.facts) }) ?? "none";
  const title = isOver ? t("shut.closed") : t(`shut.${turn}`);
  const sale = isOver ? view.sale : null;
  return (
    <section data-closed={closed.because} aria-label={title} tabIndex={-1}>
      <Notice
        tone="mute"
        icon={<Lock />}
        title={isOver && why !== null ? `${title}: ${why}` : title}
        action={
          sale === null ? (
            !isOver && action
          ) : (
            <SoftLink
              href={inboxHref({
                channel: "messages",
                externalId: sale.externalId,
                account: threadRef.account,
              })}
              className="inline-flex items-center font-semibold text-accent underline-offset-2 hover:underline max-md:min-h-11"
            >
              {t("toSale")}
            </SoftLink>
          )
        }
      >
        {isOver ? t(sale === null ? "shut.closedBody" : "shut.closedWithSale") : t(`shut.${turn}Body`)}{" "}
        {isKept && t("shut.kept")}
      </Notice>
    </section>
  );
}
