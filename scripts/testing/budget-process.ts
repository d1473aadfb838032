// A process that spends from the shared budget, for budget.server.test.ts:
//   node --conditions=react-server --import tsx scripts/testing/budget-process.ts '[{"account":"1","lane":"reply","calls":9,"afterMs":0}]' <ms>
// says "ready", waits for a line, spends until all calls went through or the time is over, and prints when each of them
// was asked for and did, as JSON: { asked, times }, each account to instants (ms since the epoch).
import { once } from "node:events";
import { z } from "zod";
import { createBudgets } from "@/lib/server/budget";
import { env } from "@/lib/server/env";
import { openDatabase } from "@/lib/server/store/database";
import { accountId } from "@/lib/shared/ids";

const Wish = z.object({
  account: z.string(),
  lane: z.enum(["reply", "open", "notice", "reconcile", "backfill"]),
  calls: z.number(),
  afterMs: z.number(),
});

const settings = env();
const database = openDatabase(settings.databaseUrl, { max: 12 });
const budgets = createBudgets(database, settings);
const wishes = z.array(Wish).parse(JSON.parse(process.argv[2] ?? "[]"));
process.stdin.on("close", () => process.exit(0));
console.log("ready");
await once(process.stdin, "data");

const asked: Record<string, number[]> = {};
const times: Record<string, number[]> = {};
async function spend({ account, lane, calls, afterMs }: z.infer<typeof Wish>): Promise<void> {
  const granted = times[account] ?? [];
  times[account] = granted;
  const budget = budgets.of(accountId(account));
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  asked[account] = [...(asked[account] ?? []), Date.now()];
  const one = () =>
    budget.take({ family: "messages", kind: "read", lane }).then(
      () => void granted.push(Date.now()),
      () => undefined,
    );
  await Promise.all(Array.from({ length: calls }, one));
}
const over = new Promise((resolve) => setTimeout(resolve, Number(process.argv[3])));
await Promise.race([over, Promise.all(wishes.map(spend))]);
console.log(JSON.stringify({ asked, times }));
process.exit(0);
