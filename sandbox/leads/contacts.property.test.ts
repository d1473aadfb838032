import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countsOf, DAY, datesOf, HOUR, NOW, startLeads } from "@/sandbox/leads/testing";
import { at } from "@/sandbox/testing";

const kinds = fc.constantFrom("questions", "phone_views", "whatsapp");
const units = fc.constantFrom("hour", "day");
const endings = fc.integer({ min: -60 * DAY, max: 2 * DAY }).map((ms) => new Date(NOW.getTime() + ms));

describe("contacts add up", () => {
  it("in any window: series, their buckets, totals, several listings, and the seller's figure", async () => {
    const { seller, car, flat, list, lead, contact, series, total } = await startLeads({ drawn: true });
    const house = await list("Casa Peñalolén 4 Dormitorios");
    await lead({ type: "whatsapp", minutesAgo: 90 });
    await lead({ type: "question", minutesAgo: 3000, itemId: flat });
    await contact("phone_views", { count: 5, at: "2026-08-11T04:00:00Z" });
    await contact("phone_views", { count: 7, at: "2026-08-11T03:00:00Z" });
    await fc.assert(
      fc.asyncProperty(
        kinds,
        units,
        fc.integer({ min: 1, max: 60 }),
        endings,
        async (kind, unit, last, ending) => {
          const window = `time_window?last=${last}&unit=${unit}&ending=${ending.toISOString()}`;
          const size = unit === "hour" ? HOUR : DAY;
          const items = [car, flat, house];
          const each = await Promise.all(
            items.map((item) => series(`/items/${item}/contacts/${kind}/${window}`)),
          );
          for (const [index, body] of each.entries()) {
            const counts = countsOf(body);
            expect(counts).toHaveLength(last);
            expect(at(body, "total")).toBe(counts.reduce((sum, count) => sum + count, 0));
            const starts = datesOf(body).map((date) => Date.parse(date));
            expect(starts.every((start, n) => n === 0 || start - (starts[n - 1] ?? 0) === size)).toBe(true);
            expect(starts.at(-1)).toBeLessThanOrEqual(ending.getTime());
            expect(Date.parse(String(at(body, "date_to")))).toBeGreaterThan(ending.getTime());
            const range = `date_from=${at(body, "date_from")}&date_to=${at(body, "date_to")}`;
            expect(await total(`/items/${items[index]}/contacts/${kind}?${range}`)).toBe(at(body, "total"));
          }
          expect(
            await series(`/items/contacts/${kind}/${window.replace("?", `?ids=${items.join(",")}&`)}`),
          ).toEqual(each);
          const user = await series(`/users/${seller}/contacts/${kind}/${window}`);
          expect(countsOf(user)).toEqual(
            countsOf(user).map((_, n) =>
              each.reduce<number>((sum, body) => sum + (countsOf(body)[n] ?? 0), 0),
            ),
          );
          const range = `date_from=${at(user, "date_from")}&date_to=${at(user, "date_to")}`;
          expect(await total(`/users/${seller}/contacts/${kind}?${range}`)).toBe(at(user, "total"));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("when a range is cut anywhere, to the millisecond", async () => {
    const { seller, total } = await startLeads({ drawn: true });
    const count = (kind: string, from: number, to: number) =>
      total(
        `/users/${seller}/contacts/${kind}?date_from=${new Date(from).toISOString()}&date_to=${new Date(to).toISOString()}`,
      );
    const moment = fc.integer({ min: -100 * DAY, max: 0 });
    await fc.assert(
      fc.asyncProperty(kinds, moment, moment, moment, async (kind, ...offsets) => {
        const [from = 0, cut = 0, to = 0] = offsets
          .map((ms) => Math.floor((NOW.getTime() + ms) / 500) * 500)
          .toSorted((a, b) => a - b);
        expect((await count(kind, from, cut)) + (await count(kind, cut, to))).toBe(
          await count(kind, from, to),
        );
      }),
      { numRuns: 100 },
    );
  });

  it("do not change when they are read again, or later, or by the hour instead of the day", async () => {
    const { car, series, pass } = await startLeads({ drawn: true });
    const ask = (query: string) => series(`/items/${car}/contacts/whatsapp/time_window?${query}`);
    const days = await ask("last=30&unit=day&ending=2026-08-10T12:00:00Z");
    const hours = countsOf(await ask("last=720&unit=hour&ending=2026-08-11T03:30:00Z"));
    expect(countsOf(days)).toEqual(
      Array.from({ length: 30 }, (_, day) =>
        hours.slice(day * 24, day * 24 + 24).reduce((sum, count) => sum + count, 0),
      ),
    );
    pass(5 * DAY + 17 * 60_000);
    expect(await ask("last=30&unit=day&ending=2026-08-10T12:00:00Z")).toEqual(days);
  });

  it("grow as time passes, and never run ahead of it", async () => {
    const { car, series, total, pass, api } = await startLeads({ drawn: true });
    await api.control("/leads/series", { itemId: car, perDay: 400 });
    const today = () =>
      total(`/items/${car}/contacts/whatsapp?date_from=2026-08-12T15:00:00Z&date_to=2026-08-12T16:00:00Z`);
    const [before, ahead] = [
      await today(),
      await series(
        `/items/${car}/contacts/whatsapp/time_window?last=3&unit=hour&ending=2026-08-12T18:00:00Z`,
      ),
    ];
    expect(countsOf(ahead)).toEqual([0, 0, 0]);
    pass(20 * 60_000);
    const after = await today();
    expect(after).toBeGreaterThan(before);
    pass(HOUR);
    expect(await today()).toBe(after);
  });
});
