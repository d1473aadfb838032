import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import type { Runtime } from "@/lib/server/runtime";
import { saveChains } from "@/lib/server/store/save-chains";
import { readThreadById } from "@/lib/server/store/threads";
import type { ThreadId } from "@/lib/shared/ids";

/** A question is not there any more, by whomever it was deleted: what was asked stays, and waits for no answer
 *  (questions-and-contacts.md 1.3). Doing it twice changes nothing. */
export async function tombstone(
  rt: Runtime,
  ctx: Pick<AccountCtx, "accountId">,
  { id, threadId }: { id: string; threadId: ThreadId },
  readFrom: Date,
): Promise<void> {
  const thread = await readThreadById(rt.db, ctx.accountId, threadId);
  const chain = thread?.chain ?? null;
  const question = chain?.questions.find((one) => one.id === id);
  if (thread === null || chain === null || question === undefined) return;
  const { externalId, siteId, sellerId, itemId } = thread;
  const questions = [{ ...question, status: "DELETED" }];
  await saveChains(
    rt.db,
    ctx.accountId,
    [
      {
        ...{ externalId, siteId, sellerId },
        chain: { ...chain, contact: null, questions },
        messages: [],
        listingId: itemId ?? undefined,
        whole: null,
      },
    ],
    readFrom,
  );
}
