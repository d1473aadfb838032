import { describe, expect, it } from "vitest";
import { client, errorOf, failureOf } from "@/lib/server/mercadolibre/testing/edge";
import { CONTACT_KINDS } from "@/lib/shared/api/leads";
import { readContactSeries, readContactSeriesOfItems, readContactTotal } from "./contacts";

const ITEM = "MLC1000000001";
const OTHER = "MLC1000000002";
const asked = (url: URL | undefined) => Object.fromEntries(url?.searchParams ?? []);
const day = { from: new Date("2026-08-01T03:00:00Z"), to: new Date("2026-08-03T03:00:00Z") };
const window = { last: 2, unit: "hour", ending: new Date("2026-08-06T13:30:00Z") } as const;

/** The example of questions-and-contacts.md 4.1. */
const wireSeries = (more: object = {}) => ({
  item_id: ITEM,
  total: 3,
  date_from: "2026-08-06T12:00:00Z",
  date_to: "2026-08-06T14:00:00Z",
  last: 2,
  unit: "hour",
  results: [
    { date: "2026-08-06T12:00:00Z", total: 1 },
    { date: "2026-08-06T13:00:00Z", total: 2 },
  ],
  ...more,
});

const refusal = (status: number) => ({ status, body: { code: "bad_request", message: "error decoding" } });

describe("the total of a period", () => {
  it.each(CONTACT_KINDS)("asks for the %s of an item or a seller, to the last millisecond", async (kind) => {
    const { meli, sent, taken } = client([{ body: { item_id: ITEM, total: 9 } }]);
    expect(await readContactTotal(meli, kind, { itemId: ITEM }, day)).toEqual({ total: 9 });
    await readContactTotal(meli, kind, { userId: "700000001" }, day);
    expect(sent.map(({ url }) => url.pathname)).toEqual([
      `/items/${ITEM}/contacts/${kind}`,
      `/users/700000001/contacts/${kind}`,
    ]);
    expect(asked(sent[0]?.url)).toEqual({
      date_from: "2026-08-01T03:00:00.000Z",
      date_to: "2026-08-03T02:59:59.999Z",
    });
    expect(sent[0]?.url.search).toContain("date_from=2026-08-01T03%3A00%3A00.000Z");
    expect(taken[0]).toMatchObject({ family: "contacts", kind: "read" });
  });

  it("reads a number written as text, and takes no answer without one for zero", async () => {
    const { meli } = client([{ body: { total: "71", user_id: "700000001" } }, { body: { user_id: "7" } }]);
    const read = () => readContactTotal(meli, "questions", { userId: "700000001" }, day);
    expect(await read()).toEqual({ total: 71 });
    expect((await failureOf(read())).code).toBe("meli_unreadable");
  });

  it.each([{ itemId: "MLC1/../x" }, { userId: "1?x" }])("refuses %j before any call", async (subject) => {
    const { meli, sent } = client([{ body: { total: 1 } }]);
    expect(await errorOf(readContactTotal(meli, "questions", subject, day))).toMatchObject({
      code: "invalid_input",
    });
    expect(sent).toEqual([]);
  });
});

describe("a series", () => {
  it("asks for the last buckets of a unit, of which the last one contains an instant", async () => {
    const { meli, sent } = client([{ body: wireSeries() }]);
    const series = await readContactSeries(meli, "whatsapp", { itemId: ITEM }, window);
    expect(sent[0]?.url.pathname).toBe(`/items/${ITEM}/contacts/whatsapp/time_window`);
    expect(asked(sent[0]?.url)).toEqual({ last: "2", unit: "hour", ending: "2026-08-06T13:30:00.000Z" });
    expect(series).toEqual({
      itemId: ITEM,
      userId: null,
      kind: "whatsapp",
      unit: "hour",
      from: new Date("2026-08-06T12:00:00Z"),
      to: new Date("2026-08-06T14:00:00Z"),
      total: 3,
      buckets: [
        { at: new Date("2026-08-06T12:00:00Z"), total: 1 },
        { at: new Date("2026-08-06T13:00:00Z"), total: 2 },
      ],
    });
  });

  it("names order, limit and offset when it is told to, and is ascending whatever comes", async () => {
    const body = wireSeries({ results: wireSeries().results.toReversed() });
    const { meli, sent } = client([{ body }]);
    const more = { ...window, order: "desc", limit: 50, offset: 0 } as const;
    const { buckets } = await readContactSeries(meli, "questions", { userId: "700000001" }, more);
    expect(sent[0]?.url.pathname).toBe("/users/700000001/contacts/questions/time_window");
    expect(asked(sent[0]?.url)).toMatchObject({ order: "desc", limit: "50", offset: "0" });
    expect(buckets.map(({ total }) => total)).toEqual([1, 2]);
  });

  it.each([
    ["last as text", { last: "2" }],
    ["a user id as text", { item_id: undefined, user_id: "700000001" }],
    ["a user id as a number", { item_id: undefined, user_id: 700000001 }],
    ["totals as text", { total: "3", results: [{ date: "2026-08-06T12:00:00Z", total: "3" }] }],
    ["an offset instead of Z", { results: [{ date: "2026-08-06T08:00:00-04:00", total: 3 }] }],
  ])("reads %s", async (_name, more) => {
    const { meli, lines } = client([{ body: wireSeries(more) }]);
    const series = await readContactSeries(meli, "questions", { userId: "700000001" }, window);
    expect(series.total).toBe(3);
    expect(series.buckets[0]?.at).toEqual(new Date("2026-08-06T12:00:00Z"));
    expect(series.itemId ?? series.userId).toBe("item_id" in more ? "700000001" : ITEM);
    expect(lines.join("\n")).not.toContain("made no sense");
  });

  it("keeps a total that is not the sum of its buckets, and adds them up where none is told", async () => {
    const { meli } = client([{ body: wireSeries({ total: 12 }) }, { body: wireSeries({ total: null }) }]);
    const read = () => readContactSeries(meli, "questions", { itemId: ITEM }, window);
    expect(await read()).toMatchObject({ total: 12, buckets: [{ total: 1 }, { total: 2 }] });
    expect((await read()).total).toBe(3);
  });

  it("knows its edges by the rule of the buckets where the answer names none", async () => {
    const { meli } = client([{ body: wireSeries({ date_from: null, date_to: "", results: [] }) }]);
    const o = { last: 2, unit: "day", ending: new Date("2026-05-28T03:00:00Z") } as const;
    expect(await readContactSeries(meli, "phone_views", { itemId: ITEM }, o)).toMatchObject({
      from: new Date("2026-05-26T04:00:00Z"),
      to: new Date("2026-05-28T04:00:00Z"),
    });
  });

  it("leaves out a bucket that makes no sense, and says so in the log", async () => {
    const { meli, lines } = client([{ body: wireSeries({ results: [{ date: "ayer", total: 2 }, null] }) }]);
    expect((await readContactSeries(meli, "questions", { itemId: ITEM }, window)).buckets).toEqual([]);
    expect(lines.join("\n")).toContain('"droppedBuckets":2');
  });

  it("says in the log that other buckets came than were asked for", async () => {
    const { meli, lines } = client([{ body: wireSeries({ last: "24" }) }]);
    await readContactSeries(meli, "questions", { itemId: ITEM }, window);
    expect(lines.join("\n")).toContain('"last":24');
  });

  it("takes nothing without a list of results for a series", async () => {
    const { meli } = client([{ body: wireSeries({ results: undefined }) }]);
    expect((await failureOf(readContactSeries(meli, "questions", { itemId: ITEM }, window))).code).toBe(
      "meli_unreadable",
    );
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses %d buckets before any call", async (last) => {
    const { meli, sent } = client([{ body: wireSeries() }]);
    const work = readContactSeries(meli, "questions", { itemId: ITEM }, { ...window, last });
    expect(await errorOf(work)).toMatchObject({ code: "invalid_input" });
    expect(sent).toEqual([]);
  });
});

describe("the series of several items", () => {
  const both = [wireSeries(), wireSeries({ item_id: OTHER, total: 8 })];

  it.each(CONTACT_KINDS)("asks the collection of %s once for all of them", async (kind) => {
    const { meli, sent } = client([{ body: both }]);
    const found = await readContactSeriesOfItems(meli, kind, [ITEM, OTHER, ITEM], window);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.url.pathname).toBe(`/items/contacts/${kind}/time_window`);
    expect(asked(sent[0]?.url)).toMatchObject({ ids: `${ITEM},${OTHER}`, last: "2", unit: "hour" });
    expect([...found].map(([id, { kind: of, total }]) => [id, of, total])).toEqual([
      [ITEM, kind, 3],
      [OTHER, kind, 8],
    ]);
  });

  it.each([
    ["questions", 400],
    ["questions", 404],
    ["phone_views", 404],
  ] as const)("asks at the printed address for %s after %i, and remembers it", async (kind, status) => {
    const { meli, sent } = client(({ url }) =>
      url.pathname.startsWith("/items/contacts/") ? refusal(status) : { body: both },
    );
    for (let times = 0; times < 2; times += 1)
      expect((await readContactSeriesOfItems(meli, kind, [ITEM, OTHER], window)).size).toBe(2);
    expect(sent.map(({ url }) => url.pathname)).toEqual([
      `/items/contacts/${kind}/time_window`,
      `/items/${ITEM}/contacts/${kind}/time_window`,
      `/items/${ITEM}/contacts/${kind}/time_window`,
    ]);
    expect(asked(sent[2]?.url).ids).toBe(`${ITEM},${OTHER}`);
  });

  it("asks nowhere else after another refusal, and ends with the first when both refuse", async () => {
    const other = client([refusal(403)]);
    await failureOf(readContactSeriesOfItems(other.meli, "questions", [ITEM], window));
    expect(other.sent).toHaveLength(1);
    const none = client([refusal(404), refusal(400)]);
    const error = await failureOf(readContactSeriesOfItems(none.meli, "questions", [ITEM], window));
    expect([error.failure.status, none.sent.length]).toEqual([404, 2]);
  });

  it("asks for twenty at a time, and for none at all without a call", async () => {
    const ids = Array.from({ length: 41 }, (_, index) => `MLC${index + 1}`);
    const { meli, sent } = client(({ url }) => ({
      body: (url.searchParams.get("ids") ?? "").split(",").map((item_id) => wireSeries({ item_id })),
    }));
    expect((await readContactSeriesOfItems(meli, "questions", ids, window)).size).toBe(41);
    expect(sent.map(({ url }) => url.searchParams.get("ids")?.split(",").length)).toEqual([20, 20, 1]);
    await readContactSeriesOfItems(meli, "questions", [], window);
    expect(sent).toHaveLength(3);
  });

  it("leaves out what the answer leaves out and what nobody asked for", async () => {
    const { meli, lines } = client([{ body: [wireSeries(), wireSeries({ item_id: "MLC9" }), { total: 1 }] }]);
    const found = await readContactSeriesOfItems(meli, "questions", [ITEM, OTHER], window);
    expect([...found.keys()]).toEqual([ITEM]);
    expect(lines.join("\n")).toContain('"droppedSeries":1,"unaskedSeries":1');
  });

  it("takes one bare series for no answer to several, and goes back to the other address", async () => {
    let isCollectionThere = false;
    const { meli, sent } = client(({ url }) => {
      if (url.pathname.startsWith("/items/contacts/"))
        return isCollectionThere ? { body: both } : refusal(404);
      return { body: isCollectionThere ? wireSeries() : both };
    });
    const read = () => readContactSeriesOfItems(meli, "questions", [ITEM, OTHER], window);
    expect((await read()).size).toBe(2);
    isCollectionThere = true;
    expect((await read()).size).toBe(2);
    expect((await read()).size).toBe(2);
    expect(sent.map(({ url }) => url.pathname.startsWith("/items/contacts/"))).toEqual([
      true,
      false,
      false,
      true,
      true,
    ]);
  });

  it("reads the only one bare", async () => {
    const { meli } = client([{ body: wireSeries() }]);
    expect((await readContactSeriesOfItems(meli, "questions", [ITEM], window)).size).toBe(1);
  });
});
