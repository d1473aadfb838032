import { expect, it, vi } from "vitest";
import { createPump } from "./pump";

const turn = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Work that ends when it is told to, and a stock of it to claim. */
function bench(concurrency: number, stock: number) {
  const ends: (() => void)[] = [];
  const errors: unknown[] = [];
  const claims: number[] = [];
  const state = { stock };
  const pump = createPump({
    concurrency,
    onError: (error) => errors.push(error),
    async claim(room) {
      claims.push(room);
      const taken = Math.min(room, state.stock);
      state.stock -= taken;
      return Array.from({ length: taken }, () => () => new Promise<void>((resolve) => ends.push(resolve)));
    },
  });
  return { pump, ends, errors, claims, state };
}

it("claims as much as it has room for, and more as soon as a piece has ended", async () => {
  const { pump, ends, claims } = bench(2, 3);
  pump.wake();
  await vi.waitFor(() => expect([claims, ends.length]).toEqual([[2], 2]));
  ends[0]?.();
  await vi.waitFor(() => expect(ends).toHaveLength(3));
});

it("looks again when it was woken while it looked", async () => {
  const { pump, state, ends } = bench(4, 0);
  pump.wake();
  state.stock = 1;
  pump.wake();
  await vi.waitFor(() => expect(ends).toHaveLength(1));
});

it("goes on after work or a look that failed", async () => {
  const errors: unknown[] = [];
  let looks = 0;
  const pump = createPump({
    concurrency: 1,
    onError: (error) => errors.push(error),
    async claim() {
      looks += 1;
      if (looks === 1) throw new Error("no database");
      return looks === 2 ? [() => Promise.reject(new Error("no luck"))] : [];
    },
  });
  pump.wake();
  await vi.waitFor(() => expect(errors).toHaveLength(1));
  pump.wake();
  await vi.waitFor(() => expect(looks).toBe(3));
  expect(errors.map(String)).toEqual(["Error: no database", "Error: no luck"]);
});

it("takes nothing more in once it is told to stop, and ends with what runs", async () => {
  const { pump, ends, state } = bench(1, 2);
  pump.wake();
  await vi.waitFor(() => expect(ends).toHaveLength(1));
  let isOver = false;
  const stopped = pump.stop().then(() => {
    isOver = true;
  });
  pump.wake();
  await turn();
  expect([ends.length, state.stock, isOver]).toEqual([1, 1, false]);
  ends[0]?.();
  await stopped;
  expect([ends.length, state.stock]).toEqual([1, 1]);
});

it("rests after looks that found nothing, however often it is woken", async () => {
  let looks = 0;
  const pump = createPump({
    concurrency: 1,
    onError: () => undefined,
    async claim() {
      looks += 1;
      await new Promise((resolve) => setTimeout(resolve, 10));
      return [];
    },
  });
  const startedAt = performance.now();
  const waking = setInterval(() => pump.wake(), 1);
  await vi.waitFor(() => expect(looks).toBeGreaterThanOrEqual(6));
  const took = performance.now() - startedAt;
  clearInterval(waking);
  await pump.stop();
  // A look of 10 ms and a rest of four times as long; a timer may be a millisecond early.
  expect(looks).toBeLessThanOrEqual(took / 45 + 1);
});
