// A process that spends from the shared budget, for budget.server.test.ts:
//   node --conditions=react-server --import tsx scripts/testing/budget-process.ts <how many calls>
// says "ready", waits for a line, spends, and prints "done".
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
const spend = () => budget.take({ family: "messages", kind: "read", lane: "reply" });
await Promise.all(Array.from({ length: Number(process.argv[2]) }, spend));
console.log("done");
process.exit(0);
