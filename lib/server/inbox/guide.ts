import "server-only";
import { withAccount } from "@/lib/server/account-context";
import type { Session } from "@/lib/server/accounts/current-session";
import { fromThread, hasGuide, readGuide } from "@/lib/server/outbox/guide";
import { runtime } from "@/lib/server/runtime";
import type { GuideView } from "@/lib/shared/api/thread";
import { AppError } from "@/lib/shared/errors";
import { requireThread, type ThreadAddress } from "./find-thread";

/** How the conversation may be begun now: a live read where its state asks for a reason, else what its state says.
 *  Marks nothing read and sends nothing.
 *  @throws AppError not_found, account_disconnected, slow_down (also while another request holds the sale), meli_down */
export async function guideOf(session: Session, address: ThreadAddress): Promise<GuideView> {
  const rt = runtime();
  const thread = await requireThread(session, address);
  if (thread.accountState !== "connected") throw new AppError("account_disconnected", "not connected");
  if (!hasGuide(thread)) return fromThread(thread);
  return withAccount(rt, thread.accountId, "open", (ctx) => readGuide(rt, ctx, thread));
}
