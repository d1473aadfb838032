import { randomBytes } from "node:crypto";
import { Client } from "pg";

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A database of its own for one test file or one test: a clone of the migrated template, in some 50 ms.
 *  @throws Error when the run has no template: the test belongs to the server tier (`*.server.test.ts`). */
export async function createDatabase(): Promise<TestDatabase> {
  const template = process.env.TEST_DATABASE_TEMPLATE_URL;
  if (template === undefined) throw new Error("No template database: name the file *.server.test.ts.");
  const url = new URL(template);
  const source = url.pathname.slice(1);
  const name = `${source}_${randomBytes(6).toString("hex")}`;
  await onServer(template, `CREATE DATABASE ${name} TEMPLATE ${source}`);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(template, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function onServer(template: string, sql: string): Promise<void> {
  const url = new URL(template);
  url.pathname = "/postgres";
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
