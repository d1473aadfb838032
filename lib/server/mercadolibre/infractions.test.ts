import { describe, expect, it } from "vitest";
import { client, errorOf, failureOf } from "@/lib/server/mercadolibre/testing/edge";
import { notRows, SELLER } from "@/lib/server/mercadolibre/testing/wire-questions";
import { readInfractions } from "./infractions";

/** The example of questions-and-contacts.md 1.6. */
const wire = {
  id: "98765432100000000001",
  date_created: "2026-10-08T14:50:27.938-0400",
  user_id: "700000001",
  related_item_id: "MLA1000000001",
  element_id: "13000000001",
  element_type: "QUE",
  site_id: "MLA",
  filter_subgroup: "LINKS",
  reason: "<p>No se permiten <b>enlaces</b>.</p>",
  remedy: "<a href='javascript:x'>Ver</a>",
};
const many = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...wire, id: String(first + index) }));
const ofQuestion = {
  userId: SELLER,
  elementType: "QUE",
  elementId: "13000000001",
  language: "ES",
} as const;
const ofAll = { userId: SELLER, elementType: "ITM", language: null } as const;

describe("infractions", () => {
  it("of a question are read with ids as texts, an offset without a colon and HTML as it came", async () => {
    const { meli, sent } = client([
      { body: { infractions: [wire], paging: { total: 1 }, sorting_type: "date_created_desc" } },
    ]);
    expect(await readInfractions(meli, ofQuestion)).toEqual([
      {
        id: "98765432100000000001",
        createdAt: new Date("2026-10-08T18:50:27.938Z"),
        userId: SELLER,
        elementId: "13000000001",
        elementType: "QUE",
        relatedItemId: "MLA1000000001",
        siteId: "MLA",
        subgroup: "LINKS",
        reason: "<p>No se permiten <b>enlaces</b>.</p>",
        remedy: "<a href='javascript:x'>Ver</a>",
      },
    ]);
    expect(sent[0]?.url.pathname).toBe(`/moderations/infractions/${SELLER}`);
    expect(Object.fromEntries(sent[0]?.url.searchParams ?? [])).toEqual({
      element_type: "QUE",
      element_id: "13000000001",
      language: "ES",
      sort: "date_created_desc",
      limit: "20",
      offset: "0",
    });
  });

  it("of everything name neither element nor language", async () => {
    const { meli, sent } = client([{ body: { infractions: [], paging: { total: 0 } } }]);
    expect(await readInfractions(meli, ofAll)).toEqual([]);
    expect([...(sent[0]?.url.searchParams.keys() ?? [])].toSorted()).toEqual([
      "element_type",
      "limit",
      "offset",
      "sort",
    ]);
  });

  it("are read page after page, each once", async () => {
    const { meli, sent } = client(({ url }) => {
      const offset = Number(url.searchParams.get("offset"));
      return {
        body: { infractions: many(Math.max(1, offset), Math.min(20, 45 - offset)), paging: { total: 45 } },
      };
    });
    // Each page begins with the last one of the page before.
    const found = await readInfractions(meli, ofAll);
    expect(found.map(({ id }) => Number(id))).toEqual(Array.from({ length: 44 }, (_, n) => n + 1));
    expect(sent.map(({ url }) => url.searchParams.get("offset"))).toEqual(["0", "20", "40"]);
  });

  it("are read no further than two hundred", async () => {
    const { meli, sent } = client((_, n) => ({
      body: { infractions: many(n * 20, 20), paging: { total: 9_999 } },
    }));
    expect(await readInfractions(meli, ofAll)).toHaveLength(200);
    expect(sent).toHaveLength(10);
  });

  it("end where a page without a total is not full, or is empty", async () => {
    const { meli, sent } = client([
      { body: { infractions: many(1, 20) } },
      { body: { infractions: many(21, 3) } },
    ]);
    expect(await readInfractions(meli, ofAll)).toHaveLength(23);
    expect(sent).toHaveLength(2);
    const empty = client([{ body: { infractions: [], paging: { total: 9 } } }]);
    expect(await readInfractions(empty.meli, ofAll)).toEqual([]);
    expect(empty.sent).toHaveLength(1);
  });

  it("keep what can be read of them and leave out what has no id", async () => {
    const { meli, lines } = client([{ body: { infractions: [{ id: 7 }, ...notRows] } }]);
    const found = await readInfractions(meli, ofAll);
    expect(found[0]).toEqual({
      id: "7",
      createdAt: null,
      userId: null,
      elementId: null,
      elementType: null,
      relatedItemId: null,
      siteId: null,
      subgroup: null,
      reason: "",
      remedy: "",
    });
    expect(lines.join("\n")).toContain("droppedInfractions");
    expect(lines.join("\n")).not.toContain("secreto");
  });

  it("are not asked for of what is no element", async () => {
    const { meli, sent } = client([{ body: { infractions: [] } }]);
    expect(await errorOf(readInfractions(meli, { ...ofQuestion, elementId: "1&x=2" }))).toMatchObject({
      code: "invalid_input",
    });
    expect(sent).toEqual([]);
  });

  it("are an error when the answer is no list of them", async () => {
    const { meli } = client([{ body: { paging: { total: 0 } } }]);
    expect((await failureOf(readInfractions(meli, ofAll))).code).toBe("meli_unreadable");
  });
});
