import { describe, expect, it } from "vitest";
import { CONTACT_KINDS } from "@/lib/shared/api/leads";
import { CONTACT_PATHS } from "./contact-paths";
import { LEAD_PATHS } from "./lead-paths";
import { addressOf, type Route } from "./paths";

const said = (route: Route | undefined) =>
  route && `${route.method} ${addressOf("https://api.test", route).href.slice("https://api.test".length)}`;

const ITEM = { itemId: "MLC1" };
const SELLER = { userId: "7" };
const day = { from: new Date("2026-08-01T04:00:00Z"), to: new Date("2026-08-02T04:00:00Z") };
const DAY = "date_from=2026-08-01T04%3A00%3A00.000Z&date_to=2026-08-02T03%3A59%3A59.999Z";
const window = { last: 2, unit: "hour", ending: new Date("2026-08-06T13:30:00Z") } as const;
const WINDOW = "last=2&unit=hour&ending=2026-08-06T13%3A30%3A00.000Z";
const both = (kind: (typeof CONTACT_KINDS)[number]) =>
  CONTACT_PATHS.seriesOfItems(kind, ["MLC1", "MLC2"], window);

describe("the resources of contacts", () => {
  it.each(CONTACT_KINDS)("have each an address for %s, and are read alone", (kind) => {
    const tail = `contacts/${kind}`;
    expect(said(CONTACT_PATHS.total(kind, ITEM, day))).toBe(`GET /items/MLC1/${tail}?${DAY}`);
    expect(said(CONTACT_PATHS.total(kind, SELLER, day))).toBe(`GET /users/7/${tail}?${DAY}`);
    const series = `${tail}/time_window`;
    expect(said(CONTACT_PATHS.series(kind, ITEM, window))).toBe(`GET /items/MLC1/${series}?${WINDOW}`);
    expect(said(CONTACT_PATHS.series(kind, SELLER, window))).toBe(`GET /users/7/${series}?${WINDOW}`);
    expect(both(kind).map(said)).toEqual([
      `GET /items/${series}?ids=MLC1%2CMLC2&${WINDOW}`,
      `GET /items/MLC1/${series}?ids=MLC1%2CMLC2&${WINDOW}`,
    ]);
    for (const route of both(kind)) expect(route.family).toBe("contacts");
  });
});

describe("the resources of leads", () => {
  it.each([
    [
      "the list",
      LEAD_PATHS.list({ sellerId: "7", from: "2026-08-01", to: "2026-08-08", offset: 10 }),
      "/vis/users/7/leads/buyers?offset=10&limit=50&date_from=2026-08-01&date_to=2026-08-08&include_guest=true",
    ],
    ["a lead", LEAD_PATHS.lead("214e7c51-0000", "call"), "/vis/leads/214e7c51-0000"],
    ["a visit", LEAD_PATHS.lead("1", "visit_request"), "/vis/leads/1"],
    ["a contact request", LEAD_PATHS.lead("1", "contact_request"), "/leads/1/details"],
    ["a reservation", LEAD_PATHS.lead("1", "reservation"), "/leads/1/details"],
    ["a credit lead", LEAD_PATHS.credit({ id: "9", sellerId: "7" }), "/vis/loans/9?seller_id=7"],
  ])("have an address for %s, and are read alone", (_name, route, address) => {
    expect(said(route)).toBe(`GET ${address}`);
    expect(route.family).toBe("leads");
  });
});
