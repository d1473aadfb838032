import "server-only";
import { createHash } from "node:crypto";
import { isRecord, parseJson } from "./json";
import { subjectOf } from "./topics";
import { countOf, dateOf, digitsOf, idOf, textOf } from "./wire";

/** A notification as it was sent: a pointer, of which nothing is believed (notifications.md, principle). */
export interface WireNotice {
  /** The account, or one of its marketplace users. */
  userId: string;
  topic: string;
  resource: string;
  /** The id in the resource. */
  subject: string;
  actions: string[];
  noticeId: string | null;
  attempts: number;
  sentAt: Date | null;
  receivedAt: Date | null;
  /** The same for every copy of one event, however and whenever it comes. */
  dedupe: string;
}

export type ReadNotice =
  | { kind: "notice"; notice: WireNotice }
  /** Well-formed, and nothing that we follow: a topic we know nothing of, or a resource that is not its topic's. */
  | { kind: "passed"; why: "unknown_topic" | "unmatched_resource"; topic: string }
  | { kind: "refused"; why: "malformed" | "foreign_application" };

/** Wide on purpose: a refusal could get a topic switched off. What is followed must match its topic's one pattern anyway. */
const RESOURCE = /^[A-Za-z0-9/_.:?=&,;@~+!*'()|$[\]#-]{1,300}$/;
/** What no resource has and every trick with paths needs. */
const TRICK = /\/\/|\.\.|^[a-z][a-z0-9+.-]*:/i;
const TOPIC = /^[A-Za-z0-9_ -]{1,60}$/;
const ACTION = /^[A-Za-z0-9_-]{1,60}$/;
const MOST_ACTIONS = 20;
/** A UUID or 24 hex (notifications.md 3). Any other id serves to tell copies apart, and is not kept. */
const NOTICE_ID = /^[\w-]{1,100}$/;

/** Reads the body of a notification. Never throws. */
export function parseNotice(text: string, clientId: string): ReadNotice {
  try {
    return readNotice(parseJson(text), clientId);
  } catch {
    return { kind: "refused", why: "malformed" };
  }
}

/** The same for one that is parsed already, as missed feeds list them: structure is strict, spellings are not
 *  (notifications.md 3, 5). Pure. */
export function readNotice(body: unknown, clientId: string): ReadNotice {
  if (!isRecord(body)) return { kind: "refused", why: "malformed" };
  const userId = digitsOf(body.user_id);
  const application = idOf(body.application_id);
  const topic = textOf(body.topic);
  const resource = textOf(body.resource);
  if (userId === null || application === null || topic === null || resource === null) {
    return { kind: "refused", why: "malformed" };
  }
  if (!TOPIC.test(topic) || !RESOURCE.test(resource) || TRICK.test(resource)) {
    return { kind: "refused", why: "malformed" };
  }
  if (application !== clientId) return { kind: "refused", why: "foreign_application" };
  const found = subjectOf(topic, resource);
  if (found.kind === "unknown") return { kind: "passed", why: "unknown_topic", topic };
  if (found.kind === "unmatched") return { kind: "passed", why: "unmatched_resource", topic };
  const { subject } = found;
  const actions = actionsOf(body.actions);
  const noticeId = idOf(body._id) ?? idOf(body.id);
  // Two promotion topics misspell it (notifications.md 3).
  const received = textOf(body.received) ?? textOf(body.recieved);
  // Unchanged over all attempts, unlike `sent`; the id is not proven to be (notifications.md 4, 7.1).
  const event = received ?? noticeId ?? textOf(body.sent) ?? "";
  const parts = [userId, topic, subject, [...actions].sort().join(","), event];
  return {
    kind: "notice",
    notice: {
      userId,
      topic,
      resource,
      subject,
      actions,
      noticeId: noticeId !== null && NOTICE_ID.test(noticeId) ? noticeId : null,
      attempts: Math.min(countOf(body.attempts) ?? 1, 1_000),
      sentAt: dateOf(body.sent),
      receivedAt: dateOf(received),
      dedupe: createHash("sha256").update(parts.join("\n")).digest("base64url"),
    },
  };
}

function actionsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  const words = value.filter((word): word is string => typeof word === "string" && ACTION.test(word));
  return words.slice(0, MOST_ACTIONS);
}
