import { z } from "zod";
import type { House } from "@/scripts/testing/house";
import { startDoomed, WORKER } from "./doomed";
import { openGate } from "./gate";
import { type Check, check, told } from "./report";
import { until } from "./until";

const Burst = z.object({ state: z.string(), written: z.number() });
const Usage = z.object({
  total: z.number(),
  limiterRefused: z.number(),
  byRoute: z.record(z.string(), z.record(z.string(), z.number())),
});

/** How a day's messages spread over its hours: a quiet night, a peak before noon and one in the evening. */
const DAY = [1, 1, 0, 0, 0, 1, 2, 3, 5, 7, 9, 9, 7, 6, 6, 7, 7, 8, 9, 9, 8, 6, 4, 2];
const ACCOUNTS = 5;
const THREADS_PER_ACCOUNT = 200;

/** A day of five accounts in minutes, against a simulator that counts and refuses as Mercado Libre would. Both sides have
 *  the same limits, and at the peaks they bind: the budget must make calls wait, never let them be refused.
 *  @param o.readsPerMinute of both sides */
export async function runQuota(
  house: House,
  o: { messages: number; seconds: number; readsPerMinute: number },
): Promise<Check[]> {
  const { pool } = house.rt.database;
  const sellers: string[] = [];
  for (let account = 0; account < ACCOUNTS; account += 1) {
    const sellerId = await house.newSeller({ nickname: `TIENDA ${account}` });
    for (let n = 0; n < Math.min(THREADS_PER_ACCOUNT, Math.ceil(o.messages / ACCOUNTS / 4)); n += 1) {
      await house.newThread(sellerId, { messages: [{ from: "seller", text: "Gracias", minutesAgo: 600 }] });
    }
    await house.signIn(sellerId);
    sellers.push(sellerId);
  }
  const limits = {
    readsPerMinute: o.readsPerMinute,
    writesPerMinute: o.readsPerMinute,
    otherPerMinute: Math.round(o.readsPerMinute * 0.6),
  };
  await house.control("/settings", limits);
  const gate = await openGate(house.answer);
  const workers = [startDoomed(WORKER), startDoomed(WORKER)];
  try {
    const synced = async () =>
      Number(
        (await pool.query("select count(*) from syncs where backfill_at is not null")).rows[0]?.count,
      ) === ACCOUNTS;
    await until(synced, 240_000, 500);
    await house.control("/notifications", { callbackUrl: gate.url });
    await house.control("/usage/clear", {});
    const written = await liveDay(house, sellers, o);
    const quiet = await until(
      async () => {
        const { rows } = await pool.query(`
          select (select count(*) from notices where state = 'pending')
               + (select count(*) from threads where pull_wanted_at is not null and pull_lane <> 'reconcile') as open`);
        return Number(rows[0]?.open) === 0;
      },
      600_000,
      500,
    );
    const usage = Usage.parse(await house.control("/usage"));
    const stored = Number(
      (await pool.query("select count(*) from messages where noticed_at is not null")).rows[0]?.count,
    );
    const calls = (route: RegExp) =>
      Object.entries(usage.byRoute)
        .filter(([name]) => route.test(name))
        .reduce((sum, [, tally]) => sum + Object.values(tally).reduce((a, b) => a + b, 0), 0);
    const lookups = calls(/^GET \/messages\/\{id\}$/);
    const conversations = calls(/^GET \/messages\/packs\//);
    const sweeps = calls(/unread|search|missed_feeds/);
    const caused = (lookups + conversations) / written;
    return [
      told(
        "scale",
        `${o.messages} messages of a day in ${o.seconds} s (${Math.round(86_400 / o.seconds)}x); ${o.readsPerMinute} reads a minute on both sides (${o.readsPerMinute / 500}x)`,
      ),
      check("messages stored by their notifications", String(written), stored, stored === written && quiet),
      check("429 of our own making", "0", usage.limiterRefused, usage.limiterRefused === 0),
      check(
        "calls that a buyer message's notification causes",
        "<= 2",
        `${caused.toFixed(2)} (${lookups} look-ups, ${conversations} conversations)`,
        caused <= 2,
      ),
      told(
        "calls of sweeps, and of the sales around them",
        `${sweeps} and ${usage.total - lookups - conversations - sweeps}`,
      ),
    ];
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()));
    await gate.close();
  }
}

/** Buyers write through the day. @returns how many messages there are. */
async function liveDay(
  house: House,
  sellerIds: readonly string[],
  o: { messages: number; seconds: number },
): Promise<number> {
  const whole = DAY.reduce((sum, weight) => sum + weight, 0);
  const hourSeconds = o.seconds / DAY.length;
  let written = 0;
  for (const weight of DAY) {
    const startedAt = Date.now();
    const count = Math.round((o.messages * weight) / whole);
    if (count > 0) {
      const { id } = z.object({ id: z.string() }).parse(
        await house.control("/buyer/burst", {
          count,
          perSecond: Math.min(5_000, count / hourSeconds),
          sellerIds,
        }),
      );
      await until(
        async () => Burst.parse(await house.control(`/buyer/burst/${id}`)).state === "done",
        hourSeconds * 3_000,
      );
      written += count;
    }
    const left = startedAt + hourSeconds * 1_000 - Date.now();
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
  }
  return written;
}
