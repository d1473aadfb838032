/** Runs once, before the web process takes requests. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { drainOnSignal } = await import("@/lib/server/drain");
    drainOnSignal();
  }
}
