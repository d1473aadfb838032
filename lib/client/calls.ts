import { call } from "@/lib/client/api";
import { withPatience } from "@/lib/client/with-patience";
import { MeSchema } from "@/lib/shared/api/account";
import { InboxCountsSchema, type InboxFilter, InboxPageSchema, SummarySchema } from "@/lib/shared/api/inbox";

/** Our API as functions: one per endpoint. All throw ApiError. What only an open conversation asks for is in thread-calls.ts,
 *  which the bare list does without. */

export function withQuery(path: string, query: Record<string, string | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

export const fetchInbox = (filter: InboxFilter, cursor: string | null, signal?: AbortSignal) =>
  call(InboxPageSchema, withQuery("/api/inbox", { ...filter, cursor }), signal ? { signal } : {});

/** How many conversations each list holds that can be chosen from this one. */
export const fetchCounts = ({ channel, account }: InboxFilter, signal?: AbortSignal) =>
  call(InboxCountsSchema, withQuery("/api/inbox/counts", { channel, account }), signal ? { signal } : {});

export const fetchSummary = (signal?: AbortSignal) =>
  call(SummarySchema, "/api/summary", signal ? { signal } : {});

/** Keeps settings of the signed-in user: setting name -> value. */
export const patchMe = (settings: Record<string, string | number | null>) =>
  withPatience(() => call(MeSchema, "/api/me", { method: "PATCH", body: settings }));
