import type { ThreadView } from "@/lib/shared/api/thread";
import type { Bubble } from "./bubbles";
import { isActShown } from "./claim-acts";
import { type ClaimEvent, claimTimeline } from "./claim-timeline";

/** Something that happened on a claim, between its messages. */
export interface ClaimEntry {
  kind: "event";
  key: string;
  at: Date;
  event: ClaimEvent;
}

/** The conversation of a claim with what happened on it, oldest first. What lies before the oldest message that is shown
 *  waits until the messages before it are; of two things at the same time the event comes first. Pure. */
export function weaveClaim(
  view: Pick<ThreadView, "claim" | "messages" | "hasOlder">,
  bubbles: readonly Bubble[],
): (Bubble | ClaimEntry)[] {
  if (view.claim === null) return [...bubbles];
  const { facts, acts } = view.claim;
  const since = view.hasOlder ? (view.messages[0]?.createdAt.getTime() ?? 0) : Number.NEGATIVE_INFINITY;
  const entries = claimTimeline(facts, acts.filter(isActShown))
    .filter(({ at }) => at.getTime() >= since)
    .map((event): ClaimEntry => ({ kind: "event", key: `event/${event.key}`, at: event.at, event }));
  // Sorting is stable: events first where the time is equal, and a reply that waits for a decision stays the last.
  return [...entries, ...bubbles].sort((a, b) => a.at.getTime() - b.at.getTime());
}
