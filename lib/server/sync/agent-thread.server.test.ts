import { afterAll, beforeAll, expect, it } from "vitest";
import { withAccount } from "@/lib/server/account-context";
import { agentDueAt } from "@/lib/shared/agent-window";
import { InboxPageSchema } from "@/lib/shared/api/inbox";
import { type ThreadView, ThreadViewSchema } from "@/lib/shared/api/thread";
import { AGENTS } from "@/lib/shared/recipient";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { send, threadOf, workOff } from "@/scripts/testing/outbox";
import { pullContext } from "./pull-context";

let house: House;
let me: SignedIn;
let sellerId: string;

beforeAll(async () => {
  house = await createHouse();
  sellerId = await house.newSeller({ siteId: "MLB" });
  me = await house.signIn(sellerId);
});
afterAll(() => house.close());

const pathOf = (packId: string) => `/api/threads/messages/${packId}`;
const open = (packId: string) => house.read(ThreadViewSchema, pathOf(packId), { as: me });
const refresh = (packId: string) =>
  house.read(ThreadViewSchema, `${pathOf(packId)}/refresh`, { as: me, method: "POST" });
const dueOf = (view: ThreadView) =>
  agentDueAt(
    view.messages.map((message) => ({ ...message })),
    "MLB",
  );

it("runs a clock from the oldest unanswered message until the seller answers", async () => {
  const packId = await house.newThread(sellerId, {
    isAgent: true,
    messages: [
      { from: "buyer", text: "Chegou?", minutesAgo: 50 },
      { from: "buyer", text: "Alô?", minutesAgo: 5 },
    ],
  });
  const asked = await open(packId);
  expect(asked.hasAgent).toBe(true);
  expect(asked.row.dueAt).toEqual(dueOf(asked));
  expect(asked.row.dueAt).not.toBeNull();
  const { rows } = await house.read(InboxPageSchema, "/api/inbox", { as: me });
  expect(rows.find((row) => row.externalId === packId)?.dueAt).toEqual(asked.row.dueAt);
  // A duty with a term, among those of every channel (docs/decisions/049).
  expect(asked.row.rank).toBe(asked.row.dueAt?.getTime());

  await send(house, me, pathOf(packId), { text: "Chega hoje" });
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  expect((await open(packId)).row).toMatchObject({ dueAt: null, rank: null });
});

it("runs none where nobody stands between, and none where nobody can write", async () => {
  const message = { from: "buyer", text: "Oi", minutesAgo: 5 };
  const direct = await open(await house.newThread(sellerId, { messages: [message] }));
  expect(direct).toMatchObject({ hasAgent: false, row: { isWaiting: true, dueAt: null } });
  const blocked = await open(
    await house.newThread(sellerId, {
      isAgent: true,
      messages: [message],
      status: "blocked",
      substatus: "blocked_by_ai_assistant",
    }),
  );
  expect(blocked).toMatchObject({ hasAgent: true, row: { isWaiting: true, dueAt: null } });
});

it("knows the agent by its id where the path does not tell", async () => {
  const packId = await house.newThread(sellerId, {
    isAgent: true,
    messages: [{ from: "buyer", text: "Oi", minutesAgo: 5 }],
  });
  await house.control("/faults", {
    method: "GET",
    path: `/messages/packs/${packId}`,
    times: 1,
    status: 200,
    body: {
      paging: { limit: 100, offset: 0, total: 1 },
      conversation_status: { path: `/packs/${packId}/seller/${sellerId}`, status: "active", substatus: null },
      messages: [
        {
          id: "0199aa00bb11cc22dd33ee44ff550001",
          from: { user_id: Number(AGENTS.MLB), name: "Assistente" },
          to: { user_id: Number(sellerId) },
          status: "available",
          text: "Oi",
          message_date: { created: new Date().toISOString() },
          message_moderation: { status: "clean", reason: null },
        },
      ],
      seller_max_message_length: 350,
    },
  });
  const view = await open(packId);
  expect(view).toMatchObject({ hasAgent: true, messages: [{ author: "agent" }] });
  expect(view.row.dueAt).toEqual(dueOf(view));
  // Its name is nobody's.
  expect(view.row.buyer).toBeNull();
});

it("has the customer from the order, whatever the messages say", async () => {
  const packId = await house.newThread(sellerId, {
    isAgent: true,
    buyerName: "Mariana Souza",
    messages: [{ from: "buyer", text: "Oi", minutesAgo: 5 }],
  });
  await open(packId);
  const id = await threadOf(house, packId);
  await withAccount(house.rt, me.accountId, "open", (ctx) => pullContext(house.rt, ctx, id));
  const view = await refresh(packId);
  expect(view.row.buyer).toBe("Mariana Souza");
  const { buyerId } = await house.held(packId);
  expect(view.context?.buyer?.id).toBe(buyerId);
  const { rows } = await house.rt.database.pool.query("select buyer_id from threads where id = $1", [id]);
  expect(rows).toEqual([{ buyer_id: buyerId }]);
});
