// Every command of Buzón starts here. Plain JavaScript without dependencies, for any Node from 20.9 on: it runs before
// anything is installed, installs what the command needs, and hands over to the Node that package.json pins.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installIfStale } from "./install.mjs";
import { watchParent } from "./launcher/parent-watch.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SERVER = ["--conditions=react-server", "--import", "tsx"];
const PLAIN = ["--import", "tsx"];
const TIED = `--import=${new URL("./launcher/die-with-parent.mjs", import.meta.url).href}`;

/** What each command runs, and whether it may install. */
const COMMANDS = {
  demo: { installs: true, node: [...SERVER, "scripts/launcher/main.ts", "demo"] },
  dev: { installs: true, node: [...SERVER, "scripts/launcher/main.ts", "dev"] },
  build: { installs: true, node: [TIED, ...SERVER, "scripts/launcher/main.ts", "build"] },
  test: { installs: true, node: [TIED, ...PLAIN, "scripts/testing/run-tests.ts"] },
  sandbox: { installs: true, node: [TIED, ...PLAIN, "sandbox/main.ts"] },
  bench: { installs: true, node: [TIED, ...SERVER, "scripts/bench/main.ts"] },
  soak: { installs: true, node: [TIED, ...SERVER, "scripts/soak/main.ts"] },
  screenshots: { installs: true, node: [TIED, ...PLAIN, "scripts/screenshots/main.ts"] },
  start: { installs: false, node: [...SERVER, "scripts/launcher/main.ts", "start"] },
  "start:web": { installs: false, node: [...SERVER, "scripts/launcher/main.ts", "start:web"] },
  "start:worker": { installs: false, node: [...SERVER, "scripts/launcher/main.ts", "start:worker"] },
  backup: {
    installs: false,
    needsNoBuild: true,
    node: [TIED, ...SERVER, "scripts/backup/main.ts", "backup"],
  },
  restore: {
    installs: false,
    needsNoBuild: true,
    node: [TIED, ...SERVER, "scripts/backup/main.ts", "restore"],
  },
};

/** Everything but the pinned Node itself needs at least this. */
const OLDEST_NODE = [22, 12];
const OLDEST_BOOTSTRAP = [20, 9];

const [name = "", ...rest] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : null;

if (command === null) fail(`Unknown command "${name}". There are: ${Object.keys(COMMANDS).join(", ")}.`);
if (!isAtLeast(process.versions.node, OLDEST_BOOTSTRAP)) {
  fail(`Node ${process.versions.node} is too old: install Node ${OLDEST_BOOTSTRAP.join(".")} or newer.`);
}

if (command.installs) {
  const problem = installIfStale(ROOT, (line) => console.error(line));
  if (problem !== null) fail(problem);
} else {
  if (!existsSync(join(ROOT, "node_modules/next")))
    fail("Nothing is installed yet: run npm run build first.");
  const isBuilt = command.needsNoBuild || existsSync(join(ROOT, ".next/BUILD_ID"));
  if (!isBuilt) fail("There is no build yet: run npm run build first.");
}

const node = findNode();
if (node === null) {
  fail(
    `Node 24 could not be installed, and this is Node ${process.versions.node}: install Node ${OLDEST_NODE.join(".")} or newer and run again.`,
  );
}
handOver(node, [...command.node, ...rest]);

/** The Node that package.json pins if it runs on this machine, else this one if it is new enough. */
function findNode() {
  const pinned = join(ROOT, "node_modules/node/bin", process.platform === "win32" ? "node.exe" : "node");
  const answer = existsSync(pinned) ? spawnSync(pinned, ["--version"], { encoding: "utf8" }) : null;
  if (answer?.status === 0 && isAtLeast(answer.stdout.trim().slice(1), OLDEST_NODE)) return pinned;
  return isAtLeast(process.versions.node, OLDEST_NODE) ? process.execPath : null;
}

function handOver(program, args) {
  const child = spawn(program, args, {
    cwd: ROOT,
    stdio: "inherit",
    env: {
      ...process.env,
      PATH: [dirname(program), join(ROOT, "node_modules/.bin"), process.env.PATH].join(delimiter),
      BUZON_SUPERVISOR_PID: String(process.pid),
    },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // Started by npm: if npm is killed, nobody waits for us any more. Started by hand, outliving the shell is meant.
  if (process.env.npm_lifecycle_event !== undefined) {
    watchParent(() => child.kill("SIGTERM"), { throughShell: true });
  }
  child.on("error", (error) => fail(`${program} could not be started: ${error.message}`));
  child.on("exit", (code, signal) =>
    process.exit(code ?? 128 + (signal === "SIGINT" ? 2 : signal === "SIGTERM" ? 15 : 9)),
  );
}

function isAtLeast(version, [major, minor]) {
  const [a = 0, b = 0] = version.split(".").map(Number);
  return a > major || (a === major && b >= minor);
}

function fail(line) {
  console.error(line);
  process.exit(1);
}
