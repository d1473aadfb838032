import { randomUUID } from "node:crypto";
import type { Pointer } from "@/sandbox/notifications/topics";

/** How a notice ended: `off` in a switched-off topic, `refused` for one that is not sent again. */
export type Outcome = "pending" | "delivered" | "dropped" | "missed" | "off" | "refused";

/** One POST and what came back. */
export interface Sending {
  at: string;
  attempt: number;
  /** A duplicate beside the attempt. */
  copy: boolean;
  /** null: no answer within the deadline, or no connection. */
  status: number | null;
  ms: number;
  error?: string;
}

/** What a notice looks like on the wire beyond the rules: free notices and faults. */
export interface Shape {
  /** Default: `id` for typed topics, `_id` for general ones (notifications.md 3). */
  idKey?: "id" | "_id" | "none" | undefined;
  isTextUserId?: boolean | undefined;
  /** The leading slash is missing (notifications.md 2, `post_purchase`). */
  hasNoSlash?: boolean | undefined;
  applicationId?: string | undefined;
  /** Merged over the body. */
  extra?: Record<string, unknown> | undefined;
  /** Sent as it is instead of any body. */
  raw?: string | undefined;
  /** What the first attempt says (default 1). */
  firstAttempt?: number | undefined;
  /** Set while the id changes with every attempt. */
  hasFreshIds?: boolean | undefined;
}

/** One event for one user, and everything that was sent for it. */
export interface Notice extends Pointer {
  /** Counts up from 1 in the log. */
  id: number;
  clientId: string;
  noticeId: string;
  source: "event" | "fault" | "control";
  /** When the event entered the notifier: `received` of every attempt. */
  at: string;
  outcome: Outcome;
  attempts: number;
  sends: Sending[];
  shape: Shape;
  /** Sent again after a failure, filed at the end. */
  isRetried: boolean;
  /** First send, in the sandbox's time and in real time: the retry offsets count from here. */
  firstAt: { clock: number; real: number } | null;
}

/** The JSON body of one attempt (notifications.md 3). Ids of applications exceed 2^53: written digit by digit. */
export function bodyOf(notice: Notice, attempt: number, sent: string): string {
  const { shape, actions } = notice;
  if (shape.raw !== undefined) return shape.raw;
  const id = shape.hasFreshIds && attempt > 1 ? randomUUID() : notice.noticeId;
  const idKey = shape.idKey ?? (actions ? "id" : "_id");
  const isNumber = !shape.isTextUserId && /^\d{1,15}$/.test(notice.userId);
  const applicationId = shape.applicationId ?? notice.clientId;
  const body = JSON.stringify({
    ...(idKey === "none" ? {} : { [idKey]: id }),
    resource: shape.hasNoSlash ? notice.resource.replace(/^\//, "") : notice.resource,
    user_id: isNumber ? Number(notice.userId) : notice.userId,
    topic: notice.topic,
    ...(actions ? { actions } : {}),
    attempts: attempt - 1 + (shape.firstAttempt ?? 1),
    sent,
    received: notice.at,
    ...shape.extra,
  });
  if (shape.extra && "application_id" in shape.extra) return body;
  const digits = /^\d+$/.test(applicationId) ? applicationId : JSON.stringify(applicationId);
  return `${body.slice(0, -1)},"application_id":${digits}}`;
}
