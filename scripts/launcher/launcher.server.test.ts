import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { ROOT } from "@/scripts/launcher/paths";
import { stopSurvivorOf } from "@/scripts/launcher/postgres/embedded";

interface Launched {
  process: ChildProcess;
  /** Process id by name: launcher, PostgreSQL, web, worker, and the children of the last two. */
  pids: Record<string, number>;
  exited: Promise<number | null>;
  /** Five seconds, or more where everything takes long: twice what the start took. */
  patienceMs: number;
  errors(): string;
}

let dataDir = "";

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "buzon-launcher-"));
  await chmod(dataDir, 0o755);
});

afterEach(() => stopSurvivorOf(dataDir));

afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function launch(): Promise<Launched> {
  const startedAt = Date.now();
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "scripts/testing/stand-in-launcher.ts", dataDir],
    {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let said = "";
  let complained = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  child.stderr.on("data", (chunk) => {
    complained += chunk;
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const isUp = () => /ready \{.*\}/.test(said) && said.match(/child \d+/g)?.length === 2;
  for (const until = startedAt + 45_000; !isUp() && child.exitCode === null && Date.now() < until; )
    await sleep(20);
  const named: Record<string, number> = JSON.parse(said.match(/ready (\{.*\})/)?.[1] ?? "{}");
  const children = [...said.matchAll(/child (\d+)/g)].map((match, n): [string, number] => [
    `child ${n}`,
    Number(match[1]),
  ]);
  return {
    process: child,
    pids: {
      ...named,
      ...Object.fromEntries(children),
      ...(child.pid === undefined ? {} : { launcher: child.pid }),
    },
    exited,
    patienceMs: Math.max(5_000, 2 * (Date.now() - startedAt)),
    errors: () => complained,
  };
}

/** The state letter tells a process that runs from one that only waits to be collected. */
async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (stat !== null) return stat.slice(stat.lastIndexOf(")") + 2).at(0) !== "Z";
  if (existsSync("/proc/self/stat")) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Never 0, which would mean the whole group of this test. */
function pidOf(launched: Launched, name: string): number {
  const pid = launched.pids[name];
  if (pid === undefined) throw new Error(`${name} did not start: ${launched.errors()}`);
  return pid;
}

async function alive(launched: Launched): Promise<string[]> {
  const names = Object.entries(launched.pids);
  const states = await Promise.all(names.map(([, pid]) => isAlive(pid)));
  return names.filter((_, n) => states[n]).map(([name]) => name);
}

const EVERYONE = ["PostgreSQL", "web", "worker", "child 0", "child 1", "launcher"];

describe("the launcher", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "stops everything on %s and exits with 0",
    async (signal) => {
      const launched = await launch();
      expect(await alive(launched)).toEqual(EVERYONE);
      launched.process.kill(signal);
      expect(await launched.exited).toBe(0);
      expect(await alive(launched)).toEqual([]);
      expect(existsSync(join(dataDir, "postgres/postmaster.pid"))).toBe(false);
    },
  );

  it.each(["web", "worker", "PostgreSQL"])("stops everything within 5 s when %s is killed", async (name) => {
    const launched = await launch();
    process.kill(pidOf(launched, name), "SIGKILL");
    const code = await Promise.race([launched.exited, sleep(launched.patienceMs, "still runs")]);
    expect(code).toBe(1);
    expect(await alive(launched)).toEqual([]);
    expect(launched.errors()).toContain(`${name} ended`);
  });

  it("leaves nothing but PostgreSQL 5 s after it was killed itself, and the next start takes over", async () => {
    const killed = await launch();
    killed.process.kill("SIGKILL");
    const others = async () => (await alive(killed)).filter((name) => name !== "PostgreSQL");
    await vi.waitFor(async () => expect(await others()).toEqual([]), { timeout: killed.patienceMs });

    const next = await launch();
    expect(next.errors()).toBe("");
    expect(await alive(next)).toEqual(EVERYONE);
    expect(await isAlive(pidOf(killed, "PostgreSQL"))).toBe(false);
    next.process.kill("SIGTERM");
    expect(await next.exited).toBe(0);
  });

  it("takes over at once from one that was killed with all it had", async () => {
    const killed = await launch();
    for (const pid of Object.values(killed.pids)) process.kill(pid, "SIGKILL");
    const next = await launch();
    expect(await alive(next)).toEqual(EVERYONE);
    next.process.kill("SIGTERM");
    expect(await next.exited).toBe(0);
  });

  it("says in one line that another one holds the folder, and leaves that one alone", async () => {
    const first = await launch();
    const second = await launch();
    expect(await second.exited).toBe(1);
    expect(second.errors()).toMatch(/^Another Buzón \(process \d+\) already runs on .*\n$/);
    expect(await alive(first)).toEqual(EVERYONE);
    first.process.kill("SIGTERM");
    await first.exited;
  });
});
