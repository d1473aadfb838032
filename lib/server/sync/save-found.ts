import "server-only";
import { isDeepStrictEqual } from "node:util";
import type { AccountCtx, Changed, ToldQuestion } from "@/lib/server/channels/channel";
import type { Runtime } from "@/lib/server/runtime";
import { type HeldQuestion, listHeldQuestions } from "@/lib/server/store/held-questions";
import { type ReadChain, saveChains } from "@/lib/server/store/save-chains";
import type { ThreadId } from "@/lib/shared/ids";
import { chainKeyOf } from "@/lib/shared/question/chain";

/** Stores questions that a search or a notice has told of, each in its chain, at no call of their own: what did not move since
 *  it was stored is left alone. Returns the threads of those that did.
 *  @param readFrom the database's time before they were asked for */
export async function saveFound(
  rt: Runtime,
  ctx: AccountCtx,
  found: readonly Changed[],
  readFrom: Date,
): Promise<ThreadId[]> {
  const ids = found.map(({ externalId }) => externalId);
  const held = await listHeldQuestions(rt.db, ctx.accountId, ids);
  const moved = found.filter((one) => !isHeld(one, held.get(one.externalId)));
  const saved = await saveChains(rt.db, ctx.accountId, chainsOf(ctx, moved), readFrom);
  return saved.map(({ id }) => id);
}

/** Is all that was told of a question what we hold of it? */
function isHeld({ externalId, question: told }: Changed, held: HeldQuestion | undefined): boolean {
  const chain = held?.chain ?? null;
  if (told === undefined || held === undefined || chain === null) return false;
  const [state] = told.chain.questions;
  const isBuyerKnown = told.chain.buyerId === null || chain.buyerId === told.chain.buyerId;
  const isContactKnown = told.chain.contact === null || isDeepStrictEqual(chain.contact, told.chain.contact);
  return (
    isBuyerKnown &&
    isContactKnown &&
    isDeepStrictEqual(
      chain.questions.find(({ id }) => id === externalId),
      state,
    ) &&
    told.messages.every(({ id, text, textTranslated }) => {
      const words = held.words.get(id);
      return words !== undefined && words.text === text && words.textTranslated === textTranslated;
    })
  );
}

/** The chains that questions belong to, each with those of its own. */
function chainsOf(ctx: AccountCtx, found: readonly Changed[]): ReadChain[] {
  const chains = new Map<string, ReadChain>();
  for (const { externalId, sellerId, siteId, question } of found) {
    if (question === undefined) continue;
    const { itemId, buyerId } = question.chain;
    const key = chainKeyOf({ id: externalId, itemId, buyerId });
    const known = chains.get(key);
    chains.set(key, known === undefined ? made() : joined(known, question));

    function made(): ReadChain {
      return {
        ...{ externalId, chain: question?.chain ?? { itemId, buyerId, contact: null, questions: [] } },
        siteId: siteId ?? ctx.siteId,
        sellerId: sellerId ?? ctx.accountId,
        messages: question?.messages ?? [],
        listingId: question?.listingId,
        whole: null,
      };
    }
  }
  return [...chains.values()];
}

function joined(known: ReadChain, { chain, messages }: ToldQuestion): ReadChain {
  return {
    ...known,
    chain: {
      ...known.chain,
      contact: known.chain.contact ?? chain.contact,
      questions: [...known.chain.questions, ...chain.questions],
    },
    messages: [...known.messages, ...messages],
  };
}
