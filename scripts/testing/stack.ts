import { spawn } from "node:child_process";
import { ROOT } from "@/scripts/launcher/paths";
import { freePort } from "@/scripts/launcher/postgres/cluster";
import { untied } from "@/scripts/launcher/process";

export interface Stack {
  appUrl: string;
  sandboxUrl: string;
  databaseUrl: string;
  stop(): Promise<void>;
}

/** How to start everything that a browser test needs: the sandbox, and the production build against it, by the launcher
 *  that people use, on a database of its own that is gone when it ends. */
export interface StackCommand {
  command: string;
  args: string[];
  /** Over those of this process. */
  env: Record<string, string>;
  appUrl: string;
  sandboxUrl: string;
}

/** Every browser test has a seller of its own, and all of them share one application's budget: as many as no installation
 *  has. What the budget does is tested in the server tier. */
export const ROOM = { MELI_READS_PER_MINUTE: "5000", MELI_WRITES_PER_MINUTE: "2000" };

/** @param o.env variables over those of this process, such as ALLOWED_ACCOUNTS or LOG_LEVEL. */
export async function stackCommand(o: { env?: Record<string, string> } = {}): Promise<StackCommand> {
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const appUrl = `http://localhost:${port}`;
  return {
    command: process.execPath,
    args: ["--conditions=react-server", "--import", "tsx", "scripts/launcher/main.ts", "stack"],
    env: {
      APP_URL: appUrl,
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
      // The launcher looks after its own end: it has a database to stop.
      NODE_OPTIONS: untied(process.env.NODE_OPTIONS),
      ...o.env,
    },
    appUrl,
    sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
  };
}

/** Starts a stack and waits until it serves. It ends with this process, also when that is killed.
 *  @throws Error with the launcher's own words when it does not come up. */
export async function startStack(o: { env?: Record<string, string> } = {}): Promise<Stack> {
  const { command, args, env } = await stackCommand(o);
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env, BUZON_SUPERVISOR_PID: String(process.pid) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let words = "";
  child.stderr.on("data", (chunk) => {
    words += chunk;
  });
  const ready = new Promise<string>((resolve) => {
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
      const line = said.split("\n").find((text) => text.startsWith('{"appUrl"'));
      if (line !== undefined && said.endsWith("\n")) resolve(line);
    });
  });
  const line = await Promise.race([ready, exited.then(() => null)]);
  if (line === null) throw new Error(`The stack did not start: ${words}`);
  const { appUrl, sandboxUrl, databaseUrl } = JSON.parse(line);
  return {
    appUrl,
    sandboxUrl,
    databaseUrl,
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}
