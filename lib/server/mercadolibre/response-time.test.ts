import { describe, expect, it } from "vitest";
import { client, failureOf } from "@/lib/server/mercadolibre/testing/edge";
import { refusal, SELLER } from "@/lib/server/mercadolibre/testing/wire-questions";
import { readResponseTime } from "./response-time";

/** The example of questions-and-contacts.md 1.5. */
const wire = {
  user_id: 700000001,
  total: { response_time: 22 },
  weekend: { response_time: 8, sales_percent_increase: null },
  weekdays_working_hours: { response_time: 9, sales_percent_increase: null },
  weekdays_extra_hours: { response_time: 72, sales_percent_increase: 10 },
};

describe("the response time", () => {
  it.each(["LOCAL", "GLOBAL"] as const)(
    "is read in %s in minutes, in all and by segment",
    async (profile) => {
      const { meli, sent } = client([{ body: wire }], { profile });
      expect(await readResponseTime(meli, SELLER)).toEqual({
        total: { minutes: 22 },
        weekend: { minutes: 8, salesIncrease: null },
        weekdaysWorking: { minutes: 9, salesIncrease: null },
        weekdaysExtra: { minutes: 72, salesIncrease: 10 },
      });
      expect(sent[0]?.url.pathname).toBe(`/users/${SELLER}/questions/response_time`);
    },
  );

  it("is null when nothing was asked yet", async () => {
    const { meli } = client([refusal(404, "not_found", "Response time not found for user id: 700000001")]);
    expect(await readResponseTime(meli, SELLER)).toBeNull();
  });

  it("of a segment without questions is null, and a zero is a zero", async () => {
    const { meli } = client([
      {
        body: {
          total: { response_time: 0 },
          weekend: null,
          weekdays_working_hours: { response_time: null },
          weekdays_extra_hours: { response_time: "61", sales_percent_increase: "2.5" },
        },
      },
    ]);
    expect(await readResponseTime(meli, SELLER)).toEqual({
      total: { minutes: 0 },
      weekend: { minutes: null, salesIncrease: null },
      weekdaysWorking: { minutes: null, salesIncrease: null },
      weekdaysExtra: { minutes: 61, salesIncrease: 2.5 },
    });
  });

  it.each([{}, { ...wire, total: null }, [], "hola"])("is not taken from %j", async (body) => {
    const { meli } = client([{ body }]);
    expect((await failureOf(readResponseTime(meli, SELLER))).code).toBe("meli_unreadable");
  });

  it("is an error when it is refused", async () => {
    const { meli } = client([refusal(403, "forbidden")]);
    expect((await failureOf(readResponseTime(meli, SELLER))).failure.status).toBe(403);
  });
});
