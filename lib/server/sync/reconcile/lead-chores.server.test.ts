import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createHouse, type House } from "@/scripts/testing/house";
import { costOf, createLeadShop } from "@/scripts/testing/lead-house";
import { leadChores } from "./lead-chores";

let house: House;
beforeAll(async () => {
  house = await createHouse();
});
afterEach(() => house.control("/faults/clear", {}));
afterAll(() => house.close());

const query = async (text: string, values: unknown[] = []) =>
  (await house.rt.database.pool.query(text, values)).rows;

/** A shop past its first sync. */
async function open(items: number) {
  const shop = await createLeadShop(house, { items });
  await query("update syncs set backfill_at = now() where account_id = $1", [shop.sellerId]);
  return shop;
}
const look = async (sellerId: string) => (await costOf(house, sellerId, () => leadChores(house.rt))).calls;
const passed = (sellerId: string, hours: number) =>
  query(
    `update lead_syncs set checked_at = checked_at - $2 * interval '1 hour', retry_at = retry_at - $2 * interval '1 hour',
       leads_at = leads_at - $2 * interval '1 hour' where account_id = $1`,
    [sellerId, hours],
  );
const stateOf = (sellerId: string) =>
  query("select has_classifieds, wanted_at is not null as is_wanted from lead_syncs where account_id = $1", [
    sellerId,
  ]);

describe("an account that was read once", () => {
  it("with classified listings has its leads read, without anybody looking", async () => {
    const { sellerId } = await open(2);
    await look(sellerId);
    expect(await stateOf(sellerId)).toEqual([{ has_classifieds: true, is_wanted: true }]);
    expect(await look(sellerId)).toEqual([]);
  });

  it("without any is asked for four figures, once and never again by itself", async () => {
    const { sellerId } = await open(0);
    expect(await look(sellerId)).toHaveLength(4);
    await passed(sellerId, 1_000);
    expect(await look(sellerId)).toEqual([]);
    expect(await stateOf(sellerId)).toEqual([{ has_classifieds: false, is_wanted: false }]);
  });

  it("that may not be asked is asked again once a day, and one that could not be, within minutes", async () => {
    for (const [status, body, hours] of [
      [
        403,
        { message: "forbidden", error: "forbidden", status: 403, cause: [] },
        [
          [2, false],
          [23, true],
        ],
      ],
      [503, "", [[2, true]]],
    ] as const) {
      const { sellerId } = await open(0);
      await house.control("/faults", { path: `/users/${sellerId}/contacts/`, times: 100, status, body });
      // What was refused says of nobody for whom it was asked.
      const asked = async () => (await house.calls({ path: `/users/${sellerId}/contacts/` })).length;
      const looked = async () => {
        const before = await asked();
        await leadChores(house.rt);
        return (await asked()) > before;
      };
      expect([status, await looked()]).toEqual([status, true]);
      for (const [more, isAsked] of hours) {
        await passed(sellerId, more);
        expect([status, more, await looked()]).toEqual([status, more, isAsked]);
      }
    }
  });
});
