// A lane of the crash matrix in a process of its own, with a database, a simulator and workers of its own:
//   node --conditions=react-server --import tsx scripts/soak/lane-process.ts <file of plans> <file of results>
import "next/dist/server/node-environment-baseline";
import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { createHouse } from "@/scripts/testing/house";
import { runIntakeLane } from "./intake-lane";
import { runOutboxLane } from "./outbox-lane";
import { FAULTS, INTAKE_POINTS, OUTBOX_POINTS } from "./points";

const common = { fault: z.enum(FAULTS), lateMs: z.number() };
const Order = z.object({
  outbox: z.array(z.object({ point: z.enum(OUTBOX_POINTS), ...common })),
  intake: z.array(z.object({ point: z.enum(INTAKE_POINTS), ...common })),
  env: z.record(z.string(), z.string()),
});

const [orderFile = "", resultFile = ""] = process.argv.slice(2);
const order = Order.parse(JSON.parse(readFileSync(orderFile, "utf8")));
const say = (line: string) => console.log(line);
const house = await createHouse();
const o = { env: order.env, say };
const outbox =
  order.outbox.length === 0 ? [] : await runOutboxLane(house, order.outbox, { ...o, offers: true });
const intake = order.intake.length === 0 ? [] : await runIntakeLane(house, order.intake, o);
writeFileSync(resultFile, JSON.stringify({ outbox, intake }));
await house.close();
process.exit(0);
