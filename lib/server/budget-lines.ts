import "server-only";

export interface Lines {
  /** Does `work` when those who came before for the same `key` are done.
   *  @throws what `tooLate` makes, when its turn has not come by `deadline` (ms since the epoch). */
  wait<T>(key: string, deadline: number, tooLate: () => Error, work: () => Promise<T>): Promise<T>;
}

/** Lines in which those who want the same thing wait in the order they came: one of them asks the database, not all. */
export function createLines(): Lines {
  const tails = new Map<string, Promise<void>>();

  return {
    async wait(key, deadline, tooLate, work) {
      const before = tails.get(key);
      let leave = (): void => undefined;
      const mine = new Promise<void>((resolve) => {
        leave = resolve;
      });
      const tail = before === undefined ? mine : before.then(() => mine);
      tails.set(key, tail);
      try {
        if (before !== undefined) await inTime(before, deadline, tooLate);
        return await work();
      } finally {
        leave();
        if (tails.get(key) === tail) tails.delete(key);
      }
    },
  };
}

async function inTime(turn: Promise<void>, deadline: number, tooLate: () => Error): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooLate()), deadline - Date.now());
  });
  try {
    await Promise.race([turn, late]);
  } finally {
    clearTimeout(timer);
  }
}
