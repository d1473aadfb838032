import { beforeEach, describe, expect, it } from "vitest";
import { type Dealer, dealerIn, LEAD_SPELLINGS } from "@/lib/server/mercadolibre/testing/lead-lab";
import { CONTACT_KINDS } from "@/lib/shared/api/leads";
import { asksFor, bucketEnd, cutInto, joinBuckets, sumOf } from "@/lib/shared/contacts/buckets";
import { differenceOf } from "@/lib/shared/contacts/difference";
import { daysIn, periodOf, previousPeriod, startsIn, unitOf } from "@/lib/shared/contacts/periods";
import { createSandbox } from "@/sandbox/create-sandbox";
import { readContactSeries, readContactSeriesOfItems, readContactTotal } from "./contacts";

/** What the sandbox answers to each read of questions-and-contacts.md 4.1 parses with our wire schemas, whatever the
 *  spelling, and adds up: our two readings of the documents have to agree. */

const HOUR = 3_600_000;
/** In Santiago, two hours after the night of 25 hours. */
const NOW = new Date("2026-04-05T06:20:00Z");
const SANTIAGO = "America/Santiago";

describe.each(LEAD_SPELLINGS)("contacts spelt %j", (settings) => {
  let dealer: Dealer;
  beforeEach(async () => {
    dealer = await dealerIn(createSandbox({ clock: () => NOW }), settings);
    await dealer.control("/settings", { expiresIn: 200 * 86_400 });
    for (const [itemId, by] of [
      [dealer.car, 1],
      [dealer.flat, 2],
    ] as const)
      for (const kind of CONTACT_KINDS) {
        const hours = Array.from({ length: 24 * 100 }, (_, index) => (index * 7 + by) % 5);
        await dealer.control("/leads/series", { itemId, kind, hours, ending: NOW.toISOString() });
      }
  });

  it.each(CONTACT_KINDS)("counts %s of an item and of its seller", async (kind) => {
    const { meli } = dealer.one;
    const day = { from: new Date(NOW.getTime() - 48 * HOUR), to: bucketEnd(NOW, "hour") };
    const one = await readContactTotal(meli, kind, { itemId: dealer.car }, day);
    const other = await readContactTotal(meli, kind, { itemId: dealer.flat }, day);
    const all = await readContactTotal(meli, kind, { userId: dealer.sellerId }, day);
    expect([one.total > 0, all.total]).toEqual([true, one.total + other.total]);
  });

  it.each(CONTACT_KINDS)("reads series of %s, of one, of several and of the seller", async (kind) => {
    const { meli } = dealer.one;
    const window = { last: 30, unit: "hour", ending: NOW } as const;
    const car = await readContactSeries(meli, kind, { itemId: dealer.car }, window);
    expect(car).toMatchObject({ itemId: dealer.car, userId: null, kind, unit: "hour" });
    expect([car.buckets.length, car.total]).toEqual([30, sumOf(car.buckets)]);
    expect([car.from, car.to]).toEqual([car.buckets[0]?.at, bucketEnd(NOW, "hour")]);
    const both = await readContactSeriesOfItems(meli, kind, [dealer.car, dealer.flat, "MLC1"], window);
    expect([...both.keys()]).toEqual([dealer.car, dealer.flat]);
    expect(both.get(dealer.car)).toEqual(car);
    const seller = await readContactSeries(meli, kind, { userId: dealer.sellerId }, window);
    expect(seller).toMatchObject({ itemId: null, userId: dealer.sellerId });
    expect(seller.total).toBe(sumOf([...both.values()]));
    const turned = { ...window, order: "desc", limit: 30, offset: 0 } as const;
    expect(await readContactSeries(meli, kind, { itemId: dealer.car }, turned)).toEqual(car);
    expect(dealer.one.warnings.join("\n")).not.toContain("made no sense");
  });

  it.each([
    ["a week over the change of clocks", { from: "2026-03-30", to: "2026-04-05" }],
    ["a month of days", { from: "2026-03-06", to: "2026-04-05" }],
  ])("adds up %s: hours, days, total and the period before", async (_name, choice) => {
    const { meli } = dealer.one;
    const chosen = periodOf(choice, NOW, SANTIAGO);
    if (chosen === null) throw new Error("no such period");
    for (const period of [chosen, previousPeriod(chosen)]) {
      const subject = { itemId: dealer.car };
      const starts = startsIn(period, unitOf(period), NOW);
      const answers = [];
      for (const ask of asksFor(starts, "hour", 100, NOW))
        answers.push((await readContactSeries(meli, "whatsapp", subject, { ...ask, unit: "hour" })).buckets);
      const { buckets, missing } = joinBuckets(answers, starts, "hour");
      const { spans, outside } = cutInto(buckets, daysIn(period));
      const { total } = await readContactTotal(meli, "whatsapp", subject, period);
      expect([missing, outside, spans.length]).toEqual([0, 0, period.days]);
      expect(total).toBeGreaterThan(100);
      expect(differenceOf(total, sumOf(spans)).difference).toBe(0);
    }
  });

  it("finds each of ninety days once, wherever they begin, and says what the total has beyond", async () => {
    const { meli } = dealer.one;
    const period = periodOf({ from: "2026-01-05", to: "2026-04-04" }, NOW, SANTIAGO);
    if (period === null) throw new Error("no such period");
    const starts = startsIn(period, unitOf(period), NOW);
    const subject = { userId: dealer.sellerId };
    const answers = [];
    for (const ask of asksFor(starts, "day", 40, NOW))
      answers.push((await readContactSeries(meli, "questions", subject, { ...ask, unit: "day" })).buckets);
    const { buckets, missing } = joinBuckets(answers, starts, "day");
    expect([buckets.length, missing]).toEqual([90, 0]);
    const { total } = await readContactTotal(meli, "questions", subject, period);
    // Days of another midnight cover some hours before or after the period.
    const { difference } = differenceOf(total, sumOf(buckets));
    expect(Math.abs(difference ?? Number.NaN)).toBeLessThan(20);
  });
});

describe("contacts that are refused", () => {
  it("are those of somebody else", async () => {
    const sandbox = createSandbox();
    const [mine, theirs] = [await dealerIn(sandbox), await dealerIn(sandbox)];
    const day = { from: new Date(Date.now() - 24 * HOUR), to: new Date() };
    const reads = [
      readContactTotal(mine.one.meli, "questions", { itemId: theirs.car }, day),
      readContactTotal(mine.one.meli, "questions", { userId: theirs.sellerId }, day),
      readContactSeries(
        mine.one.meli,
        "questions",
        { itemId: theirs.car },
        { last: 1, unit: "day", ending: day.to },
      ),
    ];
    for (const read of reads) await expect(read).rejects.toMatchObject({ code: "refused_by_meli" });
    expect(mine.one.grants).toHaveLength(1);
  });
});
