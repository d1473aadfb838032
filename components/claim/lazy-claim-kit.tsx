"use client";

import dynamic from "next/dynamic";
import { useLocale } from "next-intl";
import { createContext, type ReactNode, useContext } from "react";
import { isLocale, type Locale } from "@/lib/shared/words/locale";

/** The kit where it came with the page, as it does on a claim's own address. */
export const GivenKitContext = createContext<((children: ReactNode) => ReactNode) | null>(null);

/** Its script with the words of one language: nobody who opens no claim loads either. */
const load = {
  es: () => import("./claim-kit-es"),
  pt: () => import("./claim-kit-pt"),
  en: () => import("./claim-kit-en"),
};

const loading = () => <section aria-busy="true" className="min-w-0 flex-1 bg-pane" />;

const LAZY = {
  es: dynamic(() => load.es().then((module) => module.ClaimKitEs), { loading }),
  pt: dynamic(() => load.pt().then((module) => module.ClaimKitPt), { loading }),
  en: dynamic(() => load.en().then((module) => module.ClaimKitEn), { loading }),
} as const satisfies Record<Locale, unknown>;

/** Around a conversation that is a claim. */
export function LazyClaimKit({ children }: { children: ReactNode }) {
  const given = useContext(GivenKitContext);
  const Lazy = LAZY[useLocale()];
  return given === null ? <Lazy>{children}</Lazy> : given(children);
}

/** Loads it ahead, with the first sign that a claim will be opened. */
export function loadClaimKit(): void {
  const locale = document.documentElement.lang.slice(0, 2);
  if (isLocale(locale)) void load[locale]();
}
