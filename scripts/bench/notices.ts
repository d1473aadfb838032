import { z } from "zod";
import { cookieName, sealSession } from "@/lib/server/accounts/session-cookie";
import { sessionId, userId } from "@/lib/shared/ids";
import { freePort } from "@/scripts/launcher/postgres/cluster";
import { startWorker } from "@/scripts/launcher/services";
import { createHouse } from "@/scripts/testing/house";
import { FOLDER, serve } from "./bench-app";
import type { LoadOrder } from "./notice-load";
import { type Line, millis, percentile } from "./report";
import { seedThreads } from "./seed";
import { sendNotices } from "./send-notices";

const PER_SECOND = 500;
const CONNECTIONS = 64;
const ROUNDS = 5;
const ROUND_SECONDS = 3;
const THREADS = 10_000;
const APPLICATION = "1000000000000001";

const Burst = z.object({ state: z.string(), messages: z.array(z.object({ id: z.string() })) });

/** 500 notifications a second on a production web process while a worker works them off with the published rate limits
 *  and somebody reads the list; then as many as it takes, against a bare route of the same build that inserts one row.
 *  Needs a template database (TEST_DATABASE_TEMPLATE_URL) on a server that is as durable as a real one.
 *  @param folder the build with the bare route (`buildBenchApp`) */
export async function benchNotices(folder: string, seconds = 60): Promise<Line[]> {
  const house = await createHouse({ MELI_READS_PER_MINUTE: "500", MELI_WRITES_PER_MINUTE: "500" });
  const { pool } = house.rt.database;
  const databaseUrl = house.rt.env.databaseUrl;
  const sellerId = await house.newSeller();
  const packIds: string[] = [];
  for (let n = 0; n < 50; n += 1) {
    packIds.push(
      await house.newThread(sellerId, { messages: [{ from: "buyer", text: "Hola", minutesAgo: 9 }] }),
    );
  }
  await house.signIn(sellerId);
  const messageIds = await writeMessages(house, packIds);
  const seeded = await seedThreads(databaseUrl, "799000001", THREADS, false);
  await pool.query(
    "create table bare_notices (id bigint generated always as identity primary key, body jsonb not null)",
  );
  const port = await freePort();
  const appUrl = `http://localhost:${port}`;
  const web = await serve(
    folder,
    port,
    { ...process.env, APP_URL: appUrl, NEXTAUTH_URL: appUrl },
    "/api/ready",
  );
  const worker = startWorker({ env: process.env, isDev: false, logs: FOLDER });
  const session = { userId: userId(seeded.userId), sessionId: sessionId(seeded.sessionId) };
  const cookie = `${cookieName(house.rt.env, "session")}=${await sealSession(house.rt.env, session)}`;
  const order: LoadOrder = {
    url: `${appUrl}/api/notifications`,
    connections: CONNECTIONS,
    seconds,
    perSecond: PER_SECOND,
    userId: sellerId,
    applicationId: APPLICATION,
    messageIds,
    page: { url: `${appUrl}/api/inbox`, cookie },
  };
  try {
    // What a process does once (compile, open connections, fill caches), it has done.
    await sendNotices({ ...order, seconds: 8, perSecond: 250 });
    await pool.query("truncate notices");
    const burst = await sendNotices(order);
    const kept = await pool.query("select count(distinct notice_id) from notices where notice_id = any($1)", [
      burst.acknowledged,
    ]);
    const lost = burst.acknowledged.length - Number(kept.rows[0]?.count);
    await worker.stop(5_000);
    const ratio = await againstBare(order, `${appUrl}/api/bare-notice`);
    return [
      millis(
        `notification acknowledged, ${PER_SECOND}/s for ${seconds} s, p50`,
        percentile(burst.times, 0.5),
        null,
      ),
      millis(
        `notification acknowledged, ${PER_SECOND}/s for ${seconds} s, p99`,
        percentile(burst.times, 0.99),
        50,
      ),
      {
        what: "  refused, or acknowledged and not stored",
        value: `${burst.refused} and ${lost} of ${PER_SECOND * seconds}`,
        budget: "0 and 0",
        isWithin: burst.refused === 0 && lost === 0,
      },
      millis(`  list API meanwhile (${THREADS} conversations), p95`, percentile(burst.pages, 0.95), 200),
      ratio,
    ];
  } finally {
    await Promise.all([worker.stop(1_000), web.stop(3_000)]);
    await house.close();
  }
}

async function writeMessages(
  house: Awaited<ReturnType<typeof createHouse>>,
  packIds: readonly string[],
): Promise<string[]> {
  const { id } = z
    .object({ id: z.string() })
    .parse(await house.control("/buyer/burst", { count: 2_000, perSecond: 5_000, packIds }));
  for (;;) {
    const burst = Burst.parse(await house.control(`/buyer/burst/${id}`));
    if (burst.state === "done") return burst.messages.map((message) => message.id);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Alternating rounds of one run: requests a second through as many connections. */
async function againstBare(order: LoadOrder, bareUrl: string): Promise<Line> {
  const perSecond = async (url: string) => {
    const result = await sendNotices({ ...order, url, perSecond: null, seconds: ROUND_SECONDS, page: null });
    if (result.refused > 0) throw new Error(`${url} refused ${result.refused}`);
    return result.acknowledged.length / (result.elapsedMs / 1_000);
  };
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await perSecond(order.url));
    theirs.push(await perSecond(bareUrl));
  }
  const [mine, bare] = [percentile(ours, 0.5), percentile(theirs, 0.5)];
  return {
    what: "notifications a second against a bare handler with one insert",
    value: `${(mine / bare).toFixed(2)}x (${Math.round(mine)} against ${Math.round(bare)})`,
    budget: ">= 0.7x",
    isWithin: mine / bare >= 0.7,
  };
}
