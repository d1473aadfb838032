import { readdirSync } from "node:fs";
import path from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";

const MIGRATIONS = path.join(process.cwd(), "lib/server/store/migrations");
/** Any number will do, as long as it is ours: one process migrates at a time, the others wait. */
const MIGRATION_LOCK = 7_204_119;

/** Brings the database to the newest schema. Safe to call from several processes at once; may be retried.
 *  @throws the driver's error when the database cannot be reached or is older than PostgreSQL 15. */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const version = Number(
      (await client.query<{ server_version_num: string }>("show server_version_num")).rows[0]
        ?.server_version_num,
    );
    if (version < 150_000)
      throw new Error(`PostgreSQL 15 or newer is needed, this server is ${Math.floor(version / 10_000)}`);
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await applyMigrations(drizzle(client), { migrationsFolder: MIGRATIONS });
    await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]);
  } finally {
    await client.end();
  }
}

/** Are all migrations of this build applied? Used by readiness: false also when the database was never migrated. */
export async function isMigrated(pool: pg.Pool): Promise<boolean> {
  const wanted = readdirSync(MIGRATIONS).filter((name) => name.endsWith(".sql")).length;
  const { rows } = await pool.query<{ table: string | null }>(
    "select to_regclass('drizzle.__drizzle_migrations')::text as table",
  );
  if (!rows[0]?.table) return false;
  const applied = await pool.query<{ count: number }>(
    "select count(*)::int as count from drizzle.__drizzle_migrations",
  );
  return (applied.rows[0]?.count ?? 0) >= wanted;
}
