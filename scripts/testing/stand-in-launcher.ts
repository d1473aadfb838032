// The real supervisor over the real PostgreSQL and two stand-ins for web and worker, for launcher.server.test.ts:
//   node --conditions=react-server --import tsx scripts/testing/stand-in-launcher.ts <DATA_DIR>
// prints one line of JSON with the id of every process when all are ready.
import { prepareDataDir } from "@/scripts/launcher/data-dir";
import { lockDataDir } from "@/scripts/launcher/lock";
import { ROOT } from "@/scripts/launcher/paths";
import { type Embedded, startEmbedded, stopSurvivorOf } from "@/scripts/launcher/postgres/embedded";
import { type Running, startProcess } from "@/scripts/launcher/process";
import { runPlan } from "@/scripts/launcher/run-plan";

const [dataDir = ""] = process.argv.slice(2);
const started: Running[] = [];

/** Listens, has a child of its own, and needs a moment to stop, like a web server with work in flight. */
const STAND_IN = `
  const { spawn } = require("node:child_process");
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  console.log("child " + child.pid);
  process.on("SIGTERM", () => setTimeout(() => process.exit(0), 200));
  setInterval(() => {}, 1000);
`;

const standIn = (name: string) => () => {
  const running = startProcess({
    name,
    command: process.execPath,
    args: ["-e", STAND_IN],
    env: process.env,
    cwd: ROOT,
    output: "inherit",
  });
  started.push(running);
  return running;
};

async function database(): Promise<Embedded> {
  const postgres = await startEmbedded({ dataDir, password: "stand-in", say: () => undefined });
  started.push(postgres);
  return postgres;
}

const code = await runPlan(
  async () => {
    await prepareDataDir(dataDir);
    const lock = await lockDataDir(dataDir);
    await stopSurvivorOf(dataDir);
    return {
      steps: [[database], [standIn("web"), standIn("worker")]],
      onReady: () =>
        console.log(
          `ready ${JSON.stringify(Object.fromEntries(started.map((part) => [part.name, part.pid])))}`,
        ),
      release: lock.release,
    };
  },
  (line) => console.error(line),
);
process.exit(code);
