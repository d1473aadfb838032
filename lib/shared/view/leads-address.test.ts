import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONTACT_KINDS } from "@/lib/shared/api/leads";
import { PRESETS } from "@/lib/shared/contacts/periods";
import {
  FIRST_ADDRESS,
  firstDirection,
  GUEST_CHOICES,
  LEADS_TABS,
  leadsHref,
  MOST_COMPARED,
  parseLeadsAddress,
  SORT_COLUMNS,
} from "./leads-address";

const itemId = fc.integer({ min: 1, max: 10 ** 10 }).map((number) => `MLC${number}`);
const digits = fc.integer({ min: 1, max: 10 ** 12 }).map(String);
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const anyAddress = fc.record({
  tab: fc.constantFrom(...LEADS_TABS),
  account: maybe(digits),
  period: fc.oneof(
    fc.constantFrom(...PRESETS).map((preset) => ({ preset })),
    fc.constant({ from: "2026-08-01", to: "2026-08-31" }),
  ),
  compared: fc.uniqueArray(itemId, { maxLength: MOST_COMPARED }),
  kind: fc.constantFrom(...CONTACT_KINDS),
  unit: maybe(fc.constantFrom("hour" as const, "day" as const)),
  isTable: fc.boolean(),
  sort: fc.constantFrom(...SORT_COLUMNS),
  isAscending: fc.boolean(),
  find: fc.string({ maxLength: 80 }),
  type: maybe(fc.constantFrom("question", "visit_request")),
  item: maybe(itemId),
  guests: fc.constantFrom(...GUEST_CHOICES),
  lead: maybe(fc.record({ accountId: digits, id: fc.uuid() })),
});

describe("an address of the page of contacts", () => {
  it("says all that the page shows, and is read back as it was written", () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        const href = leadsHref(address);
        expect(parseLeadsAddress(href.split("?")[1] ?? "")).toEqual(address);
      }),
    );
  });

  it("says nothing of what is as at first", () => {
    expect(leadsHref(FIRST_ADDRESS)).toBe("/leads");
    expect(parseLeadsAddress("")).toEqual(FIRST_ADDRESS);
    expect(leadsHref({ ...FIRST_ADDRESS, tab: "leads", type: "question" })).toBe(
      "/leads?tab=leads&type=question",
    );
  });

  it("can be read by people", () => {
    expect(
      leadsHref({
        ...FIRST_ADDRESS,
        compared: ["MLC1", "MLC2"],
        period: { from: "2026-08-01", to: "2026-08-31" },
      }),
    ).toBe("/leads?from=2026-08-01&to=2026-08-31&items=MLC1,MLC2");
  });

  it.each([
    ["a tab that is none", "tab=others"],
    ["an account that is no number", "account=../1"],
    ["a day that does not exist", "from=2026-02-30&to=2026-03-01"],
    ["days in the wrong order", "from=2026-03-02&to=2026-03-01"],
    ["half a period", "from=2026-03-02"],
    ["a period that is none", "period=2w"],
    ["a listing that is none", "items=,MLC,1,<b>"],
    ["an order that is none", "sort=beauty"],
    ["a lead without its account", "lead=214e7c51-0000-4000-8000-000000000001"],
    ["a type that is none", "type=DROP%20TABLE"],
  ])("leaves out %s", (_name, search) => {
    expect(parseLeadsAddress(search)).toEqual(FIRST_ADDRESS);
  });

  it("compares no more listings than there is room for, each once", () => {
    const ids = Array.from({ length: 9 }, (_, index) => `MLC${index}`);
    expect(parseLeadsAddress(`items=MLC0,${ids.join(",")}`).compared).toEqual(ids.slice(0, MOST_COMPARED));
  });

  it("shows the most first, and words from A", () => {
    expect(SORT_COLUMNS.filter((column) => firstDirection(column) === "asc")).toEqual(["item", "status"]);
    expect(parseLeadsAddress("sort=item").isAscending).toBe(true);
    expect(parseLeadsAddress("sort=whatsapp").isAscending).toBe(false);
    expect(parseLeadsAddress("sort=whatsapp&dir=asc").isAscending).toBe(true);
  });
});
