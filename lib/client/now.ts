import { useSyncExternalStore } from "react";

const TICK_MS = 20_000;
const listeners = new Set<() => void>();
let now = 0;
let timer: ReturnType<typeof setInterval> | null = null;

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
    now = 0;
  };
}

function read(): number {
  if (now === 0) now = Date.now();
  return now;
}

/** The server's rendering and the browser's first one agree on the minute, unless it turned between them: whoever shows
 *  a text made from it marks that text with suppressHydrationWarning. */
const readOnServer = () => Math.floor(Date.now() / 60_000) * 60_000;

/** The present, moved on every few seconds for everything that tells relative times. */
export function useNow(): Date {
  return new Date(useSyncExternalStore(subscribe, read, readOnServer));
}
