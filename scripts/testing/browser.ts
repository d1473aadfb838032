import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";

const PLAYWRIGHT = fileURLToPath(new URL("../../node_modules/@playwright/test/cli.js", import.meta.url));
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const APPLICATIONS = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];
const INSTALL_MS = 300_000;

/** The path of a Chromium or Chrome that runs here: CHROMIUM_PATH, an installed one, or one that is installed now.
 *  `say` receives a line when something is installed.
 *  @throws Error in one line when none runs and none can be installed. */
export function requireBrowser(say: (line: string) => void): string {
  const given = (process.env.CHROMIUM_PATH ?? "").trim();
  if (given !== "") {
    if (runs(given)) return given;
    throw new Error(`CHROMIUM_PATH: ${given} does not run.`);
  }
  return installed() ?? install(say);
}

function installed(): string | null {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const candidates = [chromium.executablePath(), ...onPath, ...APPLICATIONS];
  return candidates.find((path) => existsSync(path) && runs(path)) ?? null;
}

/** A file of that name may be a stub of a distribution, or lack its libraries: only a run tells. */
function runs(path: string): boolean {
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: 30_000 }).status === 0;
}

function install(say: (line: string) => void): string {
  say("No browser found: installing Chromium for the tests...");
  attempt(process.execPath, [PLAYWRIGHT, "install", "chromium"]);
  const downloaded = installed();
  if (downloaded !== null) return downloaded;
  const root = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  // A download that lacks system libraries gets them from the same package.
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    const [program = "apt-get", ...rest] = [...root, "apt-get", ...args];
    attempt(program, rest, { DEBIAN_FRONTEND: "noninteractive" });
  }
  const packaged = installed();
  if (packaged !== null) return packaged;
  throw new Error(
    "No browser could be installed: install Chromium or Chrome, or name one with CHROMIUM_PATH.",
  );
}

function attempt(program: string, args: string[], env: Record<string, string> = {}): void {
  spawnSync(program, args, { stdio: "ignore", timeout: INSTALL_MS, env: { ...process.env, ...env } });
}
