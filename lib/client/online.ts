/** Is our server within reach? Told by the browser's own flag and by what calls find out: whichever is worse. */
let hasFailed = false;
const listeners = new Set<() => void>();

function set(failed: boolean): void {
  if (hasFailed === failed) return;
  hasFailed = failed;
  for (const listener of listeners) listener();
}

/** A call got no answer. */
export const reportOffline = () => set(true);
/** A call was answered, with whatever status. */
export const reportOnline = () => set(false);

/** Asks our server whether it is there, and reports what it finds. */
export async function isWithinReach(): Promise<boolean> {
  const isUp = await fetch("/api/health", { cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (isUp) reportOnline();
  else reportOffline();
  return isUp;
}

export function isOffline(): boolean {
  return hasFailed || (typeof navigator !== "undefined" && navigator.onLine === false);
}

/** For useSyncExternalStore. */
export function subscribeOnline(listener: () => void): () => void {
  listeners.add(listener);
  const back = () => {
    hasFailed = false;
    listener();
  };
  window.addEventListener("online", back);
  window.addEventListener("offline", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("online", back);
    window.removeEventListener("offline", listener);
  };
}
