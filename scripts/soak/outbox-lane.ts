import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { FileSchema, OutboxSchema } from "@/lib/shared/api/thread";
import type { House, SignedIn } from "@/scripts/testing/house";
import { runUntilKilled, startDoomed, WORKER } from "./doomed";
import { AMBIGUOUS, faultOrder, IN_DOUBT, type OutboxPoint, type Plan } from "./points";

/** What became of one reply whose worker was killed. */
export interface Fate {
  plan: Plan<OutboxPoint>;
  packId: string;
  outboxId: string;
  text: string;
  isKilled: boolean;
  /** The last words of a process that was not killed at its point. */
  words: string;
  /** How often the text stands in the conversation, as the simulator holds it. */
  seen: number;
  state: string;
  isSettled: boolean;
  /** Every state the row was in, oldest first. */
  history: string[];
  /** A person was asked, and sent it again. */
  wasOffered: boolean;
}

/** A reply that ended as it must not. */
export interface Flaw {
  what: string;
  fate: Fate;
}

const POINT_WITHIN_MS = 90_000;
const SETTLE_WITHIN_MS = 110_000;

const History = z.object({ outbox_id: z.string(), states: z.array(z.string()) });
const Row = z.object({ id: z.string(), state: z.string(), settled: z.boolean() });

/** A trigger of the test's own writes down every state a row comes to. */
async function recordStates(house: House): Promise<void> {
  await house.rt.database.pool.query(`
    create table soak_states (no bigserial primary key, outbox_id uuid not null, state text not null);
    create function soak_note() returns trigger language plpgsql as $$ begin
      if tg_op = 'INSERT' or new.state <> old.state then
        insert into soak_states (outbox_id, state) values (new.id, new.state);
      end if;
      return null; end $$;
    create trigger soak_note after insert or update on outbox for each row execute function soak_note()`);
}

/** Kills a worker at one point of one reply after the other, each life taking up what the last one left, and then lets one
 *  live until every reply has come to rest. With `offers` a person sends again what nobody could find, and all of it
 *  settles once more. One lane has one database, one seller and one worker at a time. */
export async function runOutboxLane(
  house: House,
  plans: readonly Plan<OutboxPoint>[],
  o: { offers: boolean; settleMs?: number; env?: Record<string, string>; say?: (line: string) => void },
): Promise<Fate[]> {
  await recordStates(house);
  const sellerId = await house.newSeller();
  const me = await house.signIn(sellerId);
  await house.rt.database.pool.query("update users set undo_seconds = 0");
  const fates: Fate[] = [];
  for (const [n, plan] of plans.entries()) {
    const fate = await killOne(house, { me, sellerId, plan, n, env: o.env ?? {} });
    fates.push(fate);
    o.say?.(`${plan.point} x ${plan.fault}${fate.isKilled ? "" : ": NOT REACHED"}`);
  }
  const survivor = startDoomed(WORKER, o.env);
  try {
    await settle(house, fates, o.settleMs ?? SETTLE_WITHIN_MS);
    if (!o.offers) return fates;
    for (const fate of fates) {
      if (fate.state !== "uncertain" || !fate.isSettled || fate.seen > 0) continue;
      fate.wasOffered = true;
      await house.call(`/api/outbox/${fate.outboxId}`, { as: me, method: "POST", body: { act: "retry" } });
    }
    await settle(house, fates, SETTLE_WITHIN_MS);
  } finally {
    await survivor.kill();
  }
  return fates;
}

async function killOne(
  house: House,
  o: { me: SignedIn; sellerId: string; plan: Plan<OutboxPoint>; n: number; env: Record<string, string> },
): Promise<Fate> {
  const { me, plan } = o;
  const packId = await house.newThread(o.sellerId, {
    messages: [{ from: "buyer", text: "¿Cuándo llega?", minutesAgo: 20 }],
  });
  const thread = `/api/threads/messages/${packId}`;
  await house.call(thread, { as: me });
  const needsFile = plan.point.startsWith("upload") || plan.point.startsWith("lease");
  const files = needsFile || o.n % 7 === 0 ? [await addFile(house, me, packId)] : [];
  const text = `Respuesta ${o.n} ${randomUUID()}`;
  const order = faultOrder(plan, { method: "POST", path: `^/messages/packs/${packId}/` });
  if (order !== null) await house.control("/faults", { times: 1, ...order });
  const { id } = await house.read(OutboxSchema, `${thread}/replies`, {
    as: me,
    method: "POST",
    body: { key: randomUUID(), text, files },
  });
  const { rows } = await house.rt.database.pool.query("select thread_id from outbox where id = $1", [id]);
  const threadId = String(rows[0]?.thread_id);
  const { isKilled, words } = await runUntilKilled({
    script: WORKER,
    plan: { point: plan.point, keys: [packId, id, threadId] },
    env: o.env,
    withinMs: POINT_WITHIN_MS,
  });
  return {
    plan,
    packId,
    outboxId: id,
    text,
    isKilled,
    words: isKilled ? "" : words,
    seen: 0,
    state: "queued",
    isSettled: false,
    history: [],
    wasOffered: false,
  };
}

async function addFile(house: House, as: SignedIn, packId: string): Promise<string> {
  // The name tells the hook whose upload it is.
  const path = `/api/threads/messages/${packId}/files?name=nota-${packId}.txt`;
  const body = new TextEncoder().encode("Garantía: 12 meses");
  return (await house.read(FileSchema, path, { as, method: "POST", body })).id;
}

/** Waits until no reply has anything more to come, or the time is up, and writes down how they stand. */
async function settle(house: House, fates: Fate[], withinMs: number): Promise<void> {
  const { pool } = house.rt.database;
  const until = Date.now() + withinMs;
  for (;;) {
    const { rows } = await pool.query("select count(*)::int as open from outbox where settled_at is null");
    if (rows[0]?.open === 0 || Date.now() > until) break;
    await sleep(250);
  }
  const found = await pool.query("select id, state, settled_at is not null as settled from outbox");
  const rows = new Map(found.rows.map((row) => Row.parse(row)).map((row) => [row.id, row]));
  const told = await pool.query(
    "select outbox_id, array_agg(state order by no) as states from soak_states group by 1",
  );
  const histories = new Map(
    told.rows.map((row) => History.parse(row)).map((row) => [row.outbox_id, row.states]),
  );
  for (const fate of fates) {
    const row = rows.get(fate.outboxId);
    fate.state = row?.state ?? "gone";
    fate.isSettled = row?.settled ?? true;
    fate.history = histories.get(fate.outboxId) ?? [];
    const { messages } = await house.held(fate.packId);
    fate.seen = messages.filter(({ author, text }) => author === "seller" && text === fate.text).length;
  }
}

/** Everything that is wrong with how replies ended. `isFinal`: all of them had the time to come to rest. */
export function flawsOf(fates: readonly Fate[], isFinal: boolean): Flaw[] {
  const flaws: Flaw[] = [];
  for (const fate of fates) {
    const blame = (what: string) => flaws.push({ what, fate });
    const { history, state, seen } = fate;
    if (!fate.isKilled) blame("the point was not reached");
    if (seen > 1) blame("doubled");
    if (state === "sent" && seen !== 1) blame("called sent, and is not there");
    if (isFinal && !(state === "sent" && seen === 1)) blame("lost");
    if (!isFinal && !["sent", "uncertain", "queued", "accepted"].includes(state)) blame(`ended as ${state}`);
    if (isInDoubt(fate) && !becameUncertain(fate)) blame("ambiguous, and never called uncertain");
    if (isFinal && !fate.isSettled) blame("never came to rest");
    // From `uncertain` only a person leads back to the queue.
    if (!fate.wasOffered && history.some((one, at) => one === "queued" && history[at - 1] === "uncertain")) {
      blame("was queued again by itself after it was uncertain");
    }
  }
  return flaws;
}

/** Nobody could know whether this reply had arrived. */
export function isInDoubt({ plan, isKilled, history }: Fate): boolean {
  const isAmbiguous = AMBIGUOUS.includes(plan.fault) || (isKilled && IN_DOUBT.includes(plan.point));
  return history.includes("sending") && isAmbiguous;
}

/** From `sending` it came to `uncertain`. Before that it may have gone back to the queue: the fence before the request
 *  lets nothing leave that has waited for too long. */
export function becameUncertain({ history }: Fate): boolean {
  const exits = history.filter((_state, at) => history[at - 1] === "sending");
  return exits.find((state) => state !== "queued") === "uncertain";
}

/** One line about a reply that ended as it must not. */
export function describe({ what, fate }: Flaw): string {
  const { plan, history, seen, words } = fate;
  return `${what}: ${plan.point} x ${plan.fault}, seen ${seen} times, ${history.join(" > ")}, pack ${fate.packId}${words === "" ? "" : `\n${words.slice(-600)}`}`;
}
