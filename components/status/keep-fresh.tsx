"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { isWithinReach } from "@/lib/client/online";

const EVERY_MS = 10_000;

/** Reads the page anew every ten seconds while somebody looks at it, and at once when they come back to it. Our server
 *  is asked whether it is there first: a page that cannot be read anew would be left for the browser's own. */
export function KeepFresh() {
  const router = useRouter();
  useEffect(() => {
    let isGone = false;
    const refresh = async () => {
      if (document.visibilityState !== "visible") return;
      const isUp = await isWithinReach();
      if (isUp && !isGone) router.refresh();
    };
    const timer = setInterval(refresh, EVERY_MS);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      isGone = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [router]);
  return null;
}
