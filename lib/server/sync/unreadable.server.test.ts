import { afterAll, beforeAll, expect, it } from "vitest";
import { withAccount } from "@/lib/server/account-context";
import { sendMessage } from "@/lib/server/mercadolibre/messages";
import { listInboxRows } from "@/lib/server/store/inbox";
import { readSync } from "@/lib/server/store/syncs";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { sweepUnread } from "./sweep-unread";
import { syncAccount } from "./sync-account";

let house: House;
beforeAll(async () => {
  house = await createHouse();
});
afterAll(() => house.close());

const signal = new AbortController().signal;
const sweep = ({ accountId }: SignedIn) =>
  withAccount(house.rt, accountId, "reconcile", (ctx) => sweepUnread(house.rt, ctx));
const rowOf = async ({ userId, accountId }: SignedIn, packId: string) => {
  const scope = { userId, accountIds: [accountId], channel: null, state: null };
  const { rows } = await listInboxRows(house.rt.database.pool, scope, null, 100);
  return rows.find((row) => row.externalId === packId);
};
const waiting = (text: string, minutesAgo: number) => ({
  messages: [{ from: "buyer", text, minutesAgo, unread: true }],
});
const breakReads = (packId: string, answer: object, times = 50) =>
  house.control("/faults", { method: "GET", path: `/messages/packs/${packId}/`, times, ...answer });
const retryNow = () =>
  house.rt.database.pool.query("update threads set pull_wanted_at = now() where pull_failures > 0");

it.each([
  ["answers 400", { status: 400, body: { message: "Invalid", status: 400 } }],
  ["makes no sense", { status: 200, body: "<html>", contentType: "text/html" }],
])("reads all others when one conversation %s, and that one later", async (_name, answer) => {
  const sellerId = await house.newSeller();
  const bad = await house.newThread(sellerId, waiting("Ésta no", 5));
  const good = await house.newThread(sellerId, waiting("Ésta sí", 10));
  const me = await house.signIn(sellerId);
  await breakReads(bad, answer);

  await syncAccount(house.rt, me.accountId, signal);
  expect((await readSync(house.rt.db, me.accountId))?.backfillAt).not.toBeNull();
  expect(await rowOf(me, good)).toMatchObject({ snippet: "Ésta sí", newCount: 1 });
  expect(await rowOf(me, bad)).toMatchObject({ snippet: null });

  await house.control("/faults/clear", {});
  await retryNow();
  await sweep(me);
  expect(await rowOf(me, bad)).toMatchObject({ snippet: "Ésta no", isWaiting: true });
});

it("does not take a message for read whose first read failed", async () => {
  const sellerId = await house.newSeller();
  const packId = await house.newThread(sellerId, waiting("Uno", 30));
  const me = await house.signIn(sellerId);
  await syncAccount(house.rt, me.accountId, signal);
  await house.control("/buyer/message", { packId, text: "Dos" });
  await breakReads(packId, { status: 400, body: { message: "Invalid", status: 400 } }, 1);
  await sweep(me);
  expect(await rowOf(me, packId)).toMatchObject({ snippet: "Uno" });
  await retryNow();
  await sweep(me);
  expect(await rowOf(me, packId)).toMatchObject({ snippet: "Dos" });
});

it("sees that a conversation was read and answered elsewhere", async () => {
  const sellerId = await house.newSeller();
  const packId = await house.newThread(sellerId, waiting("¿Llega hoy?", 30));
  const me = await house.signIn(sellerId);
  await syncAccount(house.rt, me.accountId, signal);
  expect(await rowOf(me, packId)).toMatchObject({ isWaiting: true, meliUnread: 1 });
  const { buyerId } = await house.held(packId);
  await withAccount(house.rt, me.accountId, "reply", ({ meli }) =>
    sendMessage(meli, { packId, sellerId, toUserId: buyerId, text: "Sí, hoy.", attachments: [] }),
  );
  const { accessToken } = await tokenOf(me);
  await fetch(`${house.apiUrl}/messages/packs/${packId}/sellers/${sellerId}?tag=post_sale`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  await sweep(me);
  expect(await rowOf(me, packId)).toMatchObject({ isWaiting: false, meliUnread: 0, snippet: "Sí, hoy." });
});

const tokenOf = async ({ accountId }: SignedIn) => ({ accessToken: await house.rt.vault.access(accountId) });
