import { describe, expect, it } from "vitest";
import { initialsOf } from "./initials";

describe("initialsOf", () => {
  it.each([
    ["TIENDA_SUR", "TS"],
    ["marina", "MA"],
    ["LOJA.DO.RAFA", "LD"],
    ["ñandú 3000", "Ñ3"],
    ["x", "X"],
    ["", "?"],
    ["___", "?"],
  ])("shows %j as %s", (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
