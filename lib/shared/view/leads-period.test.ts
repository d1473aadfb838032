import { describe, expect, it } from "vitest";
import type { AccountView } from "@/lib/shared/api/account";
import { LONGEST_DAYS } from "@/lib/shared/contacts/periods";
import { FIRST_ADDRESS } from "./leads-address";
import {
  contactsFilter,
  daysOf,
  hasUnits,
  leadsFilter,
  rangeProblem,
  spokenRange,
  zoneOf,
} from "./leads-period";

/** A Sunday; in Santiago still the evening of it. */
const NOW = new Date("2026-11-23T01:30:00Z");
const ZONE = "America/Santiago";

describe("periods that people speak of", () => {
  it.each([
    ["yesterday", { from: "2026-11-21", to: "2026-11-21" }],
    ["lastWeek", { from: "2026-11-09", to: "2026-11-15" }],
    ["thisMonth", { from: "2026-11-01", to: "2026-11-22" }],
    ["lastMonth", { from: "2026-10-01", to: "2026-10-31" }],
  ] as const)("%s is %j", (which, range) => {
    expect(spokenRange(which, NOW, ZONE)).toEqual(range);
    expect(rangeProblem(range, NOW, ZONE)).toBeNull();
  });

  it("begin a week on Monday, on a Monday too, and know January", () => {
    const monday = new Date("2027-01-04T15:00:00Z");
    expect(spokenRange("lastWeek", monday, ZONE)).toEqual({ from: "2026-12-28", to: "2027-01-03" });
    expect(spokenRange("lastMonth", monday, ZONE)).toEqual({ from: "2026-12-01", to: "2026-12-31" });
  });
});

describe("two days", () => {
  it.each([
    ["missing", "", "2026-11-01"],
    ["missing", "2026-02-30", "2026-11-01"],
    ["order", "2026-11-02", "2026-11-01"],
    ["future", "2026-11-02", "2026-11-23"],
    ["length", "2020-01-01", "2026-11-01"],
    [null, "2026-11-22", "2026-11-22"],
  ])("are told what is wrong with them: %s", (problem, from, to) => {
    expect(rangeProblem({ from, to }, NOW, ZONE)).toBe(problem);
  });

  it("may be a year apart", () => {
    expect(LONGEST_DAYS).toBe(366);
    expect(rangeProblem({ from: "2025-11-22", to: "2026-11-22" }, NOW, ZONE)).toBeNull();
    expect(rangeProblem({ from: "2025-11-21", to: "2026-11-22" }, NOW, ZONE)).toBe("length");
  });
});

describe("what our server is asked for", () => {
  it("is the period by its name or its days, in the zone of the page", () => {
    expect(contactsFilter(FIRST_ADDRESS, NOW, ZONE)).toEqual({ period: "7d", zone: ZONE });
    const own = { from: "2026-11-01", to: "2026-11-30" };
    expect(contactsFilter({ account: "1", period: own, unit: "hour" }, NOW, ZONE)).toEqual({
      account: "1",
      period: "custom",
      ...own,
      zone: ZONE,
    });
  });

  it("is cut into hours only where days could be too", () => {
    expect(contactsFilter({ ...FIRST_ADDRESS, unit: "hour" }, NOW, ZONE).unit).toBe("hour");
    expect(hasUnits({ preset: "24h" }, NOW, ZONE)).toBe(false);
    expect(hasUnits({ preset: "30d" }, NOW, ZONE)).toBe(false);
    expect(hasUnits({ from: "2026-11-01", to: "2026-11-02" }, NOW, ZONE)).toBe(true);
  });

  it("is the days of the period and what the list is narrowed to", () => {
    expect(leadsFilter(FIRST_ADDRESS, NOW, ZONE)).toEqual({
      from: "2026-11-16",
      to: "2026-11-22",
      zone: ZONE,
    });
    expect(
      leadsFilter({ ...FIRST_ADDRESS, account: "1", type: "call", item: "MLC1", guests: "none" }, NOW, ZONE),
    ).toEqual({
      account: "1",
      type: "call",
      item: "MLC1",
      guests: "none",
      from: "2026-11-16",
      to: "2026-11-22",
      zone: ZONE,
    });
    expect(daysOf({ preset: "24h" }, NOW, ZONE)).toEqual({ from: "2026-11-21", to: "2026-11-22" });
  });
});

describe("the zone of the page", () => {
  const account = (id: string, siteId: string, isCurrent: boolean): AccountView => ({
    id,
    nickname: id,
    siteId,
    profile: siteId === "CBT" ? "GLOBAL" : "LOCAL",
    state: "connected",
    isCurrent,
    threads: 0,
  });
  const accounts = [account("1", "MLA", true), account("2", "MLC", false), account("3", "CBT", false)];

  it("is that of the account that was chosen, else the one of all the seller's times", () => {
    expect(zoneOf(accounts, "2")).toBe("America/Santiago");
    expect(zoneOf(accounts, null)).toBe("America/Argentina/Buenos_Aires");
    expect(zoneOf(accounts, "3")).toBe("America/Argentina/Buenos_Aires");
    expect(zoneOf(accounts, "9")).toBe("America/Argentina/Buenos_Aires");
  });
});
