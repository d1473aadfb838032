import { describe, expect, it } from "vitest";
import { SITE_IDS } from "@/lib/shared/sites";
import { likelySite, siteOfField, siteOptions } from "./site-choice";

describe("siteOptions", () => {
  it("names every country in the reader's language, in alphabetical order, Global Selling last", () => {
    const spanish = siteOptions("es", "Global Selling");
    expect(spanish.map(({ id }) => id).sort()).toEqual([...SITE_IDS].sort());
    expect(spanish[0]).toEqual({ id: "MLA", name: "Argentina" });
    expect(spanish.at(-1)).toEqual({ id: "CBT", name: "Global Selling" });
    expect(siteOptions("en", "Global Selling").find(({ id }) => id === "MLB")?.name).toBe("Brazil");
    expect(siteOptions("pt-BR", "Global Selling").find(({ id }) => id === "MLB")?.name).toBe("Brasil");
  });
});

describe("likelySite", () => {
  it("takes the country that the browser names before its language", () => {
    expect(likelySite(["es-MX", "es"])).toBe("MLM");
    expect(likelySite(["es", "es-CL"])).toBe("MLC");
    expect(likelySite(["en-US", "pt-BR"])).toBe("MLB");
  });

  it("guesses by language when no country of ours is named", () => {
    expect(likelySite(["pt-PT"])).toBe("MLB");
    expect(likelySite(["es-419"])).toBe("MLA");
    expect(likelySite(["en-US", "en"])).toBe("CBT");
    expect(likelySite([])).toBe("MLA");
  });
});

describe("siteOfField", () => {
  it("takes only a site we know", () => {
    expect(siteOfField("MLB")).toBe("MLB");
    expect(siteOfField("XXX")).toBeNull();
    expect(siteOfField(null)).toBeNull();
  });
});
