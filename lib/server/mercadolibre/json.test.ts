import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRecord, parseJson } from "./json";

describe("parseJson", () => {
  it("keeps every digit of an id beyond 2^53", () => {
    expect(
      parseJson('{"application_id":1234567890123456789,"id":2000011112222333,"n":[9007199254740993]}'),
    ).toEqual({
      application_id: "1234567890123456789",
      id: 2000011112222333,
      n: ["9007199254740993"],
    });
  });

  it("leaves amounts, exponents and digits inside texts alone", () => {
    expect(
      parseJson('{"a":1234567.5,"b":1e300,"c":"1234567890123456789","d":0.1234567890123456789}'),
    ).toEqual({
      a: 1234567.5,
      b: 1e300,
      c: "1234567890123456789",
      d: 0.12345678901234568,
    });
  });

  it("reads any integer back as the digits that were written", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), (id) => {
        const read = parseJson(`{"id":${id}}`);
        expect(isRecord(read) ? String(read.id) : null).toBe(String(id));
      }),
    );
  });

  it("keeps only texts that a database can hold", () => {
    expect(parseJson('{"a":"x\\u0000y","b":"\\ud83d\\ude00 \\uD83D.","c":"\\\\u0000"}')).toEqual({
      a: "xy",
      b: "😀 \ufffd.",
      c: "\\u0000",
    });
  });

  it("refuses what is not JSON", () => {
    expect(() => parseJson("<html>")).toThrow(SyntaxError);
  });
});
