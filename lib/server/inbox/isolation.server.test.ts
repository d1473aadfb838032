import { afterAll, beforeAll, expect, it } from "vitest";
import { InboxPageSchema } from "@/lib/shared/api/inbox";
import { OlderPageSchema, OutboxSchema, ThreadViewSchema } from "@/lib/shared/api/thread";
import { addTextFile, type Belongings, furnish } from "@/scripts/testing/belongings";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";

let house: House;
let mine: Belongings;
let theirs: Belongings;
/** Another person who works on the same account as `mine`. */
let colleague: SignedIn;

beforeAll(async () => {
  house = await createHouse();
  [mine, theirs] = [await furnish(house, "PROPIA"), await furnish(house, "AJENA")];
  colleague = await house.signIn(await house.newSeller());
  await house.signIn(mine.sellerId, {
    kind: "connect",
    userId: colleague.userId,
    sessionId: colleague.sessionId,
    renews: null,
  });
});
afterAll(() => house.close());

const reply = (as: SignedIn, thread: string, files: string[]) =>
  house.call(`${thread}/replies`, {
    as,
    method: "POST",
    body: { key: crypto.randomUUID(), text: "Con archivo", files },
  });

it("shows each seller the conversations of their own accounts", async () => {
  const rowsOf = async (as: SignedIn) => (await house.read(InboxPageSchema, "/api/inbox", { as })).rows;
  expect((await rowsOf(mine.as)).map((row) => row.externalId)).toEqual([mine.packId]);
  expect((await rowsOf(theirs.as)).map((row) => row.externalId)).toEqual([theirs.packId]);
});

it("gives no older messages for the id of another conversation's message", async () => {
  const older = (before: string) =>
    house.read(OlderPageSchema, `${mine.thread}/older?before=${before}`, { as: mine.as });
  expect((await older(mine.messageId)).messages).toHaveLength(1);
  expect(await older(theirs.messageId)).toEqual({ messages: [], hasOlder: false });
});

it("downloads no file through a conversation that does not carry it", async () => {
  const answer = await house.call(`${mine.thread}/attachments/${theirs.attachment}`, { as: mine.as });
  expect(answer.status).toBe(404);
  expect((await house.call(`${mine.thread}/attachments/${mine.attachment}`, { as: mine.as })).status).toBe(
    200,
  );
});

it("attaches no file of another user's, of another conversation, or that is gone", async () => {
  const second = await house.newThread(mine.sellerId, { messages: [{ from: "buyer", text: "Hola" }] });
  await house.call(`/api/threads/messages/${second}`, { as: mine.as });
  const elsewhere = await addTextFile(house, mine.as, `/api/threads/messages/${second}`);
  const ofColleague = await addTextFile(house, colleague, mine.thread);
  const dropped = await addTextFile(house, mine.as, mine.thread);
  await house.call(`/api/files/${dropped}`, { as: mine.as, method: "DELETE" });

  for (const file of [theirs.fileId, elsewhere, ofColleague, dropped, crypto.randomUUID()]) {
    const answer = await reply(mine.as, mine.thread, [file]);
    expect([file, answer.status]).toEqual([file, 422]);
    expect(await answer.json()).toMatchObject({ fields: { files: "unknown" } });
  }
});

it("shows no file of another user's in a draft that names it", async () => {
  const ofColleague = await addTextFile(house, colleague, mine.thread);
  const body = { text: "Va adjunto", files: [ofColleague, theirs.fileId] };
  await house.call(`${mine.thread}/draft`, { as: mine.as, method: "PUT", body });
  const view = await house.read(ThreadViewSchema, mine.thread, { as: mine.as });
  expect(view.draft).toMatchObject({ text: "Va adjunto", files: [] });
});

it("deletes no file of another user's, also on a shared account", async () => {
  const file = await addTextFile(house, mine.as, mine.thread);
  expect((await house.call(`/api/files/${file}`, { as: colleague, method: "DELETE" })).status).toBe(404);
  expect((await reply(mine.as, mine.thread, [file])).status).toBe(200);
});

it("keeps a draft to the one who typed it and shows replies to all who share the account", async () => {
  await house.call(`${mine.thread}/draft`, {
    as: mine.as,
    method: "PUT",
    body: { text: "A medias", files: [] },
  });
  const view = await house.read(ThreadViewSchema, mine.thread, { as: colleague });
  expect(view.draft).toEqual({ text: "", files: [], updatedAt: null });
  expect(view.outbox[0]).toMatchObject({ id: mine.outboxId, text: "Recibido PROPIA" });
});

it("sends a file with one reply only, however many name it at once", async () => {
  const file = await addTextFile(house, mine.as, mine.thread);
  const answers = await Promise.all(
    ["Primera", "Segunda", "Tercera"].map((text) =>
      house.call(`${mine.thread}/replies`, {
        as: mine.as,
        method: "POST",
        body: { key: crypto.randomUUID(), text, files: [file] },
      }),
    ),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422, 422]);
  const taken = answers.find(({ status }) => status === 200);
  expect(OutboxSchema.parse(await taken?.json()).files).toMatchObject([{ id: file }]);
});

it("knows a thread from nobody's while Mercado Libre does not answer", async () => {
  const unread = await house.newThread(mine.sellerId, { messages: [{ from: "buyer", text: "Hola" }] });
  await house.control("/faults", {
    method: "GET",
    path: `/messages/packs/${unread}`,
    times: 20,
    status: 503,
  });
  expect((await house.call(`/api/threads/messages/${unread}`, { as: mine.as })).status).toBe(503);
  await house.control("/faults/clear", {});
  expect((await house.call(`/api/threads/messages/${unread}`, { as: mine.as })).status).toBe(200);
});

it("answers a key that was used for another text with a conflict, and another user's same key as new", async () => {
  const key = crypto.randomUUID();
  const send = (as: SignedIn, text: string) =>
    house.call(`${mine.thread}/replies`, { as, method: "POST", body: { key, text, files: [] } });
  expect((await send(mine.as, "Uno")).status).toBe(200);
  expect((await send(mine.as, "Dos")).status).toBe(409);
  expect((await send(colleague, "Tres")).status).toBe(200);
});

it("reads no conversation of another seller's from Mercado Libre", async () => {
  const unseen = await house.newThread(theirs.sellerId, { messages: [{ from: "buyer", text: "Privado" }] });
  expect((await house.call(`/api/threads/messages/${unseen}`, { as: mine.as })).status).toBe(404);
  const { rowCount } = await house.rt.database.pool.query("select 1 from threads where external_id = $1", [
    unseen,
  ]);
  expect(rowCount).toBe(0);
});

it("finds a conversation under whichever of the user's accounts holds it", async () => {
  const view = await house.read(ThreadViewSchema, mine.thread, { as: colleague });
  expect(view.row.accountId).toBe(mine.sellerId);
  const named = await house.call(`${mine.thread}?account=${colleague.accountId}`, { as: colleague });
  expect(named.status).toBe(404);
});
