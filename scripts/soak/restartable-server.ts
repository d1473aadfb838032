import { spawn } from "node:child_process";
import { chown, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { migrate } from "@/lib/server/store/migrate";
import { startCluster } from "@/scripts/launcher/postgres/cluster";
import { databaseOwner } from "@/scripts/launcher/postgres/owner";
import { reachableBinaries } from "@/scripts/launcher/postgres/placement";

export interface RestartableServer {
  url: string;
  /** Makes a migrated database that others can be cloned from. @returns its address */
  template(): Promise<string>;
  /** Ends PostgreSQL as a power cut would (`immediate`: no checkpoint, all connections broken) and starts it again on the
   *  same port, which recovers from its log. Resolves when it accepts connections. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A PostgreSQL of its own, as durable as a real one, that can be restarted under its users. */
export async function startRestartableServer(): Promise<RestartableServer> {
  const owner = await databaseOwner();
  const native = await reachableBinaries(owner);
  const folder = await mkdtemp(join(tmpdir(), "buzon-restart-"));
  if (owner !== null) await chown(folder, owner.uid, owner.gid);
  const dataDir = join(folder, "postgres");
  const logFile = join(folder, "postgres.log");
  const cluster = await startCluster({ native, owner, dataDir, logFile, password: "test" });
  const control = (...args: string[]) =>
    new Promise<void>((resolve, reject) => {
      const child = spawn(join(native, "bin", "pg_ctl"), ["-D", dataDir, "-w", "-s", ...args], {
        cwd: "/",
        env: { NODE_ENV: "production", PATH: process.env.PATH ?? "", LC_ALL: "C", TZ: "UTC" },
        stdio: "ignore",
        ...(owner === null ? {} : { uid: owner.uid, gid: owner.gid }),
      });
      child.once("error", reject);
      child.once("exit", (code) =>
        code === 0 ? resolve() : reject(new Error(`pg_ctl ${args[0]} ended with ${code}`)),
      );
    });
  // Whatever ends this process ends PostgreSQL: its number changes with every start.
  const end = () => void postmaster(dataDir).then((pid) => pid !== null && process.kill(pid, "SIGQUIT"));
  process.once("SIGTERM", end);
  return {
    url: cluster.url("postgres"),
    async template() {
      const client = new Client({ connectionString: cluster.url("postgres") });
      await client.connect();
      await client.query("create database soak_template");
      await client.end();
      await migrate(cluster.url("soak_template"));
      return cluster.url("soak_template");
    },
    restart: () => control("restart", "-m", "immediate", "-l", join(folder, "restarted.log")),
    async stop() {
      process.off("SIGTERM", end);
      await control("stop", "-m", "immediate");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function postmaster(dataDir: string): Promise<number | null> {
  const text = await readFile(join(dataDir, "postmaster.pid"), "utf8").catch(() => "");
  const pid = Number(text.split("\n")[0]);
  return pid > 0 ? pid : null;
}
