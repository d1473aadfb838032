import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startEmbedded, stopSurvivorOf } from "@/scripts/launcher/postgres/embedded";

let dataDirs: string[] = [];

beforeAll(async () => {
  dataDirs = await Promise.all([0, 1].map(() => mkdtemp(join(tmpdir(), "buzon-embedded-"))));
  await Promise.all(dataDirs.map((folder) => chmod(folder, 0o755)));
});

afterAll(async () => {
  for (const folder of dataDirs) {
    await stopSurvivorOf(folder);
    await rm(folder, { recursive: true, force: true });
  }
});

const start = (n: number, password = "secret") =>
  startEmbedded({ dataDir: dataDirs[n] ?? "", password, say: () => undefined });

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

it("keeps its data when it is stopped, and when it is killed", async () => {
  const first = await start(0);
  await query(first.databaseUrl, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('stopped')");
  await first.stop(0);

  const second = await start(0);
  await query(second.databaseUrl, "INSERT INTO kept VALUES ('killed')");
  process.kill(second.pid, "SIGKILL");
  await second.exited;

  const third = await start(0);
  expect(await query(third.databaseUrl, "SELECT word FROM kept")).toEqual([
    { word: "stopped" },
    { word: "killed" },
  ]);
  await third.stop(0);
});

it("runs two data folders side by side that share nothing", async () => {
  const [one, other] = await Promise.all([start(0), start(1)]);
  await query(one.databaseUrl, "CREATE TABLE IF NOT EXISTS only_in_one (id int)");
  expect(await query(other.databaseUrl, "SELECT to_regclass('only_in_one') AS found")).toEqual([
    { found: null },
  ]);
  expect(new URL(one.databaseUrl).port).not.toBe(new URL(other.databaseUrl).port);
  await Promise.all([one.stop(0), other.stop(0)]);
});

it("asks for its password and is a PostgreSQL 18 with durable writes", async () => {
  const postgres = await start(0);
  const wrong = new URL(postgres.databaseUrl);
  wrong.password = "guess";
  await expect(query(wrong.href, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
  expect(await query(postgres.databaseUrl, "SHOW fsync")).toEqual([{ fsync: "on" }]);
  const [version] = await query(postgres.databaseUrl, "SHOW server_version_num");
  expect(String(version?.server_version_num)).toMatch(/^18/);
  await postgres.stop(0);
});

it("says what to restore when the password is not the data's", async () => {
  await expect(start(0, "another")).rejects.toThrow(/secrets\.json/);
});
