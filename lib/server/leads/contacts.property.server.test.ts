import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CONTACT_KINDS, ItemContactsViewSchema } from "@/lib/shared/api/leads";
import { bucketEnd, sumOf } from "@/lib/shared/contacts/buckets";
import { dayIn, daysIn, LONGEST_IN_HOURS } from "@/lib/shared/contacts/periods";
import { offsetAt } from "@/lib/shared/zone-time";
import { createHouse, type House } from "@/scripts/testing/house";
import { contactsOf, countedBySandbox, createLeadShop, type LeadShop } from "@/scripts/testing/lead-house";

const ZONES = ["America/Santiago", "America/Sao_Paulo", "America/New_York", "Europe/Madrid"] as const;
const DAY_MS = 86_400_000;
/** So far back the simulator's counters go, and so a whole year of changes of daylight saving time. */
const DAYS_KEPT = 400;

let house: House;
let shop: LeadShop;
beforeAll(async () => {
  house = await createHouse();
  await house.control("/settings", { contactDaysKept: DAYS_KEPT });
  shop = await createLeadShop(house, { items: 5, series: { perDay: 6 } });
});
afterAll(() => house.close());

const dayAgo = (days: number, timeZone: string) => dayIn(new Date(Date.now() - days * DAY_MS), timeZone);

/** How many days ago clocks changed in a zone, within the days kept. */
function changesIn(timeZone: string): number[] {
  const offset = (days: number) => offsetAt(Date.now() - days * DAY_MS, timeZone);
  return Array.from({ length: 380 }, (_, days) => days + 2).filter(
    (days) => offset(days) !== offset(days - 1),
  );
}

/** Periods that are over, over a change of the clocks as often as not. */
const anyPeriod = (longest: number) =>
  fc.constantFrom(...ZONES).chain((zone) => {
    const around = changesIn(zone);
    const start =
      around.length === 0
        ? fc.integer({ min: 2, max: 180 })
        : fc.oneof(
            fc.integer({ min: 2, max: 180 }),
            fc
              .tuple(fc.constantFrom(...around), fc.integer({ min: -1, max: 6 }))
              .map(([day, before]) => Math.max(2, day + before)),
          );
    return fc.record({ zone: fc.constant(zone), start, days: fc.integer({ min: 1, max: longest }) });
  });

const queryOf = ({ zone, start, days }: { zone: string; start: number; days: number }) => ({
  period: "custom",
  zone,
  from: dayAgo(start, zone),
  to: dayAgo(Math.max(1, start - days + 1), zone),
});

const sum = (counts: Awaited<ReturnType<typeof countedBySandbox>>, kind: (typeof CONTACT_KINDS)[number]) =>
  counts.reduce((all, one) => all + one[kind], 0);

describe("contacts of a period", () => {
  it("has clocks that change among its zones", () => {
    expect(ZONES.filter((zone) => changesIn(zone).length >= 2)).toHaveLength(3);
  });

  it("are what the simulator counted, in four zones and over changes of the clocks, and add up", async () => {
    await fc.assert(
      fc.asyncProperty(anyPeriod(LONGEST_IN_HOURS), async (chosen) => {
        const view = await contactsOf(house, shop.as, queryOf(chosen));
        const { period } = view;
        const counted = await countedBySandbox(house, shop.sellerId, period);
        const before = await countedBySandbox(house, shop.sellerId, view.previous);
        expect(view).toMatchObject({ accountId: shop.sellerId, progress: null, problem: null });
        expect(view.previous.to).toEqual(period.from);
        const days = daysIn({ from: period.from, to: period.to, timeZone: chosen.zone, days: period.days });
        for (const kind of CONTACT_KINDS) {
          const shown = view.kinds[kind];
          const all = sum(counted, kind);
          expect({ ...shown, buckets: null }).toEqual({
            total: all,
            sum: all,
            missing: 0,
            previousTotal: sum(before, kind),
            buckets: null,
          });
          expect(sumOf(shown.buckets.map(({ total }) => ({ total: total ?? Number.NaN })))).toBe(all);
          if (period.unit === "day") {
            expect(shown.buckets.map(({ at, day }) => ({ at, day }))).toEqual(
              days.map(({ from, day }) => ({ at: from, day })),
            );
          }
        }
        // The day that is the longest or the shortest, if clocks changed, by itself.
        const odd = days.find((day) => day.to.getTime() - day.from.getTime() !== DAY_MS) ?? days[0];
        if (odd !== undefined && period.unit === "day") {
          const ofDay = await countedBySandbox(house, shop.sellerId, odd);
          for (const kind of CONTACT_KINDS) {
            const bucket = view.kinds[kind].buckets.find(({ day }) => day === odd.day);
            expect(bucket?.total).toBe(sum(ofDay, kind));
          }
        }
        const items = view.items.map(({ itemId, kinds }) => [itemId, kinds] as const);
        expect(new Map(items)).toEqual(
          new Map(
            counted.map((one) => {
              const was = before.find(({ itemId }) => itemId === one.itemId);
              const kinds = CONTACT_KINDS.map((kind) => [kind, { sum: one[kind], previous: was?.[kind] }]);
              return [one.itemId, Object.fromEntries(kinds)];
            }),
          ),
        );
        const ranked = view.items.map((one) => one.sum ?? -1);
        expect(ranked).toEqual(ranked.toSorted((a, b) => b - a));
      }),
      { numRuns: 24 },
    );
  });

  it("of a few listings are what the simulator counted, and add up", async () => {
    await contactsOf(house, shop.as, { period: "7d" });
    await fc.assert(
      fc.asyncProperty(
        anyPeriod(LONGEST_IN_HOURS),
        fc.subarray(shop.itemIds, { minLength: 1 }),
        async (chosen, itemIds) => {
          const query = { ...queryOf(chosen), account: shop.sellerId, items: itemIds.join(",") };
          const address = `/api/leads/contacts/items?${new URLSearchParams(query)}`;
          const view = await house.read(ItemContactsViewSchema, address, { as: shop.as });
          const counted = await countedBySandbox(house, shop.sellerId, view.period);
          expect(view.items.map(({ itemId }) => itemId)).toEqual(itemIds);
          for (const item of view.items) {
            const own = counted.find(({ itemId }) => itemId === item.itemId);
            for (const kind of CONTACT_KINDS) {
              const { total, sum: all, missing, buckets } = item.kinds[kind];
              expect({ total, all, missing }).toEqual({ total: own?.[kind], all: own?.[kind], missing: 0 });
              expect(sumOf(buckets.map((one) => ({ total: one.total ?? Number.NaN })))).toBe(all);
            }
          }
        },
      ),
      { numRuns: 10 },
    );
  });

  it("of more than a month are Mercado Libre's own days, and what its total has beyond them is shown", async () => {
    let differences = 0;
    await fc.assert(
      fc.asyncProperty(anyPeriod(60), async (chosen) => {
        const asked = { ...chosen, days: chosen.days + LONGEST_IN_HOURS, start: chosen.start + 100 };
        const view = await contactsOf(house, shop.as, queryOf(asked));
        const [first, last] = [view.kinds.questions.buckets[0], view.kinds.questions.buckets.at(-1)];
        if (first === undefined || last === undefined) throw new Error("no days");
        const own = { from: first.at, to: bucketEnd(last.at, "day") };
        const [inDays, inPeriod] = [
          await countedBySandbox(house, shop.sellerId, own),
          await countedBySandbox(house, shop.sellerId, view.period),
        ];
        expect([first.day, last.day]).toEqual([view.period.firstDay, view.period.lastDay]);
        for (const kind of CONTACT_KINDS) {
          const shown = view.kinds[kind];
          expect([shown.sum, shown.total]).toEqual([sum(inDays, kind), sum(inPeriod, kind)]);
          expect(sumOf(shown.buckets.map(({ total }) => ({ total: total ?? Number.NaN })))).toBe(shown.sum);
          if (shown.sum !== shown.total) differences += 1;
        }
      }),
      { numRuns: 8 },
    );
    expect(differences).toBeGreaterThan(0);
  });
});
