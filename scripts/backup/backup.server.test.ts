import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createRuntime, type Runtime } from "@/lib/server/runtime";
import { InboxPageSchema } from "@/lib/shared/api/inbox";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import { type Belongings, furnish } from "@/scripts/testing/belongings";
import { createDatabase, type TestDatabase } from "@/scripts/testing/database";
import { createHouse, type House } from "@/scripts/testing/house";
import { countDifferences } from "@/scripts/testing/kept-counts";
import { FORMAT, opening, pack } from "./frames";
import { restoreBackup } from "./restore-backup";
import { migrateTo, migrationsOf, migrationsOfBuild } from "./schema-state";
import { KEPT, LEFT_OUT } from "./tables";
import { writeBackup } from "./write-backup";

let house: House;
let shop: Belongings;
let folder = "";
let file = "";
const databases: TestDatabase[] = [];

/** Every table has a row, with what is hard to carry: bytes, emoji, line ends, nulls, jsonb. */
async function fillTheRest(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const run = (sql: string, values: unknown[] = []) => client.query(sql, values);
    const { userId, accountId, sessionId } = shop.as;
    const { rows } = await run("select id from threads where external_id = $1", [shop.packId]);
    const thread = String(rows[0]?.id);
    await run("update messages set text = $1 where id = $2", [
      "Ñandú 👋🏽 tab\there\\N \\. \r\nnext",
      shop.messageId,
    ]);
    await run(
      "insert into looks values ($1, $2, now()) on conflict (user_id, thread_id) do update set seen_at = now()",
      [userId, thread],
    );
    await run("insert into unseen values ($1, $2, $3, 'messages', 2, now()) on conflict do nothing", [
      userId,
      thread,
      accountId,
    ]);
    await run("insert into changes (account_id, no, thread_id) values ($1, 900, $2)", [accountId, thread]);
    await run(
      "insert into questions (account_id, id, thread_id, status, created_at) values ($1, '13000000001', $2, 'UNANSWERED', now())",
      [accountId, thread],
    );
    await run(`insert into listings (account_id, item_id, listing) values ($1, 'MLA1', '{"id":"MLA1"}')`, [
      accountId,
    ]);
    await run("insert into account_facts (account_id, name, value) values ($1, 'response_time', 'null')", [
      accountId,
    ]);
    const ofLeads = [
      `leads (account_id, id, contact_type, sort_at, is_guest, buyer) values ($1, 'a1', 'call', now(), false, '{"name":"Ana 👋🏽"}')`,
      "lead_syncs (account_id, has_classifieds, leads_from) values ($1, true, '2026-08-01')",
      "contact_reads (account_id, read_at) values ($1, now())",
      "contact_series values ($1, 'MLA1', 'whatsapp', 'hour', 7, '{1,-1,null}', '{9,9,null}', false, 1, 1)",
      "contact_totals values ($1, '', 'questions', now(), now(), 7, now())",
      "contact_wishes (account_id, unit, from_at, to_at, asked_at) values ($1, 'day', now(), now(), now())",
    ];
    for (const row of ofLeads) await run(`insert into ${row}`, [accountId]);
    await run(
      `insert into notices (user_id, topic, resource, subject, dedupe, actions) values ($1, 'messages', 'ab', 'ab', 'd1', '["created"]')`,
      [accountId],
    );
    await run("insert into counters values ('kept_total', 'topic=\"messages\"', 12.5)");
    await run("insert into chores (key, found) values ('missed_feeds', 3)");
    await run(
      "insert into push_subscriptions (user_id, session_id, endpoint, p256dh, auth) values ($1, $2, 'https://push.test/1', 'k', 'a')",
      [userId, sessionId],
    );
    await run("insert into workers (id) values (gen_random_uuid())");
    await run(
      "update file_chunks set bytes = decode('00ff5c0a0d09' || repeat('00', 300000), 'hex') where file_id = $1",
      [shop.fileId],
    );
    await run(
      "insert into calls (account_id, at, method, path, ms) values ($1, now(), 'GET', '/users/me', 12)",
      [accountId],
    );
    await run("insert into syncs (account_id) values ($1) on conflict do nothing", [accountId]);
    await run(
      `insert into audits (account_id, thread_id, user_id, "by", outbox_id, act, confirmed)
       values ($1, $2, $3, 'TIENDA', gen_random_uuid(), '{"kind":"refund"}', '{"buyer":"Ana 👋🏽","amount":null}')`,
      [accountId, thread, userId],
    );
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "buzon-backup-"));
  file = join(folder, "one.backup");
  house = await createHouse();
  shop = await furnish(house, "RESPALDO 📦");
  await house.rt.calls.flush();
  await fillTheRest(house.rt.env.databaseUrl);
  await writeBackup(house.rt.env.databaseUrl, file);
});
afterAll(async () => {
  await house.close();
  for (const database of databases) await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function emptyDatabase(o: { hasTables: boolean }): Promise<string> {
  const database = await createDatabase();
  databases.push(database);
  if (!o.hasTables) {
    await withClient(database.url, (client) =>
      client.query("drop schema public cascade; drop schema drizzle cascade; create schema public"),
    );
  }
  return database.url;
}

/** What a table holds, as one digest for its rows in any order. */
async function contentOf(url: string, table: string, but: readonly string[] = []) {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ row: string }>(
      // The processes of the test add to the totals while it runs.
      `select (to_jsonb(t) - $1::text[])::text as row from ${table} t ${table === "counters" ? "where name = 'kept_total'" : ""}`,
      [but],
    );
    const sorted = rows.map(({ row }) => row).toSorted();
    return { rows: sorted.length, digest: createHash("sha256").update(sorted.join("\n")).digest("hex") };
  });
}

const countAll = (url: string) =>
  Promise.all(KEPT.map(async (table) => (await contentOf(url, table)).rows)).then((counts) =>
    counts.reduce((sum, count) => sum + count, 0),
  );

/** A copy of the backup with other bytes inside. */
async function rewritten(change: (bytes: Buffer) => Buffer): Promise<string> {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.backup`);
  await writeFile(path, gzipSync(change(gunzipSync(await readFile(file)))));
  return path;
}

it("has decided for every table of the schema whether a backup holds it", async () => {
  const tables = await withClient(house.rt.env.databaseUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public'",
    );
    return rows.map(({ name }) => name).toSorted();
  });
  expect([...KEPT, ...LEFT_OUT].toSorted()).toEqual(tables);
});

it("brings every table back as it was, numbers that go on included", async () => {
  const target = await emptyDatabase({ hasTables: true });
  const source = house.rt.env.databaseUrl;
  await restoreBackup(target, file);
  // What had not left is told apart: a test of its own.
  const changed: Record<string, string[]> = {
    outbox: ["state", "reason", "baseline", "not_before", "sending_at"],
    threads: ["outbox_flag"],
    list_counts: ["troubled"],
  };
  for (const table of KEPT) {
    const before = await contentOf(source, table, changed[table]);
    expect(before.rows, `${table} is part of the test`).toBeGreaterThan(0);
    expect(await contentOf(target, table, changed[table]), table).toEqual(before);
  }
  for (const table of LEFT_OUT) expect((await contentOf(target, table)).rows, table).toBe(0);
  const pool = new pg.Pool({ connectionString: target });
  expect(await countDifferences(pool)).toEqual([]);
  await pool.end();
  await withClient(target, async (client) => {
    const { rows } = await client.query(`
      insert into notices (user_id, topic, resource, subject, dedupe) values ('1', 'messages', 'x', 'x', 'x')
      returning id = (select max(id) + 1 from notices) as goes_on`);
    expect(rows).toEqual([{ goes_on: true }]);
    const { rows: threads } = await client.query(
      "select nextval('thread_numbers') > (select max(id) from threads) as goes_on",
    );
    expect(threads).toEqual([{ goes_on: true }]);
  });
});

it("serves the same inbox and the same conversation from what was restored", async () => {
  const target = await emptyDatabase({ hasTables: false });
  await restoreBackup(target, file);
  const inbox = () => house.read(InboxPageSchema, "/api/inbox", { as: shop.as });
  const thread = () => house.read(ThreadViewSchema, shop.thread, { as: shop.as });
  const before = [(await inbox()).rows.map(({ outbox: _, ...row }) => row), await thread()] as const;

  const restored = createRuntime({ ...house.rt.env, databaseUrl: target }, "web");
  const shared: typeof globalThis & { buzonRuntime?: Runtime } = globalThis;
  shared.buzonRuntime = restored;
  try {
    expect((await inbox()).rows.map(({ outbox: _, ...row }) => row)).toEqual(before[0]);
    const view = await thread();
    expect(view.messages).toEqual(before[1].messages);
    expect(view.draft).toEqual(before[1].draft);
    expect(view.outbox.map(({ id, text }) => ({ id, text }))).toEqual(
      before[1].outbox.map(({ id, text }) => ({ id, text })),
    );
  } finally {
    shared.buzonRuntime = house.rt;
    await restored.database.close();
  }
});

it("never lets a reply that waited leave again by itself", async () => {
  const target = await emptyDatabase({ hasTables: true });
  expect((await restoreBackup(target, file)).uncertain).toBe(1);
  await withClient(target, async (client) => {
    const { rows } = await client.query(
      "select o.state, o.baseline, o.sending_at is not null as was_sending, t.outbox_flag from outbox o join threads t on t.id = o.thread_id",
    );
    expect(rows).toEqual([
      {
        state: "uncertain",
        baseline: expect.arrayContaining([shop.messageId]),
        was_sending: true,
        outbox_flag: "uncertain",
      },
    ]);
  });
});

it("is a file that only its owner reads, and leaves nothing else behind", async () => {
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await readdir(folder)).filter((name) => name.startsWith("."))).toEqual([]);
  const held = gunzipSync(await readFile(file)).toString("latin1");
  expect(held).not.toContain(process.env.TOKEN_KEY);
  expect(held).not.toContain(process.env.NEXTAUTH_SECRET);
});

it("replaces no file, and leaves none when the database is not one of Buzón's", async () => {
  await expect(writeBackup(house.rt.env.databaseUrl, file)).rejects.toThrow(/is there already/);
  const nothing = join(folder, "nothing.backup");
  const fresh = await emptyDatabase({ hasTables: false });
  await expect(writeBackup(fresh, nothing)).rejects.toThrow(/nothing to back up/);
  await expect(stat(nothing)).rejects.toThrow(/ENOENT/);
});

it("refuses a file that was cut, at any place, and restores nothing of it", async () => {
  const whole = await readFile(file);
  const target = await emptyDatabase({ hasTables: true });
  for (const share of [0.02, 0.5, 0.97]) {
    const cut = join(folder, `cut-${share}.backup`);
    await writeFile(cut, whole.subarray(0, Math.floor(whole.length * share)));
    await expect(restoreBackup(target, cut)).rejects.toThrow(/ends in the middle/);
  }
  // Cut between two frames and closed again: the compression is whole, the backup is not.
  const lessFinish = await rewritten((bytes) => bytes.subarray(0, bytes.lastIndexOf('{"sequences"') - 5));
  await expect(restoreBackup(target, lessFinish)).rejects.toThrow(/ends in the middle/);
  expect(await countAll(target)).toBe(0);
});

it("refuses a file in which a byte changed, and restores nothing of it", async () => {
  const target = await emptyDatabase({ hasTables: true });
  const changed = await rewritten((bytes) => {
    const at = bytes.lastIndexOf("RESPALDO");
    bytes.write("respaldo", at);
    return bytes;
  });
  await expect(restoreBackup(target, changed)).rejects.toThrow(/damaged/);
  expect(await countAll(target)).toBe(0);
});

it("says when a file is no backup, or one of another release", async () => {
  const target = await emptyDatabase({ hasTables: true });
  const letter = join(folder, "letter.txt");
  await writeFile(letter, "Hola");
  await expect(restoreBackup(target, letter)).rejects.toThrow(/not a backup of Buzón/);
  await expect(restoreBackup(target, await rewritten(() => Buffer.from("Hola")))).rejects.toThrow(
    /not a backup of Buzón/,
  );
  const newer = await rewritten((bytes) => {
    bytes.write('"format":2', bytes.indexOf('"format":1'));
    return bytes;
  });
  await expect(restoreBackup(target, newer)).rejects.toThrow(/format 2/);
  const stranger = await rewritten((bytes) => {
    const at = bytes.indexOf('"migrations":["') + '"migrations":["'.length;
    bytes.write("0000", at);
    return bytes;
  });
  await expect(restoreBackup(target, stranger)).rejects.toThrow(/newer Buzón/);
  expect(await countAll(target)).toBe(0);
});

it("restores only into an empty database", async () => {
  const target = await emptyDatabase({ hasTables: true });
  await withClient(target, (client) =>
    client.query("insert into accounts (id, site_id, profile, nickname) values ('1', 'MLA', 'LOCAL', 'A')"),
  );
  await expect(restoreBackup(target, file)).rejects.toThrow(/not empty \(there are rows in accounts\)/);
  expect(await countAll(target)).toBe(1);
});

it("asks for a database without tables when the schemas differ", async () => {
  const target = await emptyDatabase({ hasTables: false });
  await withClient(target, (client) => migrateTo(client, 1));
  await expect(restoreBackup(target, file)).rejects.toThrow(/holds no tables yet/);
  await withClient(target, async (client) => expect(await migrationsOf(client)).toHaveLength(1));
});

it("brings a backup of an older release up to this one", async () => {
  const columns = ["id", "site_id", "profile", "nickname"];
  const rows = Buffer.from("7\tMLA\tLOCAL\tTIENDA\n");
  const older = join(folder, "older.backup");
  const header = {
    format: FORMAT,
    at: "2026-09-01T10:00:00.000Z",
    release: "0.0.9",
    postgres: "18.0",
    migrations: migrationsOfBuild().slice(0, 1),
    tables: [{ name: "accounts", columns, rows: 1 }],
  };
  const sha256 = createHash("sha256").update(rows).digest("hex");
  const frames = [
    opening(),
    ...pack("header", header),
    ...pack("begin", { name: "accounts" }),
    ...pack("rows", rows),
    ...pack("end", { name: "accounts", rows: 1, sha256 }),
    ...pack("finish", { sequences: [{ name: "thread_numbers", last: "41" }] }),
  ];
  await writeFile(older, gzipSync(Buffer.concat(frames)));
  const target = await emptyDatabase({ hasTables: false });
  await restoreBackup(target, older);
  await withClient(target, async (client) => {
    expect(await migrationsOf(client)).toEqual(migrationsOfBuild());
    const { rows: held } = await client.query(
      "select nickname, nextval('thread_numbers') as next from accounts",
    );
    expect(held).toEqual([{ nickname: "TIENDA", next: "42" }]);
  });
});
