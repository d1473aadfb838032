import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { EnvError, readSettings, type Settings } from "@/lib/server/env";
import { prepareDataDir } from "@/scripts/launcher/data-dir";
import { LaunchError } from "@/scripts/launcher/launch-error";
import { ROOT } from "@/scripts/launcher/paths";
import { reachForBackup, reachForRestore } from "./reach-database";
import { restoreBackup } from "./restore-backup";
import { writeBackup } from "./write-backup";

const [command = "", name = "", ...more] = process.argv.slice(2);
const say = (line: string) => console.log(line);

// A stop ends the work at the next piece; what it held is let go of as after any failure.
const stopping = new AbortController();
const { signal } = stopping;
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stopping.abort());

process.exitCode = await run().catch((error: unknown) => {
  for (const line of linesOf(error)) console.error(line);
  return 1;
});
process.exit();

async function run(): Promise<number> {
  if (name === "" || more.length > 0) {
    console.error(`Name one file: npm run ${command} -- buzon.backup`);
    return 2;
  }
  if (existsSync(join(ROOT, ".env"))) process.loadEnvFile(join(ROOT, ".env"));
  const settings = readSettings(process.env);
  // npm runs in the checkout; the name was typed somewhere else.
  const file = resolve(process.env.INIT_CWD ?? process.cwd(), name);
  await (command === "backup" ? backup(settings, file) : restore(settings, file));
  return 0;
}

async function backup(settings: Settings, file: string): Promise<void> {
  const database = await reachForBackup(settings, say);
  try {
    const { tables } = await writeBackup(database.databaseUrl, file, { signal });
    const { size } = await stat(file);
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    say(`${file}: ${rows} rows of ${tables.length} tables from ${database.where}, ${kilobytes(size)}.`);
    say(
      `Not in it: TOKEN_KEY and NEXTAUTH_SECRET, which are ${placeOfKeys(settings)}. Keep them apart from the backup: without`,
    );
    say("TOKEN_KEY no stored token opens, and every seller has to connect their accounts again.");
  } finally {
    await database.leave();
  }
}

async function restore(settings: Settings, file: string): Promise<void> {
  if (!existsSync(file)) throw new LaunchError(`There is no file ${file}.`);
  if (settings.databaseUrl === null) await prepareDataDir(settings.dataDir);
  const database = await reachForRestore(settings, say);
  try {
    const { header, uncertain } = await restoreBackup(database.databaseUrl, file, { signal });
    const rows = header.tables.reduce((sum, table) => sum + table.rows, 0);
    say(`${rows} rows of ${header.at.slice(0, 16).replace("T", " ")} UTC are in ${database.where}.`);
    if (uncertain > 0) {
      say(
        `${uncertain} replies had not left when the backup was made. They are looked for in their conversations; none is sent by itself.`,
      );
    }
    const isMade = settings.databaseUrl === null && settings.tokenKeys.length === 0;
    say("Start Buzón with the TOKEN_KEY and NEXTAUTH_SECRET of the backed-up one: put them into .env.");
    if (isMade) say(`Those in ${join(settings.dataDir, "secrets.json")} are others, and open nothing of it.`);
  } finally {
    await database.leave();
  }
}

function placeOfKeys(settings: Settings): string {
  if (settings.tokenKeys.length > 0 && settings.sessionSecret !== null)
    return "in the environment or in .env";
  return settings.databaseUrl === null
    ? `in ${join(settings.dataDir, "secrets.json")}`
    : "where that database's Buzón takes its environment from";
}

function kilobytes(size: number): string {
  return size < 1_000_000 ? `${Math.ceil(size / 1_000)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}

/** What a person is told: our own lines; of anything else its message. */
function linesOf(error: unknown): readonly string[] {
  if (error instanceof LaunchError) return error.lines;
  if (error instanceof EnvError) return error.problems;
  if (signal.aborted) return ["Stopped: nothing was written."];
  if (!(error instanceof Error)) return [String(error)];
  const code = "code" in error ? ` (${String(error.code)})` : "";
  return [`${error.message === "" ? error.name : error.message}${code}`];
}
