import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ROOT } from "@/scripts/launcher/paths";
import { tied, untied } from "@/scripts/launcher/process";

const HOOK = fileURLToPath(new URL("./kill-hook.mjs", import.meta.url));
export const WORKER = "lib/server/worker.ts";

/** A process of the product that runs until it is killed. */
export interface Doomed {
  pid: number;
  /** Resolves when it is gone. */
  exited: Promise<void>;
  /** Its last words, for a report of what went wrong. */
  words(): string;
  kill(): Promise<void>;
}

/** Starts a script of ours as the launcher would, with this process's environment under `env`, tied to our life. The hook
 *  goes along where `env` asks something of it. */
export function startDoomed(script: string, env: Record<string, string> = {}, args: string[] = []): Doomed {
  const source = {
    ...process.env,
    NODE_OPTIONS: untied(process.env.NODE_OPTIONS),
    LOG_LEVEL: "info",
    ...env,
  };
  const isHooked = Object.keys(env).some((name) => name.startsWith("SOAK_"));
  const child = spawn(
    process.execPath,
    [
      "--conditions=react-server",
      "--import",
      "tsx",
      ...(isHooked ? ["--import", HOOK] : []),
      script,
      ...args,
    ],
    { cwd: ROOT, env: tied(source), stdio: ["ignore", "pipe", "pipe"] },
  );
  let words = "";
  for (const output of [child.stdout, child.stderr]) {
    output.on("data", (chunk) => {
      words = (words + chunk).slice(-4_000);
    });
  }
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    pid: child.pid ?? 0,
    exited,
    words: () => words,
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** Starts a process that dies at a point, and waits for it. @returns whether it died there. When it did not within
 *  `withinMs`, it is killed where it stands. */
export async function runUntilKilled(o: {
  script: string;
  plan: { point: string; keys: readonly string[]; noticeId?: string };
  env?: Record<string, string>;
  args?: string[];
  withinMs: number;
  /** Called once the process runs, for what must happen during its life. */
  meanwhile?: () => Promise<unknown>;
}): Promise<{ isKilled: boolean; words: string }> {
  const folder = mkdtempSync(join(tmpdir(), "buzon-soak-"));
  const [planFile, mark] = [join(folder, "plan.json"), join(folder, "mark")];
  writeFileSync(planFile, JSON.stringify(o.plan));
  const doomed = startDoomed(o.script, { ...o.env, SOAK_PLAN: planFile, SOAK_MARK: mark }, o.args);
  try {
    await o.meanwhile?.();
    await Promise.race([doomed.exited, sleep(o.withinMs, undefined, { ref: false })]);
    await doomed.kill();
    return { isKilled: existsSync(mark), words: doomed.words() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
