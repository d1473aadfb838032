"use client";

import { useEffect, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import en from "@/lib/shared/words/en/crash.json";
import es from "@/lib/shared/words/es/crash.json";
import { type Locale, localeOf } from "@/lib/shared/words/locale";
import pt from "@/lib/shared/words/pt/crash.json";
import "./globals.css";

const WORDS = { es, pt, en } as const;

/** The page of last resort: not even the layout could be drawn, so nothing of it is used here. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  const [locale, setLocale] = useState<Locale>("es");
  useEffect(() => setLocale(localeOf(navigator.languages.join(","))), []);
  const words = WORDS[locale];
  return (
    <html lang={locale}>
      <body className="grid min-h-dvh place-items-center bg-bg p-6 font-sans text-ink">
        <title>{words.title}</title>
        <main className="max-w-md text-center">
          <h1 className="font-semibold text-xl">{words.title}</h1>
          <p className="mt-2 text-ink-2 text-md">{words.body}</p>
          <button type="button" className={`${buttonClass("primary")} mt-5`} onClick={reset}>
            {words.again}
          </button>
        </main>
      </body>
    </html>
  );
}
