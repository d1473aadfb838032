import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { send, sends, workOff } from "@/scripts/testing/outbox";

/** A word that the simulator's moderation rejects (messages.md 7). */
const RUDE = "No sea boludo";
const REASON = "OUT_OF_PLACE_LANGUAGE";
const DELAY_MS = 60_000;

let house: House;
let me: SignedIn;
let packId: string;
let thread: string;

beforeAll(async () => {
  house = await createHouse();
});
beforeEach(async () => {
  const sellerId = await house.newSeller();
  me = await house.signIn(sellerId);
  packId = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "¿Y mi pedido?", minutesAgo: 20 }],
  });
  thread = `/api/threads/messages/${packId}`;
  await house.call(thread, { as: me });
});
afterAll(() => house.close());

const moderates = (moderationTiming: string) =>
  house.control("/settings", { moderationTiming, moderationDelayMs: DELAY_MS });
/** Mercado Libre takes its time, and then somebody looks again. */
const later = async () => {
  await house.control("/clock", { advanceMs: DELAY_MS + 1_000 });
  return house.read(ThreadViewSchema, `${thread}/refresh`, { as: me, method: "POST" });
};

it.each(["at_once", "next_read"])("shows a rejected reply with its reason (%s)", async (timing) => {
  await moderates(timing);
  await send(house, me, thread, { text: RUDE });
  expect(await workOff(house, packId)).toMatchObject([{ state: "rejected", reason: REASON }]);
  const view = await house.read(ThreadViewSchema, thread, { as: me });
  expect(view.outbox).toMatchObject([{ state: "rejected", reason: REASON, canRetry: false }]);
  // Nobody saw it: the buyer still waits.
  expect(view.row).toMatchObject({ isWaiting: true, outbox: "rejected", snippet: "¿Y mi pedido?" });
  expect(view.messages.at(-1)).toMatchObject({ text: RUDE, visibility: "rejected", reason: REASON });
  expect(await sends(house, packId)).toHaveLength(1);
});

it("says that a reply is in moderation, and follows what becomes of it", async () => {
  await moderates("pending");
  await send(house, me, thread, { text: RUDE });
  expect(await workOff(house, packId)).toMatchObject([{ state: "moderation" }]);
  const view = await later();
  expect(view.outbox).toMatchObject([{ state: "rejected", reason: REASON }]);
  expect(view.row.outbox).toBe("rejected");
});

it("calls a pending reply sent once moderation lets it through", async () => {
  await moderates("pending");
  await send(house, me, thread, { text: "Sale hoy" });
  const [row] = await workOff(house, packId);
  expect(row?.state).toBe("moderation");
  const view = await later();
  expect(view.outbox).toMatchObject([{ state: "sent", reason: null }]);
  expect(view.row).toMatchObject({ outbox: null, isWaiting: false });
});

it("takes back that a reply was sent when moderation comes late", async () => {
  await moderates("after_clean");
  await send(house, me, thread, { text: RUDE });
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  expect((await house.read(ThreadViewSchema, thread, { as: me })).row.isWaiting).toBe(false);
  const view = await later();
  expect(view.outbox).toMatchObject([{ state: "rejected", reason: REASON }]);
  expect(view.row).toMatchObject({ isWaiting: true, outbox: "rejected" });
});
