import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import type { ThreadContext } from "@/lib/shared/thread";
import { noteChange } from "./changes";
import type { Database } from "./database";
import { threads } from "./schema";

/** Keeps the sale around a conversation, as it was at `readFrom`: what moves later makes it worth another read. */
export async function saveContext(
  db: Database,
  accountId: AccountId,
  id: ThreadId,
  context: ThreadContext,
  /** The database's time before the sale was asked for. */
  readFrom: Date,
  /** Claims: the conversation of the sale, where it is known. */
  packId: string | null = null,
): Promise<void> {
  const { order, buyer, shipment } = context;
  await db.transaction(async (tx) => {
    await tx
      .update(threads)
      .set({
        context,
        contextAt: readFrom,
        ...(packId === null ? {} : { packId }),
        ...(order === null
          ? {}
          : {
              orderId: order.id,
              product: productOf(order.items),
              saleAt: order.createdAt,
              // A claim stands where it moved last, not where its sale was made.
              sortAt: sql`case when ${threads.channel} = 'claims' then ${threads.sortAt}
                else coalesce(${threads.lastMessageAt}, ${order.createdAt.toISOString()}::timestamptz) end`,
            }),
        ...(buyer === null
          ? {}
          : {
              buyerId: buyer.id,
              // Messages may have told a name meanwhile; an order that tells none takes none away.
              buyerName: sql`coalesce(${buyer.name}::text, ${threads.buyerName}, ${buyer.nickname}::text)`,
            }),
        ...(shipment === null ? {} : { shipmentId: shipment.id }),
      })
      .where(and(eq(threads.accountId, accountId), eq(threads.id, id)));
    await noteChange(tx, accountId, { threadId: id });
  });
}

/** The sale could not be read just now: the backfill goes on without it. */
export async function skipContext(db: Database, accountId: AccountId, id: ThreadId): Promise<void> {
  await db
    .update(threads)
    .set({ contextAt: sql`now()` })
    .where(and(eq(threads.accountId, accountId), eq(threads.id, id)));
}

/** The first product's title, and how many more there are. */
function productOf(items: readonly { title: string }[]): string | null {
  const [first, ...more] = items;
  if (first === undefined) return null;
  return more.length === 0 ? first.title : `${first.title} +${more.length}`;
}

/** jsonb has no dates: gives a stored context its instants back. */
export function reviveContext(stored: ThreadContext | null): ThreadContext | null {
  if (stored === null) return null;
  const date = (value: Date | string | null) => (value === null ? null : new Date(value));
  return {
    order: stored.order && { ...stored.order, createdAt: new Date(stored.order.createdAt) },
    buyer: stored.buyer,
    shipment: stored.shipment && {
      ...stored.shipment,
      estimatedAt: date(stored.shipment.estimatedAt),
      updatedAt: date(stored.shipment.updatedAt),
      steps: stored.shipment.steps.map((step) => ({ ...step, at: new Date(step.at) })),
    },
  };
}
