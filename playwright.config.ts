import { defineConfig, devices } from "@playwright/test";
import { requireBrowser } from "@/scripts/testing/browser";
import { ROOM, stackCommand } from "@/scripts/testing/stack";

// Every test worker loads this file again: what was chosen is inherited.
const isFirst = process.env.BUZON_APP_URL === undefined;
if (isFirst) process.env.CHROMIUM_PATH = requireBrowser((line) => process.stderr.write(`${line}\n`));
const stack = isFirst ? await stackCommand({ env: ROOM }) : null;
process.env.BUZON_APP_URL ??= stack?.appUrl ?? "";
process.env.BUZON_SANDBOX_URL ??= stack?.sandboxUrl ?? "";

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  // Longer where processes are killed under the tests (scripts/soak/two.ts).
  expect: { timeout: Number(process.env.BUZON_EXPECT_MS ?? 20_000) },
  reporter: "list",
  use: {
    baseURL: process.env.BUZON_APP_URL,
    locale: "es-AR",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [
    {
      name: "chromium",
      use: {
        ...devices["Desktop Chrome"],
        launchOptions: {
          executablePath: process.env.CHROMIUM_PATH ?? "",
          // Root in a container has no sandbox; the rest keeps the browser from calls of its own.
          args: [
            "--no-sandbox",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-quic",
          ],
        },
      },
    },
  ],
  ...(stack === null
    ? {}
    : {
        webServer: {
          command: [stack.command, ...stack.args].map((part) => JSON.stringify(part)).join(" "),
          env: stack.env,
          url: `${stack.appUrl}/api/ready`,
          // A build, if the last one is not of these sources.
          timeout: 300_000,
          gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
        },
      }),
});
