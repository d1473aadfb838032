import "server-only";
import { and, asc, eq, sql } from "drizzle-orm";
import type { Claim } from "@/lib/shared/api/claim";
import { isOpenClaim } from "@/lib/shared/claim/turn";
import type { AccountId } from "@/lib/shared/ids";
import { noteChanges } from "./changes";
import { claimColumns, movedAt, sameJson } from "./claim-columns";
import { reviveClaim } from "./claims";
import type { Database } from "./database";
import { threads } from "./schema";

/** A claim as a search tells of it. */
export interface FoundClaim {
  claim: Claim;
  buyerId: string | null;
}

/** Locked in one go. */
const AT_ONCE = 100;

/** Puts claims that a search has told of in their place in the list, before they are read: stage, whose turn, time left.
 *  What was read of one stays, and what is held of a later moment. Only of those that have a row. */
export async function saveFound(
  db: Database,
  accountId: AccountId,
  found: readonly FoundClaim[],
): Promise<void> {
  for (let from = 0; from < found.length; from += AT_ONCE) {
    await saveSome(db, accountId, found.slice(from, from + AT_ONCE));
  }
}

async function saveSome(db: Database, accountId: AccountId, found: readonly FoundClaim[]): Promise<void> {
  const byId = new Map(found.map((one) => [one.claim.id, one]));
  await db.transaction(async (tx) => {
    const rows = await tx
      .select()
      .from(threads)
      .where(
        and(
          eq(threads.accountId, accountId),
          eq(threads.channel, "claims"),
          sql`${threads.externalId} = any(${sql.param([...byId.keys()])}::text[])`,
        ),
      )
      // The order of every statement that takes several rows (hintThreads): no two wait for each other.
      .orderBy(asc(threads.externalId))
      .for("update");
    const changed = [];
    for (const row of rows) {
      const one = byId.get(row.externalId);
      const next = one === undefined ? null : nextOf(row, one);
      if (next === null || isHeld(next, row)) continue;
      await tx.update(threads).set(next).where(eq(threads.id, row.id));
      changed.push(row.id);
    }
    await noteChanges(tx, accountId, changed);
  });
}

type Row = typeof threads.$inferSelect;

/** The row with what was found. Null: what is held is as new. */
function nextOf(row: Row, { claim: told, buyerId }: FoundClaim) {
  const held = reviveClaim(row.claim);
  const isRead = row.pulledAt !== null;
  const isNewer =
    held === null || (isRead ? told.updatedAt > held.updatedAt : told.updatedAt >= held.updatedAt);
  if (!isNewer) return null;
  const claim = held !== null && isRead ? movedOf(told, held) : told;
  const isOpen = isOpenClaim(claim);
  return {
    status: isOpen ? ("open" as const) : ("closed" as const),
    substatus: isOpen ? null : (claim.resolution?.reason ?? null),
    ...claimColumns(claim, { orderId: orderOf(claim), buyerId }, row, row, new Date()),
    ...(isRead ? {} : { sortAt: movedAt(claim, row) }),
  };
}

/** What was read of a claim, moved to where it stands now. It keeps the date of its read, so that it is read again. An open
 *  claim without actions may hold some all the same (claims.md 12.4). */
function movedOf(told: Claim, held: Claim): Claim {
  const { status, stage, type, reasonId, others, resolution } = told;
  const isKnown = told.actions.length > 0 || !isOpenClaim(told);
  return {
    ...held,
    ...{ status, stage, type, reasonId, others, resolution },
    ...(isKnown ? { actions: told.actions, isActionsUnsure: false } : { isActionsUnsure: true }),
  };
}

const isHeld = (next: object, row: Row) => sameJson({ ...row, ...next }, JSON.parse(JSON.stringify(row)));

/** The order that a claim is about, where it names one (claims.md 12.7). */
const orderOf = ({ resource, resourceId }: Claim) =>
  resource === "order" && resourceId !== "" ? resourceId : null;
