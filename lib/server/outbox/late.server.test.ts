import { afterAll, beforeAll, expect, it } from "vitest";
import { withAccount } from "@/lib/server/account-context";
import { sendMessage } from "@/lib/server/mercadolibre/messages";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import { createHouse, type House } from "@/scripts/testing/house";
import { arrived, repliesOn, send, sends, workOff } from "@/scripts/testing/outbox";

let house: House;
beforeAll(async () => {
  house = await createHouse();
});
afterAll(() => house.close());

it("finds a given-up reply when its message shows up after all", async () => {
  const sellerId = await house.newSeller();
  const me = await house.signIn(sellerId);
  const packId = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "¿Cuándo llega?", minutesAgo: 20 }],
  });
  const thread = `/api/threads/messages/${packId}`;
  const held = await house.held(packId);
  await house.call(thread, { as: me });
  await house.control("/faults", {
    method: "POST",
    path: `/messages/packs/${packId}`,
    times: 1,
    status: 504,
  });
  await send(house, me, thread, { text: "Mañana" });
  expect(await workOff(house, packId)).toMatchObject([{ state: "uncertain" }]);

  // What Mercado Libre had kept to itself appears, after we stopped looking.
  await withAccount(house.rt, me.accountId, "reply", ({ meli }) =>
    sendMessage(meli, { packId, sellerId, toUserId: held.buyerId, text: "Mañana", attachments: [] }),
  );
  expect((await house.call(`${thread}/refresh`, { as: me, method: "POST" })).status).toBe(200);
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  expect(await arrived(house, packId)).toEqual(["Mañana"]);
  expect(await sends(house, packId)).toHaveLength(2);
});

it("finds the message of a first try before it sends a third one, though the second was refused", async () => {
  const sellerId = await house.newSeller();
  const me = await house.signIn(sellerId);
  const packId = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "¿Cuándo llega?", minutesAgo: 20 }],
  });
  const thread = `/api/threads/messages/${packId}`;
  const held = await house.held(packId);
  await house.call(thread, { as: me });
  const answers = (order: object) =>
    house.control("/faults", { method: "POST", path: `/messages/packs/${packId}`, times: 1, ...order });
  const retry = async (id: string) => {
    const { messages } = await house.read(ThreadViewSchema, thread, { as: me });
    // The person has all of it before their eyes.
    const seen = { messages: messages.map((message) => message.id), replies: [id] };
    await house.call(`/api/outbox/${id}`, { as: me, method: "POST", body: { act: "retry", seen } });
    return workOff(house, packId);
  };
  await answers({ status: 504 });
  const { id } = await send(house, me, thread, { text: "Mañana" });
  expect(await workOff(house, packId)).toMatchObject([{ state: "uncertain" }]);
  const message = "blocked_by_mediation";
  await answers({ status: 403, body: { status_code: 403, code: "forbidden", message } });
  expect(await retry(id)).toMatchObject([{ state: "failed", reason: message }]);

  // What Mercado Libre had kept to itself appears, after the second try.
  await withAccount(house.rt, me.accountId, "reply", ({ meli }) =>
    sendMessage(meli, { packId, sellerId, toUserId: held.buyerId, text: "Mañana", attachments: [] }),
  );
  await house.call(`${thread}/refresh`, { as: me, method: "POST" });
  expect(await retry(id)).toMatchObject([{ state: "sent" }]);
  expect(await arrived(house, packId)).toEqual(["Mañana"]);
});

it("asks the order for the buyer where nobody has written yet", async () => {
  const sellerId = await house.newSeller();
  const me = await house.signIn(sellerId);
  const packId = await house.newThread(sellerId, { soldDaysAgo: 2 });
  const thread = `/api/threads/messages/${packId}`;
  await house.call(thread, { as: me });
  await send(house, me, thread, { text: "Gracias por su compra" });
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  expect(await arrived(house, packId)).toEqual(["Gracias por su compra"]);
  expect(await repliesOn(house, packId)).toHaveLength(1);
});
