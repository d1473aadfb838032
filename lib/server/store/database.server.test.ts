import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabase, type TestDatabase } from "@/scripts/testing/database";
import { isConnectionLost } from "./connection-lost";
import { type OpenDatabase, openDatabase } from "./database";

let made: TestDatabase;
let database: OpenDatabase;

beforeAll(async () => {
  made = await createDatabase();
  database = openDatabase(made.url, { max: 1 });
});
afterAll(async () => {
  await database.close();
  await made.drop();
});

/** The pool's only connection answers, outside any transaction, and is free again. */
async function expectWell(): Promise<void> {
  const { rows } = await database.pool.query("select pg_current_xact_id_if_assigned() as open, 1 as one");
  expect(rows).toEqual([{ open: null, one: 1 }]);
  expect([database.pool.totalCount, database.pool.idleCount]).toEqual([1, 1]);
}

const failure = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => error);

it("gives the connection back when a transaction cannot begin", async () => {
  for (let n = 0; n < 3; n += 1) {
    database.pool.once("acquire", (client) => void client.end());
    const ran = await failure(database.db.transaction(() => Promise.resolve()));
    expect(String(ran instanceof Error && ran.cause)).toContain("not queryable");
  }
  await expectWell();
});

it("replaces a connection that broke inside a transaction, and says so", async () => {
  for (let n = 0; n < 3; n += 1) {
    const ran = await failure(
      database.db.transaction((tx) => tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`)),
    );
    expect(isConnectionLost(ran)).toBe(true);
  }
  await expectWell();
});

it("rolls back and keeps the connection when the work itself fails", async () => {
  const pid = () => database.pool.query("select pg_backend_pid() as pid").then(({ rows }) => rows[0]?.pid);
  const before = await pid();
  const ran = await failure(
    database.db.transaction(async (tx) => {
      await tx.execute(sql`insert into counters (name, value) values ('half', 1)`);
      throw new Error("half-way");
    }),
  );
  expect(ran).toEqual(new Error("half-way"));
  await expectWell();
  expect(await pid()).toBe(before);
  const { rows } = await database.pool.query(
    "select count(*)::int as kept from counters where name = 'half'",
  );
  expect(rows).toEqual([{ kept: 0 }]);
});
