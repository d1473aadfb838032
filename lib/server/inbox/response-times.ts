import "server-only";
import { withAccount } from "@/lib/server/account-context";
import type { Session } from "@/lib/server/accounts/current-session";
import { type ResponseTime, readResponseTime } from "@/lib/server/mercadolibre/response-time";
import { runtime } from "@/lib/server/runtime";
import { type AnswerTime, readAnswerTime, saveAnswerTime } from "@/lib/server/store/account-facts";
import type { ResponseTimesView } from "@/lib/shared/api/question";
import type { AccountId } from "@/lib/shared/ids";

/** Mercado Libre counts it anew once a day (questions-and-contacts.md 1.5). */
const FRESH_MS = 24 * 3_600_000;

/** How long the user's accounts take to answer, as Mercado Libre counts: each asked for once a day. Of an account that cannot be
 *  asked for now, what was read last. */
export async function readResponseTimes(session: Session): Promise<ResponseTimesView> {
  return { accounts: await Promise.all(session.accountIds.map(timeOf)) };
}

async function timeOf(accountId: AccountId): Promise<ResponseTimesView["accounts"][number]> {
  const rt = runtime();
  const held = await readAnswerTime(rt.db, accountId);
  if (held !== null && Date.now() - held.readAt.getTime() < FRESH_MS) {
    return { accountId, time: held.value, readAt: held.readAt };
  }
  try {
    const read = await withAccount(rt, accountId, "open", (ctx) => readResponseTime(ctx.meli, accountId));
    await saveAnswerTime(rt.db, accountId, shownOf(read));
  } catch (error) {
    rt.log.info({ err: error, accountId }, "the response time could not be read");
  }
  const known = await readAnswerTime(rt.db, accountId);
  return { accountId, time: known?.value ?? null, readAt: known?.readAt ?? null };
}

function shownOf(read: ResponseTime | null): AnswerTime {
  if (read === null) return null;
  const { total, weekdaysWorking, weekdaysExtra, weekend } = read;
  return { totalMinutes: total.minutes, weekdaysWorking, weekdaysExtra, weekend };
}
