import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { withAccount } from "@/lib/server/account-context";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { readContactTotal } from "@/lib/server/mercadolibre/contacts";
import type { Runtime } from "@/lib/server/runtime";
import { FRESH_MIN } from "@/lib/server/store/bucket-index";
import { listSeries, OWN, type Span } from "@/lib/server/store/contact-series";
import { listTotals, saveTotal } from "@/lib/server/store/contact-totals";
import { endReading, readReading } from "@/lib/server/store/contact-wishes";
import { inParallel } from "@/lib/server/sync/in-parallel";
import { CONTACT_KINDS, type ContactKind } from "@/lib/shared/api/leads";
import type { Unit } from "@/lib/shared/contacts/buckets";
import type { AccountId } from "@/lib/shared/ids";
import { problemOf } from "./read-problem";
import { MOST_BUCKETS, readSeries } from "./read-series";
import { holdReading } from "./reading-lease";
import { asksOf, groupsOf, staleOf, withGaps } from "./stale-buckets";

/** What a screen needs at once: few series, and their totals. */
export interface Wanted {
  /** Listings; OWN: the account itself. */
  subjects: readonly string[];
  unit: Unit;
  span: Span;
  /** Periods whose totals are wanted. */
  totals: readonly { from: Date; to: Date }[];
}

/** How long a request waits for another one that reads the same. */
const WAIT_MS = 6_000;
const AT_ONCE = 4;
/** A total is final when it was told an hour after its period ended, as a bucket is. */
const SETTLES_MS = 3_600_000;

type Task = (ctx: AccountCtx) => Promise<void>;

/** Reads what is wanted and not held, in the lane of a person who waits; whatever is held costs nothing. Of several requests one
 *  reads. Never throws for Mercado Libre: the problem is kept (readReading), and asked again only when that makes sense.
 *  Returns whether all of it is held now. */
export async function readContacts(rt: Runtime, accountId: AccountId, wanted: Wanted): Promise<boolean> {
  const until = Date.now() + WAIT_MS;
  for (;;) {
    const tasks = await tasksFor(rt, accountId, wanted, new Date());
    if (tasks.length === 0) return true;
    const reading = await readReading(rt.db, accountId);
    if (reading?.retryAt != null && reading.retryAt > new Date()) return false;
    const letGo = await holdReading(rt, accountId);
    if (letGo !== null) {
      // A person sees what is held meanwhile: what is read goes on, and the next look finds it.
      const late = pause(Math.max(0, until - Date.now()), false);
      return await Promise.race([work(rt, accountId, tasks).finally(letGo), late]);
    }
    if (Date.now() > until) return false;
    await pause(100);
  }
}

async function work(rt: Runtime, accountId: AccountId, tasks: readonly Task[]): Promise<boolean> {
  try {
    await withAccount(rt, accountId, "open", (ctx) => inParallel(AT_ONCE, tasks, (task) => task(ctx)));
    await endReading(rt.db, accountId, null);
    return true;
  } catch (error) {
    const problem = problemOf(error);
    rt.log.info({ err: error, accountId }, "contacts could not be read");
    await endReading(rt.db, accountId, problem);
    return false;
  }
}

async function tasksFor(rt: Runtime, accountId: AccountId, wanted: Wanted, now: Date): Promise<Task[]> {
  const { subjects, unit, span } = wanted;
  const series = subjects.flatMap((itemId) => CONTACT_KINDS.map((kind) => ({ itemId, kind })));
  const blocks = await listSeries(rt.db, accountId, unit, subjects, span);
  const stale = staleOf(withGaps(blocks, series, span), unit, span, now);
  const ofSeries = groupsOf(stale).flatMap(({ kind, itemIds, indices }) =>
    asksOf(indices, unit, MOST_BUCKETS, now).map(
      (ask): Task =>
        (ctx) =>
          readSeries(rt, ctx, { kind, itemIds, unit, ask }),
    ),
  );
  const ofTotals = await Promise.all(
    wanted.totals.map((period) => totalTasks(rt, accountId, subjects, period, now)),
  );
  return [...ofSeries, ...ofTotals.flat()];
}

async function totalTasks(
  rt: Runtime,
  accountId: AccountId,
  subjects: readonly string[],
  period: { from: Date; to: Date },
  now: Date,
): Promise<Task[]> {
  if (period.to <= period.from) return [];
  const held = await listTotals(rt.db, accountId, subjects, period);
  const isHeld = (itemId: string, kind: ContactKind) =>
    held.some(
      (one) =>
        one.itemId === itemId &&
        one.kind === kind &&
        (one.readAt.getTime() >= period.to.getTime() + SETTLES_MS ||
          now.getTime() - one.readAt.getTime() < FRESH_MIN * 60_000),
    );
  return subjects.flatMap((itemId) =>
    CONTACT_KINDS.filter((kind) => !isHeld(itemId, kind)).map(
      (kind): Task =>
        async (ctx) => {
          const subject = itemId === OWN ? { userId: ctx.accountId } : { itemId };
          const { total } = await readContactTotal(ctx.meli, kind, subject, period);
          await saveTotal(rt.db, accountId, { itemId, kind, ...period }, total);
        },
    ),
  );
}
