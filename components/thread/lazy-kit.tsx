"use client";

import dynamic from "next/dynamic";
import { useLocale } from "next-intl";
import { type ComponentType, type Context, createContext, type ReactNode, useContext } from "react";
import { isLocale, type Locale } from "@/lib/shared/words/locale";

type Wrap = ComponentType<{ children: ReactNode }>;

/** The kit of a channel that is fetched when a conversation of it is opened, with the words of one language: nobody who
 *  opens none loads either (docs/decisions/050). */
export interface LazyKitParts {
  /** The kit where it came with the page, as it does on a conversation's own address. */
  Given: Context<((children: ReactNode) => ReactNode) | null>;
  lazy: Readonly<Record<Locale, Wrap>>;
  /** Loads it ahead, with the first sign that one will be opened. */
  ahead: () => void;
}

const loading = () => <section aria-busy="true" className="min-w-0 flex-1 bg-pane" />;

export function lazyKit(load: Readonly<Record<Locale, () => Promise<Wrap>>>): LazyKitParts {
  return {
    Given: createContext<((children: ReactNode) => ReactNode) | null>(null),
    lazy: {
      es: dynamic(load.es, { loading }),
      pt: dynamic(load.pt, { loading }),
      en: dynamic(load.en, { loading }),
    },
    ahead() {
      const locale = document.documentElement.lang.slice(0, 2);
      if (isLocale(locale)) void load[locale]();
    },
  };
}

/** Around a conversation of the kit's channel. */
export function LazyKit({ kit, children }: { kit: LazyKitParts; children: ReactNode }) {
  const given = useContext(kit.Given);
  const Lazy = kit.lazy[useLocale()];
  return given === null ? <Lazy>{children}</Lazy> : given(children);
}
