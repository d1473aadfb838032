import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { z } from "zod";
import { withOutbox } from "@/lib/client/cache";
import { runOutbox } from "@/lib/server/outbox/run-outbox";
import { createRuntime, type Runtime } from "@/lib/server/runtime";
import { OutboxSchema, type Seen, type ThreadView, ThreadViewSchema } from "@/lib/shared/api/thread";
import { seenOf } from "@/lib/shared/view/seen";
import type { House, SignedIn } from "./house";
import { threadOf, workOff } from "./outbox";

// What is a double answer? Either of:
// 1. One press of Send stands in the conversation twice.
// 2. A reply of ours reaches the conversation although its sender had not seen something that another had written there
//    (a colleague, the same person elsewhere, Mercado Libre's own app, the agent, the buyer) before our last read of the
//    conversation ahead of the send began.
// What is written between that read and the arrival of the send nobody can know of: Mercado Libre offers no conditional
// send. That window is one round trip, and docs/decisions/031 says so.

type Who = 0 | 1;

export type Step =
  | { do: "look" | "refresh" | "take_back" | "send_anyway"; by: Who }
  | { do: "press"; by: Who; words: "own" | "shared" }
  | { do: "write"; as: "buyer" | "seller" | "agent" }
  | { do: "work"; worker: Who }
  | { do: "lose_answer"; applied: "yes" | "no" | "late" }
  | { do: "slow_read" | "slow_send" | "pause"; ms: number };

export interface Plan {
  /** Two browsers of one user, or of two. */
  isSameUser: boolean;
  steps: Step[];
}

const who = fc.constantFrom<Who>(0, 1);
const ms = fc.integer({ min: 0, max: 12 });
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom("look" as const, "refresh" as const), by: who }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("press" as const),
      by: who,
      words: fc.constantFrom("own" as const, "own" as const, "shared" as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("write" as const),
      as: fc.constantFrom("buyer" as const, "seller" as const, "agent" as const),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("work" as const), worker: who }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom("take_back" as const, "send_anyway" as const), by: who }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("lose_answer" as const),
      applied: fc.constantFrom("yes" as const, "no" as const, "late" as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("slow_read" as const, "slow_send" as const, "pause" as const),
      ms,
    }),
  },
);
const plan = fc.record({ isSameUser: fc.boolean(), steps: fc.array(step, { minLength: 5, maxLength: 14 }) });

/** The same seed makes the same plans. */
export function interleavings(count: number, seed: number): Plan[] {
  return fc.sample(plan, { numRuns: count, seed });
}

export interface Outcome {
  interleavings: number;
  /** Replies that reached a conversation, and that were held back. */
  sent: number;
  held: number;
  doubles: { plan: Plan; what: string }[];
}

const Truth = z.object({
  messages: z.array(
    z.object({ id: z.string(), author: z.string(), text: z.string(), createdAt: z.coerce.date() }),
  ),
});

/** Plays that many generated interleavings against the real use cases, PostgreSQL and the simulator: two signed-in
 *  browsers of one account, the seller's own app, the agent, the buyer, and two workers. Several conversations at a time.
 *  @param house its own, with nothing else going on */
export async function runInterleavings(
  house: House,
  o: {
    count: number;
    seed: number;
    lanes?: number;
    /** False: browsers that do not say what stood on their screens, to see that double answers are found here. */
    tellsSeen?: boolean;
  },
): Promise<Outcome> {
  const cast = await castOf(house);
  const waiting = interleavings(o.count, o.seed);
  const outcome: Outcome = { interleavings: 0, sent: 0, held: 0, doubles: [] };
  async function lane(): Promise<void> {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const played = await play(house, cast, next, o.tellsSeen ?? true).catch((cause: unknown) => {
        waiting.length = 0;
        throw new Error(`after ${outcome.interleavings}: ${JSON.stringify(next)}`, { cause });
      });
      outcome.interleavings += 1;
      outcome.sent += played.sent;
      outcome.held += played.held;
      for (const what of played.doubles) outcome.doubles.push({ plan: next, what });
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: o.lanes ?? 4 }, lane));
  for (const { rt } of cast.workers) await rt.database.close();
  const broken = lanes.find(({ status }) => status === "rejected");
  if (broken?.status === "rejected") throw broken.reason;
  return outcome;
}

/** A call as a worker recorded it. */
interface Noted {
  at: Date;
  method: string;
  path: string;
}

interface Cast {
  sellerId: string;
  me: SignedIn;
  meElsewhere: SignedIn;
  colleague: SignedIn;
  workers: { rt: Runtime; calls: Noted[] }[];
}

async function castOf(house: House): Promise<Cast> {
  const sellerId = await house.newSeller();
  const me = await house.signIn(sellerId);
  const meElsewhere = await house.signIn(sellerId);
  const { userId, sessionId, cookie } = await house.signIn(await house.newSeller());
  await house.signIn(sellerId, { kind: "connect", userId, sessionId, renews: null });
  const colleague = { userId, sessionId, cookie, accountId: me.accountId };
  await house.rt.database.pool.query("update users set undo_seconds = 0");
  const workers = [0, 1].map(() => {
    const calls: Noted[] = [];
    const rt = createRuntime(house.rt.env, "worker");
    const recorder = { record: (call: Noted) => void calls.push(call), flush: async () => undefined };
    return { rt: { ...rt, calls: recorder }, calls };
  });
  return { sellerId, me, meElsewhere, colleague, workers };
}

async function play(
  house: House,
  cast: Cast,
  { isSameUser, steps }: Plan,
  tellsSeen: boolean,
): Promise<{ sent: number; held: number; doubles: string[] }> {
  const packId = await house.newThread(cast.sellerId, {
    isAgent: true,
    messages: [{ from: "buyer", text: "¿Tienen stock?", minutesAgo: 20 }],
  });
  const thread = `/api/threads/messages/${packId}`;
  const path = `/messages/packs/${packId}/`;
  const people = [cast.me, isSameUser ? cast.meElsewhere : cast.colleague] as const;
  const view = (by: Who, part = "") =>
    house.read(ThreadViewSchema, `${thread}${part}?account=${cast.sellerId}`, {
      as: people[by],
      ...(part === "" ? {} : { method: "POST" }),
    });
  const screens: [ThreadView, ThreadView] = [await view(0), await view(1)];
  const threadId = await threadOf(house, packId);
  /** What the sender of each reply had seen when they last decided that it goes out. */
  const seenBy = new Map<string, Seen>();
  const pressed = new Map<string, number>();
  const working: Promise<void>[] = [];
  let words = 0;
  const told = (seen: Seen) => (tellsSeen ? { seen } : {});

  async function post(by: Who, address: string, body: object, seen: Seen): Promise<void> {
    const answer = await house.call(address, { as: people[by], method: "POST", body });
    if (!answer.ok) return;
    const row = OutboxSchema.parse(await answer.json());
    // A twin answers with the row of the first press: that one's sender is who counts.
    if (address.startsWith("/api/outbox/") || !seenBy.has(row.id)) seenBy.set(row.id, seen);
    screens[by] = withOutbox(screens[by], row);
  }

  async function take(next: Step): Promise<unknown> {
    switch (next.do) {
      case "look":
        screens[next.by] = await view(next.by);
        return;
      case "refresh":
        screens[next.by] = await view(next.by, "/refresh");
        return;
      case "press": {
        words += 1;
        const text = next.words === "shared" ? "El mismo borrador" : `Respuesta ${words} de ${next.by}`;
        pressed.set(text, (pressed.get(text) ?? 0) + 1);
        const seen = seenOf(screens[next.by]);
        const body = { key: crypto.randomUUID(), text, files: [], ...told(seen) };
        return post(next.by, `${thread}/replies?account=${cast.sellerId}`, body, seen);
      }
      case "take_back":
      case "send_anyway": {
        const state = next.do === "take_back" ? "queued" : "held";
        const reply = screens[next.by].outbox.findLast((one) => one.state === state);
        if (reply === undefined) return;
        const seen = seenOf(screens[next.by]);
        const body = next.do === "take_back" ? { act: "cancel" } : { act: "send_anyway", ...told(seen) };
        return post(next.by, `/api/outbox/${reply.id}`, body, seen);
      }
      case "write":
        words += 1;
        return house.control(`/${next.as}/message`, { packId, text: `${next.as} ${words}` });
      case "work": {
        const worker = cast.workers[next.worker];
        if (worker === undefined) return;
        const quiet = { onLater: () => undefined };
        working.push(runOutbox(worker.rt, threadId, quiet));
        return;
      }
      case "lose_answer":
        return house.control("/faults", {
          method: "POST",
          path,
          status: 504,
          applied: next.applied,
          lateMs: 5,
        });
      case "slow_read":
        return house.control("/faults", { method: "GET", path, delayMs: next.ms });
      case "slow_send":
        return house.control("/faults", { method: "POST", path, delayMs: next.ms });
      case "pause":
        return sleep(next.ms);
    }
  }

  try {
    for (const next of steps) await take(next);
  } finally {
    // Whatever became of the steps, nobody works on when the house is closed.
    await Promise.allSettled(working);
  }
  await Promise.all(working);
  const first = cast.workers[0];
  if (first === undefined) throw new Error("nobody works");
  const rows = await workOff(house, packId, first.rt);

  const truth = Truth.parse(await house.control(`/threads/${packId}`)).messages;
  const doubles: string[] = [];
  for (const [text, presses] of pressed) {
    const count = truth.filter((message) => message.text === text).length;
    if (count > presses)
      doubles.push(`"${text}" was pressed ${presses} times and stands there ${count} times`);
  }
  const became = new Map(rows.flatMap((row) => (row.message_id === null ? [] : [[row.id, row.message_id]])));
  if (new Set(became.values()).size < became.size) doubles.push("two replies claim one message");
  for (const row of rows) {
    const message = truth.find(({ id }) => id === row.message_id);
    const seen = seenBy.get(row.id);
    if (row.state !== "sent" || message === undefined || seen === undefined) continue;
    const readAt = lastReadBefore(cast, path, message.createdAt);
    if (readAt === null) {
      doubles.push(`"${message.text}" was sent without a look at the conversation`);
      continue;
    }
    const known = new Set([...seen.messages, ...seen.replies.map((id) => became.get(id) ?? "")]);
    for (const other of truth) {
      if (other.id === message.id || known.has(other.id) || other.createdAt >= readAt) continue;
      doubles.push(`"${message.text}" answers past "${other.text}", which its sender had not seen`);
    }
  }
  return {
    sent: rows.filter(({ state }) => state === "sent").length,
    held: rows.filter(({ state }) => state === "held").length,
    doubles,
  };
}

/** When the worker that sent a message had begun its last read of the conversation ahead of it. */
function lastReadBefore({ workers }: Cast, path: string, createdAt: Date): Date | null {
  const ofThread = workers.map(({ calls }) => calls.filter((call) => call.path.startsWith(path)));
  const before = (calls: Noted[], method: string, at: Date) =>
    calls
      .filter((call) => call.method === method && call.at <= at)
      .reduce<Date | null>((last, call) => (last === null || call.at > last ? call.at : last), null);
  const sends = ofThread.map((calls) => before(calls, "POST", createdAt));
  const sender = sends.reduce<number>(
    (best, at, index) => (at !== null && (best === -1 || at > (sends[best] ?? new Date(0))) ? index : best),
    -1,
  );
  const sentAt = sends[sender];
  return sentAt === null || sentAt === undefined ? null : before(ofThread[sender] ?? [], "GET", sentAt);
}
