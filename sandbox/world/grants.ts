import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { World } from "@/sandbox/world/world";

const CODE_LIFE_MS = 10 * 60_000;
const DAY_MS = 86_400_000;
const REFRESH_LIFE_MS = 182 * DAY_MS;
const IDLE_LIFE_MS = 120 * DAY_MS;

/** What the authorization request said, and the code stays bound to (auth-and-limits.md 8, simulator 1). */
export interface Authorization {
  clientId: string;
  redirectUri: string;
  sellerId: string;
  challenge: string | null;
  method: "S256" | "plain";
}

const AccessGrant = z.object({
  token: z.string(),
  clientId: z.string(),
  sellerId: z.string(),
  expiresAt: z.number(),
});

const Grant = z.object({
  clientId: z.string(),
  sellerId: z.string(),
  refreshToken: z.string().nullable(),
  refreshIssuedAt: z.number(),
  usedAt: z.number(),
  createdAt: z.coerce.date(),
});

/** Grants and tokens as they are kept between two runs; codes are too short-lived to keep. */
export const GrantsSnapshot = z.object({ grants: z.array(Grant), access: z.array(AccessGrant) });

export type AccessGrant = z.infer<typeof AccessGrant>;
export type GrantsSnapshot = z.infer<typeof GrantsSnapshot>;
type Grant = z.infer<typeof Grant>;

/** Codes, grants and tokens. A token is alive only while its grant is. */
export class Grants {
  private readonly codes = new Map<string, Authorization & { expiresAt: number }>();
  private readonly grants = new Map<string, Grant>();
  private readonly access = new Map<string, AccessGrant>();
  private readonly world: World;
  /** Called after tokens were issued or killed. */
  onChange: () => void = () => {};

  constructor(world: World) {
    this.world = world;
  }

  /** A code that works once, for 10 minutes (auth-and-limits.md 2). */
  issueCode(authorization: Authorization): string {
    const code = `TG-${randomBytes(12).toString("hex")}-${authorization.sellerId}`;
    this.codes.set(code, { ...authorization, expiresAt: this.world.now().getTime() + CODE_LIFE_MS });
    return code;
  }

  /** Takes the code out: whoever comes second finds nothing (auth-and-limits.md 8, simulator 1). */
  takeCode(code: string): Authorization | null {
    const found = this.codes.get(code);
    this.codes.delete(code);
    return found && found.expiresAt > this.world.now().getTime() ? found : null;
  }

  /** A new grant; supersedes the refresh token of an earlier one (auth-and-limits.md 3.1). */
  open(clientId: string, sellerId: string): { access: AccessGrant; refreshToken: string | null } {
    const now = this.world.now();
    const grant: Grant = {
      clientId,
      sellerId,
      refreshToken: null,
      refreshIssuedAt: now.getTime(),
      usedAt: now.getTime(),
      createdAt: now,
    };
    this.grants.set(keyOf(clientId, sellerId), grant);
    return this.issue(grant);
  }

  /** Rotates in one step: of two concurrent uses the second finds nothing (auth-and-limits.md 8, simulator 2). */
  rotate(
    clientId: string,
    refreshToken: string,
  ): { access: AccessGrant; refreshToken: string | null } | null {
    const grant = [...this.grants.values()].find(
      (one) => one.clientId === clientId && one.refreshToken === refreshToken,
    );
    if (!grant || !this.isAlive(grant)) return null;
    // auth-and-limits.md 3.1: an unused refresh token expires after 6 months
    if (this.world.now().getTime() - grant.refreshIssuedAt > REFRESH_LIFE_MS) return null;
    if (!this.world.settings.oldAccessTokenLives) this.expire(grant.sellerId, clientId);
    return this.issue(grant);
  }

  /** Who calls with this token; null when it is unknown, expired or its grant is gone. */
  check(token: string): AccessGrant | null {
    const found = this.access.get(token);
    if (!found) return null;
    const grant = this.grants.get(keyOf(found.clientId, found.sellerId));
    const now = this.world.now().getTime();
    if (!grant || !this.isAlive(grant) || found.expiresAt <= now) return null;
    grant.usedAt = now;
    return found;
  }

  /** Access tokens die now; refresh tokens live on. */
  expire(sellerId?: string, clientId?: string): number {
    let count = 0;
    for (const [token, one] of this.access) {
      if ((sellerId && one.sellerId !== sellerId) || (clientId && one.clientId !== clientId)) continue;
      this.access.delete(token);
      count += 1;
    }
    this.onChange();
    return count;
  }

  /** Kills both tokens (auth-and-limits.md 8, simulator 3). */
  revoke(sellerId: string, clientId?: string): number {
    let count = 0;
    for (const [key, one] of this.grants) {
      if (one.sellerId !== sellerId || (clientId && one.clientId !== clientId)) continue;
      this.grants.delete(key);
      count += 1;
    }
    this.expire(sellerId, clientId);
    return count;
  }

  /** Grants that live, for `/applications/{id}/grants`. */
  list(wanted: {
    clientId?: string;
    sellerId?: string;
  }): { clientId: string; sellerId: string; createdAt: Date }[] {
    return [...this.grants.values()].filter(
      (one) =>
        (!wanted.clientId || one.clientId === wanted.clientId) &&
        (!wanted.sellerId || one.sellerId === wanted.sellerId) &&
        this.isAlive(one),
    );
  }

  /** Whether this account's grant to the application lives. */
  isLive(clientId: string, sellerId: string): boolean {
    const grant = this.grants.get(keyOf(clientId, sellerId));
    return grant !== undefined && this.isAlive(grant);
  }

  /** Whether some refresh token of this account would still work: what a test may assert. */
  hasLiveRefreshToken(sellerId: string, refreshToken: string): boolean {
    return [...this.grants.values()].some(
      (one) => one.sellerId === sellerId && one.refreshToken === refreshToken && this.isAlive(one),
    );
  }

  clear(): void {
    this.codes.clear();
    this.grants.clear();
    this.access.clear();
    this.onChange();
  }

  /** What a later run needs to know callers again; expired access tokens are left out. */
  snapshot(): GrantsSnapshot {
    const now = this.world.now().getTime();
    const access = [...this.access.values()].filter((one) => one.expiresAt > now);
    return { grants: [...this.grants.values()], access };
  }

  /** Takes up where another run ended. */
  restore({ grants, access }: GrantsSnapshot): void {
    for (const grant of grants) this.grants.set(keyOf(grant.clientId, grant.sellerId), grant);
    for (const one of access) this.access.set(one.token, one);
  }

  private issue(grant: Grant): { access: AccessGrant; refreshToken: string | null } {
    const { clientId, sellerId } = grant;
    const now = this.world.now().getTime();
    grant.usedAt = now;
    grant.refreshIssuedAt = now;
    grant.refreshToken = this.world.settings.offlineAccess
      ? `TG-${randomBytes(12).toString("hex")}-${sellerId}`
      : null;
    const minute = new Date(now).toISOString().slice(5, 16).replace(/\D/g, "").slice(0, 6);
    const access = {
      token: `APP_USR-${clientId}-${minute}-${randomBytes(16).toString("hex")}-${sellerId}`,
      clientId,
      sellerId,
      expiresAt: now + this.world.settings.expiresIn * 1000,
    };
    this.access.set(access.token, access);
    this.onChange();
    return { access, refreshToken: grant.refreshToken };
  }

  /** auth-and-limits.md 3.1: no call for 4 months ends the grant. */
  private isAlive(grant: Grant): boolean {
    return this.world.now().getTime() - grant.usedAt <= IDLE_LIFE_MS;
  }
}

function keyOf(clientId: string, sellerId: string): string {
  return `${clientId} ${sellerId}`;
}
