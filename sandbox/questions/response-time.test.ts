import { describe, expect, it } from "vitest";
import type { QuestionSeed } from "@/sandbox/control/question-seeds";
import { DAY, HOUR, startQuestion } from "@/sandbox/questions/testing";
import { at } from "@/sandbox/testing";

/** Wednesday 11 March 2026, 15:00 in Argentina. */
const NOW = new Date("2026-03-11T18:00:00.000Z");

async function start(questions: { asked: string; minutes?: number; buyerId?: string; status?: "BANNED" }[]) {
  const q = await startQuestion({ status: "DELETED" }, { now: NOW });
  for (const { asked, minutes, ...more } of questions) {
    const askedMinutesAgo = (NOW.getTime() - new Date(asked).getTime()) / 60_000;
    const answer: Partial<QuestionSeed> =
      minutes === undefined ? {} : { answer: { text: "Sí", minutesAgo: askedMinutesAgo - minutes } };
    await q.ask({ askedMinutesAgo, ...answer, ...more });
  }
  const read = async () => q.api.get(`/users/${q.seller}/questions/response_time`, q.access);
  return { ...q, read };
}

describe("the response time (questions-and-contacts.md 1.5)", () => {
  it("is a mean of minutes, by the segment in which was asked, in the site's own time", async () => {
    const q = await start([
      // Tuesday 10:00 and 17:30, Tuesday 20:00, Saturday 12:00, Tuesday 03:00, all UTC-3
      { asked: "2026-03-10T13:00:00Z", minutes: 10 },
      { asked: "2026-03-10T20:30:00Z", minutes: 21 },
      { asked: "2026-03-10T23:00:00Z", minutes: 90 },
      { asked: "2026-03-07T15:00:00Z", minutes: 40 },
      { asked: "2026-03-10T06:00:00Z", minutes: 200 },
    ]);
    expect((await q.read()).body).toEqual({
      user_id: Number(q.seller),
      total: { response_time: 72 },
      weekend: { response_time: 40, sales_percent_increase: null },
      weekdays_working_hours: { response_time: 16, sales_percent_increase: null },
      weekdays_extra_hours: { response_time: 90, sales_percent_increase: 10 },
    });
  });

  it("counts an unanswered question up to a week, and nothing beyond 14 days", async () => {
    const q = await start([{ asked: "2026-03-02T15:00:00Z" }, { asked: "2026-02-20T15:00:00Z", minutes: 5 }]);
    expect(at((await q.read()).body, "total", "response_time")).toBe(7 * 24 * 60);
    expect(at((await q.read()).body, "weekend", "response_time")).toBeNull();
  });

  it("counts a buyer's first question on a listing alone", async () => {
    const q = await start([{ asked: "2026-03-10T13:00:00Z", minutes: 10 }]);
    const [first] = (await q.found(`seller_id=${q.seller}&status=ANSWERED`)).slice(0, 1);
    const buyerId = String(at(await q.held(first), "buyerId"));
    await q.ask({ buyerId, askedMinutesAgo: 24 * 60, answer: { text: "Sí", minutesAgo: 0 } });
    expect(at((await q.read()).body, "total", "response_time")).toBe(10);
  });

  it("is refreshed at the site's midnight, unless it follows every answer", async () => {
    const q = await start([{ asked: "2026-03-11T13:00:00Z", minutes: 30 }]);
    expect((await q.read()).status).toBe(404);
    await q.change({ responseTimeAsOf: "now" });
    expect(at((await q.read()).body, "total", "response_time")).toBe(30);
    await q.change({ responseTimeAsOf: "midnight" });
    // midnight of UTC-3
    await q.pass(9 * HOUR - 1);
    expect((await q.read()).status).toBe(404);
    await q.pass(1);
    expect(at((await q.read()).body, "total", "response_time")).toBe(30);
  });

  it("is a 404 with its own words where nobody asked", async () => {
    const q = await start([{ asked: "2026-03-10T13:00:00Z", minutes: 5, status: "BANNED" }]);
    expect((await q.read()).body).toEqual({
      message: `Response time not found for user id: ${q.seller}`,
      error: "not_found",
      status: 404,
      cause: [],
    });
    await q.pass(14 * DAY);
    expect((await q.read()).status).toBe(404);
  });

  it("is the seller's own affair", async () => {
    const q = await start([]);
    const reply = await q.api.get(`/users/${q.seller}/questions/response_time`, await q.stranger());
    expect(reply.status).toBe(403);
  });
});
