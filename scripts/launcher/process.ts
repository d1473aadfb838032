import { type SpawnOptions, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** Something that runs until it is stopped or dies. */
export interface Running {
  name: string;
  pid: number;
  /** Resolves once it does its work; never rejects: who never gets ready exits or is given up. */
  ready: Promise<void>;
  exited: Promise<Exit>;
  /** Asks it to stop, and after `graceMs` no longer asks. Resolves when it and its children are gone. */
  stop(graceMs: number): Promise<void>;
}

export interface ProcessSpec {
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Where its words go: the launcher's own output, or a file. */
  output: "inherit" | { file: string };
  /** Asked every 100 ms until it says true; left out: ready at once. */
  isReady?: () => Promise<boolean>;
}

const preload = `--import=${new URL("./die-with-parent.mjs", import.meta.url).href}`;

/** The variables that make a process, and the Node children it starts, end with the one that started it. */
export function tied(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const options = env.NODE_OPTIONS ?? "";
  return {
    ...env,
    NODE_OPTIONS: options.includes(preload) ? options : `${options} ${preload}`.trim(),
    BUZON_SUPERVISOR_PID: String(process.pid),
  };
}

/** NODE_OPTIONS without what `tied` added. */
export function untied(options: string | undefined): string {
  return (options ?? "").replace(preload, "").trim();
}

/** Starts a process in a group of its own (a terminal's Ctrl-C reaches the launcher only, a stop reaches its children
 *  too) that ends with the launcher, whatever ends that. */
export function startProcess(spec: ProcessSpec): Running {
  const file = spec.output === "inherit" ? null : openSync(spec.output.file, "a", 0o600);
  const options: SpawnOptions = {
    cwd: spec.cwd,
    env: tied(spec.env),
    stdio: file === null ? ["ignore", "inherit", "inherit"] : ["ignore", file, file],
    detached: true,
  };
  const child = spawn(spec.command, spec.args, options);
  if (file !== null) closeSync(file);
  let isGone = false;
  const exited = new Promise<Exit>((resolve) => {
    child.once("error", () => resolve({ code: 127, signal: null }));
    child.once("exit", (code, signal) => resolve({ code, signal }));
  }).then((exit) => {
    isGone = true;
    return exit;
  });
  const signalGroup = (signal: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // Nobody is left in the group.
    }
  };
  const untilReady = async () => {
    while (spec.isReady !== undefined && !isGone && !(await spec.isReady().catch(() => false)))
      await sleep(100);
    // Who is gone is never ready: its exit tells.
    if (isGone) await new Promise<never>(() => undefined);
  };
  return {
    name: spec.name,
    pid: child.pid ?? 0,
    ready: untilReady(),
    exited,
    async stop(graceMs) {
      signalGroup("SIGTERM");
      const isOver = await Promise.race([exited.then(() => true), sleep(graceMs, false, { ref: false })]);
      // Also after a clean exit: a child it left behind would keep the port.
      signalGroup("SIGKILL");
      if (!isOver) await exited;
    },
  };
}

/** Does this address answer with 2xx? */
export async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: "manual" });
  await response.body?.cancel();
  return response.ok;
}
