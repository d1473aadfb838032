import "server-only";
import type { AccountId } from "@/lib/shared/ids";
import { isSilent } from "@/lib/shared/silence";
import { MISSED_FEEDS, readChore } from "./chores";
import type { Database } from "./database";
import { countReceived, countUnknownTopics, listFound, readLastNotices, readPending } from "./notice-counts";

/** The topic that tells of what is written, by channel and profile (notifications.md 2, claims.md 9). */
const TOPICS = {
  messages: { LOCAL: "messages", GLOBAL: "marketplace_messages" },
  claims: { LOCAL: "post_purchase", GLOBAL: "marketplace_claims" },
  questions: { LOCAL: "questions", GLOBAL: "marketplace_questions" },
} as const;

const HOUR_MS = 3_600_000;
const HOURS = 24;

export interface TopicStatus {
  accountId: AccountId;
  topic: string;
  lastAt: Date | null;
  /** The last 24 hours, oldest first. `found`: stored without a notice of their own. */
  hours: { at: Date; received: number; found: number }[];
  isSilent: boolean;
}

export interface NotificationStatus {
  lastAt: Date | null;
  pending: number;
  oldestPendingAt: Date | null;
  missedFeedsAt: Date | null;
  missedFeedsFound: number;
  unknown: number;
  topics: TopicStatus[];
}

/** Whether the accounts are told of everything: what came, what waits, and the gap meter: what was found without being
 *  told, per topic and hour. @param o.received false: what came is not counted (a day of it may be long); for whoever
 *  asks often, and only for what is wrong. */
export async function readNotificationStatus(
  db: Database,
  accountIds: readonly AccountId[],
  now: Date,
  o: { received: boolean } = { received: true },
): Promise<NotificationStatus> {
  const firstHour = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS - (HOURS - 1) * HOUR_MS;
  const since = new Date(firstHour);
  const [received, found, lasts, waiting, chore, unknown] = await Promise.all([
    o.received ? countReceived(db, accountIds, since) : [],
    listFound(db, accountIds, since),
    readLastNotices(db, accountIds),
    readPending(db, accountIds),
    readChore(db, MISSED_FEEDS),
    countUnknownTopics(db),
  ]);
  const topics = new Map<string, TopicStatus & { foundAt: Date[] }>();
  const topicOf = (accountId: AccountId, topic: string) => {
    const key = `${accountId} ${topic}`;
    const known = topics.get(key);
    if (known !== undefined) return known;
    const hours = Array.from({ length: HOURS }, (_, index) => ({
      at: new Date(firstHour + index * HOUR_MS),
      received: 0,
      found: 0,
    }));
    const made = { accountId, topic, lastAt: null, hours, isSilent: false, foundAt: [] };
    topics.set(key, made);
    return made;
  };
  const hourOf = (status: TopicStatus, at: Date) =>
    status.hours[Math.floor((at.getTime() - firstHour) / HOUR_MS)];

  for (const { accountId, topic, at } of lasts) topicOf(accountId, topic).lastAt = at;
  for (const { accountId, topic, at, count } of received) {
    const hour = hourOf(topicOf(accountId, topic), at);
    if (hour !== undefined) hour.received += count;
  }
  for (const { accountId, profile, channel, at } of found) {
    const status = topicOf(accountId, TOPICS[channel][profile]);
    status.foundAt.push(at);
    const hour = hourOf(status, at);
    if (hour !== undefined) hour.found += 1;
  }
  const all = [...topics.values()].map(({ foundAt, ...status }) => ({
    ...status,
    isSilent: isSilent({ foundAt, lastNoticeAt: status.lastAt, now }),
  }));
  return {
    lastAt: all.reduce<Date | null>((last, { lastAt }) => later(last, lastAt), null),
    pending: waiting.pending,
    oldestPendingAt: waiting.oldestAt,
    missedFeedsAt: chore?.doneAt ?? null,
    missedFeedsFound: chore?.found ?? 0,
    unknown,
    topics: all.sort((a, b) => order(a.accountId, b.accountId) || order(a.topic, b.topic)),
  };
}

const later = (a: Date | null, b: Date | null) => (a === null || (b !== null && b > a) ? b : a);
const order = (a: string, b: string) => (a < b ? -1 : Number(a > b));
