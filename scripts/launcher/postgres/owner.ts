import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Who runs PostgreSQL: null is the user of this process. */
export interface Owner {
  name: string;
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root: root hands it to the user `postgres`, made if it does not exist, else to `nobody`.
 *  @returns null when this process is not root's. */
export async function databaseOwner(): Promise<Owner | null> {
  if (process.getuid?.() !== 0) return null;
  const known = await lookUp("postgres");
  if (known !== null) return known;
  const ways: [string, string[]][] = [
    ["useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]],
    ["adduser", ["-S", "-D", "-H", "postgres"]],
  ];
  for (const [program, args] of ways) {
    await run(program, args).catch(() => undefined);
    const made = await lookUp("postgres");
    if (made !== null) return made;
  }
  const nobody = await lookUp("nobody");
  if (nobody !== null) return nobody;
  throw new Error(
    "PostgreSQL cannot run as root and no other user could be found: create a user named postgres.",
  );
}

const TESTS = { execute: 'exec "$1" --version', enter: 'cd "$1"' };

/** Can this user run the program, or enter the folder? Tried for real: modes alone do not tell. */
export async function canUse(owner: Owner | null, path: string, how: keyof typeof TESTS): Promise<boolean> {
  try {
    await run("/bin/sh", ["-c", TESTS[how], "sh", path], {
      cwd: "/",
      ...(owner === null ? {} : { uid: owner.uid, gid: owner.gid }),
    });
    return true;
  } catch {
    return false;
  }
}

async function lookUp(name: string): Promise<Owner | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}
