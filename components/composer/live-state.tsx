"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { ComposerStore } from "@/lib/client/composer-store";
import type { ComposerView } from "@/lib/shared/api/thread";

/** Around a composer whose conversation may open or close under the writer's hands: says it to who listens instead of
 *  looking, and keeps the place of who was writing, for the field that had the focus is gone. */
export function LiveState({
  store,
  composer,
  children,
}: {
  store: ComposerStore;
  composer: ComposerView;
  children: ReactNode;
}) {
  const t = useTranslations("composer");
  const place = useRef<HTMLDivElement>(null);
  const wasInside = useRef(false);
  const state = composer.allowed ? "open" : `${composer.because} ${composer.substatus}`;
  const known = useRef(state);
  const [news, setNews] = useState("");

  function wordsNow(): string {
    if (composer.allowed) return t("live.open");
    // What stands in the composer's place names itself.
    const stop = place.current?.querySelector("[data-substatus], [data-closed]");
    const title = stop?.getAttribute("aria-label") ?? "";
    if (stop?.hasAttribute("data-own")) return title;
    const isKept = store.snapshot().draft.text.trim() !== "";
    return t(isKept ? "live.closedKept" : "live.closed", { title: title.replace(/\.$/, "") });
  }
  const words = useRef(wordsNow);
  words.current = wordsNow;

  useEffect(() => {
    if (known.current === state) return;
    known.current = state;
    setNews(words.current());
    const focused = document.activeElement;
    const hasStop = focused instanceof HTMLElement && focused.matches("[data-substatus], [data-closed]");
    if (!wasInside.current || !(focused === document.body || hasStop)) return;
    const field = place.current?.querySelector<HTMLElement>("[data-composer]:not([disabled])");
    const stop = place.current?.querySelector<HTMLElement>("[data-substatus], [data-closed]");
    // Where there is a way on, one press takes it.
    const onward = stop?.querySelector<HTMLElement>("[data-onward]");
    (field ?? onward ?? stop)?.focus({ preventScroll: true });
  }, [state]);

  useEffect(() => {
    const around = place.current;
    if (!around) return;
    const enter = () => {
      wasInside.current = true;
    };
    const leave = ({ target, relatedTarget }: FocusEvent) => {
      const isStaying = relatedTarget instanceof Node && around.contains(relatedTarget);
      // A field that is taken away leaves nobody elsewhere: whoever was in it is still here.
      queueMicrotask(() => {
        if (target instanceof Node && target.isConnected) wasInside.current = isStaying;
      });
    };
    around.addEventListener("focusin", enter);
    around.addEventListener("focusout", leave);
    return () => {
      around.removeEventListener("focusin", enter);
      around.removeEventListener("focusout", leave);
    };
  }, []);

  return (
    <div ref={place} className="contents">
      <p role="status" className="sr-only">
        {news}
      </p>
      {children}
    </div>
  );
}
