// A process that spends from the shared budget, for budget.server.test.ts:
//   node --conditions=react-server --import tsx scripts/testing/budget-process.ts <milliseconds>
// says "ready", waits for a line, calls for so long, and prints how many calls were let through.
import { once } from "node:events";
import { createBudget } from "@/lib/server/budget";
import { env } from "@/lib/server/env";
import { openDatabase } from "@/lib/server/store/database";

const settings = env();
const { db } = openDatabase(settings.databaseUrl);
const budget = createBudget(db, settings);
process.stdin.on("close", () => process.exit(0));
console.log("ready");
await once(process.stdin, "data");
const until = Date.now() + Number(process.argv[2]);
let granted = 0;
const spend = async () => {
  while (Date.now() < until) {
    await budget.take({ family: "messages", kind: "read", lane: "reply" });
    if (Date.now() < until) granted += 1;
  }
};
void Promise.all(Array.from({ length: 8 }, spend)).catch(() => undefined);
setTimeout(() => {
  console.log(String(granted));
  process.exit(0);
}, until - Date.now());
