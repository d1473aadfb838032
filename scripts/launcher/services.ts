import { join } from "node:path";
import { NEXT, ROOT } from "./paths";
import { answers, type ProcessSpec, type Running, startProcess } from "./process";

/** Behind a proxy, our idle connections must outlive its own (60 s is the usual), or it answers 502. */
const KEEP_ALIVE_MS = 70_000;

interface Ground {
  env: NodeJS.ProcessEnv;
  /** A folder for one log per process; null: their words go to the terminal. */
  logs: string | null;
}

/** The web process: Next's own server, ready when /api/ready says so. */
export function startWeb(o: Ground & { port: number; isDev: boolean }): Running {
  const args = o.isDev ? ["dev"] : ["start", "--keepAliveTimeout", String(KEEP_ALIVE_MS)];
  return startProcess({
    ...shape("web", o),
    args: [NEXT, ...args, "--port", String(o.port)],
    isReady: () => answers(`http://localhost:${o.port}/api/ready`),
  });
}

/** The worker: the same TypeScript, without a second build. */
export function startWorker(o: Ground & { isDev: boolean }): Running {
  return startProcess({
    ...shape("worker", o),
    args: ["--conditions=react-server", "--import", "tsx", "lib/server/worker.ts"],
  });
}

/** The Mercado Libre simulator. */
export function startSandbox(o: Ground & { port: number }): Running {
  return startProcess({
    ...shape("sandbox", { ...o, isDev: false }),
    args: ["--import", "tsx", "sandbox/main.ts"],
    isReady: () => answers(`http://127.0.0.1:${o.port}/__sandbox/state`),
  });
}

function shape(
  name: string,
  o: Ground & { isDev: boolean },
): Pick<ProcessSpec, "name" | "command" | "cwd" | "env" | "output"> {
  return {
    name,
    command: process.execPath,
    cwd: ROOT,
    env: { ...o.env, NODE_ENV: o.isDev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" },
    output: o.logs === null ? "inherit" : { file: join(o.logs, `${name}.log`) },
  };
}
