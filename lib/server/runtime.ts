import "server-only";
import { randomUUID } from "node:crypto";
import { createVault, type Vault } from "@/lib/server/accounts/vault";
import { type Budgets, createBudgets } from "@/lib/server/budget";
import { type Env, env } from "@/lib/server/env";
import { createLog, type Log, untraced } from "@/lib/server/log";
import { createFlusher, type Flusher } from "@/lib/server/metrics/flusher";
import { type CallRecorder, createCallRecorder } from "@/lib/server/store/call-recorder";
import { type Database, type OpenDatabase, openDatabase } from "@/lib/server/store/database";
import { type WorkerId, workerId } from "@/lib/shared/ids";

/** What every part of a server process shares. One per process. */
export interface Runtime {
  env: Env;
  /** This run of this process: what its leases are signed with. */
  worker: WorkerId;
  log: Log;
  db: Database;
  database: OpenDatabase;
  vault: Vault;
  budgets: Budgets;
  calls: CallRecorder;
  /** Carries what `count` counted into the database. */
  counts: Flusher;
  /** Writes what is left and closes the connections: the last thing of a process. */
  close(): Promise<void>;
}

/** Puts a runtime together from the environment. */
export function createRuntime(settings: Env, name: string): Runtime {
  const log = createLog(settings.logLevel, name);
  const tell = (what: string) => (error: unknown) => untraced(() => log.warn({ err: error }, what));
  const database = openDatabase(settings.databaseUrl, {
    max: name === "web" ? 12 : 10,
    onError: tell("database connection lost"),
  });
  const vault = createVault({
    db: database.db,
    keys: settings.tokenKeys,
    oauth: {
      apiUrl: settings.meli.apiUrl,
      clientId: settings.meli.clientId,
      clientSecret: settings.meli.clientSecret,
    },
    log,
  });
  const budgets = createBudgets(database, settings, tell("rate budget waits for the database"));
  const calls = createCallRecorder(database.db, tell("call log not written"));
  const counts = createFlusher(database.db, tell("counters not written"));
  return {
    env: settings,
    worker: workerId(randomUUID()),
    log,
    db: database.db,
    database,
    vault,
    budgets,
    calls,
    counts,
    async close() {
      counts.stop();
      await Promise.all([calls.flush(), counts.flush()]);
      await database.close();
    },
  };
}

const shared = globalThis as typeof globalThis & { buzonRuntime?: Runtime };

/** The web process's runtime, made on first use. Kept on the global object, because Next loads a module once per bundle. */
export function runtime(): Runtime {
  if (shared.buzonRuntime !== undefined) return shared.buzonRuntime;
  const rt = createRuntime(env(), "web");
  shared.buzonRuntime = rt;
  // Next's server ends the process when it has answered what it was asked: what was counted leaves meanwhile.
  if (process.env.NEXT_RUNTIME === "nodejs") process.on("SIGTERM", () => void rt.counts.flush());
  return rt;
}
