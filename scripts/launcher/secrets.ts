import { generateKeyPairSync, randomBytes } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LaunchError } from "./launch-error";

/** What Buzón makes for itself, by the name of the variable that would replace it. */
export interface Secrets {
  NEXTAUTH_SECRET: string;
  TOKEN_KEY: string;
  VAPID_PUBLIC_KEY: string;
  VAPID_PRIVATE_KEY: string;
  DATABASE_PASSWORD: string;
}

/** The secrets of this DATA_DIR: made on first use, then the same for ever, in a file that only its owner reads.
 *  Two processes that come at once get the same ones.
 *  @throws LaunchError when the file is there but cannot be read: making new ones would orphan every sealed token. */
export async function secretsOf(dataDir: string): Promise<Secrets> {
  const path = join(dataDir, "secrets.json");
  const kept = await read(path);
  if (kept !== null && isWhole(kept)) return kept;
  const all = { ...generate(), ...kept };
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600, flag: "w" });
  try {
    // A file of an older release lacks a secret: it is replaced. A new one is linked, which fails if another was faster.
    if (kept !== null) await rename(draft, path);
    else await link(draft, path).catch(keepTheOther);
  } finally {
    await rm(draft, { force: true });
  }
  const settled = await read(path);
  if (settled === null || !isWhole(settled)) throw unreadable(path);
  return settled;
}

function generate(): Secrets {
  const vapid = generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey.export({ format: "jwk" });
  const point = [Buffer.of(4), ...[vapid.x, vapid.y].map((part) => Buffer.from(part ?? "", "base64url"))];
  return {
    NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
    TOKEN_KEY: randomBytes(32).toString("base64"),
    VAPID_PUBLIC_KEY: Buffer.concat(point).toString("base64url"),
    VAPID_PRIVATE_KEY: vapid.d ?? "",
    DATABASE_PASSWORD: randomBytes(18).toString("base64url"),
  };
}

async function read(path: string): Promise<Partial<Secrets> | null> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw unreadable(path);
  });
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable(path);
  }
}

function isWhole(secrets: Partial<Secrets>): secrets is Secrets {
  const names = [
    "NEXTAUTH_SECRET",
    "TOKEN_KEY",
    "VAPID_PUBLIC_KEY",
    "VAPID_PRIVATE_KEY",
    "DATABASE_PASSWORD",
  ] as const;
  return names.every((name) => typeof secrets[name] === "string" && secrets[name] !== "");
}

function keepTheOther(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}

function unreadable(path: string): LaunchError {
  return new LaunchError(
    `${path} cannot be read: restore it, it holds the keys of everything sealed in this DATA_DIR.`,
  );
}
