import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const INPUTS = ["package.json", "package-lock.json", ".npmrc"];

/** Installs what package-lock.json names, dev dependencies included, unless the last install was of the same.
 *  Never `npm ci`: a registry may lack the native packages of other platforms, and `npm ci` then refuses.
 *  @param {string} root @param {(line: string) => void} say
 *  @returns {string | null} null when all is there, else one line that says what is wrong */
export function installIfStale(root, say) {
  const stamp = join(root, "node_modules/.buzon-install");
  const wanted = digest(root);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return null;

  say("Installing what Buzón needs (a minute or two the first time)...");
  const lockfile = join(root, "package-lock.json");
  const committed = readFileSync(lockfile);
  const { program, args } = npm();
  const flags = [
    "install",
    "--include=dev",
    "--include=optional",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  const result = spawnSync(program, [...args, ...flags], {
    cwd: root,
    env: environment(),
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32" && args.length === 0,
  });
  // What npm thinks of it for this machine is no business of the repository.
  if (!readFileSync(lockfile).equals(committed)) writeFileSync(lockfile, committed);
  if (result.error !== undefined)
    return `npm could not be started (${result.error.message}): install npm and run again.`;
  if (result.status !== 0)
    return "npm install failed: see above. With no network, run it once where there is one.";
  writeFileSync(stamp, wanted);
  return null;
}

/** Another machine's folder (a copied checkout, a mounted volume) is stale too. */
function digest(root) {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch} ${libc()}`);
  for (const name of INPUTS) hash.update(`\0${name}\0`).update(readFileSync(join(root, name)));
  return hash.digest("hex");
}

function libc() {
  if (process.platform !== "linux") return "";
  return process.report.getReport().header.glibcVersionRuntime === undefined ? "musl" : "glibc";
}

/** The npm that runs us, else the one on the PATH. */
function npm() {
  const script = process.env.npm_execpath ?? "";
  return basename(script) === "npm-cli.js"
    ? { program: process.execPath, args: [script] }
    : { program: "npm", args: [] };
}

/** Without what an outer npm or a production shell would make npm leave out. */
function environment() {
  const left = Object.entries(process.env).filter(
    ([name]) =>
      name !== "NODE_ENV" &&
      !/^npm_config_(?:omit|only|production|include|dry_run|package_lock)$/i.test(name),
  );
  return Object.fromEntries(left);
}
