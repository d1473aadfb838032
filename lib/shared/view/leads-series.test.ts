import { describe, expect, it } from "vitest";
import { openFromOf, seriesOfItems, seriesOfKinds } from "./leads-series";

const bucket = (day: string, total: number | null) => ({ at: new Date(`${day}T03:00:00Z`), day, total });
const counted = (...buckets: ReturnType<typeof bucket>[]) => ({ total: 9, sum: 8, missing: 0, buckets });

describe("what the chart, its table and its file show", () => {
  it("is one column for each kind of contact, over the same days", () => {
    const series = seriesOfKinds(
      {
        kinds: {
          questions: { ...counted(bucket("2026-08-01", 1), bucket("2026-08-02", 2)), previousTotal: null },
          phone_views: { ...counted(bucket("2026-08-02", 5)), previousTotal: null },
          whatsapp: { ...counted(bucket("2026-08-01", null), bucket("2026-08-02", 0)), previousTotal: null },
        },
      },
      (kind) => kind.toUpperCase(),
    );
    expect(series.buckets.map(({ day }) => day)).toEqual(["2026-08-01", "2026-08-02"]);
    expect(series.columns).toEqual([
      { key: "questions", title: "QUESTIONS", total: 8, values: [1, 2] },
      { key: "phone_views", title: "PHONE_VIEWS", total: 8, values: [null, 5] },
      { key: "whatsapp", title: "WHATSAPP", total: 8, values: [null, 0] },
    ]);
    expect([openFromOf(series, true), openFromOf(series, false)]).toEqual([1, 2]);
  });

  it("is one column for each listing that is compared, in the order they were picked", () => {
    const none = counted();
    const item = (itemId: string, count: number) => ({
      itemId,
      title: itemId === "MLC2" ? null : "Yaris",
      kinds: { questions: none, phone_views: counted(bucket("2026-08-01", count)), whatsapp: none },
    });
    const series = seriesOfItems({ items: [item("MLC2", 3), item("MLC1", 7)] }, "phone_views", (one) => {
      return one.title ?? one.itemId;
    });
    expect(series.columns.map(({ title, values }) => [title, values])).toEqual([
      ["MLC2", [3]],
      ["Yaris", [7]],
    ]);
  });
});
