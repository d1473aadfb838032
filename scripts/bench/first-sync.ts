import { createBudgets } from "@/lib/server/budget";
import type { Lane } from "@/lib/server/mercadolibre/http";
import { inParallel } from "@/lib/server/sync/in-parallel";
import { syncAccount } from "@/lib/server/sync/sync-account";
import { accountId } from "@/lib/shared/ids";
import { createHouse } from "@/scripts/testing/house";
import type { Line } from "./report";

/** Twelve times the published pools (messages.md 0.9), so that a run takes seconds; stated with the figures. */
const READS_PER_MINUTE = 6_000;
const PACKS = 500;
const SALES = 500;
const CONCURRENCY = 4;

/** First sync of a new account against what the rate limiter alone would take for the same calls. */
export async function benchFirstSync(): Promise<Line[]> {
  const house = await createHouse({ MELI_READS_PER_MINUTE: String(READS_PER_MINUTE) });
  try {
    const sellerId = await house.newSeller();
    for (let n = 0; n < PACKS; n += 1) {
      await house.newThread(sellerId, {
        soldDaysAgo: 1 + (n % 25),
        messages: [{ from: "buyer", text: `Hola, consulta ${n}`, minutesAgo: 5 + n, unread: true }],
      });
    }
    for (let n = 0; n < SALES; n += 1) await house.newThread(sellerId, { soldDaysAgo: 1 + (n % 25) });
    const me = await house.signIn(sellerId);
    await house.control("/calls/clear", {});

    const startedAt = performance.now();
    await syncAccount(house.rt, me.accountId, new AbortController().signal);
    const ours = performance.now() - startedAt;

    await house.rt.calls.flush();
    const { rows } = await house.rt.database.pool.query<{ family: string; calls: number }>(
      `select split_part(path, '/', 2) as family, count(*)::int as calls from calls group by 1 order by 2 desc`,
    );
    const limiter = await limiterAlone(house.rt, rows);
    const total = rows.reduce((sum, row) => sum + row.calls, 0);
    const families = rows.map((row) => `${row.family} ${row.calls}`).join(", ");
    return [
      {
        what: `first sync of ${PACKS} unread packs and ${SALES} more sales`,
        value: `${(ours / 1000).toFixed(1)} s; the limiter alone ${(limiter / 1000).toFixed(1)} s (${(ours / limiter).toFixed(2)}x)`,
        budget: null,
        isWithin: null,
      },
      {
        what: "  its calls, with reads scaled to 6,000 a minute (12x)",
        value: `${total} (${families})`,
        budget: null,
        isWithin: null,
      },
    ];
  } finally {
    await house.close();
  }
}

/** The same calls through the same limiter, with nothing behind it: on a fresh bucket of another application. */
async function limiterAlone(
  rt: Awaited<ReturnType<typeof createHouse>>["rt"],
  calls: readonly { family: string; calls: number }[],
): Promise<number> {
  const budgets = createBudgets(rt.database, { ...rt.env, meli: { clientId: "limiter-alone" } });
  const budget = budgets.of(accountId("1"));
  const take = async (family: "messages" | "orders", lane: Lane, count: number) =>
    inParallel(CONCURRENCY, Array.from({ length: count }), () => budget.take({ family, kind: "read", lane }));
  const messages = calls.find((row) => row.family === "messages")?.calls ?? 0;
  const orders = calls.find((row) => row.family === "orders")?.calls ?? 0;
  const startedAt = performance.now();
  await take("messages", "reconcile", PACKS + 1);
  await take("orders", "reconcile", orders);
  await take("messages", "backfill", messages - PACKS - 1);
  return performance.now() - startedAt;
}
