/** Runs once, before the web process takes requests. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { drainOnSignal } = await import("@/lib/server/drain");
    const { peerHeader } = await import("@/lib/server/intake/peer");
    drainOnSignal();
    // Listening from the first request on: one that was missed could not be told from a stranger's.
    peerHeader();
  }
}
