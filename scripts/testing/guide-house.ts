import type { z } from "zod";
import { syncAccount } from "@/lib/server/sync/sync-account";
import { GuideSchema, OutboxSchema, ThreadViewSchema } from "@/lib/shared/api/thread";
import { createHouse, type House, type SignedIn } from "./house";

/** What tests of beginning a conversation do (messages.md 3): open a sale that asks for a reason, choose one, look. */

export const LIMITED = "blocked_by_conversation_initiated_by_seller_limited";
export const VARIANTS = "TEMPLATE___REQUEST_VARIANTS___1";
export const PROMISE = "TEMPLATE___DELIVERY_PROMISE___1";
export const other = { optionId: "OTHER", templateId: null, vars: [] };
export const variants = { optionId: "REQUEST_VARIANTS", templateId: VARIANTS, vars: [] };
export const promise = (from: number, to: number) => ({
  optionId: "DELIVERY_PROMISE",
  templateId: PROMISE,
  vars: [
    { id: `${PROMISE}___VAR___LIMIT`, value: to },
    { id: `${PROMISE}___VAR___INIT`, value: from },
  ],
});

/** One sale in a seller's hands. */
export interface Sale {
  owner: SignedIn;
  packId: string;
  thread: string;
  guide(): Promise<z.infer<typeof GuideSchema>>;
  view(): Promise<z.infer<typeof ThreadViewSchema>>;
  /** `POST .../replies`, whatever comes of it. */
  post(body: object): Promise<Response>;
  /** The same, well taken. @throws Error when it is not */
  begin(body: object): Promise<z.infer<typeof OutboxSchema>>;
  /** What reached the guide's one door that sends. */
  begun(): ReturnType<House["calls"]>;
  /** What happens at that door next. */
  onBegin(order: object): Promise<unknown>;
  moves(status: string, substatus: string | null): Promise<unknown>;
}

export interface GuideHouse {
  house: House;
  me: SignedIn;
  /** A sale that asks for a reason, unless said otherwise, opened by its seller. */
  open(seed?: object): Promise<Sale>;
  /** A sale of a new seller, known from the list of sales, that nobody has written on: its conversation answers with this
   *  until somebody does (messages.md 2.1). */
  openUnshown(status: "403" | "404", seed?: object, seller?: object): Promise<Sale>;
}

/** A house with one seller, whose replies leave at once. */
export async function createGuideHouse(): Promise<GuideHouse> {
  const house = await createHouse();
  const me = await house.signIn(await house.newSeller());
  const hurry = () => house.rt.database.pool.query("update users set undo_seconds = 0");
  await hurry();
  return {
    house,
    me,
    open: (seed = {}) => open(house, me, seed),
    async openUnshown(emptyPack, seed = {}, seller = {}) {
      const sellerId = await house.newSeller(seller);
      await house.control("/settings", { emptyPack });
      const packId = await house.newThread(sellerId, { status: "blocked", substatus: LIMITED, ...seed });
      const owner = await house.signIn(sellerId);
      await hurry();
      await syncAccount(house.rt, owner.accountId, new AbortController().signal);
      return saleOf(house, owner, packId);
    },
  };
}

async function open(house: House, me: SignedIn, seed: object): Promise<Sale> {
  const packId = await house.newThread(me.accountId, { status: "blocked", substatus: LIMITED, ...seed });
  await house.call(`/api/threads/messages/${packId}`, { as: me });
  return saleOf(house, me, packId);
}

function saleOf(house: House, me: SignedIn, packId: string): Sale {
  const thread = `/api/threads/messages/${packId}`;
  const door = `/messages/action_guide/packs/${packId}/option`;
  const post = (body: object) =>
    house.call(`${thread}/replies`, {
      as: me,
      method: "POST",
      body: { key: crypto.randomUUID(), text: "", files: [], ...body },
    });
  return {
    owner: me,
    packId,
    thread,
    post,
    guide: () => house.read(GuideSchema, `${thread}/guide`, { as: me }),
    view: () => house.read(ThreadViewSchema, thread, { as: me }),
    async begin(body) {
      const answer = await post(body);
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      return OutboxSchema.parse(await answer.json());
    },
    begun: () => house.calls({ method: "POST", path: door }),
    onBegin: (order) => house.control("/faults", { method: "POST", path: door, times: 1, ...order }),
    moves: (status, substatus) => house.control(`/threads/${packId}/state`, { status, substatus }),
  };
}
