import "server-only";

/** There is no room for more: whoever sent it tries again. */
export class QueueFull extends Error {
  override readonly name = "QueueFull";
}

export interface Batcher<T> {
  /** Resolves once the item was written. @throws QueueFull, or what its write threw. */
  add(item: T): Promise<void>;
}

interface Waiting<T> {
  item: T;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Writes items that come while a write is under way together in the next one: under load one statement stores dozens,
 *  and a lone item waits for nothing. At most `inFlight` writes at a time and `room` items that wait.
 *  @param o.isOneAtFault may a single item have spoilt the write of its batch? Then each is written by itself. */
export function createBatcher<T>(
  write: (batch: readonly T[]) => Promise<unknown>,
  o: { inFlight: number; largest: number; room: number; isOneAtFault?: (error: unknown) => boolean },
): Batcher<T> {
  let waiting: Waiting<T>[] = [];
  let running = 0;

  function start(): void {
    while (running < o.inFlight && waiting.length > 0) {
      const batch = waiting.slice(0, o.largest);
      waiting = waiting.slice(o.largest);
      running += 1;
      void settle(batch).finally(() => {
        running -= 1;
        start();
      });
    }
  }

  async function settle(batch: readonly Waiting<T>[]): Promise<void> {
    try {
      await write(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (batch.length > 1 && o.isOneAtFault?.(error)) for (const one of batch) await settle([one]);
      else for (const { reject } of batch) reject(error);
    }
  }

  return {
    add(item) {
      if (waiting.length >= o.room) return Promise.reject(new QueueFull("too many notifications wait"));
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        start();
      });
    },
  };
}
