import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readSettings } from "@/lib/server/env";
import { secretsOf } from "@/scripts/launcher/secrets";

let dataDir = "";

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "buzon-secrets-"));
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

it("makes secrets that the environment accepts, in a file that only its owner reads", async () => {
  const { DATABASE_PASSWORD: _, ...variables } = await secretsOf(dataDir);
  const settings = readSettings(variables);
  expect(settings.tokenKeys[0]).toHaveLength(32);
  expect(settings.vapid).not.toBeNull();
  expect((await stat(join(dataDir, "secrets.json"))).mode & 0o777).toBe(0o600);
});

it("gives everyone who comes at once the same secrets, and the same ones later", async () => {
  const all = await Promise.all([1, 2, 3, 4].map(() => secretsOf(dataDir)));
  const later = await secretsOf(dataDir);
  for (const secrets of all) expect(secrets).toEqual(later);
});

it("adds what an older release did not have and keeps what it had", async () => {
  const { TOKEN_KEY } = await secretsOf(dataDir);
  await writeFile(join(dataDir, "secrets.json"), JSON.stringify({ TOKEN_KEY }));
  const completed = await secretsOf(dataDir);
  expect(completed.TOKEN_KEY).toBe(TOKEN_KEY);
  expect(completed.NEXTAUTH_SECRET).not.toBe("");
});

it("never replaces a file that it cannot read: it may hold the keys of sealed tokens", async () => {
  const path = join(dataDir, "secrets.json");
  await writeFile(path, "{ broken");
  await expect(secretsOf(dataDir)).rejects.toThrow(/restore it/);
  expect(await readFile(path, "utf8")).toBe("{ broken");
});
