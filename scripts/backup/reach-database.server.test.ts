import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readSettings, type Settings } from "@/lib/server/env";
import { startDatabase, takeGround } from "@/scripts/launcher/ground";
import { forgetData } from "@/scripts/launcher/postgres/placement";
import { createDatabase } from "@/scripts/testing/database";
import { type Reached, reachForBackup, reachForRestore } from "./reach-database";
import { restoreBackup } from "./restore-backup";
import { writeBackup } from "./write-backup";

let folder = "";
let mine: Settings;
let other: Settings;
const say = () => undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "buzon-reach-"));
  await chmod(folder, 0o755);
  mine = readSettings({ DATA_DIR: join(folder, "mine") });
  other = readSettings({ DATA_DIR: join(folder, "other") });
});
afterAll(async () => {
  for (const { dataDir } of [mine, other]) await forgetData(dataDir);
  await rm(folder, { recursive: true, force: true });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function using<T>(reached: Promise<Reached>, work: (url: string) => Promise<T>): Promise<T> {
  const database = await reached;
  try {
    return await work(database.databaseUrl);
  } finally {
    await database.leave();
  }
}

it("takes a backup while Buzón runs and when it does not, and restores it where none runs", async () => {
  const whileRunning = join(folder, "running.backup");
  const atRest = join(folder, "rest.backup");
  const ground = await takeGround(mine, {});
  const { postgres } = await startDatabase(mine.dataDir, say);
  await query(
    postgres.databaseUrl,
    "insert into accounts (id, site_id, profile, nickname) values ('7', 'MLA', 'LOCAL', 'Mía')",
  );
  await using(reachForBackup(mine, say), (url) => writeBackup(url, whileRunning));
  // It was left running, and nobody restores under it.
  expect(await query(postgres.databaseUrl, "select 1 as up")).toEqual([{ up: 1 }]);
  await expect(reachForRestore(mine, say)).rejects.toThrow(/already runs/);
  await postgres.stop(0);
  await ground.release();

  await using(reachForBackup(mine, say), (url) => writeBackup(url, atRest));
  await takeGround(other, {}).then((taken) => taken.release());
  await using(reachForRestore(other, say), async (url) => {
    await restoreBackup(url, atRest);
    expect(await query(url, "select nickname from accounts")).toEqual([{ nickname: "Mía" }]);
  });
  await expect(using(reachForRestore(other, say), (url) => restoreBackup(url, whileRunning))).rejects.toThrow(
    /not empty/,
  );
});

it("says where it looked when there is no database", async () => {
  const none = readSettings({ DATA_DIR: join(folder, "none") });
  await expect(reachForBackup(none, say)).rejects.toThrow(/There is no database in .*none/);
});

it("restores nothing under a worker that runs", async () => {
  const database = await createDatabase();
  await query(database.url, "insert into workers (id) values (gen_random_uuid())");
  await expect(reachForRestore({ ...mine, databaseUrl: database.url }, say)).rejects.toThrow(
    /A worker runs on that database/,
  );
  await query(database.url, "update workers set seen_at = now() - interval '1 minute'");
  await expect(reachForRestore({ ...mine, databaseUrl: database.url }, say)).resolves.toMatchObject({
    databaseUrl: database.url,
  });
  await database.drop();
});
