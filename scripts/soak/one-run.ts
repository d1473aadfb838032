// One long run in a process of its own:
//   node --conditions=react-server --import tsx scripts/soak/one-run.ts <name> <build> <file of results>
import "next/dist/server/node-environment-baseline";
import { writeFileSync } from "node:fs";
import { RUNS } from "./runs";

const [name = "", folder = "", file = ""] = process.argv.slice(2);
const checks = await RUNS[name]?.run(folder);
writeFileSync(file, JSON.stringify(checks ?? []));
process.exit(0);
