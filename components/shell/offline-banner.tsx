"use client";

import WifiOff from "lucide-react/icons/wifi-off";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { isOffline, subscribeOnline } from "@/lib/client/online";

/** Says that our server is out of reach and what still works. The live region is always there, so that it is read out. */
export function OfflineBanner() {
  const t = useTranslations("shell");
  const offline = useSyncExternalStore(subscribeOnline, isOffline, () => false);
  return (
    <div role="status">
      {offline && (
        <p className="flex items-center justify-center gap-2 bg-soon-wash px-4 py-1.5 text-sm text-soon">
          <WifiOff aria-hidden="true" className="size-4 shrink-0" />
          {t("offline")}
        </p>
      )}
    </div>
  );
}
