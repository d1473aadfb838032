import { isOffline, subscribeOnline } from "@/lib/client/online";

/** How this tab learns of changes: `live`, as they happen; `connecting`, it asks every few seconds meanwhile; `offline`,
 *  not at all. */
export type Connection = "live" | "connecting" | "offline";

/** A line that is back within this time is not worth a word. */
const PATIENCE_MS = 5_000;

let isOpen = false;
let isLate = false;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Told by the stream: whether events reach this tab. */
export function reportStream(next: boolean): void {
  isOpen = next;
  clearTimeout(timer);
  setLate(false);
  if (!next) timer = setTimeout(() => setLate(true), PATIENCE_MS);
}

function setLate(next: boolean): void {
  isLate = next;
  for (const listener of listeners) listener();
}

export function readConnection(): Connection {
  if (isOffline()) return "offline";
  return isOpen ? "live" : "connecting";
}

/** For useSyncExternalStore. */
export function subscribeConnection(listener: () => void): () => void {
  listeners.add(listener);
  const forget = subscribeOnline(listener);
  return () => {
    listeners.delete(listener);
    forget();
  };
}

export const isLive = () => readConnection() === "live";

/** The line has been down for long enough to say so. */
export const isLineLate = () => isLate && !isOpen;
