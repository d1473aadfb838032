/** What must happen before the page leaves for the sign-in page because the session ended elsewhere: drafts are kept. */
const listeners = new Set<() => void>();
let hasLeft = false;

/** Runs `listener` once when an answer says that the session is over. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps what is unsaved and goes to the sign-in page. */
export function reportSignedOut(): void {
  if (hasLeft || typeof window === "undefined") return;
  hasLeft = true;
  for (const listener of listeners) listener();
  window.location.assign("/");
}
