import type { Question } from "@/sandbox/questions/model";
import { settleQuestion } from "@/sandbox/questions/time";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MINUTES = 7 * 24 * 60;

type Segment = "weekend" | "weekdays_working_hours" | "weekdays_extra_hours";

interface Sample {
  minutes: number;
  /** null: between 00:00 and 09:00, which only `total` counts. */
  segment: Segment | null;
}

/** How long buyers of these selling users waited, in minutes: mean over the last 14 days of each buyer's first question
 *  per listing, unanswered ones up to a week (questions-and-contacts.md 1.5). null: nobody asked. */
export function responseTime(world: World, userId: string, questions: Question[]): object | null {
  const samples = firstsOf(world, questions).flatMap((question) => sampleOf(world, question) ?? []);
  if (samples.length === 0) return null;
  const segment = (name: Segment) => {
    const minutes = meanOf(samples.filter((sample) => sample.segment === name));
    // questions-and-contacts.md 1.5: only beyond an hour; the figure is ours
    const increase = minutes !== null && minutes > 60 ? 10 : null;
    return { response_time: minutes, sales_percent_increase: increase };
  };
  return {
    user_id: Number(userId),
    total: { response_time: meanOf(samples) },
    weekend: segment("weekend"),
    weekdays_working_hours: segment("weekdays_working_hours"),
    weekdays_extra_hours: segment("weekdays_extra_hours"),
  };
}

function firstsOf(world: World, questions: Question[]): Question[] {
  const firsts = new Map<string, Question>();
  for (const question of questions) {
    if (!settleQuestion(world, question)) continue;
    const key = `${question.item.id} ${question.buyer.id}`;
    const first = firsts.get(key);
    if (!first || question.createdAt < first.createdAt) firsts.set(key, question);
  }
  return [...firsts.values()].filter(({ status }) => status === "ANSWERED" || status === "UNANSWERED");
}

function sampleOf(world: World, { createdAt, answer, siteId }: Question): Sample | null {
  const offsetMs = SITES[siteId].utcOffset * HOUR_MS;
  const asOf = asOfMs(world, offsetMs);
  const asked = createdAt.getTime();
  if (asked > asOf || asked < asOf - 14 * DAY_MS) return null;
  const end = answer && answer.createdAt.getTime() <= asOf ? answer.createdAt.getTime() : null;
  const minutes = ((end ?? asOf) - asked) / MINUTE_MS;
  return {
    minutes: end === null ? Math.min(minutes, WEEK_MINUTES) : minutes,
    segment: segmentOf(new Date(asked + offsetMs)),
  };
}

/** The moment the figures stand for: they are refreshed once a day. */
function asOfMs(world: World, offsetMs: number): number {
  const now = world.now().getTime();
  if (world.settings.responseTimeAsOf === "now") return now;
  return Math.floor((now + offsetMs) / DAY_MS) * DAY_MS - offsetMs;
}

/** `local`: the site's wall clock, read as UTC. */
function segmentOf(local: Date): Segment | null {
  const day = local.getUTCDay();
  const hour = local.getUTCHours();
  if (hour < 9) return null;
  if (day === 0 || day === 6) return "weekend";
  return hour < 18 ? "weekdays_working_hours" : "weekdays_extra_hours";
}

function meanOf(samples: Sample[]): number | null {
  if (samples.length === 0) return null;
  return Math.round(samples.reduce((sum, { minutes }) => sum + minutes, 0) / samples.length);
}
