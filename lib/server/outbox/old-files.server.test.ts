import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { dropAbandonedFiles } from "@/lib/server/store/files";
import { FileSchema } from "@/lib/shared/api/thread";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { arrived, letTimePass, repliesOn, runOnce, send, workOff } from "@/scripts/testing/outbox";

const HOUR_MS = 3_600_000;

let house: House;
let me: SignedIn;
let packId: string;
let thread: string;
let file: string;

beforeAll(async () => {
  house = await createHouse();
});
beforeEach(async () => {
  await house.control("/faults/clear", {});
  const sellerId = await house.newSeller();
  me = await house.signIn(sellerId);
  packId = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "¿Me pasás la guía?", minutesAgo: 20 }],
  });
  thread = `/api/threads/messages/${packId}`;
  await house.call(thread, { as: me });
  const kept = await house.read(FileSchema, `${thread}/files?name=guia.txt`, {
    as: me,
    method: "POST",
    body: Buffer.from("guía"),
  });
  file = kept.id;
});
afterAll(() => house.close());

const advance = (hours: number) => house.control("/clock", { advanceMs: hours * HOUR_MS });
const uploads = async () =>
  (await house.calls({ method: "POST", path: "/messages/attachments", sellerId: me.accountId })).filter(
    ({ status }) => status !== 401,
  );
const sent = async () => (await house.held(packId)).messages.filter(({ author }) => author === "seller");

it("uploads again in silence what Mercado Libre has deleted after 48 hours, and sends the reply once", async () => {
  // Two days pass between the upload, which is done, and its answer: before the message is sent.
  await house.control("/faults", { method: "POST", path: "/messages/attachments", held: true });
  await send(house, me, thread, { text: "Va la guía", files: [file] });
  const done = workOff(house, packId);
  await expect.poll(async () => (await uploads()).length).toBe(1);
  await advance(49);
  await house.control("/faults/release", {});
  expect(await done).toMatchObject([{ state: "sent", reason: null }]);
  expect((await uploads()).length).toBe(2);
  const refused = await house.calls({ method: "POST", path: `/messages/packs/${packId}` });
  expect(refused.map(({ status }) => status).filter((status) => status === 422)).toHaveLength(1);
  expect(await sent()).toMatchObject([
    { text: "Va la guía", attachments: [{ originalFilename: "guia.txt" }] },
  ]);
});

it("sends a file that waited for days with a reply that nobody could take", async () => {
  await house.control("/faults", {
    method: "POST",
    path: `/messages/packs/${packId}`,
    times: 1,
    status: 429,
  });
  await send(house, me, thread, { text: "Va la guía", files: [file] });
  await runOnce(house, packId);
  expect(await repliesOn(house, packId)).toMatchObject([{ state: "queued" }]);
  await advance(72);
  await letTimePass(house, packId);
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  expect((await uploads()).length).toBe(2);
  expect(await sent()).toMatchObject([{ attachments: [{ originalFilename: "guia.txt" }] }]);
});

it("still has the file of a failed reply when a person tries again days later", async () => {
  const refusal = { message: "The conversation is blocked", code: "forbidden", status_code: 403 };
  await house.control("/faults", {
    method: "POST",
    path: `/messages/packs/${packId}`,
    times: 1,
    status: 403,
    body: refusal,
  });
  const reply = await send(house, me, thread, { text: "Va la guía", files: [file] });
  expect(await workOff(house, packId)).toMatchObject([{ state: "failed" }]);
  await advance(96);
  await house.rt.database.pool.query("update files set created_at = created_at - interval '96 hours'");
  await dropAbandonedFiles(house.rt.db, 48);
  const body = { act: "retry" };
  expect((await house.call(`/api/outbox/${reply.id}`, { as: me, method: "POST", body })).status).toBe(200);
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  expect(await arrived(house, packId)).toEqual(["Va la guía"]);
  expect(await sent()).toMatchObject([{ attachments: [{ originalFilename: "guia.txt" }] }]);
});
