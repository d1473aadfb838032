import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Closer to the end than this counts as being at the end. */
const NEAR_PX = 48;
/** Older messages are fetched this far before the top is reached. */
const AHEAD_PX = 240;

/** Nothing came below what is read: one and the same set, so that being told of it again changes nothing. */
export const NOTHING_BELOW: ReadonlySet<string> = new Set();

const useBrowserLayoutEffect = typeof window === "undefined" ? useEffect : useLayoutEffect;

export interface LogScroll {
  props: { ref: RefObject<HTMLDivElement | null>; onScroll: () => void };
  isAtBottom: boolean;
  /** Keys of what arrived below while the reader was further up. */
  below: readonly string[];
  toBottom: () => void;
}

/** Keeps a conversation where its reader is: at the end it follows what arrives, further up it stands still, and older
 *  messages grow above without moving what is being read. */
export function useLogScroll(o: {
  firstKey: string | null;
  /** Of all that is shown, oldest first. */
  keys: readonly string[];
  hasPending: boolean;
  canLoad: boolean;
  onTop: () => void;
}): LogScroll {
  const ref = useRef<HTMLDivElement>(null);
  const lastKey = o.keys.at(-1) ?? null;
  const [isAtBottom, setAtBottom] = useState(true);
  // A conversation opens at its end: told only after it is drawn, everything would be drawn twice before it is seen.
  const [seenUpTo, setSeenUpTo] = useState(lastKey);
  const before = useRef<{ firstKey: string | null; height: number; wasAtBottom: boolean } | null>(null);

  function toBottom(): void {
    const log = ref.current;
    if (log) log.scrollTop = log.scrollHeight;
  }

  const latest = useRef(o);
  latest.current = o;

  function onScroll(): void {
    const log = ref.current;
    if (!log || log.clientHeight === 0) return;
    const atBottom = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
    setAtBottom(atBottom);
    if (before.current) before.current.wasAtBottom = atBottom;
    if (atBottom) setSeenUpTo(latest.current.keys.at(-1) ?? null);
    if (log.scrollTop < AHEAD_PX && latest.current.canLoad) latest.current.onTop();
  }

  useBrowserLayoutEffect(() => {
    const log = ref.current;
    if (!log) return;
    const last = before.current;
    if (last === null || last.wasAtBottom || o.hasPending) {
      log.scrollTop = log.scrollHeight;
      setSeenUpTo(lastKey);
    } else if (last.firstKey !== o.firstKey) {
      log.scrollTop += log.scrollHeight - last.height;
    }
    const atBottom = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
    setAtBottom(atBottom);
    before.current = { firstKey: o.firstKey, height: log.scrollHeight, wasAtBottom: atBottom };
  }, [o.firstKey, lastKey, o.keys.length, o.hasPending]);

  // The composer grows, a phone's keyboard opens: who was at the end stays there.
  useEffect(() => {
    const log = ref.current;
    if (!log) return;
    const observer = new ResizeObserver(() => {
      if (before.current?.wasAtBottom && log.clientHeight > 0) log.scrollTop = log.scrollHeight;
      if (log.scrollTop < AHEAD_PX && log.clientHeight > 0 && latest.current.canLoad) latest.current.onTop();
    });
    observer.observe(log);
    if (log.firstElementChild) observer.observe(log.firstElementChild);
    return () => observer.disconnect();
  }, []);

  const seenIndex = seenUpTo === null ? o.keys.length - 1 : o.keys.indexOf(seenUpTo);
  return {
    props: { ref, onScroll },
    isAtBottom,
    below: seenIndex === -1 ? [] : o.keys.slice(seenIndex + 1),
    toBottom,
  };
}
