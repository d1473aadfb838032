import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { addTextFile } from "@/scripts/testing/belongings";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import {
  arrived,
  letTimePass,
  repliesOn,
  runOnce,
  send,
  sends,
  threadOf,
  workOff,
} from "@/scripts/testing/outbox";
import { accountState } from "@/scripts/testing/tokens";

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
    messages: [{ from: "buyer", text: "¿Cuándo llega?", minutesAgo: 20 }],
  });
  thread = `/api/threads/messages/${packId}`;
  await house.call(thread, { as: me });
});
afterAll(() => house.close());

const onSend = (order: object) =>
  house.control("/faults", { method: "POST", path: `/messages/packs/${packId}`, times: 1, ...order });
const EXPIRED = {
  status: 422,
  body: { status_code: 422, code: "unprocessable_entity", message: "Attachment key is invalid or not found" },
};
const uploads = async () =>
  (await house.calls({ method: "POST", path: "/messages/attachments", sellerId: me.accountId })).length;

it("uploads files again, once, when Mercado Libre does not know them any more", async () => {
  const file = await addTextFile(house, me, thread);
  await onSend(EXPIRED);
  await send(house, me, thread, { text: "Va la guía", files: [file] });
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent", reason: null }]);
  expect(await uploads()).toBe(2);
  expect(await arrived(house, packId)).toEqual(["Va la guía"]);
});

it("says so when they are refused a second time, and keeps text and files", async () => {
  const file = await addTextFile(house, me, thread);
  await onSend({ ...EXPIRED, times: 2 });
  await send(house, me, thread, { text: "Va la guía", files: [file] });
  expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason: "attachment_expired" }]);
  expect(await sends(house, packId)).toHaveLength(2);
  const { rows } = await house.rt.database.pool.query(
    "select count(*)::int as left from files where id = $1",
    [file],
  );
  expect(rows).toEqual([{ left: 1 }]);
});

it.each([
  ["429 with a time", { status: 429, headers: { "retry-after": "30" } }, "slow_down", 29],
  [
    "409 for a quota",
    { status: 409, body: { code: "too_many_requests", message: "quota exceeded", status: 409 } },
    "slow_down",
    0,
  ],
  ["423", { status: 423 }, "slow_down", 0],
])("sends later and once after %s", async (_name, order, reason, seconds) => {
  await onSend(order);
  await send(house, me, thread, { text: "Con calma" });
  await runOnce(house, packId);
  expect(await repliesOn(house, packId)).toMatchObject([{ state: "queued", reason }]);
  const { rows } = await house.rt.database.pool.query(
    "select extract(epoch from not_before - now())::float8 as seconds from outbox where thread_id = $1",
    [await threadOf(house, packId)],
  );
  expect(rows[0]?.seconds).toBeGreaterThan(seconds);
  // The application as a whole was told to slow down: its budget opens again.
  await house.rt.database.pool.query("delete from rate_buckets");
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  expect(await arrived(house, packId)).toEqual(["Con calma"]);
});

it("gives up for good, in words, what Mercado Libre cannot take for a quarter of an hour", async () => {
  await house.control("/faults", {
    method: "GET",
    path: `/messages/packs/${packId}`,
    times: 500,
    status: 503,
  });
  await send(house, me, thread, { text: "No hay caso" });
  await runOnce(house, packId);
  await house.rt.database.pool.query("update outbox set attempts = 12 where state = 'queued'");
  await letTimePass(house, packId);
  await runOnce(house, packId);
  expect(await repliesOn(house, packId)).toMatchObject([{ state: "failed", reason: "meli_down" }]);
  expect(await sends(house, packId)).toEqual([]);
  await house.control("/faults/clear", {});
});

it("asks for a new connection when a send is refused with 401 twice, and loses nothing", async () => {
  await onSend({
    times: 2,
    status: 401,
    body: { message: "invalid_token", error: "not_found", status: 401 },
  });
  await send(house, me, thread, { text: "Hola" });
  expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason: "account_disconnected" }]);
  expect(await accountState(house, me.accountId)).toBe("reconnect");
  expect(await arrived(house, packId)).toEqual([]);
});
