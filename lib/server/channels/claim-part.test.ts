import { expect, it } from "vitest";
import type { AccountId } from "@/lib/shared/ids";
import { partOf } from "./claim-part";

const players = (sellerId: string | null) => [
  { role: "complainant", type: "buyer", userId: "111", actions: [] },
  { role: "respondent", type: "seller", userId: sellerId, actions: [] },
];
const account = (siteId: string) => ({
  accountId: "222" as AccountId,
  siteId,
  sellers: [{ userId: "222", siteId }],
});
const claim = (sellerId: string | null) => ({
  players: players(sellerId),
  type: "mediations",
  siteId: "MLA",
});

it("takes a claim of another seller for none of a LOCAL account's, should Mercado Libre ever show one", () => {
  expect(partOf(account("MLA"), claim("333"))).toBeNull();
  expect(partOf(account("MLA"), claim("222"))).toMatchObject({ role: "respondent" });
  expect(partOf(account("MLA"), claim(null))).toMatchObject({ role: "respondent" });
});

it("knows the seller of a Global Selling account by what they do: which id they carry is not documented (claims.md 15)", () => {
  expect(partOf(account("CBT"), claim("333"))).toMatchObject({ role: "respondent" });
});
