"use client";

import RefreshCw from "lucide-react/icons/refresh-cw";
import WifiOff from "lucide-react/icons/wifi-off";
import { useTranslations } from "next-intl";
import { useConnection, useIsLate } from "@/lib/client/use-connection";

/** Says that our server is out of reach and what still works, or that news come late. The live region is always there,
 *  so that it is read out. */
export function ConnectionBanner() {
  const t = useTranslations("shell");
  const isOffline = useConnection() === "offline";
  const isLate = useIsLate();
  const Icon = isOffline ? WifiOff : RefreshCw;
  return (
    <div role="status">
      {(isOffline || isLate) && (
        <p className="flex items-center justify-center gap-2 bg-soon-wash px-4 py-1.5 text-sm text-soon">
          <Icon aria-hidden="true" className="size-4 shrink-0" />
          {isOffline ? t("offline") : t("reconnecting")}
        </p>
      )}
    </div>
  );
}
