import "server-only";
import { addToTotals } from "@/lib/server/store/counters";
import type { Database } from "@/lib/server/store/database";
import { giveBack, takeCounts } from "./count";
import { createTrouble } from "./trouble";

const FLUSH_MS = 2_000;

export interface Flusher {
  /** Writes what was counted so far. Never rejects: what could not be written waits for the next time. */
  flush(): Promise<void>;
  /** Ends the timer; `flush` still works. */
  stop(): void;
}

/** Carries this process's counts into the database, every two seconds. A trouble is told once, until it is over.
 *  A total may count a little twice when the connection dies between the commit and its answer: it never loses. */
export function createFlusher(db: Database, onError: (error: unknown) => void): Flusher {
  const trouble = createTrouble(onError);
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const taken = takeCounts();
    try {
      await addToTotals(db, taken);
      if (taken.length > 0) trouble.isOver();
    } catch (error) {
      giveBack(taken);
      trouble.met(error);
    }
  }

  function flush(): Promise<void> {
    writing = writing.then(write);
    return writing;
  }

  const timer = setInterval(() => void flush(), FLUSH_MS);
  timer.unref();
  return { flush, stop: () => clearInterval(timer) };
}
