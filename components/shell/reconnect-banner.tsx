"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { SoftLink } from "@/components/ui/soft-link";
import { viewerOf } from "@/lib/client/keys";
import { summaryOptions } from "@/lib/client/queries";
import type { MeView } from "@/lib/shared/api/account";

const SAYS_IT_ITSELF = ["/settings", "/status"];

/** Accounts whose permission Mercado Libre no longer takes, as the summary tells while a page is open. What the seller has here is safe, and stays. The settings
 *  and the status page say it beside each account, so it is not said twice there. */
export function ReconnectBanner({ me }: { me: MeView }) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const { data: summary } = useQuery({ ...summaryOptions(viewerOf(me)), enabled: false });
  const lost = me.accounts.filter(({ id, state }) => {
    const live = summary?.accounts.find((account) => account.id === id);
    return (live?.state ?? state) === "reconnect";
  });
  if (lost.length === 0 || SAYS_IT_ITSELF.includes(pathname)) return null;
  const nickname = lost.map((account) => account.nickname).join(", ");
  return (
    <aside
      aria-label={t("needsReconnect")}
      className="flex items-center justify-center gap-x-4 bg-soon-wash px-4 py-1 text-sm text-soon max-md:justify-between"
    >
      <p>{t("reconnectNotice", { nickname })}</p>
      <SoftLink
        href="/settings"
        className="inline-flex min-h-11 shrink-0 items-center font-semibold underline underline-offset-2 md:min-h-7"
      >
        {t("reconnect")}
      </SoftLink>
    </aside>
  );
}
