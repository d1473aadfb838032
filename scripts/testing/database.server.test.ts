import { Client } from "pg";
import { afterAll, expect, it } from "vitest";
import { createDatabase } from "@/scripts/testing/database";

const databases = [await createDatabase(), await createDatabase()];

afterAll(() => Promise.all(databases.map((database) => database.drop())));

it("gives each test a database that no other test sees", async () => {
  const [mine, other] = await Promise.all(
    databases.map(async (database) => {
      const client = new Client({ connectionString: database.url });
      await client.connect();
      return client;
    }),
  );
  await mine?.query("CREATE TABLE only_here (id int)");
  const seen = await other?.query("SELECT to_regclass('only_here') AS found");
  expect(seen?.rows).toEqual([{ found: null }]);
  await Promise.all([mine?.end(), other?.end()]);
});
