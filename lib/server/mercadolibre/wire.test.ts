import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countOf, dateOf, digitsOf, idOf, moneyOf, siteOfItem } from "./wire";

describe("dateOf", () => {
  it.each([
    ["2026-02-20T11:02:58Z", "2026-02-20T11:02:58.000Z"],
    ["2026-02-20T11:02:58.123Z", "2026-02-20T11:02:58.123Z"],
    ["2026-02-20T11:02:58.123456789Z", "2026-02-20T11:02:58.123Z"],
    ["2026-02-20T11:02:58.5Z", "2026-02-20T11:02:58.500Z"],
    ["2026-02-20T07:02:58.000-04:00", "2026-02-20T11:02:58.000Z"],
    ["2026-02-20T07:02:58.000-0400", "2026-02-20T11:02:58.000Z"],
    ["2026-02-20T07:02:58-04", "2026-02-20T11:02:58.000Z"],
    ["2026-02-20T16:32:58+05:30", "2026-02-20T11:02:58.000Z"],
    ["2026-02-20T11:02:58", "2026-02-20T11:02:58.000Z"],
    ["2026-02-20 11:02", "2026-02-20T11:02:00.000Z"],
    ["2026-02-20", "2026-02-20T00:00:00.000Z"],
  ])("reads %s", (text, expected) => {
    expect(dateOf(text)?.toISOString()).toBe(expected);
  });

  it.each([
    "",
    "yesterday",
    "2026-13-01T00:00:00Z",
    "2026-02-20T25:00:00Z",
    "20/02/2026",
    7,
    null,
    undefined,
    {},
  ])("makes nothing of %j", (value) => {
    expect(dateOf(value)).toBeNull();
  });

  it("reads back every instant, whatever its offset", () => {
    const instants = fc.date({
      min: new Date("1970-01-01"),
      max: new Date("2100-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.integer({ min: -14, max: 14 }), fc.boolean(), (instant, hours, colon) => {
        const local = new Date(instant.getTime() + hours * 3_600_000).toISOString().slice(0, -1);
        const sign = hours < 0 ? "-" : "+";
        const offset = `${sign}${String(Math.abs(hours)).padStart(2, "0")}${colon ? ":" : ""}00`;
        expect(dateOf(local + offset)).toEqual(instant);
      }),
    );
  });
});

describe("ids and counts", () => {
  it.each([
    [900100200, "900100200"],
    ["900100200", "900100200"],
    [" 900100200 ", "900100200"],
    ["1234567890123456789", "1234567890123456789"],
    [0, "0"],
    [-1, null],
    [1.5, null],
    [2 ** 60, null],
    ["", null],
    ["90a", null],
    [null, null],
    [{}, null],
    [true, null],
  ])("digitsOf(%j) is %j", (value, expected) => {
    expect(digitsOf(value)).toBe(expected);
  });

  it("keeps an id of letters as it is", () => {
    expect(idOf("0199aa00bb11cc22dd33ee44ff556677")).toBe("0199aa00bb11cc22dd33ee44ff556677");
  });

  it.each([
    [3, 3],
    ["3", 3],
    [0, 0],
    [-3, null],
    [1.2, null],
    ["x", null],
    [null, null],
  ])("countOf(%j) is %j", (value, expected) => {
    expect(countOf(value)).toBe(expected);
  });

  it.each([
    ["MLB1234", "MLB"],
    ["mlm-99", "MLM"],
    ["XYZ", null],
    [null, null],
  ])("siteOfItem(%j) is %j", (value, expected) => {
    expect(siteOfItem(value)).toBe(expected);
  });
});

describe("moneyOf", () => {
  it.each<[unknown, unknown, object | null]>([
    [19.99, "BRL", { minor: 1_999, currency: "BRL" }],
    [1.005, "BRL", { minor: 100, currency: "BRL" }],
    ["48990", "ars", { minor: 4_899_000, currency: "ARS" }],
    [25_990, "CLP", { minor: 25_990, currency: "CLP" }],
    [0, "MXN", { minor: 0, currency: "MXN" }],
    [null, "MXN", null],
    [1, null, null],
    [1, "pesos", null],
    ["", "MXN", null],
    [1e300, "MXN", null],
  ])("moneyOf(%j, %j) is %j", (amount, currency, expected) => {
    expect(moneyOf(amount, currency)).toEqual(expected);
  });
});
