import "server-only";
import { z } from "zod";
import { quantity } from "./claim-values";
import { MeliError } from "./failure";
import type { Meli } from "./http";
import { ABOUT_QUESTIONS } from "./question-paths";
import { part } from "./wire";

/** One of the parts of the week. */
export interface ResponseTimeSegment {
  /** Null: nothing was asked in these hours. */
  minutes: number | null;
  /** By how many percent sales could grow; told only above an hour. */
  salesIncrease: number | null;
}

/** How long a seller takes to answer: minutes, the last 14 days, renewed once a day (questions-and-contacts.md 1.5). */
export interface ResponseTime {
  /** Also counts 00:00 to 09:00, which no segment covers. */
  total: { minutes: number };
  weekend: ResponseTimeSegment;
  /** Monday to Friday, 9 to 18. */
  weekdaysWorking: ResponseTimeSegment;
  /** Monday to Friday, 18 to 24. */
  weekdaysExtra: ResponseTimeSegment;
}

const segment = part(
  z.object({ response_time: quantity, sales_percent_increase: quantity }).transform(
    (wire): ResponseTimeSegment => ({
      minutes: wire.response_time,
      salesIncrease: wire.sales_percent_increase,
    }),
  ),
);

const responseTime = z
  .object({
    total: segment,
    weekend: segment,
    weekdays_working_hours: segment,
    weekdays_extra_hours: segment,
  })
  .transform((wire, context): ResponseTime => {
    const { minutes } = wire.total;
    if (minutes === null) {
      context.issues.push({ code: "custom", message: "no time in all", input: null });
      return z.NEVER;
    }
    return {
      total: { minutes },
      weekend: wire.weekend,
      weekdaysWorking: wire.weekdays_working_hours,
      weekdaysExtra: wire.weekdays_extra_hours,
    };
  });

/** A user's response time; null when nothing was asked yet, which is a 404. @throws MeliError */
export async function readResponseTime(meli: Meli, userId: string): Promise<ResponseTime | null> {
  try {
    return await meli.wire.read(ABOUT_QUESTIONS.responseTime(userId), responseTime);
  } catch (error) {
    if (error instanceof MeliError && error.failure.status === 404) return null;
    throw error;
  }
}
