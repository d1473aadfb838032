import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build";
import { planDemo } from "./demo";
import { ROOT } from "./paths";
import { runPlan } from "./run-plan";
import { planOne, planStart } from "./start";

const [command = ""] = process.argv.slice(2);
const say = (line: string) => console.log(line);
const complain = (line: string) => console.error(line);

process.exitCode = await run(command);
// Nothing is left to wait for; an idle socket of a library must not say otherwise.
process.exit();

async function run(name: string): Promise<number> {
  // The demo and dev are complete in themselves: a `.env` is for the real thing.
  if (name.startsWith("start") && existsSync(join(ROOT, ".env"))) process.loadEnvFile(join(ROOT, ".env"));
  const source = process.env;
  switch (name) {
    case "start":
      return runPlan(() => planStart(source, say), complain);
    case "start:web":
      return runPlan(() => planOne("web", source, say), complain);
    case "start:worker":
      return runPlan(() => planOne("worker", source, say), complain);
    case "demo":
    case "dev":
    case "stack":
      return runPlan(() => planDemo(source, name, say), complain);
    case "build": {
      const built = await build({ force: true, isLoud: true, say });
      return built.kind === "failed" ? 1 : 0;
    }
    default:
      complain(`Unknown command: ${name}`);
      return 2;
  }
}
