"use client";

import ShieldAlert from "lucide-react/icons/shield-alert";
import { useTranslations } from "next-intl";
import { ClaimLink } from "@/components/claim/claim-link";
import type { ThreadView } from "@/lib/shared/api/thread";

/** The claims on a sale, over its conversation. Mercado Libre does not say here which of them are open. */
export function ClaimLinks({
  view,
  account,
}: {
  view: Pick<ThreadView, "claimIds">;
  account: string | null;
}) {
  const t = useTranslations("thread.claims");
  const { claimIds } = view;
  if (claimIds.length === 0) return null;
  return (
    <p className="flex shrink-0 items-start gap-2 border-line border-b bg-pane-2 px-5 py-2 text-ink-2 text-sm max-md:px-3.5">
      <ShieldAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span className="flex min-w-0 flex-wrap gap-x-2">
        {t("has")}
        {claimIds.map((id) => (
          <ClaimLink key={id} id={id} account={account} />
        ))}
      </span>
    </p>
  );
}
