const HOUR_MS = 3_600_000;
/** Less than a working morning is left. */
const URGENT_MS = 4 * HOUR_MS;
const NEAR_MS = 24 * HOUR_MS;

/** How much a deadline asks for attention: red when it is over or hours away, amber on its last day. Pure. */
export function toneOfDue(dueAt: Date, now: Date): "due" | "soon" | "mute" {
  const left = dueAt.getTime() - now.getTime();
  if (left < URGENT_MS) return "due";
  return left < NEAR_MS ? "soon" : "mute";
}
