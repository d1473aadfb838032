import type { Summary } from "@/lib/shared/api/inbox";

export type SyncView = NonNullable<Summary["accounts"][number]["sync"]>;

const ORDER = ["unread", "sales", "backfill"] as const;

/** The progress worth showing: of the accounts shown, those in the earliest phase, taken together. Null when all is read. */
export function syncOf(summary: Summary | undefined, account: string | null): SyncView | null {
  const running = (summary?.accounts ?? [])
    .filter((other) => account === null || other.id === account)
    .flatMap(({ sync }) => (sync === null ? [] : [sync]));
  const phase = ORDER.find((name) => running.some((sync) => sync.phase === name));
  if (phase === undefined) return null;
  const same = running.filter((sync) => sync.phase === phase);
  const done = same.reduce((sum, sync) => sum + sync.done, 0);
  const total = same.reduce<number | null>(
    (sum, sync) => (sum === null || sync.total === null ? null : sum + sync.total),
    0,
  );
  return { phase, done, total };
}
