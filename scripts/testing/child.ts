import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { ROOT } from "@/scripts/launcher/paths";

export interface Child {
  /** The next line that it prints. Null: it ended first. */
  line(): Promise<string | null>;
  /** Gives it a line to read. */
  say(line: string): void;
  /** Its exit code once it is gone; null when a signal ended it. */
  exited: Promise<number | null>;
  /** kill -9, and wait until it is gone. */
  kill(): Promise<void>;
}

/** Runs a script of ours in a process of its own, as the launcher would, with this process's environment under `env`. */
export function startChild(script: string, args: string[] = [], env: Record<string, string> = {}): Child {
  const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", script, ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: "", ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return {
    exited,
    async line() {
      const next = await lines.next();
      return next.done === true ? null : next.value;
    },
    say: (line) => void child.stdin.write(`${line}\n`),
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
