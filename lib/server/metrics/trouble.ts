import "server-only";

/** Tells of a trouble once, until it is over: a database that is away for a minute is one line in the log, not hundreds. */
export interface Trouble {
  met(error: unknown): void;
  isOver(): void;
}

/** @param tell gets the first error of each trouble. */
export function createTrouble(tell: (error: unknown) => void): Trouble {
  let isMet = false;
  return {
    met(error) {
      if (!isMet) tell(error);
      isMet = true;
    },
    isOver() {
      isMet = false;
    },
  };
}
