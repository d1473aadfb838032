import "server-only";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";

/** The database, or a transaction on it. Every function of this folder takes one first. */
export type Database = NodePgDatabase;

export interface OpenDatabase {
  db: Database;
  pool: pg.Pool;
  close(): Promise<void>;
}

/** Opens a pool on a migrated database. Connections are made on first use; `close` waits for the ones in use. */
export function openDatabase(
  url: string,
  options: { max?: number; onError?: (error: Error) => void } = {},
): OpenDatabase {
  const onError = options.onError ?? (() => undefined);
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    application_name: "buzon",
    async onConnect(client) {
      // A connection in use that PostgreSQL closes tells whoever waits for its answer, and this listener, or nobody.
      client.on("error", () => undefined);
      // One plan serves whatever the parameters are: planning the inbox anew for each request took twice as long as reading
      // it (1.4 against 0.5 ms). Set by a statement, because poolers refuse it as a connection option.
      await client.query("set plan_cache_mode = force_generic_plan");
    },
  });
  // An idle connection that PostgreSQL closes (a restart) must not end the process: the pool makes a new one.
  pool.on("error", onError);
  const db = drizzle(pool);
  db.transaction = transactionsOf(pool);
  return { db, pool, close: () => pool.end() };
}

/** Transactions that always give their connection back. Drizzle's own (0.45) keeps it for ever when `begin` fails, as it does
 *  under a restart of PostgreSQL, and puts one whose `rollback` failed back among the sound ones (docs/decisions/057). */
function transactionsOf(pool: pg.Pool): Database["transaction"] {
  const over = new WeakMap<pg.PoolClient, Database>();
  return async (run, config) => {
    const client = await pool.connect();
    const db = over.get(client) ?? drizzle(client);
    over.set(client, db);
    let hasBegun = false;
    let isSound = false;
    try {
      const result = await db.transaction((tx) => {
        hasBegun = true;
        return run(tx);
      }, config);
      isSound = true;
      return result;
    } catch (error) {
      isSound = hasBegun && client.getTransactionStatus() === "I";
      throw error;
    } finally {
      // A connection that may be broken, or still in its transaction, is closed.
      client.release(!isSound);
    }
  };
}
