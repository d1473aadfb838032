import "server-only";
import { withAccount } from "@/lib/server/account-context";
import { readMissedFeeds } from "@/lib/server/mercadolibre/missed-feeds";
import { readNotice } from "@/lib/server/mercadolibre/notifications";
import { count } from "@/lib/server/metrics/count";
import type { Runtime } from "@/lib/server/runtime";
import { listConnected } from "@/lib/server/store/notice-counts";
import { insertNotices, type NewNotice } from "@/lib/server/store/notices";
import { AppError } from "@/lib/shared/errors";

/** Asks Mercado Libre for what it could not deliver, and takes it in as if it had come. Whose token it wants is not
 *  documented (notifications.md 11): the next account asks when one is refused. Returns how many entries there were.
 *  Doing it twice stores nothing twice. @throws what the last account was refused with */
export async function takeMissedFeeds(rt: Runtime): Promise<number> {
  let refusal: unknown = null;
  for (const accountId of await listConnected(rt.db)) {
    try {
      return await withAccount(rt, accountId, "reconcile", async (ctx) => {
        let found = 0;
        for await (const entries of readMissedFeeds(ctx.meli, rt.env.meli.clientId)) {
          found += entries.length;
          const stored = await insertNotices(
            rt.db,
            entries.flatMap((entry) => newNotice(rt, entry)),
          );
          if (stored > 0) count("missed_feeds", {}, stored);
        }
        return found;
      });
    } catch (error) {
      if (!isThisAccounts(error)) throw error;
      refusal ??= error;
    }
  }
  if (refusal !== null) throw refusal;
  return 0;
}

function newNotice(rt: Runtime, entry: unknown): NewNotice[] {
  const read = readNotice(entry, rt.env.meli.clientId);
  return read.kind === "notice" ? [{ ...read.notice, source: "missed" }] : [];
}

/** Would another account's token be answered? */
function isThisAccounts(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  return ["account_disconnected", "not_available", "refused_by_meli", "not_found"].includes(error.code);
}
