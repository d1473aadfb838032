import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { OutboxSchema, type OutboxView, type Seen, ThreadViewSchema } from "@/lib/shared/api/thread";
import { seenOf } from "@/lib/shared/view/seen";
import { addTextFile } from "@/scripts/testing/belongings";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { arrived, letTimePass, repliesOn, runOnce, send, sends, workOff } from "@/scripts/testing/outbox";

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
  packId = await house.newThread(sellerId, {
    isAgent: true,
    messages: [{ from: "buyer", text: "¿Tienen stock?", minutesAgo: 20 }],
  });
  thread = `/api/threads/messages/${packId}`;
  await house.call(thread, { as: me });
});
afterAll(() => house.close());

/** What a browser that shows the thread now would say that it saw. */
const look = async (as = me): Promise<Seen> => seenOf(await house.read(ThreadViewSchema, thread, { as }));
const read = (as = me) => house.read(ThreadViewSchema, `${thread}/refresh`, { as, method: "POST" });
const act = (id: string, what: string, seen?: Seen): Promise<OutboxView> =>
  house.read(OutboxSchema, `/api/outbox/${id}`, {
    as: me,
    method: "POST",
    body: { act: what, ...(seen === undefined ? {} : { seen }) },
  });

const WRITERS = [
  ["the buyer", "/buyer/message"],
  ["somebody in Mercado Libre's own app", "/seller/message"],
  ["the agent", "/agent/message"],
] as const;
const writes = async (path: string, text = "Algo nuevo") => {
  const made = await house.control(path, { packId, text });
  return typeof made === "object" && made !== null && "messageId" in made ? String(made.messageId) : "";
};

describe("a reply whose sender has not seen all of the conversation", () => {
  it.each(WRITERS)("is held at once when we already hold what %s wrote", async (_who, path) => {
    const seen = await look();
    const unseen = await writes(path);
    await read();
    const reply = await send(house, me, thread, { text: "Sí", seen, undo: 5 });
    expect(reply).toMatchObject({ state: "held", heldFor: [unseen], sendsAt: null });
    await runOnce(house, packId);
    expect(await sends(house, packId)).toEqual([]);
    expect((await house.read(ThreadViewSchema, thread, { as: me })).row.outbox).toBe("held");
  });

  it.each(WRITERS)("is held by the last look when %s wrote meanwhile", async (_who, path) => {
    const { id } = await send(house, me, thread, { text: "Sí", seen: await look() });
    const unseen = await writes(path);
    expect(await workOff(house, packId)).toMatchObject([{ id, state: "held" }]);
    expect(await sends(house, packId)).toEqual([]);
    const view = await house.read(ThreadViewSchema, thread, { as: me });
    expect(view.outbox).toMatchObject([{ state: "held", heldFor: [unseen] }]);
    expect(view.messages.at(-1)).toMatchObject({ id: unseen, text: "Algo nuevo" });
  });

  it("is held when somebody writes while its files are uploaded", async () => {
    const file = await addTextFile(house, me, thread);
    await house.control("/faults", { method: "POST", path: "/messages/attachments", times: 1, held: true });
    await send(house, me, thread, { text: "Va", files: [file], seen: await look() });
    const working = workOff(house, packId);
    await vi.waitFor(async () =>
      expect(await house.calls({ method: "POST", path: "/messages/attachments", sellerId })).toHaveLength(1),
    );
    await writes("/seller/message");
    await house.control("/faults/release", {});
    expect(await working).toMatchObject([{ state: "held" }]);
    expect(await sends(house, packId)).toEqual([]);
  });

  it("is sent when all of it was seen, or when its sender did not say", async () => {
    await send(house, me, thread, { text: "Visto", seen: await look() });
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
    await writes("/seller/message");
    await send(house, me, thread, { text: "Sin decir" });
    expect((await workOff(house, packId)).at(-1)).toMatchObject({ state: "sent" });
  });

  it("does not hold up who writes after it", async () => {
    const seen = await look();
    await writes("/buyer/message");
    await read();
    await send(house, me, thread, { text: "Retenida", seen });
    await send(house, me, thread, { text: "Al día", seen: await look() });
    expect((await workOff(house, packId)).map(({ state }) => state)).toEqual(["held", "sent"]);
    expect((await arrived(house, packId)).at(-1)).toBe("Al día");
  });
});

describe("two people of one account", () => {
  it("send one answer: the second is held by what the first has become", async () => {
    const colleague = await house.signIn(sellerId);
    const [mine, theirs] = [await look(), await look(colleague)];
    await send(house, me, thread, { text: "Sí, hay", seen: mine });
    await send(house, colleague, thread, { text: "No queda", seen: theirs });
    const rows = await workOff(house, packId);
    expect(rows.map(({ state }) => state)).toEqual(["sent", "held"]);
    expect(await arrived(house, packId)).toEqual(["Sí, hay"]);
  });

  it("may both answer when the second has the first one's reply on the screen", async () => {
    await send(house, me, thread, { text: "Sí, hay", seen: await look() });
    await send(house, me, thread, { text: "Y llega mañana", seen: await look() });
    expect((await workOff(house, packId)).map(({ state }) => state)).toEqual(["sent", "sent"]);
  });

  it("learn of a lost reply that shows up late before the next one is judged", async () => {
    await house.control("/faults", {
      method: "POST",
      path: `/messages/packs/${packId}`,
      times: 1,
      status: 504,
    });
    await send(house, me, thread, { text: "Perdida", seen: await look() });
    expect(await workOff(house, packId)).toMatchObject([{ state: "uncertain" }]);
    await send(house, me, thread, { text: "Otra cosa", seen: await look() });
    // Mercado Libre shows it after all, while the next one waits.
    await writes("/seller/message", "Perdida");
    expect((await workOff(house, packId)).map(({ state }) => state)).toEqual(["sent", "sent"]);
    expect(await arrived(house, packId)).toEqual(["Perdida", "Otra cosa"]);
  });
});

describe("one person in two tabs", () => {
  it("sends the same draft once, also a while later and with the other tab's screen out of date", async () => {
    const seen = await look();
    const one = await send(house, me, thread, { text: "Gracias", seen });
    await house.rt.database.pool.query("update outbox set created_at = created_at - interval '30 seconds'");
    const other = await send(house, me, thread, { text: "Gracias", seen });
    expect(other.id).toBe(one.id);
    await workOff(house, packId);
    expect(await arrived(house, packId)).toEqual(["Gracias"]);
  });

  it("sends the same words again at once when the first ones were on the screen", async () => {
    await send(house, me, thread, { text: "Gracias", seen: await look() });
    await send(house, me, thread, { text: "Gracias", seen: await look() });
    expect((await workOff(house, packId)).map(({ state }) => state)).toEqual(["sent", "sent"]);
    expect(await arrived(house, packId)).toEqual(["Gracias", "Gracias"]);
  });

  it("holds other words of the second tab, and one held draft stays one", async () => {
    const seen = await look();
    await send(house, me, thread, { text: "Desde el teléfono", seen });
    await workOff(house, packId);
    const held = await send(house, me, thread, { text: "Desde la mesa", seen });
    expect(held.state).toBe("held");
    expect((await send(house, me, thread, { text: "Desde la mesa", seen })).id).toBe(held.id);
  });
});

describe("a held reply", () => {
  let held: OutboxView;
  beforeEach(async () => {
    const seen = await look();
    const file = await addTextFile(house, me, thread);
    await writes("/buyer/message", "¿Y en azul?");
    await read();
    held = await send(house, me, thread, { text: "Sí", files: [file], seen });
    expect(held.state).toBe("held");
  });

  it("is sent anyway by one decision, with its file", async () => {
    const view = await act(held.id, "send_anyway", await look());
    expect(view).toMatchObject({ state: "queued", heldFor: [], sendsAt: null });
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
    expect(await arrived(house, packId)).toEqual(["Sí"]);
    expect((await house.held(packId)).messages.at(-1)?.attachments).toHaveLength(1);
  });

  it("is held again by what came after that decision", async () => {
    await act(held.id, "send_anyway", await look());
    const later = await writes("/seller/message", "Ya contesté yo");
    expect(await workOff(house, packId)).toMatchObject([{ state: "held" }]);
    const view = await house.read(ThreadViewSchema, thread, { as: me });
    expect(view.outbox[0]?.heldFor).toEqual([later]);
  });

  it("is sent whatever comes when nothing is said of what was seen", async () => {
    await act(held.id, "send_anyway");
    await writes("/buyer/message", "¿Hola?");
    expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  });

  it("gives text and file back when it is let go", async () => {
    expect(await act(held.id, "discard")).toMatchObject({ state: "cancelled", heldFor: [] });
    await send(house, me, thread, { text: "Mejor así", files: held.files.map(({ id }) => id) });
    await workOff(house, packId);
    expect((await house.held(packId)).messages.at(-1)?.attachments).toHaveLength(1);
    expect(await arrived(house, packId)).toEqual(["Mejor así"]);
  });

  it("is not decided by a worker", async () => {
    await letTimePass(house, packId);
    await runOnce(house, packId);
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "held" }]);
    expect(await sends(house, packId)).toEqual([]);
  });
});

it("holds a reply that failed and is tried again after the conversation moved", async () => {
  await house.control("/faults", {
    method: "POST",
    path: `/messages/packs/${packId}`,
    times: 1,
    status: 400,
    body: { message: "The message could not be sent", status: 400 },
  });
  const { id } = await send(house, me, thread, { text: "Va", seen: await look() });
  expect(await workOff(house, packId)).toMatchObject([{ state: "failed" }]);
  await writes("/seller/message");
  await act(id, "retry");
  expect(await workOff(house, packId)).toMatchObject([{ state: "held" }]);
  expect(await sends(house, packId)).toHaveLength(1);
});
