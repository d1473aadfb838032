import { problemOf } from "@/lib/client/api-error";

/** Waits between two tries while our server cannot be reached. */
const PAUSES_MS = [600, 1_800, 4_000];

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** No answer is no refusal: a server that is not there for a moment is asked again before the seller hears of it. What is
 *  asked must be harmless to ask twice.
 *  @param wait null: nobody wants the answer any more. @throws the last failure, or one that is an answer */
export async function withPatience<T>(
  act: () => Promise<T>,
  wait: (ms: number) => Promise<void> | null = pause,
): Promise<T> {
  for (const ms of PAUSES_MS) {
    try {
      return await act();
    } catch (error) {
      const waiting = problemOf(error) === "offline" ? wait(ms) : null;
      if (waiting === null) throw error;
      await waiting;
    }
  }
  return act();
}
