import type * as z from "zod/mini";
import { call } from "@/lib/client/api";
import { ApiError } from "@/lib/client/api-error";
import { withQuery } from "@/lib/client/calls";
import type { ThreadRef } from "@/lib/client/keys";
import { withPatience } from "@/lib/client/with-patience";
import {
  type ActBody,
  ActOptionsSchema,
  ActSchema,
  type ClaimActKind,
  type ClaimRole,
} from "@/lib/shared/api/claim";
import { Done } from "@/lib/shared/api/common";
import { ThreadRowSchema } from "@/lib/shared/api/inbox";
import {
  DraftSavedSchema,
  type GuideChoice,
  GuideSchema,
  OlderPageSchema,
  OutboxSchema,
  type OutboxView,
  type Seen,
  ThreadViewSchema,
} from "@/lib/shared/api/thread";

/** What an open conversation asks of our API: one function per endpoint. All throw ApiError. */

/** The address of a conversation's endpoint, such as `replies`. */
export function threadPath(ref: ThreadRef, part = "", query: Record<string, string> = {}): string {
  const base = `/api/threads/${ref.channel}/${ref.externalId}`;
  return withQuery(part === "" ? base : `${base}/${part}`, { account: ref.account, ...query });
}

export const fetchThread = (ref: ThreadRef, signal?: AbortSignal) =>
  call(ThreadViewSchema, threadPath(ref), signal ? { signal } : {});

export const fetchOlder = (ref: ThreadRef, before: string) =>
  call(OlderPageSchema, threadPath(ref, "older", { before }));

/** Reads the conversation from Mercado Libre now. */
export const refreshThread = (ref: ThreadRef) =>
  withPatience(() => call(ThreadViewSchema, threadPath(ref, "refresh"), { method: "POST", body: {} }));

/** Marks the conversation read at Mercado Libre: a person's explicit act. */
export const markThreadRead = (ref: ThreadRef) =>
  withPatience(() => call(ThreadRowSchema, threadPath(ref, "read"), { method: "POST", body: {} }));

/** This user saw everything up to `messageId`. Ours alone: Mercado Libre is not told. */
export const postLooked = (ref: ThreadRef, messageId: string | null) =>
  call(Done, threadPath(ref, "looked"), { method: "POST", body: { messageId } });

export interface Reply {
  key: string;
  text: string;
  files: string[];
  /** What stood on the screen at the press of Send. */
  seen: Seen;
  /** The reason it begins the conversation under. */
  option?: GuideChoice;
  /** Claims: who it is written to. */
  to?: ClaimRole;
}

/** How the conversation may be begun now: asked of Mercado Libre each time. */
export const getGuide = (ref: ThreadRef, signal?: AbortSignal) =>
  call(GuideSchema, threadPath(ref, "guide"), signal ? { signal } : {});

/** Puts a reply in the outbox, even if the page is left meanwhile. Its key makes it safe to ask again: a server that died with
 *  our request is not waited for. */
export const postReply = (ref: ThreadRef, reply: Reply) =>
  call(OutboxSchema, threadPath(ref, "replies"), {
    method: "POST",
    body: reply,
    keepalive: true,
    timeoutMs: 10_000,
  });

/** What only Mercado Libre can say before an act on a claim, asked of it each time. */
export const getActOptions = (ref: ThreadRef, act: ClaimActKind, signal?: AbortSignal) =>
  call(ActOptionsSchema, threadPath(ref, `options/${act}`), signal ? { signal } : {});

/** Puts a confirmed act in the outbox. Safe to repeat with the same key: it is the same act. */
export const postAct = (ref: ThreadRef, body: z.infer<typeof ActBody>) =>
  call(ActSchema, threadPath(ref, "acts"), { method: "POST", body, keepalive: true, timeoutMs: 10_000 });

interface TakenBack {
  state: "cancelled";
  canRetry: false;
  sendsAt: null;
}

const TAKING_BACK: readonly string[] = ["cancel", "discard"];

/** A decision about a reply, or an act on a claim. To take one back is asked again while nobody answers: the time for it
 *  runs, and when the answer alone was lost it is taken back already.
 *  @param seen what stands on the screen when somebody decides that a reply goes out */
export async function actOnOutbox<T extends { id: string }>(
  one: T,
  act: "retry" | "cancel" | "discard" | "send_anyway",
  seen?: Seen,
): Promise<OutboxView | (T & TakenBack)> {
  const body = { act, ...(seen === undefined ? {} : { seen }) };
  const ask = () => call(OutboxSchema, `/api/outbox/${one.id}`, { method: "POST", body });
  if (!TAKING_BACK.includes(act)) return ask();
  let tries = 0;
  try {
    return await withPatience(() => {
      tries += 1;
      return ask();
    });
  } catch (error) {
    const isDone = tries > 1 && error instanceof ApiError && error.detail.reason === "cancelled";
    if (!isDone) throw error;
    return { ...one, state: "cancelled", canRetry: false, sendsAt: null };
  }
}

export const putDraft = (ref: ThreadRef, draft: { text: string; files: string[] }, keepalive: boolean) =>
  call(DraftSavedSchema, threadPath(ref, "draft"), { method: "PUT", body: draft, keepalive });

export const deleteFile = (id: string) =>
  withPatience(() => call(Done, `/api/files/${id}`, { method: "DELETE" }));
