import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const alias = { "@": here("."), "server-only": here("scripts/testing/server-only.ts") };

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["{lib,sandbox,components,scripts}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.server.test.ts"],
          environment: "node",
          setupFiles: ["scripts/testing/patience.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        resolve: { alias },
        test: {
          name: "server",
          include: ["{app,lib,sandbox,scripts}/**/*.server.test.ts"],
          environment: "node",
          globalSetup: ["scripts/testing/postgres-template.ts"],
          setupFiles: ["scripts/testing/next-runtime.ts", "scripts/testing/patience.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
