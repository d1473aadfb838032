import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { syncAccount } from "@/lib/server/sync/sync-account";
import { FileSchema, ThreadViewSchema } from "@/lib/shared/api/thread";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { arrived, repliesOn, runOnce, send, sends, workOff } from "@/scripts/testing/outbox";

let house: House;
let me: SignedIn;
let sellerId: string;
let packId: string;
let thread: string;

beforeAll(async () => {
  house = await createHouse();
});
beforeEach(async () => {
  sellerId = await house.newSeller();
  me = await house.signIn(sellerId);
  await open({ messages: [{ from: "buyer", text: "¿Tienen stock?", minutesAgo: 20 }] });
});
afterAll(() => house.close());

async function open(seed: object, as = me): Promise<void> {
  packId = await house.newThread(as.accountId, seed);
  thread = `/api/threads/messages/${packId}`;
  expect((await house.call(thread, { as })).status).toBe(200);
}

const post = (body: object) => house.call(`${thread}/replies`, { as: me, method: "POST", body });
const addFile = (name: string, text: string) =>
  house.read(FileSchema, `${thread}/files?name=${name}`, {
    as: me,
    method: "POST",
    body: new TextEncoder().encode(text),
  });

it("answers at once and sends afterwards", async () => {
  const reply = await send(house, me, thread, { text: "Sí, quedan 3." });
  expect(reply).toMatchObject({ state: "queued", text: "Sí, quedan 3.", canRetry: false });
  expect(await sends(house, packId)).toEqual([]);
});

it("calls a reply sent once it is seen in the conversation", async () => {
  await send(house, me, thread, { text: "Sí, quedan 3." });
  const [row] = await workOff(house, packId);
  expect(row).toMatchObject({ state: "sent", reason: null });
  expect(await arrived(house, packId)).toEqual(["Sí, quedan 3."]);
  const view = await house.read(ThreadViewSchema, thread, { as: me });
  expect(view.messages.at(-1)).toMatchObject({
    id: row?.message_id,
    direction: "out",
    text: "Sí, quedan 3.",
  });
  expect(view.row).toMatchObject({ isWaiting: false, lastDirection: "out", outbox: null });
});

it("sends one message for one key, however often and at once it is asked", async () => {
  const key = crypto.randomUUID();
  const views = await Promise.all(
    [1, 2, 3, 4, 5].map(() => send(house, me, thread, { key, text: "Sale hoy" })),
  );
  expect(new Set(views.map(({ id }) => id)).size).toBe(1);
  await workOff(house, packId);
  expect((await send(house, me, thread, { key, text: "Sale hoy" })).state).toBe("sent");
  await workOff(house, packId);
  expect(await arrived(house, packId)).toEqual(["Sale hoy"]);
});

it("takes one draft sent from two tabs within seconds for one reply", async () => {
  const [one, other] = await Promise.all([
    send(house, me, thread, { text: "Gracias" }),
    send(house, me, thread, { text: "Gracias" }),
  ]);
  expect(other.id).toBe(one.id);
  await workOff(house, packId);
  expect(await arrived(house, packId)).toEqual(["Gracias"]);
});

it("says that characters were refused, and that the same text need not be tried again", async () => {
  const { id } = await send(house, me, thread, { text: "Gracias \u{1F9D1}\u200D\u{1F680} “hoy”" });
  expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason: "characters" }]);
  const { outbox } = ThreadViewSchema.parse(await (await house.call(thread, { as: me })).json());
  expect(outbox.find((reply) => reply.id === id)).toMatchObject({ canRetry: false });
});

it("sends two equal texts under two keys twice when they are written one after the other", async () => {
  await send(house, me, thread, { text: "Gracias" });
  await house.rt.database.pool.query("update outbox set created_at = created_at - interval '15 seconds'");
  await send(house, me, thread, { text: "Gracias" });
  const rows = await workOff(house, packId);
  expect(rows.map(({ state }) => state)).toEqual(["sent", "sent"]);
  expect(new Set(rows.map((row) => row.message_id)).size).toBe(2);
  expect(await arrived(house, packId)).toEqual(["Gracias", "Gracias"]);
});

it("sends replies of one conversation in the order in which they were written", async () => {
  const texts = ["Uno", "Dos", "Tres", "Cuatro"];
  for (const text of texts) await send(house, me, thread, { text });
  await workOff(house, packId);
  expect(await arrived(house, packId)).toEqual(texts);
});

it("sends once when several workers look at the same conversation", async () => {
  await send(house, me, thread, { text: "Una vez" });
  await Promise.all([1, 2, 3, 4, 5].map(() => runOnce(house, packId)));
  await workOff(house, packId);
  expect(await sends(house, packId)).toHaveLength(1);
});

it.each([
  ["nothing", { text: " \n ", files: [] }, { text: "empty" }],
  ["more than the conversation takes", { text: "a".repeat(351), files: [] }, { text: "too_long" }],
  ["a file that is not there", { text: "Va", files: [crypto.randomUUID()] }, { files: "unknown" }],
])("refuses %s before anything is queued", async (_name, reply, fields) => {
  const answer = await post({ key: crypto.randomUUID(), ...reply });
  expect([answer.status, await answer.json()]).toEqual([422, expect.objectContaining({ fields })]);
  expect(await repliesOn(house, packId)).toEqual([]);
});

it("counts characters as Mercado Libre does: 350 that each take two units go out", async () => {
  await send(house, me, thread, { text: "😀".repeat(350) });
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  expect((await post({ key: crypto.randomUUID(), text: "😀".repeat(351), files: [] })).status).toBe(422);
});

it("refuses a reply to a conversation that is known as blocked, and says why", async () => {
  await open({
    messages: [{ from: "buyer", text: "Hola", minutesAgo: 9 }],
    status: "blocked",
    substatus: "blocked_by_mediation",
  });
  const answer = await post({ key: crypto.randomUUID(), text: "Hola", files: [] });
  expect([answer.status, await answer.json()]).toEqual([
    422,
    expect.objectContaining({ code: "refused_by_meli", reason: "blocked_by_mediation" }),
  ]);
});

it("does not send into a conversation that was blocked meanwhile", async () => {
  await send(house, me, thread, { text: "Hola" });
  await house.control(`/threads/${packId}/state`, { status: "blocked", substatus: "blocked_by_time" });
  expect(await workOff(house, packId)).toMatchObject([{ state: "failed", reason: "blocked_by_time" }]);
  expect(await sends(house, packId)).toEqual([]);
  expect((await house.read(ThreadViewSchema, thread, { as: me })).composer).toMatchObject({
    allowed: false,
    substatus: "blocked_by_time",
  });
});

it.each(["generic", "substatus", "sentence"])(
  "gives the substatus as the reason when the block comes at the last moment (%s answer)",
  async (blockedForm) => {
    await house.control("/settings", { blockedForm });
    // The answer to the last read is on its way while the block comes.
    const reads = () => house.calls({ method: "GET", path: `/messages/packs/${packId}`, sellerId });
    const before = (await reads()).length;
    await house.control("/faults", {
      method: "GET",
      path: `/messages/packs/${packId}`,
      times: 1,
      held: true,
    });
    await send(house, me, thread, { text: "Va la guía" });
    const working = workOff(house, packId);
    await vi.waitFor(async () => expect(await reads()).toHaveLength(before + 1));
    await house.control(`/threads/${packId}/state`, { status: "blocked", substatus: "blocked_by_mediation" });
    await house.control("/faults/release", {});
    expect(await working).toMatchObject([{ state: "failed", reason: "blocked_by_mediation" }]);
    expect((await sends(house, packId)).map(({ status }) => status)).toEqual([403]);
    await house.control("/settings", { blockedForm: "generic" });
  },
);

it("uploads files just before sending, in their order, and lets their bytes go afterwards", async () => {
  const files = [await addFile("uno.txt", "1"), await addFile("dos.txt", "22")];
  await send(house, me, thread, { text: "Van dos", files: files.map(({ id }) => id) });
  const uploads = () => house.calls({ method: "POST", path: "/messages/attachments", sellerId });
  expect(await uploads()).toEqual([]);
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  expect(await uploads()).toHaveLength(2);

  const message = (await house.held(packId)).messages.at(-1);
  expect(message?.attachments).toMatchObject([
    { originalFilename: "uno.txt", type: "text/plain", size: 1 },
    { originalFilename: "dos.txt", type: "text/plain", size: 2 },
  ]);
  expect((await sends(house, packId))[0]?.body).toMatchObject({
    attachments: message?.attachments.map(({ filename }) => filename),
  });
  const { rows } = await house.rt.database.pool.query(
    `select (select count(*)::int from files where account_id = $1) as files,
      (select count(*)::int from file_chunks where file_id = any($2)) as chunks`,
    [me.accountId, files.map(({ id }) => id)],
  );
  expect(rows).toEqual([{ files: 0, chunks: 0 }]);
});

it("leaves the attachments key out when there is no file", async () => {
  await send(house, me, thread, { text: "Sin archivo" });
  await workOff(house, packId);
  expect(Object.keys((await sends(house, packId))[0]?.body ?? {}).toSorted()).toEqual(["from", "text", "to"]);
});

it("answers whoever wrote last on the conversation: the buyer, or the site's agent", async () => {
  await open({ isAgent: true, messages: [{ from: "buyer", text: "Hola", minutesAgo: 5 }] });
  await send(house, me, thread, { text: "Buenas" });
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  const { counterpartId, buyerId, lost } = await house.held(packId);
  expect(counterpartId).not.toBe(buyerId);
  expect(lost).toEqual([]);
  expect((await sends(house, packId))[0]?.body).toMatchObject({ to: { user_id: counterpartId } });
});

it("tries the site's agent once when Mercado Libre says that the buyer is not of the pack", async () => {
  packId = await house.newThread(sellerId, { soldDaysAgo: 1 });
  thread = `/api/threads/messages/${packId}`;
  await syncAccount(house.rt, me.accountId, new AbortController().signal);
  const { buyerId } = await house.held(packId);
  await house.control("/faults", {
    method: "POST",
    path: `/messages/packs/${packId}`,
    times: 1,
    status: 400,
    body: {
      status_code: 400,
      code: "bad_request",
      message: `to_user_id ${buyerId} does not belong to pack /packs/1/sellers/2`,
    },
  });
  await send(house, me, thread, { text: "Su pedido sale hoy." });
  // The simulator refuses the agent as well on a conversation without one: there is no third try.
  expect(await workOff(house, packId)).toMatchObject([{ state: "failed" }]);
  expect((await sends(house, packId)).map(({ body }) => body)).toMatchObject([
    { to: { user_id: buyerId } },
    { to: { user_id: "3037674934" } },
  ]);
});

it("answers on Global Selling without naming anybody", async () => {
  const global = await house.signIn(await house.newSeller({ siteId: "CBT", marketplaces: ["MLM", "MLB"] }));
  await open(
    { siteId: "MLB", messages: [{ from: "buyer", text: "Oi", translated: "Hi", minutesAgo: 4 }] },
    global,
  );
  await send(house, global, thread, { text: "It leaves today." });
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  const [call] = await sends(house, packId);
  expect(call?.path).toBe(`/marketplace/messages/packs/${packId}`);
  expect(call?.body).toEqual({ text: "It leaves today." });
});
