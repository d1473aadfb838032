import { describe, expect, it } from "vitest";
import { lengthOf, limitOf } from "./message-length";

describe("the limit of a conversation", () => {
  it.each([
    [350, 350],
    [3500, 3500],
    [1, 1],
    [0, 0],
  ])("is its own: %i", (told, limit) => {
    expect(limitOf(told, "LOCAL")).toBe(limit);
    expect(limitOf(told, "GLOBAL")).toBe(limit);
  });

  it("is 350 in one country and 3,500 on Global Selling where it is not told", () => {
    expect([limitOf(null, "LOCAL"), limitOf(null, "GLOBAL")]).toEqual([350, 3500]);
  });
});

describe("the length of a text", () => {
  it.each([
    ["Hola", 4],
    ["ñandú", 5],
    ["😀😀", 2],
    ["a\nb", 3],
    ['<a href="https://a.ar">a</a>', 28],
    ["", 0],
  ])("counts code points, markup included: %j has %i", (text, length) => {
    expect(lengthOf(text)).toBe(length);
  });
});
