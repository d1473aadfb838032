import { expect, it } from "vitest";
import type { Budget, Family } from "./http";
import { reservedBudget } from "./reserved-budget";

const call = (family: Family, kind: "read" | "write") => ({ family, kind, lane: "reply" }) as const;

function counted() {
  const taken: string[] = [];
  const budget: Budget = {
    take: async ({ family, kind }) => void taken.push(`${family} ${kind}`),
    pushBack: async () => undefined,
  };
  return { taken, budget };
}

it("spends its room on the first write of the family; all else draws as ever", async () => {
  const { taken, budget } = counted();
  const reserved = reservedBudget(budget, "messages", async () => undefined);
  await reserved.take(call("messages", "read"));
  await reserved.take(call("orders", "write"));
  await reserved.take(call("messages", "write"));
  expect(taken).toEqual(["messages read", "orders write"]);
  await reserved.take(call("messages", "write"));
  expect(taken).toEqual(["messages read", "orders write", "messages write"]);
});

it("asks before every write of the family, after its room was found, and lets none leave that is refused", async () => {
  const { taken, budget } = counted();
  const asked: number[] = [];
  const reserved = reservedBudget(budget, "messages", async () => {
    asked.push(taken.length);
    if (asked.length === 2) throw new Error("no longer ours");
  });
  await reserved.take(call("messages", "write"));
  await expect(reserved.take(call("messages", "write"))).rejects.toThrow("no longer ours");
  expect(asked).toEqual([0, 1]);
});
