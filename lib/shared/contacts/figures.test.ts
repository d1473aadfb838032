import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeSince } from "./compare";
import { type CsvCell, toCsv } from "./csv";
import { differenceOf, differencesOf } from "./difference";
import { rankBy } from "./rank";
import { readCsv } from "./testing/read-csv";

describe("a change since the period before", () => {
  it.each([
    [10, 15, { absolute: 5, percent: 50 }],
    [10, 0, { absolute: -10, percent: -100 }],
    [3, 3, { absolute: 0, percent: 0 }],
    [0, 7, { absolute: 7, percent: null }],
    [0, 0, { absolute: 0, percent: null }],
    [null, 7, null],
    [7, null, null],
  ])("from %s to %s is %j", (before, now, change) => {
    expect(changeSince(before, now)).toEqual(change);
  });
});

describe("a ranking", () => {
  it("has the largest first, equals in the order they came, and what is not known last", () => {
    const items = [
      { id: "a", total: 4 },
      { id: "b", total: null },
      { id: "c", total: 9 },
      { id: "d", total: 4 },
      { id: "e", total: 0 },
      { id: "f", total: null },
    ];
    const ranked = rankBy(items, ({ total }) => total);
    expect(ranked.map(({ one, place }) => [one.id, place])).toEqual([
      ["c", 1],
      ["a", 2],
      ["d", 2],
      ["e", 4],
      ["b", null],
      ["f", null],
    ]);
  });

  it("keeps everyone, never puts less before more, and is stable", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(5))), (totals) => {
        const ranked = rankBy([...totals.entries()], ([, total]) => total);
        expect(ranked.map(({ one: [index] }) => index).toSorted((a, b) => a - b)).toEqual([...totals.keys()]);
        for (const [index, { one, total }] of ranked.entries()) {
          const next = ranked[index + 1];
          if (next === undefined) continue;
          expect((total ?? -1) >= (next.total ?? -1)).toBe(true);
          if (total === next.total) expect(one[0]).toBeLessThan(next.one[0]);
        }
      }),
    );
  });
});

describe("a total beside the sum of its buckets", () => {
  it("is equal, or differs with a sign, or one of them is not known", () => {
    expect(differenceOf(9, 9)).toEqual({ total: 9, sum: 9, difference: 0 });
    expect(differenceOf(12, 9).difference).toBe(3);
    expect(differenceOf(8, 9).difference).toBe(-1);
    expect(differenceOf(null, 9)).toEqual({ total: null, sum: 9, difference: null });
    expect(differenceOf(9, null).difference).toBeNull();
  });

  it("is told for each kind that has a number, in one order", () => {
    expect(differencesOf({ whatsapp: 5, questions: 2 }, { questions: 2, phone_views: 1 })).toEqual([
      { kind: "questions", total: 2, sum: 2, difference: 0 },
      { kind: "phone_views", total: null, sum: 1, difference: null },
      { kind: "whatsapp", total: 5, sum: null, difference: null },
    ]);
  });
});

describe("a file", () => {
  it("is what RFC 4180 and a spreadsheet expect", () => {
    const file = toCsv(
      ["Día", "Vistas, en total"],
      [
        ["2026-08-01", 3],
        ['Auto "rojo"', null],
      ],
    );
    expect(file).toBe('\ufeffDía,"Vistas, en total"\r\n2026-08-01,3\r\n"Auto ""rojo""",\r\n');
    expect([...new TextEncoder().encode(file)].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf]);
  });

  it.each(["=1+1", "+54 11", "-2", "@SUM(A1)", " =1+1", "\t=1", "\rx", "\nx", "＝1+1", "\u200b=1"])(
    "lets no spreadsheet run %j",
    (text) => {
      const cell = readCsv(toCsv(["=a"], [[text]]));
      expect(cell).toEqual([["'=a"], [`'${text}`]]);
    },
  );

  it.each([
    [-5, "-5"],
    [1234567.5, "1234567.5"],
    [0.1, "0.1"],
    [1e21, "1000000000000000000000"],
    [0.0000001, "0.0000001"],
    [-0, "0"],
    [Number.NaN, ""],
    [null, ""],
  ])("writes %d for machines", (number, text) => {
    expect(readCsv(toCsv(["n"], [["x"], [number]]))[2]).toEqual([text]);
  });

  it("gives back every cell that it was given", () => {
    const text = fc
      .oneof(
        fc.string({ unit: "grapheme" }),
        fc
          .array(fc.constantFrom('"', ",", "\r", "\n", " ", ";", "a", "ñ", "=", "-"))
          .map((all) => all.join("")),
      )
      .filter((one) => !one.startsWith("\ufeff"));
    const row = fc.tuple(text, fc.integer(), fc.option(text));
    fc.assert(
      fc.property(fc.array(row), (rows: CsvCell[][]) => {
        const read = readCsv(toCsv(["a", "b", "c"], rows));
        expect(read).toHaveLength(rows.length + 1);
        for (const [index, cells] of rows.entries()) {
          const back = read[index + 1] ?? [];
          for (const [column, cell] of cells.entries()) {
            const plain = cell === null ? "" : String(cell);
            expect([plain, `'${plain}`]).toContain(back[column]);
            if (typeof cell === "number") expect(back[column]).toBe(plain);
          }
        }
      }),
    );
  });

  it("keeps blanks at the edges of a cell where a reader would trim them", () => {
    expect(toCsv(["a"], [[" b "]])).toBe('\ufeffa\r\n" b "\r\n');
  });

  it("refuses a row that is not as long as the header", () => {
    expect(() => toCsv(["a", "b"], [["x"]])).toThrow(RangeError);
  });
});
