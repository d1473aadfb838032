import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { ranked } from "@/lib/shared/rank";
import { createDatabase, type TestDatabase } from "@/scripts/testing/database";
import { countDifferences } from "@/scripts/testing/kept-counts";
import { isMigrated, migrate } from "./migrate";

const MIGRATIONS = path.join(process.cwd(), "lib/server/store/migrations");
const Journal = z.looseObject({ entries: z.array(z.looseObject({ tag: z.string() })) });

let database: TestDatabase;
let pool: pg.Pool;

beforeEach(async () => {
  database = await createDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  await pool.query(
    "drop schema public cascade; drop schema if exists drizzle cascade; create schema public; grant all on schema public to public",
  );
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

/** Brings the empty database to where the first release left it. */
async function migrateTo(count: number): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "buzon-migrations-"));
  await cp(MIGRATIONS, folder, { recursive: true });
  const file = path.join(folder, "meta/_journal.json");
  const journal = Journal.parse(JSON.parse(await readFile(file, "utf8")));
  await writeFile(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
  await applyMigrations(drizzle(pool), { migrationsFolder: folder });
  await rm(folder, { recursive: true });
}

async function seedFirstRelease(): Promise<void> {
  await pool.query(`
    insert into accounts (id, site_id, profile, nickname) values ('7', 'MLA', 'LOCAL', 'TIENDA');
    insert into users (id, origin_account_id) values ('00000000-0000-4000-8000-000000000001', '7');
    insert into threads (id, account_id, channel, external_id, site_id, seller_id, sort_at)
      values (1, '7', 'messages', '2000000000000001', 'MLA', '7', now());
    insert into messages (thread_id, id, account_id, direction, author, from_user_id, text, visibility, created_at)
      values (1, 'aa', '7', 'in', 'buyer', '9', 'Hola 👋', 'visible', '2026-09-01T10:00:00Z');
    insert into outbox (account_id, thread_id, user_id, key, text)
      values ('7', 1, '00000000-0000-4000-8000-000000000001', gen_random_uuid(), 'Va');`);
}

it("brings an empty database to the newest schema, whichever of several processes comes first", async () => {
  expect(await isMigrated(pool)).toBe(false);
  await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
  expect(await isMigrated(pool)).toBe(true);
});

it("keeps what the first release held, and counts none of it as missed", async () => {
  await migrateTo(1);
  expect(await isMigrated(pool)).toBe(false);
  await seedFirstRelease();
  await migrate(database.url);
  expect(await isMigrated(pool)).toBe(true);

  const messages = await pool.query("select text, stored_at, noticed_at from messages");
  const at = new Date("2026-09-01T10:00:00Z");
  expect(messages.rows).toEqual([{ text: "Hola 👋", stored_at: at, noticed_at: at }]);
  const replies = await pool.query("select text, state, seen, held_for from outbox");
  expect(replies.rows).toEqual([{ text: "Va", state: "queued", seen: null, held_for: null }]);
  const users = await pool.query("select undo_seconds from users");
  expect(users.rows).toEqual([{ undo_seconds: 5 }]);
});

it("keeps the drafts of the release before questions, and puts its messages with a term among what is due", async () => {
  await migrateTo(4);
  await seedFirstRelease();
  const dueAt = new Date("2026-11-24T15:00:00Z");
  await pool.query("update threads set due_at = $1, is_waiting = true", [dueAt]);
  await pool.query("insert into drafts (user_id, thread_id, text) select id, 1, 'Borrador' from users");
  await migrate(database.url);
  const drafts = await pool.query("select text, about from drafts");
  expect(drafts.rows).toEqual([{ text: "Borrador", about: "" }]);
  const threads = await pool.query("select rank::float8 as rank, is_todo from threads");
  expect(threads.rows).toEqual([{ rank: ranked("duty", dueAt.getTime()), is_todo: true }]);
});

it("counts what the lists of an older release hold", async () => {
  await migrateTo(8);
  await seedFirstRelease();
  await pool.query("update threads set status = 'blocked', outbox_flag = 'failed'");
  await pool.query(
    `insert into threads (id, account_id, channel, external_id, site_id, seller_id, sort_at, is_waiting, status)
     select n + 1, '7', 'questions', n::text, 'MLA', '7', now(), true, 'open' from generate_series(1, 120) n`,
  );
  await migrate(database.url);
  const kept = await pool.query("select * from list_counts order by channel");
  expect(kept.rows).toEqual([
    { account_id: "7", channel: "messages", todo: 0, blocked: 1, troubled: 1 },
    { account_id: "7", channel: "questions", todo: 100, blocked: 0, troubled: 0 },
  ]);
  expect(await countDifferences(pool)).toEqual([]);
});
