import { expect, it } from "vitest";
import { sellerZone } from "./seller-zone";

const account = (siteId: string, isCurrent = false) => ({
  siteId,
  isCurrent,
  profile: siteId === "CBT" ? ("GLOBAL" as const) : ("LOCAL" as const),
});

it("is the zone of the account that the seller works as", () => {
  expect(sellerZone([account("MLA"), account("MLM", true)])).toBe("America/Mexico_City");
});

it("is that of the first account with a country when the current one has none", () => {
  expect(sellerZone([account("CBT", true), account("MLB")])).toBe("America/Sao_Paulo");
});

it("is UTC for who sells only through Global Selling, or on a site we don't know", () => {
  expect(sellerZone([account("CBT", true)])).toBe("UTC");
  expect(sellerZone([account("MXX", true)])).toBe("UTC");
});
