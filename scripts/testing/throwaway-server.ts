import { spawn } from "node:child_process";
import { chown, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startCluster } from "@/scripts/launcher/postgres/cluster";
import { databaseOwner } from "@/scripts/launcher/postgres/owner";
import { reachableBinaries } from "@/scripts/launcher/postgres/placement";

const sweeper = fileURLToPath(new URL("./sweep.mjs", import.meta.url));

/** A PostgreSQL for tests in a temporary folder: fast, because it forgets everything when the power goes.
 *  It goes when `stop` is called, and also when this process dies without calling it. */
export async function startThrowawayServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const owner = await databaseOwner();
  const native = await reachableBinaries(owner);
  const folder = await mkdtemp(join(tmpdir(), "buzon-test-"));
  if (owner !== null) await chown(folder, owner.uid, owner.gid);
  const cluster = await startCluster({
    native,
    owner,
    dataDir: join(folder, "postgres"),
    logFile: join(folder, "postgres.log"),
    password: "test",
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off" },
  });
  // Waits on a pipe: it closes when we do, however we go.
  const sweep = spawn(process.execPath, [sweeper, String(cluster.pid), folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  const swept = new Promise<void>((resolve) => sweep.once("exit", () => resolve()));
  sweep.unref();
  return {
    url: cluster.url("postgres"),
    async stop() {
      sweep.ref();
      sweep.stdin.end();
      await Promise.all([cluster.exited, swept]);
    },
  };
}
