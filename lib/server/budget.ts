import "server-only";
import type { Budget, Family, Lane } from "@/lib/server/mercadolibre/http";
import type { Database } from "@/lib/server/store/database";
import { type Bucket, closeBucket, drawFromBucket } from "@/lib/server/store/rate-buckets";
import { AppError } from "@/lib/shared/errors";

export interface BudgetSettings {
  meli: { clientId: string };
  readsPerMinute: number;
  writesPerMinute: number;
}

/** How long a call of each lane waits for its turn before it gives up. A person waits for the first two. */
const PATIENCE_MS: Record<Lane, number> = {
  reply: 60_000,
  open: 8_000,
  notice: 120_000,
  reconcile: 300_000,
  backfill: 300_000,
};

/** The part of the burst that background lanes leave for people. */
const RESERVE: Record<Lane, number> = { reply: 0, open: 0.05, notice: 0.2, reconcile: 0.4, backfill: 0.5 };

/** No single pause is longer, so that a bucket that opened early is noticed. */
const LONGEST_PAUSE_MS = 5_000;
/** Mercado Libre promises no Retry-After (auth-and-limits.md 6.1). */
const DEFAULT_PUSH_BACK_MS = 2_000;
const LONGEST_PUSH_BACK_MS = 60_000;

/** Messages have published pools; the rest starts at 5 calls a second (auth-and-limits.md 6.1, 6.2), scaled alike. */
export function perMinuteOf(settings: BudgetSettings, family: Family, kind: "read" | "write"): number {
  const pool = kind === "read" ? settings.readsPerMinute : settings.writesPerMinute;
  return family === "messages" ? pool : pool * 0.6;
}

/** A tenth of the minute's calls may go at once and nine tenths flow in evenly, so that no minute ever holds more than
 *  the whole. Pure. */
export function bucketOf(key: string, perMinute: number): Bucket {
  return { key, capacity: Math.max(1, perMinute * 0.1), perMs: (perMinute * 0.9) / 60_000 };
}

/** The rate budget that all processes share, in PostgreSQL. The backfill draws from a second bucket of half the rate
 *  besides: it can never use more than half of the pool. */
export function createBudget(db: Database, settings: BudgetSettings): Budget {
  const keyOf = (family: Family, kind: string) => `${settings.meli.clientId}:${family}:${kind}`;

  async function take(key: string, perMinute: number, reserve: number, deadline: number): Promise<void> {
    const bucket = bucketOf(key, perMinute);
    const floor = Math.min(bucket.capacity - 1, bucket.capacity * reserve);
    for (;;) {
      const { granted, waitMs } = await drawFromBucket(db, bucket, floor);
      if (granted) return;
      const pause = waitMs * (1 + Math.random() * 0.1);
      if (Date.now() + pause > deadline) {
        throw new AppError("slow_down", "the rate budget has no room for this call now", {
          retryAt: new Date(Date.now() + pause),
        });
      }
      await new Promise((resolve) => setTimeout(resolve, Math.min(pause, LONGEST_PAUSE_MS)));
    }
  }

  return {
    async take({ family, kind, lane }) {
      const perMinute = perMinuteOf(settings, family, kind);
      const deadline = Date.now() + PATIENCE_MS[lane];
      if (lane === "backfill") await take(`${keyOf(family, kind)}:backfill`, perMinute / 2, 0, deadline);
      await take(keyOf(family, kind), perMinute, RESERVE[lane], deadline);
    },
    pushBack: ({ family, kind, retryAfterMs }) =>
      closeBucket(
        db,
        keyOf(family, kind),
        Math.min(retryAfterMs ?? DEFAULT_PUSH_BACK_MS, LONGEST_PUSH_BACK_MS),
      ),
  };
}
