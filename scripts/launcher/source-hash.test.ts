import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sourceHash } from "@/scripts/launcher/source-hash";

let root = "";

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "buzon-hash-"));
  await write("app/page.tsx", "one");
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

it.each(["app/page.tsx", "lib/shared/words/es.json", "public/icon.svg", "package-lock.json", "proxy.ts"])(
  "changes with %s, which a build contains",
  async (path) => {
    const before = await sourceHash(root);
    await write(path, "two");
    expect(await sourceHash(root)).not.toBe(before);
  },
);

it.each([
  "lib/shared/money.test.ts",
  "sandbox/main.ts",
  "e2e/inbox.spec.ts",
  "docs/operations.md",
  ".next/BUILD_ID",
  "node_modules/next/package.json",
  "playwright.config.ts",
])("stays the same when %s changes, which a build never sees", async (path) => {
  const before = await sourceHash(root);
  await write(path, "two");
  expect(await sourceHash(root)).toBe(before);
});

it("changes when a file gets another name", async () => {
  const before = await sourceHash(root);
  await rm(join(root, "app/page.tsx"));
  await write("app/other.tsx", "one");
  expect(await sourceHash(root)).not.toBe(before);
});
