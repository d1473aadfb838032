import "server-only";
import { withAccount } from "@/lib/server/account-context";
import { channelOf } from "@/lib/server/channels/channels";
import type { Runtime } from "@/lib/server/runtime";
import { readHeld, saveOlder } from "@/lib/server/store/held";
import type { StoredThread } from "@/lib/server/store/threads";

/** Reads and stores a page of messages that are older than all we hold of a conversation. Never marks them read.
 *  @returns whether we now hold its oldest. @throws MeliError, AppError: may be tried again */
export async function pullOlder(rt: Runtime, thread: StoredThread): Promise<{ isComplete: boolean }> {
  const { accountId, channel, externalId } = thread;
  const { older } = channelOf(channel);
  const held = await readHeld(rt.db, accountId, channel, externalId, 0);
  if (older === undefined || held === null || held.isComplete) return { isComplete: true };
  const read = await withAccount(rt, accountId, "open", (ctx) => older(ctx, thread, held));
  await saveOlder(rt.db, accountId, thread.id, read);
  return { isComplete: read.isComplete };
}
