import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { ROOT } from "@/scripts/launcher/paths";

/** What each room may import of ours, and what it may not: the arrows between the rooms (README, "Map of the code"). */
const ROOMS: Record<string, { may: string[]; mayNot: string[] }> = {
  "lib/shared": {
    may: ["@/lib/shared/other"],
    mayNot: [
      "@/lib/client/x",
      "@/lib/server/x",
      "@/components/x",
      "@/app/x",
      "@/sandbox/x",
      "node:fs",
      "react",
      "next/link",
      "pg",
    ],
  },
  "lib/client": {
    may: ["@/lib/client/other", "@/lib/shared/x", "react"],
    mayNot: ["@/lib/server/x", "@/components/x", "@/app/x", "@/sandbox/x", "node:fs"],
  },
  components: {
    may: ["@/components/ui/other", "@/lib/client/x", "@/lib/shared/x", "react"],
    mayNot: ["@/lib/server/x", "@/app/x", "@/sandbox/x", "node:fs"],
  },
  app: {
    may: [
      "@/components/x",
      "@/lib/client/x",
      "@/lib/shared/x",
      "@/lib/server/inbox/x",
      "@/lib/server/accounts/x",
      "@/lib/server/intake/x",
      "@/lib/server/events/x",
    ],
    mayNot: [
      "@/sandbox/x",
      "@/scripts/x",
      "@/lib/server/mercadolibre/x",
      "@/lib/server/channels/x",
      "@/lib/server/store/x",
      "@/lib/server/sync/x",
      "@/lib/server/outbox/x",
    ],
  },
  "lib/server": {
    may: ["@/lib/server/other", "@/lib/shared/x", "node:fs"],
    mayNot: ["@/lib/client/x", "@/components/x", "@/app/x", "@/sandbox/x", "@/scripts/x"],
  },
  "lib/server/mercadolibre": {
    may: ["@/lib/server/mercadolibre/other", "@/lib/shared/x"],
    mayNot: [
      "@/lib/server/store/x",
      "@/lib/server/accounts/x",
      "@/lib/server/channels/x",
      "@/lib/server/sync/x",
      "@/lib/server/outbox/x",
      "@/lib/server/http/x",
      "@/lib/server/env",
      "@/lib/client/x",
      "@/sandbox/x",
    ],
  },
  "lib/server/channels": {
    may: ["@/lib/server/mercadolibre/x", "@/lib/server/store/x", "@/lib/shared/x"],
    mayNot: [
      "@/lib/server/sync/x",
      "@/lib/server/outbox/x",
      "@/lib/server/accounts/x",
      "@/lib/server/http/x",
    ],
  },
  "lib/server/store": {
    may: ["@/lib/server/store/other", "@/lib/shared/x", "drizzle-orm"],
    mayNot: [
      "@/lib/server/mercadolibre/x",
      "@/lib/server/channels/x",
      "@/lib/server/sync/x",
      "@/lib/server/outbox/x",
      "@/lib/server/accounts/x",
      "@/lib/server/http/x",
    ],
  },
  "lib/server/sync": {
    may: ["@/lib/server/channels/x", "@/lib/server/store/x", "@/lib/server/mercadolibre/x"],
    mayNot: ["@/lib/server/http/x", "@/app/x", "@/lib/client/x"],
  },
  "lib/server/outbox": {
    may: ["@/lib/server/channels/x", "@/lib/server/store/x", "@/lib/server/sync/x"],
    mayNot: ["@/lib/server/http/x", "@/app/x", "@/lib/client/x"],
  },
  "lib/server/intake": {
    may: ["@/lib/server/store/x", "@/lib/server/mercadolibre/x", "@/lib/server/http/x"],
    mayNot: [
      "@/lib/server/sync/x",
      "@/lib/server/channels/x",
      "@/lib/server/outbox/x",
      "@/lib/server/account-context",
      "@/app/x",
    ],
  },
  "lib/server/events": {
    may: ["@/lib/server/store/x", "@/lib/server/inbox/x"],
    mayNot: ["@/lib/server/sync/x", "@/lib/server/channels/x", "@/lib/server/outbox/x", "@/lib/client/x"],
  },
  sandbox: {
    may: ["@/sandbox/other", "hono"],
    mayNot: ["@/lib/shared/x", "@/lib/server/x", "@/app/x", "@/components/x"],
  },
};

/** Other habits that the linter holds: one planted file each. */
const HABITS: Record<string, [path: string, source: string]> = {
  noRestrictedImports: ["lib/shared/up.ts", 'import { x } from "../elsewhere";\nexport const y = x;\n'],
  noDefaultExport: ["lib/shared/default.ts", "export default function name() {}\n"],
  noBarrelFile: ["lib/shared/index.ts", 'export * from "./one";\nexport * from "./two";\n'],
  noExplicitAny: ["lib/shared/any.ts", "export const value: any = 1;\n"],
  noNonNullAssertion: ["lib/shared/bang.ts", "export const head = (all: string[]) => all[0]!;\n"],
  noConsole: ["lib/server/print.ts", 'console.log("hi");\n'],
  noImportCycles: ["lib/shared/round.ts", 'import { b } from "./trip";\nexport const a = () => b();\n'],
};

const Report = z.object({
  diagnostics: z.array(
    z.object({ category: z.string(), location: z.object({ path: z.unknown() }).loose() }).loose(),
  ),
});

let folder: string;
/** Which rules each planted file breaks. */
const broken = new Map<string, Set<string>>();

const planted = (room: string, specifier: string) =>
  `${room}/${specifier.replace(/[^a-z]/gi, "-").replace(/^-+/, "")}.ts`;

async function plant(path: string, source: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), source);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "buzon-rooms-"));
  await copyFile(join(ROOT, "biome.json"), join(folder, "biome.json"));
  for (const [room, { may, mayNot }] of Object.entries(ROOMS)) {
    for (const specifier of [...may, ...mayNot]) {
      await plant(
        planted(room, specifier),
        `import { thing } from "${specifier}";\nexport const kept = thing;\n`,
      );
    }
  }
  for (const [path, source] of Object.values(HABITS)) await plant(path, source);
  await plant("lib/shared/trip.ts", 'import { a } from "./round";\nexport const b = () => a();\n');

  const biome = join(ROOT, "node_modules/@biomejs/biome/bin/biome");
  const args = ["lint", "--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none", "."];
  // A linter that finds something exits with 1; what it found is on its output.
  const { stdout } = await promisify(execFile)(process.execPath, [biome, ...args], { cwd: folder }).catch(
    (error: { stdout: string }) => error,
  );
  for (const { category, location } of Report.parse(JSON.parse(stdout)).diagnostics) {
    const path =
      /[\w./-]+\.ts/.exec(JSON.stringify(location.path))?.[0].replace(/^.*buzon-rooms-\w+\//, "") ?? "?";
    const rules = broken.get(path) ?? new Set();
    broken.set(path, rules.add(category.split("/").at(-1) ?? category));
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(Object.entries(ROOMS))("%s", (room, { may, mayNot }) => {
  it.each(mayNot)("may not import %s", (specifier) => {
    expect([...(broken.get(planted(room, specifier)) ?? [])]).toContain("noRestrictedImports");
  });

  it.each(may)("may import %s", (specifier) => {
    expect([...(broken.get(planted(room, specifier)) ?? [])]).not.toContain("noRestrictedImports");
  });
});

it.each(Object.entries(HABITS))("the linter holds %s", (rule, [path]) => {
  expect([...(broken.get(path) ?? [])]).toContain(rule);
});
