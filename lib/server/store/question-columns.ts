import "server-only";
import type { Chain, Listing, QuestionBrief } from "@/lib/shared/api/question";
import { chainRank, isUnanswered, movedAt, questionBriefOf, standingOf } from "@/lib/shared/question/chain";
import type { ThreadStatus } from "@/lib/shared/thread";

/** What a chain's row holds by the chain and its listing alone. */
export interface ChainColumns {
  chain: Chain;
  brief: QuestionBrief;
  rank: number;
  status: ThreadStatus;
  substatus: string | null;
  isWaiting: boolean;
  product: string | null;
  sortAt: Date;
}

/** Derives what the list shows of a chain, and its place in it. A listing that is not known keeps nobody from answering. Pure.
 *  @param stored what the row says of the product so far */
export function chainColumns(
  chain: Chain,
  listing: Listing | null,
  stored: { product: string | null },
): ChainColumns {
  const listingStatus = listing?.status ?? null;
  return {
    chain,
    brief: questionBriefOf(chain, listingStatus),
    rank: chainRank(chain, listingStatus),
    ...standingOf(chain, listingStatus),
    isWaiting: chain.questions.some(isUnanswered),
    product: listing?.title || stored.product,
    sortAt: movedAt(chain),
  };
}

/** Up to when the questions of a chain that is stored for the first time count as seen: those that wait are new, and nothing
 *  that came after the account's first sync is ever taken for seen. Pure. */
export function chainBaseline({ questions }: Chain, firstSyncAt: Date | null): Date {
  const waiting = questions.find(isUnanswered);
  const newest = questions.at(-1)?.createdAt ?? new Date(0);
  const seenUntil = waiting === undefined ? newest : new Date(waiting.createdAt.getTime() - 1);
  return firstSyncAt !== null && seenUntil > firstSyncAt ? firstSyncAt : seenUntil;
}
