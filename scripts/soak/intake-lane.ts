import { z } from "zod";
import { freePort } from "@/scripts/launcher/postgres/cluster";
import type { House } from "@/scripts/testing/house";
import { runUntilKilled, startDoomed, WORKER } from "./doomed";
import { openGate } from "./gate";
import { faultOrder, type IntakePoint, type Plan } from "./points";
import { until } from "./until";

/** What became of one message of a buyer's, of whose notification a process died. */
export interface Arrival {
  plan: Plan<IntakePoint>;
  packId: string;
  messageId: string;
  isKilled: boolean;
  words: string;
  /** How often it is stored. */
  stored: number;
  /** Its own notification is known of. */
  isNoticed: boolean;
  /** Rows of its notification, and how they stand. */
  notices: string[];
}

const POINT_WITHIN_MS = 60_000;
const SETTLE_WITHIN_MS = 90_000;
/** The part of the way on which the conversation is read: the trouble is made there. */
const READING = ["wish-claim", "read", "snapshot", "wish-release"];

const Written = z.object({ messageId: z.string() });

/** Kills web process and worker at every step of taking in a notification, and then lets a worker live until nothing is
 *  left to do. The unread list answers 500 all the time: no sweep may find what a notification has lost. */
export async function runIntakeLane(
  house: House,
  plans: readonly Plan<IntakePoint>[],
  o: { env?: Record<string, string>; settleMs?: number; say?: (line: string) => void },
): Promise<Arrival[]> {
  const sellerId = await house.newSeller();
  const newThread = () =>
    house.newThread(sellerId, { messages: [{ from: "buyer", text: "Hola", minutesAgo: 20 }] });
  // Every other conversation is new to us when the notification comes; of a wish the hook must know whose it is.
  const known = new Map<number, string>();
  for (const [n, plan] of plans.entries()) {
    if (n % 2 === 0 || plan.point.startsWith("wish")) known.set(n, await newThread());
  }
  await house.signIn(sellerId);
  await house.control("/settings", { retryOffsetsMs: Array.from({ length: 60 }, (_, n) => n * 500) });
  const gate = await openGate(house.answer);
  const listen = (callbackUrl: string) => house.control("/notifications", { callbackUrl });
  await listen(gate.url);
  const env = o.env ?? {};
  await syncFirst(house, sellerId);
  await house.control("/faults", { path: "/messages/unread", status: 500, times: 1_000_000 });
  const arrivals: Arrival[] = [];
  try {
    for (const [n, plan] of plans.entries()) {
      const packId = known.get(n) ?? (await newThread());
      const write = async () => {
        const { messageId } = Written.parse(
          await house.control("/buyer/message", { packId, text: `Consulta ${n}` }),
        );
        await order(house, plan, { packId, messageId });
        return messageId;
      };
      const done = plan.point.startsWith("notice-insert")
        ? await killGate(house, { plan, write, env, listen, gateUrl: gate.url })
        : await killWorker(house, { plan, packId, write, env });
      arrivals.push({ plan, packId, stored: 0, isNoticed: false, notices: [], ...done });
      o.say?.(`${plan.point} x ${plan.fault}${done.isKilled ? "" : ": NOT REACHED"}`);
    }
    const survivor = startDoomed(WORKER, env);
    try {
      await settle(house, arrivals, o.settleMs ?? SETTLE_WITHIN_MS);
    } finally {
      await survivor.kill();
    }
  } finally {
    await gate.close();
  }
  return arrivals;
}

/** The first sync of a new account comes to its end before anything is killed. */
async function syncFirst(house: House, sellerId: string): Promise<void> {
  const worker = startDoomed(WORKER);
  const isOver = async () => {
    const { rows } = await house.rt.database.pool.query(
      "select 1 from syncs where account_id = $1 and backfill_at is not null",
      [sellerId],
    );
    return rows.length === 1;
  };
  await until(isOver, 60_000);
  await worker.kill();
}

/** Makes the trouble: on the look-up of the message, or on the read of its conversation. */
async function order(
  house: House,
  plan: Plan<IntakePoint>,
  o: { packId: string; messageId: string },
): Promise<void> {
  const isReading = READING.some((step) => plan.point.startsWith(step));
  const path = isReading ? `^/messages/packs/${o.packId}/` : `^/messages/${o.messageId}$`;
  const call = { method: "GET", path };
  const made = plan.fault === "late" ? lateRead(call, isReading) : faultOrder(plan, call);
  if (made === null) return;
  const { applied: _applied, ...rest } = { applied: undefined, ...made };
  await house.control("/faults", { times: 1, ...rest });
}

/** A read is not applied. Late is a message that is not in storage yet (messages.md 2.2), or an answer that takes its time. */
function lateRead(call: { method: string; path: string }, isReading: boolean): object {
  if (isReading) return { ...call, delayMs: 700 };
  const message = "The message could not be retrieved from storage";
  return { ...call, status: 404, body: { message, error: "not_found", status: 404, cause: [] } };
}

async function killWorker(
  house: House,
  o: {
    plan: Plan<IntakePoint>;
    packId: string;
    write: () => Promise<string>;
    env: Record<string, string>;
  },
): Promise<{ messageId: string; isKilled: boolean; words: string }> {
  const messageId = await o.write();
  const noticeId = await storedNotice(house, messageId);
  const known = await house.rt.database.pool.query("select id::text from threads where external_id = $1", [
    o.packId,
  ]);
  const threadId = known.rows.map(({ id }) => String(id));
  const keys = [messageId, o.packId, ...threadId];
  const plan = { point: o.plan.point, keys, noticeId };
  return {
    messageId,
    ...(await runUntilKilled({ script: WORKER, plan, env: o.env, withinMs: POINT_WITHIN_MS })),
  };
}

async function killGate(
  house: House,
  o: {
    plan: Plan<IntakePoint>;
    write: () => Promise<string>;
    env: Record<string, string>;
    listen: (url: string) => Promise<unknown>;
    gateUrl: string;
  },
): Promise<{ messageId: string; isKilled: boolean; words: string }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/api/notifications`;
  let messageId = "";
  const life = await runUntilKilled({
    script: "scripts/soak/gate-process.ts",
    args: [String(port)],
    plan: { point: o.plan.point, keys: [] },
    env: o.env,
    withinMs: POINT_WITHIN_MS,
    meanwhile: async () => {
      await until(
        () =>
          fetch(url).then(
            () => true,
            () => false,
          ),
        20_000,
      );
      await o.listen(url);
      messageId = await o.write();
    },
  });
  // Another process answers from now on: Mercado Libre sends again what was not acknowledged.
  await o.listen(o.gateUrl);
  await storedNotice(house, messageId);
  return { messageId, ...life };
}

/** Waits until the notification of a message is stored. @returns its number. */
async function storedNotice(house: House, messageId: string): Promise<string> {
  let id = "";
  await until(async () => {
    const { rows } = await house.rt.database.pool.query(
      "select id::text from notices where subject = $1 order by id limit 1",
      [messageId],
    );
    id = String(rows[0]?.id ?? "");
    return id !== "";
  }, 20_000);
  return id;
}

/** Waits until no notification is open and no conversation wished for, and writes down what is stored. */
async function settle(house: House, arrivals: Arrival[], withinMs: number): Promise<void> {
  const { pool } = house.rt.database;
  await until(async () => {
    const { rows } = await pool.query(`
      select (select count(*) from notices where state = 'pending')
           + (select count(*) from threads where pull_wanted_at is not null) as open`);
    return Number(rows[0]?.open) === 0;
  }, withinMs);
  for (const arrival of arrivals) {
    const messages = await pool.query(
      "select noticed_at is not null as noticed from messages where id = $1",
      [arrival.messageId],
    );
    arrival.stored = messages.rows.length;
    arrival.isNoticed = messages.rows[0]?.noticed === true;
    const notices = await pool.query("select state from notices where subject = $1 order by id", [
      arrival.messageId,
    ]);
    arrival.notices = notices.rows.map(({ state }) => String(state));
  }
}

/** Everything that is wrong with what became of them, one line each. */
export function arrivalFlaws(arrivals: readonly Arrival[]): string[] {
  return arrivals.flatMap((arrival) => {
    const { plan, isKilled, stored, isNoticed, notices, words } = arrival;
    const problems = [
      ...(isKilled ? [] : [`the point was not reached\n${words.slice(-600)}\n`]),
      ...(stored === 0 ? ["the message is lost"] : stored > 1 ? ["the message is doubled"] : []),
      ...(stored === 1 && !isNoticed ? ["its notification was lost, something else found the message"] : []),
      ...(notices.length === 1 ? [] : [`${notices.length} rows for one notification`]),
      ...(notices.every((state) => state === "done") ? [] : [`notification ends as ${notices.join(", ")}`]),
    ];
    return problems.map((what) => `${plan.point} x ${plan.fault}: ${what} (pack ${arrival.packId})`);
  });
}
