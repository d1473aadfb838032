import { setTimeout as pause } from "node:timers/promises";

/** After a look that found nothing there is a rest of so many times what it took, so that a flood of wake-ups (each of
 *  which says only "perhaps") costs a fifth of a core at most. */
const REST = 4;
const LONGEST_REST_MS = 500;

/** Takes work in and runs it until it is told to stop. */
export interface Pump {
  /** There may be work: look at once, or again as soon as the look under way has ended. */
  wake(): void;
  /** Takes nothing more in; resolves when what runs has ended. */
  stop(): Promise<void>;
}

/** Claims work whenever it is woken and runs at most `concurrency` pieces of it at a time. What was claimed has its own
 *  fate: a piece that throws is told to `onError` and hinders no other.
 *  @param o.claim takes work upon this process; called by one caller at a time, and only while there is room. */
export function createPump(o: {
  concurrency: number;
  claim: (room: number) => Promise<(() => Promise<void>)[]>;
  onError: (error: unknown) => void;
}): Pump {
  const waiting: (() => Promise<void>)[] = [];
  const running = new Set<Promise<void>>();
  let looking: Promise<void> | null = null;
  let isWoken = false;
  const stopping = new AbortController();

  const room = () => o.concurrency - running.size - waiting.length;

  function wake(): void {
    isWoken = true;
    looking ??= look().finally(() => {
      looking = null;
      if (isWoken && !stopping.signal.aborted && room() > 0) wake();
    });
  }

  async function look(): Promise<void> {
    while (isWoken && !stopping.signal.aborted && room() > 0) {
      isWoken = false;
      const startedAt = performance.now();
      try {
        const claimed = await o.claim(room());
        if (claimed.length > 0) isWoken = true;
        waiting.push(...claimed);
        start();
        if (claimed.length > 0) continue;
      } catch (error) {
        o.onError(error);
      }
      const restMs = Math.min(LONGEST_REST_MS, REST * (performance.now() - startedAt));
      await pause(restMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  function start(): void {
    while (running.size < o.concurrency) {
      const work = waiting.shift();
      if (work === undefined) return;
      const run = work()
        .catch(o.onError)
        .finally(() => {
          running.delete(run);
          start();
          wake();
        });
      running.add(run);
    }
  }

  return {
    wake,
    async stop() {
      stopping.abort();
      await looking;
      // What was claimed and not begun goes back with everything else that this worker holds.
      waiting.length = 0;
      await Promise.all(running);
    },
  };
}
