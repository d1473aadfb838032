import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import type { House, SignedIn } from "@/scripts/testing/house";
import { startDoomed, WORKER } from "./doomed";
import { openGate } from "./gate";
import { type Check, check, told } from "./report";
import { until } from "./until";

const Burst = z.object({
  state: z.string(),
  messages: z.array(z.object({ id: z.string(), packId: z.string(), at: z.string() })),
});
const Dropped = z.object({
  notices: z.array(z.object({ resource: z.string(), actions: z.array(z.string()) })),
});

const Totals = z.object({ totals: z.object({ pending: z.number() }) });

/** Every sale has as many messages as one page of a conversation holds, at most. */
const PER_THREAD = 5;
const WITHIN_MS = 60_000;

/** Buyers write while notifications are lost (30 %), repeated (30 %) and mixed (the rest). What was lost must be found by
 *  something else, and counted as found.
 *  @param o.hurry the sweeps that come every 45 s come at once when all was written: for the short version */
export async function runGap(
  house: House,
  o: { messages: number; perSecond: number; seed: number; hurry: boolean },
): Promise<Check[]> {
  const { pool } = house.rt.database;
  const sellerId = await house.newSeller();
  const packIds: string[] = [];
  for (let n = 0; n < Math.ceil(o.messages / PER_THREAD); n += 1) {
    packIds.push(
      await house.newThread(sellerId, { messages: [{ from: "seller", text: "Gracias", minutesAgo: 60 }] }),
    );
  }
  const me = await house.signIn(sellerId);
  const gate = await openGate(house.answer);
  const workers = [startDoomed(WORKER), startDoomed(WORKER)];
  try {
    // The first sync is over before anybody writes.
    await until(
      async () =>
        (
          await pool.query("select 1 from syncs where account_id = $1 and backfill_at is not null", [
            sellerId,
          ])
        ).rows.length === 1,
      60_000,
    );
    await house.control("/notifications/faults", {
      seed: o.seed,
      drop: 0.3,
      duplicate: 0.3,
      reorder: { windowMs: 1_500 },
    });
    await house.control("/notifications", { callbackUrl: gate.url });
    const started = z
      .object({ id: z.string() })
      .parse(await house.control("/buyer/burst", { count: o.messages, perSecond: o.perSecond, packIds }));
    let burst = Burst.parse(await house.control(`/buyer/burst/${started.id}`));
    await until(async () => {
      burst = Burst.parse(await house.control(`/buyer/burst/${started.id}`));
      return burst.state === "done";
    }, 600_000);
    if (o.hurry) {
      await sleep(2_500);
      await pool.query("update syncs set sweep_claimed_at = null");
    }
    const ids = burst.messages.map(({ id }) => id);
    const count = async () =>
      Number((await pool.query("select count(*) from messages where id = any($1)", [ids])).rows[0]?.count);
    await until(async () => (await count()) >= ids.length, WITHIN_MS);
    // Notices that were mixed come last, and those that were not acknowledged in time once more; then the numbers stand.
    await until(() => isAllTold(house), WITHIN_MS);
    return [
      told("seed", o.seed),
      ...(await storedChecks(house, burst.messages)),
      ...(await shownChecks(house, me, burst.messages)),
      ...(await meterChecks(house, ids)),
    ];
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()));
    await gate.close();
  }
}

/** Every notification has come or was dropped, and what came is worked off. */
async function isAllTold(house: House): Promise<boolean> {
  const { totals } = Totals.parse(await house.control("/notifications?limit=0"));
  const { rows } = await house.rt.database.pool.query(
    "select count(*) as open from notices where state = 'pending'",
  );
  return totals.pending === 0 && Number(rows[0]?.open) === 0;
}

type Written = z.infer<typeof Burst>["messages"];

async function storedChecks(house: House, written: Written): Promise<Check[]> {
  const { rows } = await house.rt.database.pool.query(
    "select id, stored_at from messages where id = any($1)",
    [written.map(({ id }) => id)],
  );
  const writtenAt = new Map(written.map(({ id, at }) => [id, new Date(at).getTime()]));
  const waits = rows
    .map((row) => new Date(row.stored_at).getTime() - (writtenAt.get(String(row.id)) ?? 0))
    .toSorted((a, b) => a - b);
  const seconds = (share: number) =>
    ((waits[Math.floor(share * (waits.length - 1))] ?? 0) / 1_000).toFixed(1);
  const unique = new Set(rows.map((row) => row.id)).size;
  const late = waits.filter((ms) => ms > WITHIN_MS).length;
  return [
    check("buyer messages stored", String(written.length), unique, unique === written.length),
    check("stored later than 60 s after they were written", "0", late, late === 0),
    told("written to stored: p50, p95, slowest", `${seconds(0.5)} s, ${seconds(0.95)} s, ${seconds(1)} s`),
    check("stored twice", "0", rows.length - unique, rows.length === unique),
  ];
}

/** As a browser gets them: every conversation over our API. */
async function shownChecks(house: House, as: SignedIn, written: Written): Promise<Check[]> {
  const shown: string[] = [];
  for (const packId of new Set(written.map((one) => one.packId))) {
    const view = await house.read(ThreadViewSchema, `/api/threads/messages/${packId}`, { as });
    shown.push(...view.messages.map(({ id }) => id));
  }
  const ours = new Set(written.map(({ id }) => id));
  const seen = shown.filter((id) => ours.has(id));
  return [
    check(
      "shown by the API, each once",
      String(ours.size),
      seen.length,
      seen.length === ours.size && new Set(seen).size === ours.size,
    ),
  ];
}

async function meterChecks(house: House, ids: readonly string[]): Promise<Check[]> {
  const { notices } = Dropped.parse(await house.control("/notifications?outcome=dropped&topic=messages"));
  const ours = new Set(ids);
  const dropped = notices.filter(
    ({ resource, actions }) => ours.has(resource) && actions.includes("created"),
  );
  const { rows } = await house.rt.database.pool.query(
    "select count(*) from messages where id = any($1) and direction = 'in' and noticed_at is null",
    [ids],
  );
  const metered = Number(rows[0]?.count);
  return [
    check(
      "gap meter: found without a notice of their own",
      `${dropped.length} (dropped)`,
      metered,
      metered === dropped.length,
    ),
  ];
}
