import { useLocale } from "next-intl";
import { type RefObject, useEffect, useRef, useState } from "react";
import { type LintPart, loadLint } from "./load-lint";

/** How long a press of Send waits for rules that are on their way: then the text goes without them. */
const PATIENCE_MS = 1_500;

export interface LintRules {
  /** Null: they are not here (yet). */
  part: LintPart | null;
  /** The same, for what happens before the next render. */
  latest: RefObject<LintPart | null>;
  load: () => void;
  /** Must a press of Send wait for them? Then the form is sent again by itself, once they have come or will not. */
  hold: (form: HTMLFormElement) => boolean;
}

/** The rules that watch over a draft, in the reader's language. Without them writing and sending go on. */
export function useLintRules(): LintRules {
  const locale = useLocale();
  const [part, setPart] = useState<LintPart | null>(null);
  const latest = useRef<LintPart | null>(null);
  const arriving = useRef<Promise<void> | null>(null);
  const isHolding = useRef(false);
  const hasWaited = useRef(false);
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);

  function load(): void {
    if (latest.current !== null || arriving.current !== null) return;
    const loading = loadLint(locale).then(
      (loaded) => {
        latest.current = loaded;
        if (isMounted.current) setPart(loaded);
      },
      // Nothing is warned of; the next focus asks for them again.
      () => undefined,
    );
    arriving.current = loading.finally(() => {
      arriving.current = null;
    });
  }

  function hold(form: HTMLFormElement): boolean {
    if (latest.current !== null || arriving.current === null || hasWaited.current) return false;
    if (isHolding.current) return true;
    isHolding.current = true;
    const enough = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS));
    void Promise.race([arriving.current, enough]).then(() => {
      isHolding.current = false;
      hasWaited.current = true;
      if (isMounted.current && form.isConnected) form.requestSubmit();
    });
    return true;
  }

  return { part, latest, load, hold };
}
