import "server-only";
import { type Budget, FAMILIES, type Family, type Lane } from "@/lib/server/mercadolibre/http";
import { count } from "@/lib/server/metrics/count";
import { createTrouble } from "@/lib/server/metrics/trouble";
import { isConnectionLost } from "@/lib/server/store/connection-lost";
import type { Database, OpenDatabase } from "@/lib/server/store/database";
import {
  type Bucket,
  closeBucket,
  type Draw,
  drawFromBucket,
  type Floors,
  readBuckets,
} from "@/lib/server/store/rate-buckets";
import { AppError } from "@/lib/shared/errors";
import type { AccountId } from "@/lib/shared/ids";
import { createLines } from "./budget-lines";

export interface BudgetSettings {
  meli: { clientId: string };
  readsPerMinute: number;
  writesPerMinute: number;
}

export interface Budgets {
  /** The budget as one account draws from it. */
  of(accountId: AccountId): Budget;
}

type Kind = "read" | "write";
const KINDS: readonly Kind[] = ["read", "write"];

/** How long a call of each lane waits for its turn before it gives up. A person waits for the first two. */
const PATIENCE_MS: Record<Lane, number> = {
  reply: 60_000,
  open: 8_000,
  notice: 120_000,
  reconcile: 300_000,
  backfill: 300_000,
};

/** The part of the burst that each lane leaves for the ones before it. */
const RESERVE: Record<Lane, number> = { reply: 0, open: 0.05, notice: 0.2, reconcile: 0.4, backfill: 0.5 };
/** An account that has used its share takes only what is over this part of the burst; its lanes keep their order there. It
 *  lies above every reserve: whoever is within their share goes first, on any lane. */
const SURPLUS = 0.6;

/** No single pause is longer, so that a bucket that opened early is noticed. */
const LONGEST_PAUSE_MS = 5_000;
/** Between two tries while the database is away. */
const AWAY_PAUSE_MS = 200;
/** Mercado Libre promises no Retry-After (auth-and-limits.md 6.1). */
const DEFAULT_PUSH_BACK_MS = 2_000;
const LONGEST_PUSH_BACK_MS = 60_000;

/** What a family may use of the pool that messages have. */
const PART_OF_POOL: Record<"messages" | "claims" | "other", Record<Kind, number>> = {
  /** The published pools themselves, 500 and 500 (messages.md 7). */
  messages: { read: 1, write: 1 },
  /** 250 and 60 of 500: no number is published, and calls 0.4 s apart still met an occasional 429 (claims.md 10). Writes of
   *  claims are rare and cost money or reputation: none is worth being throttled for. A 429 slows the family down further. */
  claims: { read: 0.5, write: 0.12 },
  /** 5 calls a second to start with (auth-and-limits.md 6.2). */
  other: { read: 0.6, write: 0.6 },
};

/** Calls a minute: each family its part of the configured pools (auth-and-limits.md 6.1, 6.2). Pure. */
export function perMinuteOf(settings: BudgetSettings, family: Family, kind: Kind): number {
  const pool = kind === "read" ? settings.readsPerMinute : settings.writesPerMinute;
  return pool * PART_OF_POOL[family === "messages" || family === "claims" ? family : "other"][kind];
}

/** A tenth of the minute's calls may go at once and nine tenths flow in evenly, so that no minute ever holds more than
 *  the whole. Pure. */
export function bucketOf(key: string, perMinute: number): Bucket {
  return { key, capacity: Math.max(1, perMinute * 0.1), perMs: (perMinute * 0.9) / 60_000 };
}

/** What a lane leaves behind in a bucket, within an account's share and beyond it. Pure. */
export function floorsOf(lane: Lane): Floors {
  return { share: RESERVE[lane], surplus: SURPLUS + (1 - SURPLUS) * RESERVE[lane] };
}

const keyOf = (settings: BudgetSettings, family: Family, kind: Kind) =>
  `${settings.meli.clientId}:${family}:${kind}`;

/** The rate budget that all processes share, in PostgreSQL. The backfill draws from a second bucket of half the rate
 *  besides: it can never use more than half of the pool. While the database is away, calls wait as for a full bucket.
 *  @param onTrouble is told once that the database is away, until it is back. */
export function createBudgets(
  { db, pool }: Pick<OpenDatabase, "db" | "pool">,
  settings: BudgetSettings,
  onTrouble: (error: unknown) => void = () => undefined,
): Budgets {
  const lines = createLines();
  const trouble = createTrouble(onTrouble);

  const tooLate = (waitMs: number) =>
    new AppError("slow_down", "the rate budget has no room for this call now", {
      retryAt: new Date(Date.now() + waitMs),
    });

  async function draw(bucket: Bucket, accountId: AccountId, lane: Lane, deadline: number): Promise<Draw> {
    try {
      const drawn = await drawFromBucket(pool, bucket, accountId, floorsOf(lane));
      trouble.isOver();
      return drawn;
    } catch (error) {
      if (!isConnectionLost(error) || Date.now() + AWAY_PAUSE_MS > deadline) throw error;
      trouble.met(error);
      return { granted: false, waitMs: AWAY_PAUSE_MS };
    }
  }

  function take(bucket: Bucket, accountId: AccountId, lane: Lane, deadline: number): Promise<void> {
    const line = `${bucket.key} ${accountId} ${lane}`;
    return lines.wait(
      line,
      deadline,
      () => tooLate(LONGEST_PAUSE_MS),
      async () => {
        for (;;) {
          const { granted, waitMs } = await draw(bucket, accountId, lane, deadline);
          if (granted) return;
          const pause = waitMs * (1 + Math.random() * 0.1);
          if (Date.now() + pause > deadline) throw tooLate(pause);
          await new Promise((resolve) => setTimeout(resolve, Math.min(pause, LONGEST_PAUSE_MS)));
        }
      },
    );
  }

  return {
    of: (accountId) => ({
      async take({ family, kind, lane }) {
        const perMinute = perMinuteOf(settings, family, kind);
        const key = keyOf(settings, family, kind);
        const startedAt = Date.now();
        const deadline = startedAt + PATIENCE_MS[lane];
        try {
          if (lane === "backfill") {
            await take(bucketOf(`${key}:backfill`, perMinute / 2), accountId, "reply", deadline);
          }
          await take(bucketOf(key, perMinute), accountId, lane, deadline);
        } catch (error) {
          count("budget_refused", { family, kind, lane });
          throw error;
        }
        count("budget_wait_seconds", { family, kind, lane }, (Date.now() - startedAt) / 1_000);
      },
      async pushBack({ family, kind, retryAfterMs }) {
        const forMs = Math.min(retryAfterMs ?? DEFAULT_PUSH_BACK_MS, LONGEST_PUSH_BACK_MS);
        count("budget_slowed", { family, kind });
        await closeBucket(db, keyOf(settings, family, kind), forMs);
      },
    }),
  };
}

export interface BudgetView {
  family: Family;
  kind: Kind;
  perMinute: number;
  /** 0 to 1: what may go at once, of what ever may. */
  free: number;
  /** 0 to 1: the part of the configured rate in use; a 429 halves it for a while. */
  factor: number;
  blockedUntil: Date | null;
}

/** The budgets that were ever drawn from, as they are now: for the status page and the metrics. */
export async function readBudget(db: Database, settings: BudgetSettings): Promise<BudgetView[]> {
  const levels = await readBuckets(db, `${settings.meli.clientId}:`);
  return FAMILIES.flatMap((family) =>
    KINDS.flatMap((kind) => {
      const key = keyOf(settings, family, kind);
      const held = levels.find((level) => level.key === key);
      if (held === undefined) return [];
      const { factor, blockedUntil } = held;
      const perMinute = perMinuteOf(settings, family, kind);
      const { capacity, perMs } = bucketOf(key, perMinute);
      const passedMs = held.now.getTime() - held.updatedAt.getTime();
      const room = Math.max(1, capacity * factor);
      const free = blockedUntil === null ? Math.min(room, held.tokens + passedMs * perMs * factor) : 0;
      return [{ family, kind, perMinute, free: free / capacity, factor, blockedUntil }];
    }),
  );
}
