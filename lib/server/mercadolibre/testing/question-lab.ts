import { z } from "zod";
import { type Connected, createLab, type PROFILES } from "@/lib/server/mercadolibre/testing/lab";

/** Each spelling of questions that the documents leave open, as the sandbox can be set to speak it
 *  (questions-and-contacts.md 8, 9). */
export const QUESTION_SPELLINGS: object[] = [
  {},
  {
    questionItemFilter: "item",
    questionStatusCase: "lower",
    questionStatusFilter: "upper",
    questionByIdBuyer: "both",
    questionSpamField: "absent",
    questionScanEnd: "empty_page",
    questionHiddenBody: "questions_ids",
    questionHiddenStatus: 204,
    questionGlobalSeller: "local",
    questionGlobalSellerZero: false,
    answerStatus: 200,
    blockedBuyersAt: "blacklist",
    unblockStatus: 204,
  },
  {
    questionItemFilter: "item_id",
    questionByIdBuyer: "from",
    questionHiddenBody: "question_ids",
    questionMaxLimit: 20,
    answerTextError: "bad_request",
    blockedBuyersAt: "blacklist",
    blockedBuyersElse: 403,
  },
  { blockedBuyersAt: "block_api", questionFromWithSeller: "works" },
];

const Asked = z.looseObject({
  id: z.string(),
  itemId: z.string(),
  cbtItemId: z.nullable(z.string()),
  localSellerId: z.string(),
  siteId: z.string(),
  buyerId: z.string(),
  status: z.string(),
  isHidden: z.boolean(),
});
export type Asked = z.infer<typeof Asked>;

const Listed = z.looseObject({ id: z.string(), cbtId: z.nullable(z.string()) });

export type QuestionShop = Awaited<ReturnType<typeof questionShop>>;

/** A sandbox with one seller who has one listing, and the seller's client. */
export async function questionShop(
  sandbox: Parameters<typeof createLab>[0],
  profile: (typeof PROFILES)[number],
  o: { settings?: object; listing?: object } = {},
) {
  const lab = createLab(sandbox);
  await lab.control("/settings", { answerModerationMs: null, ...o.settings });
  const sellerId = await lab.newSeller(profile);
  const newListing = async (listing: object) =>
    Listed.parse(await lab.control("/items", { sellerId, listing: { title: "Auriculares", ...listing } }));
  const listing = await newListing(o.listing ?? {});
  const one: Connected = await lab.connect(sellerId, profile);
  return {
    one,
    meli: one.meli,
    sellerId,
    control: lab.control,
    newListing,
    /** As the account's own protocol names it. */
    itemId: listing.cbtId ?? listing.id,
    localItemId: listing.id,
    ask: async (seed: object = {}) =>
      Asked.parse(
        await lab.control("/questions/ask", { sellerId, itemId: listing.id, text: "¿Hay stock?", ...seed }),
      ),
    held: async (id: string) => Asked.parse(await lab.control(`/questions/${id}`)),
  };
}
