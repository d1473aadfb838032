import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EnvError } from "@/lib/server/env";
import { LaunchError } from "@/scripts/launcher/launch-error";
import { planOne, planStart } from "@/scripts/launcher/start";

const application = { MELI_CLIENT_ID: "1000000000000001", MELI_CLIENT_SECRET: "s" };
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "buzon-start-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** The lines that the person at the terminal gets. */
async function linesOf(plan: Promise<unknown>): Promise<readonly string[]> {
  try {
    await plan;
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    if (error instanceof LaunchError) return error.lines;
    throw error;
  }
  return [];
}

const start = (variables: Record<string, string>) =>
  linesOf(planStart({ NODE_ENV: "production", DATA_DIR: folder, ...variables }, () => undefined));

describe("npm start", () => {
  it("says in one line that it needs an application, and touches nothing", async () => {
    expect(await start({})).toEqual([
      expect.stringMatching(/^MELI_CLIENT_ID and MELI_CLIENT_SECRET are missing/),
    ]);
    expect(await readdir(folder)).toEqual([]);
  });

  it("makes no secrets of its own for a database that others share", async () => {
    const lines = await start({ ...application, DATABASE_URL: "postgresql://u@localhost/buzon" });
    expect(lines.map((line) => line.split(" ")[0])).toEqual(["NEXTAUTH_SECRET", "TOKEN_KEY"]);
    expect(await readdir(folder)).toEqual([]);
  });

  it("names DATA_DIR when it cannot be made", async () => {
    const file = join(folder, "a-file");
    await writeFile(file, "");
    expect(await start({ ...application, DATA_DIR: join(file, "data") })).toEqual([
      expect.stringMatching(/^DATA_DIR .*a-file\/data cannot be written \(ENOTDIR\)/),
    ]);
  });

  it("says one line for each wrong variable", async () => {
    const lines = await start({ ...application, PORT: "0", LOG_LEVEL: "loud" });
    expect(lines.map((line) => line.split(" ")[0])).toEqual(["PORT", "LOG_LEVEL"]);
  });
});

it("a single process needs to be told what all of them share", async () => {
  const lines = await linesOf(planOne("worker", { NODE_ENV: "production", ...application }, () => undefined));
  expect(lines.map((line) => line.split(" ")[0])).toEqual(["DATABASE_URL", "NEXTAUTH_SECRET", "TOKEN_KEY"]);
});
