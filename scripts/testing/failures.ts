import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { ROOT } from "@/scripts/launcher/paths";

/** A test that failed, as the end of the output names it. */
export interface Failure {
  file: string;
  name: string;
  /** The first line of what it said. */
  message: string;
}

const VitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

const Spec = z.object({
  title: z.string(),
  file: z.string(),
  line: z.number().optional(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(z.object({ error: z.object({ message: z.string().default("") }).optional() })),
    }),
  ),
});
const Suite = z.object({
  specs: z.array(Spec).default([]),
  get suites() {
    return z.array(Suite).default([]);
  },
});
const PlaywrightReport = z.object({
  suites: z.array(Suite).default([]),
  errors: z.array(z.object({ message: z.string().default("") })).default([]),
});

/** The failed tests of vitest's JSON report, and the files that could not be loaded. Empty for a report that is none. */
export function vitestFailures(report: unknown): Failure[] {
  const parsed = VitestReport.safeParse(report);
  if (!parsed.success) return [];
  return parsed.data.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(ROOT, name);
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (status === "failed" && failed.length === 0) {
      return [{ file, name: "could not be run", message: firstLine(message) }];
    }
    return failed.map((test) => ({
      file,
      name: test.fullName,
      message: firstLine(test.failureMessages?.[0]),
    }));
  });
}

/** The failed tests of Playwright's JSON report, those that passed at a second try, and errors outside every test. */
export function playwrightFailures(report: unknown): Failure[] {
  const parsed = PlaywrightReport.safeParse(report);
  if (!parsed.success) return [];
  const outside = parsed.data.errors.map(({ message }) => ({
    file: "e2e",
    name: "outside every test",
    message: firstLine(message),
  }));
  return [...parsed.data.suites.flatMap((suite) => failuresOf(suite, [])), ...outside];
}

function failuresOf(suite: z.output<typeof Suite>, above: readonly Failure[]): Failure[] {
  const own = suite.specs.flatMap(({ title, file, line, tests }) =>
    tests
      .filter(({ status }) => status === "unexpected" || status === "flaky")
      .map(({ results }) => ({
        file: `e2e/${file}:${line ?? 0}`,
        name: title,
        message: firstLine(results.find(({ error }) => error !== undefined)?.error?.message),
      })),
  );
  return suite.suites.reduce((all, inner) => failuresOf(inner, all), [...above, ...own]);
}

/** Without the colours that a terminal was meant to show. */
function firstLine(text: string | undefined): string {
  return (
    stripVTControlCharacters(text ?? "")
      .trim()
      .split("\n", 1)[0] ?? ""
  );
}

/** A list for the end of the output, so that the last lines of a long run say what is to be looked at. */
export function listOf(failures: readonly Failure[]): string {
  return failures.map(({ file, name, message }) => `FAILED ${file} › ${name}\n       ${message}`).join("\n");
}
