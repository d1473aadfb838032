import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { runOutbox } from "@/lib/server/outbox/run-outbox";
import { MeSchema } from "@/lib/shared/api/account";
import { OutboxSchema, ThreadViewSchema } from "@/lib/shared/api/thread";
import { addTextFile } from "@/scripts/testing/belongings";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { arrived, repliesOn, runOnce, send, sends, threadOf } from "@/scripts/testing/outbox";
import { startWorker } from "@/scripts/testing/worker";

/** A worker of this file looks at a conversation when it was told to, and never just because it looks around: so what
 *  it sends on time was sent by the appointment. */
vi.mock("@/lib/server/store/outbox", async (original) => ({
  ...(await original<typeof import("@/lib/server/store/outbox")>()),
  listDueThreads: async () => [],
}));

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
    messages: [{ from: "buyer", text: "¿Tienen stock?", minutesAgo: 20 }],
  });
  thread = `/api/threads/messages/${packId}`;
  await house.call(thread, { as: me });
});
afterAll(() => house.close());

const cancel = (id: string) =>
  house.call(`/api/outbox/${id}`, { as: me, method: "POST", body: { act: "cancel" } });

describe("the time to take a reply back", () => {
  it("is five seconds for who chose nothing, and is told as an instant", async () => {
    const body = { key: crypto.randomUUID(), text: "Sí", files: [] };
    const reply = await house.read(OutboxSchema, `${thread}/replies`, { as: me, method: "POST", body });
    const window = (reply.sendsAt?.getTime() ?? 0) - reply.createdAt.getTime();
    expect(window).toBeGreaterThan(4_900);
    expect(window).toBeLessThan(5_500);
  });

  it("is what the user chose, from 0 to 10", async () => {
    const settings = (undoSeconds: number) =>
      house.call("/api/me", { as: me, method: "PATCH", body: { undoSeconds } });
    expect((await settings(11)).status).toBe(422);
    expect((await settings(2.5)).status).toBe(422);
    const me2 = MeSchema.parse(await (await settings(9)).json());
    expect(me2.settings.undoSeconds).toBe(9);
    const body = { key: crypto.randomUUID(), text: "Sí", files: [] };
    const reply = await house.read(OutboxSchema, `${thread}/replies`, { as: me, method: "POST", body });
    expect((reply.sendsAt?.getTime() ?? 0) - reply.createdAt.getTime()).toBeGreaterThan(8_900);
    expect((await send(house, me, thread, { text: "Ya", undo: 0 })).sendsAt).toBeNull();
  });

  it("lets nothing leave before it is over, and tells the worker when that is", async () => {
    const { sendsAt } = await send(house, me, thread, { text: "Espera", undo: 10 });
    const left = () => (sendsAt?.getTime() ?? 0) - Date.now();
    const later: number[] = [];
    const most = left();
    await runOutbox(house.rt, await threadOf(house, packId), {
      onLater: (_thread, ms) => void later.push(ms),
    });
    expect(await sends(house, packId)).toEqual([]);
    expect(later).toHaveLength(1);
    expect(later[0]).toBeGreaterThanOrEqual(left() - 5);
    expect(later[0]).toBeLessThanOrEqual(most + 5);
  });

  it("gives text and files back until it is over", async () => {
    const file = await addTextFile(house, me, thread);
    const { id } = await send(house, me, thread, { text: "Mejor no", files: [file], undo: 10 });
    const cancelled = OutboxSchema.parse(await (await cancel(id)).json());
    expect(cancelled).toMatchObject({ state: "cancelled", sendsAt: null });
    await runOnce(house, packId);
    expect(await sends(house, packId)).toEqual([]);
    await send(house, me, thread, { text: "Mejor así", files: [file] });
    await runOnce(house, packId);
    expect((await house.held(packId)).messages.at(-1)?.attachments).toHaveLength(1);
  });

  it("is over once the reply has left", async () => {
    const { id } = await send(house, me, thread, { text: "Tarde" });
    await runOnce(house, packId);
    expect((await cancel(id)).status).toBe(409);
    expect(await arrived(house, packId)).toEqual(["Tarde"]);
  });

  it("takes back also while a worker prepares the reply: nothing leaves after that", async () => {
    const { id } = await send(house, me, thread, { text: "En el último momento" });
    const path = `/messages/packs/${packId}`;
    const reads = async () => (await house.calls({ method: "GET", path })).length;
    const before = await reads();
    await house.control("/faults", { method: "GET", path, times: 1, held: true });
    const running = runOnce(house, packId);
    await vi.waitFor(async () => expect(await reads()).toBe(before + 1));
    expect((await cancel(id)).status).toBe(200);
    await house.control("/faults/release", {});
    await running;
    expect(await repliesOn(house, packId)).toMatchObject([{ state: "cancelled" }]);
    expect(await sends(house, packId)).toEqual([]);
  });
});

it("sends at the end of the window, by a worker that runs", async () => {
  const stop = await startWorker(house);
  try {
    await send(house, me, thread, { text: "Primera" });
    await vi.waitFor(async () => expect(await arrived(house, packId)).toHaveLength(1));
    const reply = await send(house, me, thread, { text: "A su hora", undo: 2 });
    await vi.waitFor(
      async () => {
        const { rows } = await house.rt.database.pool.query("select state from outbox where id = $1", [
          reply.id,
        ]);
        expect(rows[0]?.state).not.toBe("queued");
      },
      { interval: 5 },
    );
    expect(Date.now() - (reply.sendsAt?.getTime() ?? 0)).toBeGreaterThanOrEqual(-5);
    await vi.waitFor(async () => expect(await arrived(house, packId)).toEqual(["Primera", "A su hora"]));
  } finally {
    await stop();
  }
  expect((await house.read(ThreadViewSchema, thread, { as: me })).row.outbox).toBeNull();
});
