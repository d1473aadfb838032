import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { syncAccount } from "@/lib/server/sync/sync-account";
import { type Callback, openCallback } from "@/scripts/testing/callback";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { startWorker } from "@/scripts/testing/worker";

const PROFILES = [
  { name: "LOCAL", seller: { siteId: "MLA" }, site: "MLA" },
  { name: "GLOBAL", seller: { siteId: "CBT", marketplaces: ["MLM", "MLB"] }, site: "MLB" },
] as const;
const Made = z.object({ id: z.string() });

let house: House;
let callback: Callback;
let me: SignedIn;
let stop: (() => Promise<void>) | null = null;

beforeAll(async () => {
  house = await createHouse();
  callback = await openCallback(house);
});
afterEach(async () => {
  await stop?.();
  stop = null;
  await house.control("/notifications/faults", {});
});
afterAll(async () => {
  await callback.close();
  await house.close();
});

const query = async (text: string, values: unknown[] = []) =>
  (await house.rt.database.pool.query(text, values)).rows;
const texts = async (id: string) =>
  (
    await query(
      "select m.text from messages m join threads t on t.id = m.thread_id where t.external_id = $1 order by m.created_at, m.id",
      [id],
    )
  ).map(({ text }) => text);
const claimRow = async (id: string) =>
  (await query("select * from threads where external_id = $1 and channel = 'claims'", [id]))[0];

async function arrive({ seller, site }: (typeof PROFILES)[number]): Promise<string> {
  const sellerId = await house.newSeller(seller);
  const pack = await house.newThread(sellerId, { siteId: site, product: { title: "Lámpara" } });
  me = await house.signIn(sellerId);
  await syncAccount(house.rt, me.accountId, new AbortController().signal);
  await house.control("/notifications/flush", {});
  return pack;
}

for (const profile of PROFILES) {
  it(`shows a new claim, its words and its end as they are told, with its sale (${profile.name})`, async () => {
    const packId = await arrive(profile);
    stop = await startWorker(house);
    const claim = { openedHoursAgo: 0, messages: [{ from: "buyer", text: "Llegó rota", hoursAgo: 0 }] };
    const { id } = Made.parse(await house.control("/claims", { packId, claim }));
    await expect.poll(() => texts(id)).toEqual(["Llegó rota"]);
    await expect.poll(() => claimRow(id)).toMatchObject({ pack_id: packId, product: "Lámpara" });
    await house.control(`/claims/${id}/buyer/message`, { text: "¿Hola?" });
    await expect.poll(() => texts(id)).toEqual(["Llegó rota", "¿Hola?"]);
    await house.control(`/claims/${id}/buyer/dispute`, {});
    await expect.poll(async () => (await claimRow(id)).brief).toMatchObject({ stage: "dispute" });
    await house.control(`/claims/${id}/mediator/decide`, { for: "respondent" });
    await expect.poll(() => claimRow(id)).toMatchObject({ status: "closed", due_at: null });
    await expect
      .poll(() =>
        query("select topic, state, outcome from notices where subject = $1 and state <> 'done'", [id]),
      )
      .toEqual([]);
  });
}

it("loses nothing of a claim when notices are lost, repeated and out of order", async () => {
  const packId = await arrive(PROFILES[0]);
  const { id } = Made.parse(await house.control("/claims", { packId, claim: { openedHoursAgo: 1 } }));
  await house.control("/notifications/faults", {
    seed: 5,
    drop: 0.4,
    duplicate: 0.4,
    copies: 3,
    reorder: { windowMs: 200 },
  });
  stop = await startWorker(house);
  const sent = Array.from({ length: 20 }, (_, n) => `Mensaje ${n}`);
  for (const text of sent) await house.control(`/claims/${id}/buyer/message`, { text });
  await house.control("/notifications/flush", {});
  // What no notice told of, the next look finds.
  await expect
    .poll(async () => {
      await query("update chores set done_at = null where key like 'claims:%'");
      return texts(id);
    })
    .toEqual(sent);
});
