import { createHash, randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { access, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { LaunchError } from "@/scripts/launcher/launch-error";
import { ROOT } from "@/scripts/launcher/paths";
import { FORMAT, type Header, opening, pack } from "./frames";
import { migrationsOf, migrationsOfBuild } from "./schema-state";
import { KEPT } from "./tables";

/** What COPY writes must not depend on how a server or a user is set up. */
export const NEUTRAL = `
  set client_encoding = 'UTF8'; set datestyle = 'ISO'; set timezone = 'UTC'; set intervalstyle = 'postgres';
  set bytea_output = 'hex'; set extra_float_digits = 1; set statement_timeout = 0; set lock_timeout = 0;
  set idle_in_transaction_session_timeout = 0`;

/** Writes one moment of the database to a file that only its owner reads: everything or, if it fails, no file.
 *  May be done while Buzón runs, and holds nobody up.
 *  @throws LaunchError when the file is there already, or the database is not one of this build. */
export async function writeBackup(
  databaseUrl: string,
  file: string,
  o: { signal?: AbortSignal } = {},
): Promise<Header> {
  if (await exists(file))
    throw new LaunchError(`${file} is there already: a backup never replaces a file. Choose another name.`);
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 10_000,
    application_name: "buzon-backup",
  });
  const draft = join(dirname(file), `.${randomBytes(6).toString("hex")}.backup-part`);
  await client.connect();
  try {
    await client.query(NEUTRAL);
    await client.query("begin isolation level repeatable read read only");
    const header = await headerOf(client);
    await pipeline(
      Readable.from(contents(client, header), { objectMode: false }),
      createGzip(),
      createWriteStream(draft, { mode: 0o600, flags: "wx" }),
      o,
    );
    await settle(draft);
    if (await exists(file)) throw new LaunchError(`${file} is there already.`);
    await rename(draft, file);
    return header;
  } finally {
    await client.end().catch(() => undefined);
    await rm(draft, { force: true });
  }
}

async function headerOf(client: pg.Client): Promise<Header> {
  const migrations = await migrationsOf(client);
  const wanted = migrationsOfBuild();
  if (migrations.length === 0)
    throw new LaunchError("The database holds nothing of Buzón: there is nothing to back up.");
  if (migrations.join() !== wanted.join()) {
    throw new LaunchError(
      `The database has ${migrations.length} migrations and this build ${wanted.length}: take the backup with the release that runs on it.`,
    );
  }
  const { rows } = await client.query<{ version: string }>(
    "select current_setting('server_version') as version",
  );
  const tables: Header["tables"] = [];
  for (const name of KEPT) {
    tables.push({ name, columns: await columnsOf(client, name), rows: await countOf(client, name) });
  }
  return {
    format: FORMAT,
    at: new Date().toISOString(),
    release: await release(),
    postgres: rows[0]?.version ?? "",
    migrations,
    tables,
  };
}

async function* contents(client: pg.Client, header: Header): AsyncGenerator<Buffer> {
  yield opening();
  yield* pack("header", header);
  for (const { name, columns } of header.tables) {
    yield* pack("begin", { name });
    const digest = createHash("sha256");
    const copy = client.query(copyTo(`copy ${quoted(name)} (${columns.map(quoted).join()}) to stdout`));
    for await (const chunk of copy) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError("COPY answered something else than bytes");
      digest.update(chunk);
      yield* pack("rows", chunk);
    }
    yield* pack("end", { name, rows: copy.rowCount, sha256: digest.digest("hex") });
  }
  // Sequences are of no snapshot: read last, they are never behind the rows.
  const { rows: sequences } = await client.query<{ name: string; last: string }>(
    "select sequencename as name, last_value::text as last from pg_sequences where schemaname = 'public' and last_value is not null order by 1",
  );
  yield* pack("finish", { sequences });
}

/** The columns that hold something of their own, in order. */
async function columnsOf(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select column_name::text as name from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position",
    [table],
  );
  return rows.map(({ name }) => name);
}

async function countOf(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`select count(*) as count from ${quoted(table)}`);
  return Number(rows[0]?.count);
}

/** An identifier. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

async function release(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "";
}

/** On disk before it has its name. */
async function settle(file: string): Promise<void> {
  const handle = await open(file, "r+");
  await handle.sync();
  await handle.close();
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
