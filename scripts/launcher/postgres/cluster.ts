import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdir, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Owner } from "./owner";

export interface ClusterOptions {
  /** The folder with bin, lib and share. */
  native: string;
  /** Where the data lives: made if it does not exist. */
  dataDir: string;
  logFile: string;
  password: string;
  owner: Owner | null;
  /** `-c` settings over ours, such as fsync=off for tests. */
  settings?: Record<string, string>;
}

export interface Cluster {
  port: number;
  pid: number;
  /** @returns the address of a database of this cluster, password included. */
  url(database: string): string;
  /** Resolves when PostgreSQL is gone, for whatever reason. */
  exited: Promise<void>;
  /** Stops it, at once for its clients, cleanly for its data. May be called twice. */
  stop(): Promise<void>;
}

const USER = "buzon";
const START_MS = 30_000;
const FAST_STOP_MS = 6_000;

/** Makes the data folder on first use and starts PostgreSQL on a free port of 127.0.0.1.
 *  @throws Error in one line, naming the log file, when it does not come up. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  await initialise(options);
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const child = await launch(options, port);
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    if (await isReady(child, options.dataDir)) return clusterOf(child, port, exited, options.password);
    child.kill("SIGQUIT");
    await exited;
    if (attempt === 3) throw new Error(`PostgreSQL did not start: ${await lastWords(options.logFile)}`);
    // The port was taken since we looked, or the children of one that was killed are not all gone yet.
    await sleep(500);
  }
}

/** A port of 127.0.0.1 that nothing listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null
          ? resolve(address.port)
          : reject(new Error("no free port")),
      );
    });
  });
}

async function initialise(options: ClusterOptions): Promise<void> {
  const { dataDir, owner } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (owner !== null) await chown(dataDir, owner.uid, owner.gid);
  const isDone = await stat(join(dataDir, "PG_VERSION")).then(
    () => true,
    () => false,
  );
  if (isDone) return;
  const passwordFile = join(tmpdir(), `buzon-${randomBytes(8).toString("hex")}`);
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600, flag: "wx" });
  try {
    if (owner !== null) await chown(passwordFile, owner.uid, owner.gid);
    // The built-in C.UTF-8 sorts and folds alike on every machine, whatever locales it has.
    await initdb(options, [
      `--pgdata=${dataDir}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      ...(options.settings?.fsync === "off" ? ["--no-sync"] : []),
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function initdb(options: ClusterOptions, args: string[]): Promise<void> {
  const child = spawn(join(options.native, "bin", "initdb"), args, {
    ...as(options.owner),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let words = "";
  child.stderr?.on("data", (chunk) => {
    words += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`PostgreSQL could not make its data folder: ${firstLine(words)}`);
}

async function launch(options: ClusterOptions, port: number): Promise<ChildProcess> {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    timezone: "UTC",
    log_timezone: "UTC",
    ...options.settings,
  };
  const log = await open(options.logFile, "w", 0o600);
  try {
    // Its own session: a terminal's Ctrl-C reaches the launcher, which stops the database last.
    const child = spawn(
      join(options.native, "bin", "postgres"),
      [
        ...["-D", options.dataDir, "-p", String(port)],
        ...Object.entries(settings).flatMap(([k, v]) => ["-c", `${k}=${v}`]),
      ],
      { ...as(options.owner), stdio: ["ignore", log.fd, log.fd], detached: true },
    );
    child.on("error", () => undefined);
    return child;
  } finally {
    await log.close();
  }
}

/** Nothing of ours is in its environment: it holds secrets. */
function as(owner: Owner | null) {
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: "production",
    PATH: process.env.PATH ?? "",
    LC_ALL: "C",
    TZ: "UTC",
  };
  return { cwd: "/", env, ...(owner === null ? {} : { uid: owner.uid, gid: owner.gid }) };
}

/** PostgreSQL writes "ready" on the eighth line of postmaster.pid once it accepts connections. */
async function isReady(child: ChildProcess, dataDir: string): Promise<boolean> {
  const until = Date.now() + START_MS;
  while (
    Date.now() < until &&
    child.pid !== undefined &&
    child.exitCode === null &&
    child.signalCode === null
  ) {
    const lines = (await readFile(join(dataDir, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === "ready") return true;
    await sleep(20);
  }
  return false;
}

function clusterOf(child: ChildProcess, port: number, exited: Promise<void>, password: string): Cluster {
  return {
    port,
    pid: child.pid ?? 0,
    url: (database) => `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`,
    exited,
    async stop() {
      child.kill("SIGINT");
      const timer = setTimeout(() => child.kill("SIGQUIT"), FAST_STOP_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}

async function lastWords(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, "utf8").catch(() => "")).trim().split("\n");
  const fatal = lines.findLast((line) => /FATAL|ERROR/.test(line)) ?? lines.at(-1) ?? "";
  return `${fatal.replace(/^.*?(FATAL|ERROR):\s*/, "")} (${logFile})`;
}

function firstLine(words: string): string {
  const lines = words.trim().split("\n");
  return (lines.find((line) => /error|fatal/i.test(line)) ?? lines[0] ?? "").trim();
}
