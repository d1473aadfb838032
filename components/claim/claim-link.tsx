"use client";

import { useTranslations } from "next-intl";
import { SoftLink } from "@/components/ui/soft-link";
import { inboxHref } from "@/lib/shared/view/address";

/** The way to a claim, from the conversation of its sale. */
export function ClaimLink({ id, account = null }: { id: string; account?: string | null }) {
  const t = useTranslations("thread.claims");
  return (
    <SoftLink
      href={inboxHref({ channel: "claims", externalId: id, account })}
      className="relative font-semibold text-accent underline-offset-2 hover:underline max-md:after:absolute max-md:after:-inset-x-1 max-md:after:-inset-y-3"
    >
      {t("link", { id })}
    </SoftLink>
  );
}
