import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Client } from "pg";
import { startThrowawayServer } from "@/scripts/testing/throwaway-server";

let tearDown: () => Promise<void> = async () => undefined;

/** vitest's globalSetup of the server tier: one PostgreSQL for the run, and in it one migrated template that tests
 *  clone (database.ts). With TEST_DATABASE_SERVER_URL set, that server is used and left running. */
export async function setup(): Promise<void> {
  const given = process.env.TEST_DATABASE_SERVER_URL;
  const server =
    given === undefined ? await startThrowawayServer() : { url: given, stop: async () => undefined };
  const template = `test_${randomBytes(4).toString("hex")}`;
  tearDown = async () => {
    if (given !== undefined) await dropAll(given, template);
    await server.stop();
  };
  try {
    await query(server.url, `CREATE DATABASE ${template}`);
    const url = new URL(server.url);
    url.pathname = `/${template}`;
    await migrateTemplate(url.href);
    process.env.TEST_DATABASE_TEMPLATE_URL = url.href;
  } catch (error) {
    await tearDown();
    throw error;
  }
}

/** Stops what `setup` started. */
export function teardown(): Promise<void> {
  return tearDown();
}

async function migrateTemplate(url: string): Promise<void> {
  const path = fileURLToPath(new URL("../../lib/server/store/migrate.ts", import.meta.url));
  if (!existsSync(path)) return;
  const module = await import(pathToFileURL(path).href);
  await module.migrate(url);
}

async function dropAll(serverUrl: string, template: string): Promise<void> {
  const names = await query(
    serverUrl,
    `SELECT datname AS name FROM pg_database WHERE datname LIKE '${template}%'`,
  );
  for (const { name } of names) await query(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

async function query(url: string, sql: string): Promise<{ name: string }[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ name: string }>(sql)).rows;
  } finally {
    await client.end();
  }
}
