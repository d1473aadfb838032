import Link from "next/link";
import { useTranslations } from "next-intl";
import type { MeView } from "@/lib/shared/api/account";

/** Accounts whose permission Mercado Libre no longer takes. What the seller has here is safe, and stays. */
export function ReconnectBanner({ me }: { me: MeView }) {
  const t = useTranslations("shell");
  const lost = me.accounts.filter((account) => account.state === "reconnect");
  if (lost.length === 0) return null;
  const nickname = lost.map((account) => account.nickname).join(", ");
  return (
    <p className="flex flex-wrap items-center justify-center gap-x-2 bg-soon-wash px-4 py-1.5 text-sm text-soon">
      {t("reconnectNotice", { nickname })}
      <Link href="/settings" className="font-semibold underline underline-offset-2">
        {t("reconnect")}
      </Link>
    </p>
  );
}
