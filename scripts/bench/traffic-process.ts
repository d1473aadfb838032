// Benchmarks of live traffic, each in a process of its own:
//   node --conditions=react-server --import tsx scripts/bench/traffic-process.ts <notices|live> <build> <file of results>
import "next/dist/server/node-environment-baseline";
import { writeFileSync } from "node:fs";
import { benchLive } from "./live";
import { benchNotices } from "./notices";

const [which = "", folder = "", file = ""] = process.argv.slice(2);
const lines = which === "live" ? await benchLive(folder) : await benchNotices(folder);
writeFileSync(file, JSON.stringify(lines));
process.exit(0);
