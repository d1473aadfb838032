import "server-only";
import type { Budget, Family } from "./http";

/** A budget in which the next write of a family has been taken already. `before` is asked right before each write of that
 *  family leaves, as the last thing that is waited for: when it throws, nothing leaves. Everything else draws as ever. */
export function reservedBudget(budget: Budget, family: Family, before: () => Promise<void>): Budget {
  let isSpent = false;
  return {
    async take(call) {
      if (call.kind !== "write" || call.family !== family) return budget.take(call);
      if (isSpent) await budget.take(call);
      isSpent = true;
      await before();
    },
    pushBack: (call) => budget.pushBack(call),
  };
}
