import "server-only";
import type { Session } from "@/lib/server/accounts/current-session";
import { scopeOf } from "@/lib/server/inbox/list-inbox";
import { runtime } from "@/lib/server/runtime";
import { listClassifieds } from "@/lib/server/store/classifieds";
import { listSeries } from "@/lib/server/store/contact-series";
import { listTotals } from "@/lib/server/store/contact-totals";
import { readReading } from "@/lib/server/store/contact-wishes";
import type { ItemContactsFilter, ItemContactsView } from "@/lib/shared/api/leads";
import { AppError } from "@/lib/shared/errors";
import { choosePeriod } from "./chosen-period";
import { byKind, countedOf } from "./counted";
import { readContacts } from "./read-contacts";
import { problemView } from "./read-problem";

/** The series of a few listings with each one's own totals, read at once where they are not held.
 *  @throws AppError not_found for an account or a listing that is not the user's, invalid_input for a period that does not exist */
export async function readItemContacts(
  session: Session,
  query: ItemContactsFilter,
): Promise<ItemContactsView> {
  const rt = runtime();
  const chosen = choosePeriod(query, new Date());
  const [accountId] = scopeOf(session, query.account);
  if (accountId === undefined) throw new AppError("not_found", "not an account of this user");
  const itemIds = [...new Set(query.items.split(","))];
  const listings = new Map((await listClassifieds(rt.db, accountId)).map((one) => [one.id, one]));
  if (!itemIds.every((id) => listings.has(id))) throw new AppError("not_found", "no such listing");
  const { unit, span, period, until } = chosen;
  const total = { from: period.from, to: until };
  const isWhole = await readContacts(rt, accountId, { subjects: itemIds, unit, span, totals: [total] });
  const [blocks, totals, reading] = await Promise.all([
    listSeries(rt.db, accountId, unit, itemIds, span),
    listTotals(rt.db, accountId, itemIds, total),
    readReading(rt.db, accountId),
  ]);
  return {
    accountId,
    period: chosen.view,
    items: itemIds.map((itemId) => ({
      itemId,
      title: listings.get(itemId)?.title || null,
      kinds: byKind((kind) =>
        countedOf(
          chosen,
          blocks.filter((one) => one.itemId === itemId && one.kind === kind),
          totals.find((one) => one.itemId === itemId && one.kind === kind)?.total ?? null,
        ),
      ),
    })),
    problem: isWhole ? null : problemView(reading),
  };
}
