import "server-only";
import { randomUUID } from "node:crypto";
import type { Log } from "@/lib/server/log";
import {
  type OauthApp,
  parseTokenBody,
  refreshGrant,
  type TokenGrant,
} from "@/lib/server/mercadolibre/oauth";
import { count } from "@/lib/server/metrics/count";
import type { Database } from "@/lib/server/store/database";
import {
  dropJournal,
  journalRefresh,
  markReconnect,
  readTokens,
  releaseRefreshLease,
  saveGrant,
  saveRefreshed,
  type TokenRow,
  takeRefreshLease,
} from "@/lib/server/store/tokens";
import { AppError } from "@/lib/shared/errors";
import type { AccountId } from "@/lib/shared/ids";
import { seal, unseal } from "./seal";

/** Longer than the longest token call, so that no second refresh starts while the first may still answer. */
const LEASE_MS = 45_000;
const PATIENCE_MS = 30_000;
/** A token this close to its end is treated as over: a call may take a while to arrive. */
const MARGIN_MS = 30_000;

/** How long a token of this life is used: all but the margin, and at least half of it. */
const usableMs = (lifeMs: number) => lifeMs - Math.min(MARGIN_MS, lifeMs / 2);

export interface Vault {
  /** A usable access token. Refreshes when the stored one is over, one winner across all processes.
   *  @throws AppError account_disconnected (reason `reconnect` or `disconnected`), meli_down when Mercado Libre could
   *  not be asked: the account stays connected. May be retried. */
  access(accountId: AccountId): Promise<string>;
  /** Another access token than the refused one. Throws like `access`. */
  renew(accountId: AccountId, refused: string): Promise<string>;
  /** Stores the tokens of a new grant, inside the caller's transaction. */
  keep(db: Database, accountId: AccountId, grant: TokenGrant): Promise<void>;
  /** Mercado Libre refused this renewed access token as well: the seller must consent again, unless other tokens are
   *  stored by now. */
  giveUp(accountId: AccountId, refused: string): Promise<void>;
}

interface Opened {
  accessToken: string;
  refreshToken: string | null;
}

/** The token vault: the only place that opens a token. Tokens are sealed with the account id as associated data. */
export function createVault(options: {
  db: Database;
  keys: readonly Buffer[];
  oauth: OauthApp;
  log: Log;
  now?: () => Date;
}): Vault {
  const { db, keys, oauth, log } = options;
  const now = options.now ?? (() => new Date());

  function open(accountId: AccountId, row: TokenRow): Opened {
    const opened: unknown = JSON.parse(unseal(keys, accountId, row.sealed));
    if (isOpened(opened)) return opened;
    throw new AppError("bug", "the vault holds something that is not a token");
  }

  function sealed(accountId: AccountId, grant: TokenGrant, before: Opened | null) {
    const opened: Opened = {
      accessToken: grant.accessToken,
      refreshToken: grant.refreshToken ?? before?.refreshToken ?? null,
    };
    return {
      sealed: seal(keys, accountId, JSON.stringify(opened)),
      expiresAt: new Date(now().getTime() + usableMs(grant.expiresInSeconds * 1000)),
    };
  }

  function readJournal(accountId: AccountId, journal: string): TokenGrant | null {
    const raw = unseal(keys, accountId, journal);
    try {
      return parseTokenBody(raw);
    } catch {
      return null;
    }
  }

  /** Makes the journalled answer the account's tokens. */
  async function applyJournal(accountId: AccountId, row: TokenRow, journal: string): Promise<void> {
    const grant = readJournal(accountId, journal);
    if (grant === null) {
      log.error({ accountId }, "the journalled token answer cannot be read: asking with the token before it");
      await dropJournal(db, accountId, row.version);
      return;
    }
    await saveRefreshed(db, accountId, row.version, sealed(accountId, grant, open(accountId, row)));
  }

  async function refreshUnderLease(accountId: AccountId, row: TokenRow, owner: string): Promise<void> {
    const held = open(accountId, row);
    if (held.refreshToken === null) {
      await markReconnect(db, accountId, row.version);
      return;
    }
    const result = await refreshGrant(oauth, {
      refreshToken: held.refreshToken,
      journal: (raw) => journalRefresh(db, accountId, row.version, seal(keys, accountId, raw)),
    });
    count("token_refreshes", { result: result.kind });
    switch (result.kind) {
      case "granted":
        await saveRefreshed(db, accountId, row.version, sealed(accountId, result.grant, held));
        return;
      case "refused":
        if (result.error === "invalid_grant" || result.error === "unauthorized_client") {
          // Another process may have won meanwhile: only an unchanged token means "reconnect" (auth-and-limits.md 8.3).
          if (await markReconnect(db, accountId, row.version)) {
            log.warn({ accountId, error: result.error }, "account needs the seller's consent again");
          }
          await releaseRefreshLease(db, accountId, owner);
          return;
        }
        await releaseRefreshLease(db, accountId, owner);
        log.error(
          { accountId, error: result.error, status: result.status },
          "token refresh refused: check the application",
        );
        throw new AppError("meli_down", "Mercado Libre refused the application", { reason: result.error });
      case "inconclusive":
        await releaseRefreshLease(db, accountId, owner);
        throw new AppError("meli_down", "token refresh got no answer", { reason: "token_inconclusive" });
    }
  }

  async function accessOtherThan(accountId: AccountId, refused: string | null): Promise<string> {
    const deadline = now().getTime() + PATIENCE_MS;
    let isFresh = false;
    for (;;) {
      const row = await readTokens(db, accountId);
      if (row === null) throw new AppError("account_disconnected", "no tokens", { reason: "disconnected" });
      if (row.state !== "connected")
        throw new AppError("account_disconnected", "no usable tokens", { reason: row.state });
      const held = open(accountId, row);
      const isUsable = row.expiresAt > now() && held.accessToken !== refused;
      // What was just issued is used, however short its life: one call asks for one refresh.
      if (row.journal === null && (isUsable || isFresh)) return held.accessToken;
      if (row.journal !== null) {
        await applyJournal(accountId, row, row.journal);
        continue;
      }
      const owner = randomUUID();
      if (await takeRefreshLease(db, accountId, row.version, owner, LEASE_MS)) {
        await refreshUnderLease(accountId, row, owner);
        isFresh = true;
        continue;
      }
      if (now().getTime() > deadline) {
        throw new AppError("meli_down", "waited too long for another refresh", {
          reason: "token_inconclusive",
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 40 + Math.random() * 80));
    }
  }

  return {
    access: (accountId) => accessOtherThan(accountId, null),
    renew: (accountId, refused) => accessOtherThan(accountId, refused),
    keep: (tx, accountId, grant) => saveGrant(tx, accountId, sealed(accountId, grant, null)),
    async giveUp(accountId, refused) {
      const row = await readTokens(db, accountId);
      if (row === null || open(accountId, row).accessToken !== refused) return;
      if (await markReconnect(db, accountId, row.version)) {
        log.warn({ accountId }, "account needs the seller's consent again: a renewed token was refused");
      }
    },
  };
}

function isOpened(value: unknown): value is Opened {
  return (
    typeof value === "object" &&
    value !== null &&
    "accessToken" in value &&
    typeof value.accessToken === "string" &&
    "refreshToken" in value &&
    (value.refreshToken === null || typeof value.refreshToken === "string")
  );
}
