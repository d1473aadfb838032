import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { recountLists } from "@/lib/server/store/list-counts";
import { migrate } from "@/lib/server/store/migrate";
import type { AccountId } from "@/lib/shared/ids";
import { LaunchError } from "@/scripts/launcher/launch-error";
import {
  cutShort,
  damaged,
  Finish,
  type Frame,
  Header,
  notOurs,
  parseBody,
  TableBegin,
  TableEnd,
  unpack,
} from "./frames";
import { isPrefix, migrateTo, migrationsOf, migrationsOfBuild } from "./schema-state";
import { REPLACED } from "./tables";
import { NEUTRAL, quoted } from "./write-backup";

export interface Restored {
  header: Header;
  /** Replies that had not left when the backup was made: they are looked for before anybody may send them again. */
  uncertain: number;
}

/** Fills an empty database from a backup: all of it or nothing. A backup of an older release is brought up to this one.
 *  @throws LaunchError in one line when the file is cut, damaged or of another release, or the database is in use. */
export async function restoreBackup(
  databaseUrl: string,
  file: string,
  o: { signal?: AbortSignal } = {},
): Promise<Restored> {
  const input = createReadStream(file);
  const bytes = input.pipe(createGunzip());
  input.on("error", (error) => bytes.destroy(error));
  const frames = unpack(bytes);
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 10_000,
    application_name: "buzon-restore",
  });
  try {
    const header = parseBody(Header, await next(frames, "header"));
    const build = migrationsOfBuild();
    if (!isPrefix(header.migrations, build)) {
      throw new LaunchError(
        "This backup was made by a newer Buzón, or another one: restore it with the release that wrote it.",
      );
    }
    await client.connect();
    await client.query(NEUTRAL);
    await makeReady(client, header);
    await client.query("begin");
    await claimEmpty(
      client,
      header.tables.map(({ name }) => name),
    );
    for (const _table of header.tables) await fillNext(client, header, frames, o);
    const { sequences } = parseBody(Finish, await next(frames, "finish"));
    const uncertain = await doubtReplies(client);
    // That has moved replies between the lists. An older release kept no counts: its migration makes them.
    if (header.tables.some(({ name }) => name === "list_counts")) await recountAll(client);
    for (const { name, last } of sequences) {
      await client.query("select setval($1::regclass, $2::bigint)", [`public.${quoted(name)}`, last]);
    }
    await client.query("commit");
    if (header.migrations.length < build.length) await migrate(databaseUrl);
    await client.query("analyze");
    return { header, uncertain };
  } catch (error) {
    throw explained(error, file);
  } finally {
    await client.end().catch(() => undefined);
    input.destroy();
    bytes.destroy();
  }
}

/** The schema that the backup had. Only a database without tables can be brought to that of an older release. */
async function makeReady(client: pg.Client, header: Header): Promise<void> {
  const present = await migrationsOf(client);
  if (present.length === 0) return migrateTo(client, header.migrations.length);
  if (present.join() === header.migrations.join()) return;
  throw new LaunchError(
    `The backup has ${header.migrations.length} migrations and the database ${present.length}: restore into a database that holds no tables yet.`,
  );
}

/** Nobody may write while it is filled, and nothing may be there.
 *  @throws LaunchError */
async function claimEmpty(client: pg.Client, tables: readonly string[]): Promise<void> {
  await client.query("set local lock_timeout = '5s'");
  try {
    await client.query(`lock table ${tables.map(quoted).join()} in access exclusive mode`);
  } catch (error) {
    const isHeld = error instanceof Error && "code" in error && error.code === "55P03";
    if (!isHeld) throw error;
    throw new LaunchError("Somebody works on that database: stop every Buzón that uses it.");
  }
  for (const table of tables) {
    if (REPLACED.includes(table)) {
      await client.query(`delete from ${quoted(table)}`);
      continue;
    }
    const { rows } = await client.query(`select 1 from ${quoted(table)} limit 1`);
    if (rows.length > 0) {
      throw new LaunchError(
        `The database is not empty (there are rows in ${table}): a backup is only restored into an empty one.`,
      );
    }
  }
}

async function fillNext(
  client: pg.Client,
  header: Header,
  frames: AsyncGenerator<Frame>,
  o: { signal?: AbortSignal },
): Promise<void> {
  const { name } = parseBody(TableBegin, await next(frames, "begin"));
  const table = header.tables.find((known) => known.name === name);
  if (table === undefined) throw damaged();
  const digest = createHash("sha256");
  const last: { frame: Frame | null } = { frame: null };
  async function* rows(): AsyncGenerator<Buffer> {
    for (;;) {
      const frame = await next(frames);
      if (frame.kind !== "rows") {
        last.frame = frame;
        return;
      }
      digest.update(frame.body);
      yield frame.body;
    }
  }
  const copy = client.query(
    copyFrom(`copy ${quoted(name)} (${table.columns.map(quoted).join()}) from stdin`),
  );
  await pipeline(Readable.from(rows(), { objectMode: false }), copy, o);
  if (last.frame?.kind !== "end") throw damaged();
  const end = parseBody(TableEnd, last.frame);
  const isWhole =
    end.name === name &&
    end.rows === table.rows &&
    copy.rowCount === end.rows &&
    digest.digest("hex") === end.sha256;
  if (!isWhole) throw damaged();
}

/** What waited to leave may have left since the backup. It becomes uncertain: looked for in its conversation, and if it is
 *  not there offered to the person, never sent by itself (design 2.2). @returns how many. */
async function doubtReplies(client: pg.Client): Promise<number> {
  const { rowCount } = await client.query(`
    update outbox o set state = 'uncertain', reason = 'interrupted', lookups = 0, lease_owner = null, lease_until = null,
      not_before = now(), sending_at = coalesce(sending_at, created_at),
      baseline = coalesce(baseline, (select jsonb_agg(m.id) from messages m where m.thread_id = o.thread_id), '[]')
    where state in ('queued', 'sending')`);
  await client.query(`
    update threads set outbox_flag = 'uncertain'
    where outbox_flag in ('sending', 'held', 'moderation')
      and id in (select thread_id from outbox where state = 'uncertain')`);
  return rowCount ?? 0;
}

async function recountAll(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ id: AccountId }>("select id from accounts");
  for (const { id } of rows) await recountLists(drizzle(client), id);
}

async function next(frames: AsyncGenerator<Frame>, kind?: Frame["kind"]): Promise<Frame> {
  const { value, done } = await frames.next();
  if (done === true) throw cutShort();
  if (kind !== undefined && value.kind !== kind) throw damaged();
  return value;
}

/** What went wrong with the file, in a line; anything else as it is. */
function explained(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  if (error.code === "Z_BUF_ERROR") return cutShort();
  if (error.code === "Z_DATA_ERROR")
    return error.message.includes("incorrect header") ? notOurs() : damaged();
  if (error.code === "ENOENT") return new LaunchError(`There is no file ${file}.`);
  return error;
}
