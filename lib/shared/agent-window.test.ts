import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AGENT_WINDOW_MS, agentDueAt, businessMs } from "./agent-window";
import { SITE_IDS } from "./sites";
import type { Message } from "./thread";

type Said = Pick<Message, "direction" | "visibility" | "createdAt">;

const HOUR = 3_600_000;
const said = (
  direction: Said["direction"],
  at: string | Date,
  visibility: Said["visibility"] = "visible",
) => ({
  direction,
  visibility,
  createdAt: new Date(at),
});
const dueOf = (siteId: string, ...messages: Said[]) => agentDueAt(messages, siteId)?.toISOString() ?? null;

describe("until when a thread with an agent must be answered", () => {
  it.each([
    // In the middle of the week it is two days, whatever the zone.
    ["MLB", "2026-11-17T15:00:00Z", "2026-11-19T15:00:00.000Z"],
    ["MLC", "2026-11-17T15:00:00Z", "2026-11-19T15:00:00.000Z"],
    // Friday noon in São Paulo: the weekend does not count.
    ["MLB", "2026-11-20T15:00:00Z", "2026-11-24T15:00:00.000Z"],
    // Friday 23:30 in Mexico City is Saturday elsewhere: half an hour of Friday counts.
    ["MLM", "2026-11-21T05:30:00Z", "2026-11-25T05:30:00.000Z"],
    // The same instant is Saturday in Buenos Aires: it begins on Monday at midnight there.
    ["MLA", "2026-11-21T05:30:00Z", "2026-11-25T03:00:00.000Z"],
    // Sunday 22:00 in Bogotá is Monday in London, and not yet in Bogotá.
    ["MCO", "2026-11-23T03:00:00Z", "2026-11-25T05:00:00.000Z"],
    // A site that nobody knows has the days of UTC.
    ["MXX", "2026-11-21T05:30:00Z", "2026-11-25T00:00:00.000Z"],
  ])("%s, asked at %s: %s", (siteId, at, due) => {
    expect(dueOf(siteId, said("in", at))).toBe(due);
  });

  it("keeps the hour of the wall clock when Chile's clocks go back over the weekend", () => {
    // Friday 12:00 (-03) to Tuesday 12:00 (-04).
    expect(dueOf("MLC", said("in", "2026-04-03T15:00:00Z"))).toBe("2026-04-07T16:00:00.000Z");
  });

  it("keeps it when they go forward at a midnight that does not exist", () => {
    // Friday 12:00 (-04) to Tuesday 12:00 (-03).
    expect(dueOf("MLC", said("in", "2026-09-04T16:00:00Z"))).toBe("2026-09-08T15:00:00.000Z");
  });

  it("counts from the oldest message that nobody has answered", () => {
    expect(
      dueOf(
        "MLB",
        said("in", "2026-11-10T12:00:00Z"),
        said("out", "2026-11-10T13:00:00Z"),
        said("in", "2026-11-16T12:00:00Z"),
        said("in", "2026-11-18T12:00:00Z"),
      ),
    ).toBe("2026-11-18T12:00:00.000Z");
  });

  it("has no clock without a message that waits", () => {
    expect(dueOf("MLB")).toBeNull();
    expect(dueOf("MLB", said("in", "2026-11-16T12:00:00Z"), said("out", "2026-11-16T12:30:00Z"))).toBeNull();
  });

  it("takes a rejected reply for no answer, and one in moderation for one", () => {
    const question = said("in", "2026-11-16T12:00:00Z");
    const rejected = said("out", "2026-11-16T13:00:00Z", "rejected");
    expect(dueOf("MLB", question, rejected)).toBe("2026-11-18T12:00:00.000Z");
    expect(dueOf("MLB", question, { ...rejected, visibility: "moderation" })).toBeNull();
  });
});

const site = fc.constantFrom(...SITE_IDS);
const instant = fc.date({
  min: new Date("2026-01-01T00:00:00Z"),
  max: new Date("2028-12-31T00:00:00Z"),
  noInvalidDate: true,
});
const messages = fc.array(
  fc.record({
    direction: fc.constantFrom("in" as const, "out" as const),
    visibility: fc.constantFrom("visible" as const, "moderation" as const, "rejected" as const),
    createdAt: instant,
  }),
  { maxLength: 12 },
);

describe("at any site and at any time of the year", () => {
  it("leaves exactly 48 hours from Monday to Friday", () => {
    fc.assert(
      fc.property(site, instant, (siteId, at) => {
        const due = agentDueAt([said("in", at)], siteId);
        expect(businessMs(at, due ?? new Date(0), siteId)).toBe(AGENT_WINDOW_MS);
        // Two days and one weekend, and an hour where clocks change.
        expect((due?.getTime() ?? 0) - at.getTime()).toBeLessThanOrEqual(97 * HOUR);
      }),
      { numRuns: 400 },
    );
  });

  it("never grows by itself: time that passes only takes from what is left", () => {
    fc.assert(
      fc.property(site, messages, fc.nat(200 * HOUR), fc.nat(200 * HOUR), (siteId, all, before, passed) => {
        const due = agentDueAt(all, siteId);
        fc.pre(due !== null);
        const end = due ?? new Date(0);
        const now = end.getTime() - before;
        const left = (at: number) => businessMs(new Date(at), end, siteId);
        expect(left(now + passed)).toBeLessThanOrEqual(left(now));
      }),
      { numRuns: 200 },
    );
  });

  it("never grows by what the buyer adds: only an answer ends it", () => {
    fc.assert(
      fc.property(site, messages, fc.nat(500 * HOUR), (siteId, all, passed) => {
        const before = agentDueAt(all, siteId);
        fc.pre(before !== null);
        const newest = Math.max(...all.map(({ createdAt }) => createdAt.getTime()));
        const later = new Date(newest + passed);
        expect(agentDueAt([...all, said("in", later)], siteId)).toEqual(before);
        expect(agentDueAt([...all, said("out", later, "rejected")], siteId)).toEqual(before);
        expect(agentDueAt([...all, said("out", new Date(newest + passed + 1))], siteId)).toBeNull();
      }),
      { numRuns: 200 },
    );
  });
});
