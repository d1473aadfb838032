import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { InboxPageSchema, SummarySchema } from "@/lib/shared/api/inbox";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { syncAccount } from "./sync-account";

const THREADS = 16;
const CONVERSATION = "^/messages/packs/";

let house: House;
let me: SignedIn;

beforeAll(async () => {
  house = await createHouse();
});
beforeEach(async () => {
  const sellerId = await house.newSeller();
  for (let index = 0; index < THREADS; index += 1) {
    await house.newThread(sellerId, {
      soldDaysAgo: 2,
      messages: [{ from: "buyer", text: `Consulta ${index}`, minutesAgo: 100 + index, unread: false }],
    });
  }
  me = await house.signIn(sellerId);
  await house.control("/calls/clear", {});
  await house.control("/faults/clear", {});
});
afterAll(() => house.close());

const sync = (signal = new AbortController().signal) => syncAccount(house.rt, me.accountId, signal);
const summary = async () => (await house.read(SummarySchema, "/api/summary", { as: me })).accounts[0];
const conversationReads = () => house.calls({ method: "GET", path: CONVERSATION, sellerId: me.accountId });

it("goes on where it was stopped, and reads no conversation twice", async () => {
  await house.control("/faults", { method: "GET", path: CONVERSATION, held: true, times: THREADS });
  const stopping = new AbortController();
  const first = sync(stopping.signal);
  await vi.waitFor(async () => {
    await house.control("/faults/release", {});
    expect((await conversationReads()).length).toBeGreaterThanOrEqual(4);
  });
  stopping.abort();
  await house.control("/faults/clear", {});
  await house.control("/faults/release", {});
  await expect(first).rejects.toMatchObject({ code: "slow_down" });
  const before = await conversationReads();
  expect(before.length).toBeLessThan(THREADS);
  expect((await summary())?.sync).toMatchObject({ phase: "backfill" });

  await sync();
  const paths = (await conversationReads()).map(({ path }) => path);
  expect(paths).toHaveLength(THREADS);
  expect(new Set(paths).size).toBe(THREADS);
  expect(await summary()).toMatchObject({ sync: null, waiting: THREADS });
});

it("leaves out a conversation that Mercado Libre refuses, and comes to its end", async () => {
  const body = { message: "forbidden", error: "forbidden", status: 403 };
  await house.control("/faults", { method: "GET", path: CONVERSATION, times: 1, status: 403, body });
  await sync();
  expect((await summary())?.sync).toBeNull();
  const { rows } = await house.read(InboxPageSchema, "/api/inbox", { as: me });
  expect(rows).toHaveLength(THREADS);
  expect(rows.filter(({ status }) => status === "unknown")).toHaveLength(1);

  // The screen asks for it once more when somebody opens it.
  const refused = rows.find(({ status }) => status === "unknown");
  const thread = `/api/threads/messages/${refused?.externalId}`;
  expect(await (await house.call(thread, { as: me })).json()).toMatchObject({ composer: { allowed: false } });
  expect(await (await house.call(`${thread}/refresh`, { as: me, method: "POST" })).json()).toMatchObject({
    composer: { allowed: true },
  });
});

it("goes on past a conversation that cannot be read, which is tried again later", async () => {
  await house.control("/faults", {
    method: "GET",
    path: CONVERSATION,
    times: 1,
    status: 200,
    body: { messages: 5 },
  });
  await sync();
  expect((await summary())?.sync).toBeNull();
  const { rows } = await house.rt.database.pool.query(
    "select count(*)::int as failed from threads where account_id = $1 and pull_failures = 1 and pull_wanted_at > now()",
    [me.accountId],
  );
  expect(rows).toEqual([{ failed: 1 }]);
  expect(await house.unread(me.accountId)).toEqual([]);
});
