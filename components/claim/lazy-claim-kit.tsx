"use client";

import { lazyKit } from "@/components/thread/lazy-kit";

/** What only claims have. */
export const lazyClaimKit = lazyKit({
  es: () => import("./claim-kit-es").then((module) => module.ClaimKitEs),
  pt: () => import("./claim-kit-pt").then((module) => module.ClaimKitPt),
  en: () => import("./claim-kit-en").then((module) => module.ClaimKitEn),
});
