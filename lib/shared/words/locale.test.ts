import { describe, expect, it } from "vitest";
import { localeOf, wantedLanguages } from "./locale";

describe("localeOf", () => {
  it("takes the most wanted language that Buzón speaks", () => {
    expect(localeOf("fr;q=0.9, pt-BR;q=0.8, es;q=0.7")).toBe("pt");
    expect(localeOf("en;q=0.3, es-AR")).toBe("es");
    expect(localeOf("en-US,en;q=0.9")).toBe("en");
  });

  it("falls back to Spanish when none is wanted, spoken or readable", () => {
    for (const header of [null, "", "*", "zh-CN,zh;q=0.9", "en;q=0", ";;q=,,", "\u0000es"]) {
      expect(localeOf(header)).toBe("es");
    }
  });
});

describe("wantedLanguages", () => {
  it("keeps the order of the header between equal weights", () => {
    expect(wantedLanguages("es-AR,es;q=0.9,en;q=0.9,pt")).toEqual(["es-AR", "pt", "es", "en"]);
  });
});
