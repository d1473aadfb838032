import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { GrantsSnapshot } from "@/sandbox/world/grants";
import type { World } from "@/sandbox/world/world";

/** Keeps grants in a file, so that who signed in before a restart is still signed in after it.
 *  @throws when the folder cannot be written, or the file is not ours */
export function keepGrants(world: World, path: string): void {
  if (existsSync(path)) world.grants.restore(GrantsSnapshot.parse(JSON.parse(readFileSync(path, "utf8"))));
  mkdirSync(dirname(path), { recursive: true });
  world.grants.onChange = () => {
    // a kill between the two lines leaves the older file whole
    writeFileSync(`${path}.new`, JSON.stringify(world.grants.snapshot()), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  };
}
