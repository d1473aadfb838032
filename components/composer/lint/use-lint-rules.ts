import { useLocale } from "next-intl";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { wishToMoveOn } from "@/lib/client/field-wish";
import { type LintPart, loadLint } from "./load-lint";

/** How long a press of Send waits for rules that are on their way: then the text goes without them. */
const PATIENCE_MS = 1_500;

export interface LintRules {
  /** Null: they are not here (yet). */
  part: LintPart | null;
  /** The same, for what happens before the next render. */
  latest: RefObject<LintPart | null>;
  load: () => void;
  /** Must a press of Send wait for them? Then the form is sent again by itself, once they have come or will not, or when its
   *  conversation is left; unless what was written at the press is no longer what is there. */
  hold: (form: HTMLFormElement, written: string) => boolean;
}

/** The rules that watch over a draft, in the reader's language. Without them writing and sending go on.
 *  @param sendNow sends what is in the field, past the form */
export function useLintRules(sendNow: () => void): LintRules {
  const locale = useLocale();
  const [part, setPart] = useState<LintPart | null>(null);
  const latest = useRef<LintPart | null>(null);
  const arriving = useRef<Promise<void> | null>(null);
  /** The press of Send that waits. */
  const held = useRef<{ form: HTMLFormElement; written: string } | null>(null);
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

  function hold(form: HTMLFormElement, written: string): boolean {
    if (held.current !== null) return true;
    const isHere = latest.current !== null || arriving.current === null;
    if (isHere || hasWaited.current || written.trim() === "") return false;
    held.current = { form, written };
    const enough = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS));
    void Promise.race([arriving.current, enough]).then(() => letGo(false));
    return true;
  }

  /** Only what was there at the press goes: who writes on has not finished. Whoever sends and leaves has sent. */
  function letGo(isLeaving: boolean): void {
    const one = held.current;
    held.current = null;
    if (one === null) return;
    hasWaited.current = true;
    const field = one.form.querySelector<HTMLTextAreaElement>("[data-composer]");
    const isSame = field?.value === one.written && one.form.isConnected;
    if (!isSame || isLeaving) wishToMoveOn(false);
    if (!isSame) return;
    // React hears no event while it takes a form away.
    if (isLeaving) sendNow();
    else one.form.requestSubmit();
  }

  const latestLetGo = useRef(letGo);
  latestLetGo.current = letGo;
  useLayoutEffect(() => () => latestLetGo.current(true), []);

  return { part, latest, load, hold };
}
