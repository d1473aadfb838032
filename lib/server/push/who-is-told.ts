import "server-only";

/** How long a message waits before anybody is told of it: who has the conversation open has looked at it by then, and a look
 *  ends the news. The browser could not tell us (docs/decisions/036). */
export const GRACE_MS = 3_000;
/** How long a user has peace from one conversation after a notification of it. */
export const PAUSE_MS = 30_000;

/** Decides of each piece of news whether it is told now, and when the next of the others becomes due. Pure.
 *  @returns `nextInMs` null: nothing waits. */
export function whoIsTold<N extends { storedAgoMs: number; toldAgoMs: number | null }>(
  news: readonly N[],
  { graceMs, pauseMs }: { graceMs: number; pauseMs: number },
): { now: N[]; later: N[]; nextInMs: number | null } {
  const waitOf = ({ storedAgoMs, toldAgoMs }: N) =>
    Math.max(0, graceMs - storedAgoMs, toldAgoMs === null ? 0 : pauseMs - toldAgoMs);
  const later = news.filter((one) => waitOf(one) > 0);
  return {
    now: news.filter((one) => waitOf(one) === 0),
    later,
    nextInMs: later.length === 0 ? null : Math.min(...later.map(waitOf)),
  };
}
