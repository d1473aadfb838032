import type { World } from "@/sandbox/world/world";

export type Family =
  | "oauth"
  | "users"
  | "messages"
  | "claims"
  | "orders"
  | "packs"
  | "items"
  | "shipments"
  | "missed_feeds"
  | "contacts"
  | "leads"
  | "questions";

const WINDOW_MS = 60_000;

/** Counts calls per (client, endpoint family, read or write) over the last minute (auth-and-limits.md 6.1, messages.md 7). */
export class Limiter {
  private readonly taken = new Map<string, number[]>();
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** Takes one call from the pool; false when the pool is empty. A refused call costs nothing. */
  take(clientId: string, family: Family, kind: "read" | "write"): boolean {
    const allowed = this.allowed(family, kind);
    if (allowed === 0) return true;
    const now = this.world.now().getTime();
    const key = `${clientId} ${family} ${kind}`;
    const recent = (this.taken.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
    const isFree = recent.length < allowed;
    if (isFree) recent.push(now);
    else this.world.usage.refuse(family, kind);
    this.taken.set(key, recent);
    return isFree;
  }

  clear(): void {
    this.taken.clear();
  }

  private allowed(family: Family, kind: "read" | "write"): number {
    const { readsPerMinute, writesPerMinute, otherPerMinute, claimsPerMinute } = this.world.settings;
    if (family === "claims") return claimsPerMinute;
    if (family === "contacts") return this.world.settings.contactsPerMinute;
    if (family === "leads") return this.world.settings.leadsPerMinute;
    if (family === "questions") return this.world.settings.questionsPerMinute;
    if (family !== "messages") return otherPerMinute;
    return kind === "read" ? readsPerMinute : writesPerMinute;
  }
}
