import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "@/scripts/launcher/paths";
import { listOf, playwrightFailures, vitestFailures } from "@/scripts/testing/failures";

it("names the failed tests of vitest with their files and the first line of what they said", () => {
  const report = {
    testResults: [
      {
        name: join(ROOT, "lib/a.test.ts"),
        status: "failed",
        assertionResults: [
          { fullName: "a adds", status: "passed", failureMessages: [] },
          {
            fullName: "a subtracts",
            status: "failed",
            failureMessages: ["\u001b[31mError: 1 is not 2\u001b[39m\n at"],
          },
        ],
      },
      {
        name: join(ROOT, "lib/b.test.ts"),
        status: "failed",
        message: "no such module",
        assertionResults: [],
      },
    ],
  };
  expect(vitestFailures(report)).toEqual([
    { file: "lib/a.test.ts", name: "a subtracts", message: "Error: 1 is not 2" },
    { file: "lib/b.test.ts", name: "could not be run", message: "no such module" },
  ]);
});

it("names the failed and the flaky tests of Playwright, however deep they stand", () => {
  const spec = (title: string, status: string, message?: string) => ({
    title,
    file: "list.spec.ts",
    line: 7,
    tests: [{ status, results: [{ error: message === undefined ? undefined : { message } }, {}] }],
  });
  const report = {
    suites: [
      {
        specs: [spec("opens", "expected")],
        suites: [
          {
            specs: [spec("shows", "unexpected", "Timed out"), spec("blinks", "flaky", "Not yet")],
            suites: [],
          },
        ],
      },
    ],
    errors: [{ message: "the stack did not start\nat once" }],
  };
  expect(listOf(playwrightFailures(report)).split("\n")).toEqual([
    "FAILED e2e/list.spec.ts:7 › shows",
    "       Timed out",
    "FAILED e2e/list.spec.ts:7 › blinks",
    "       Not yet",
    "FAILED e2e › outside every test",
    "       the stack did not start",
  ]);
});

it("names nothing of a report that is none: its tier is counted as failed anyway", () => {
  expect([...vitestFailures(null), ...playwrightFailures("")]).toEqual([]);
});
