import { expect, it } from "vitest";
import { createBatcher, QueueFull } from "./batch";

/** A write that ends when it is told to. */
function slowWrite() {
  const batches: { items: readonly number[]; end: (error?: Error) => void }[] = [];
  const write = (items: readonly number[]) =>
    new Promise<void>((resolve, reject) => {
      batches.push({ items, end: (error) => (error === undefined ? resolve() : reject(error)) });
    });
  return { batches, write };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

it("writes a lone item at once, and what comes meanwhile together", async () => {
  const { batches, write } = slowWrite();
  const batcher = createBatcher(write, { inFlight: 2, largest: 3, room: 100 });
  const all = [1, 2, 3, 4, 5, 6].map((item) => batcher.add(item));
  expect(batches.map(({ items }) => items)).toEqual([[1], [2]]);
  batches[0]?.end();
  await settled();
  expect(batches.map(({ items }) => items)).toEqual([[1], [2], [3, 4, 5]]);
  for (const index of [1, 2]) batches[index]?.end();
  await settled();
  batches[3]?.end();
  await Promise.all(all);
  expect(batches[3]?.items).toEqual([6]);
});

it("tells everybody of a batch that it failed, and goes on", async () => {
  const { batches, write } = slowWrite();
  const batcher = createBatcher(write, { inFlight: 1, largest: 10, room: 100 });
  const first = batcher.add(1);
  const others = [2, 3].map((item) => batcher.add(item).catch((error: Error) => error.message));
  batches[0]?.end();
  await first;
  await settled();
  batches[1]?.end(new Error("no database"));
  expect(await Promise.all(others)).toEqual(["no database", "no database"]);
  const next = batcher.add(4);
  batches[2]?.end();
  await expect(next).resolves.toBeUndefined();
});

it("refuses at once what it has no room for", async () => {
  const { batches, write } = slowWrite();
  const batcher = createBatcher(write, { inFlight: 1, largest: 10, room: 2 });
  const kept = [1, 2, 3].map((item) => batcher.add(item));
  await expect(batcher.add(4)).rejects.toBeInstanceOf(QueueFull);
  batches[0]?.end();
  await settled();
  batches[1]?.end();
  await Promise.all(kept);
});

it("writes each by itself when one of them may have spoilt the write, and refuses only that one", async () => {
  const written: string[] = [];
  const write = async (batch: readonly string[]) => {
    if (batch.includes("bad")) throw new Error("not this");
    written.push(...batch);
  };
  const { add } = createBatcher(write, { inFlight: 1, largest: 10, room: 10, isOneAtFault: () => true });
  const ends = await Promise.allSettled(["first", "a", "bad", "b"].map(add));
  expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  expect(written).toEqual(["first", "a", "b"]);
});
