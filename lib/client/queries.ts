import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { type InboxPages, mergeThread } from "@/lib/client/cache";
import { fetchCounts, fetchInbox, fetchSummary } from "@/lib/client/calls";
import { isLive } from "@/lib/client/connection";
import { keys, type ThreadRef, type Viewer } from "@/lib/client/keys";
import { paceAfterError } from "@/lib/client/query-client";
import type { ClaimActKind } from "@/lib/shared/api/claim";
import type { InboxFilter, InboxPage, Summary } from "@/lib/shared/api/inbox";
import type { OutboxState, ThreadView } from "@/lib/shared/api/thread";
import type { InboxAddress } from "@/lib/shared/view/address";

export const inboxOptions = (viewer: Viewer, filter: InboxFilter) =>
  infiniteQueryOptions({
    queryKey: keys.list(viewer, filter),
    queryFn: async ({ pageParam, signal, client }) => {
      const page = await fetchInbox(filter, pageParam, signal);
      seedCounts(client, viewer, filter, page);
      return page;
    },
    initialPageParam: firstPage(),
    getNextPageParam: (page: InboxPage) => page.nextCursor,
    staleTime: 30_000,
    refetchInterval: paceAfterError,
  });

/** The counts of the lists that can be chosen beside this one: they come with its first page, and are asked for again when
 *  something moved. */
export const countsOptions = (viewer: Viewer, filter: InboxFilter) =>
  queryOptions({
    queryKey: keys.counts(viewer, filter),
    queryFn: ({ signal }) => fetchCounts(filter, signal),
    staleTime: 30_000,
    refetchInterval: paceAfterError,
  });

function seedCounts(client: QueryClient, viewer: Viewer, filter: InboxFilter, { counts }: InboxPage): void {
  if (counts !== null) client.setQueryData(keys.counts(viewer, filter), counts);
}

function firstPage(): string | null {
  return null;
}

/** What a conversation is read with: the bare list does without (components/thread/lazy-thread-pane.tsx). */
const threadCalls = () => import("@/lib/client/thread-calls");

export const threadOptions = (viewer: Viewer, ref: ThreadRef) =>
  queryOptions({
    queryKey: keys.thread(viewer, ref),
    queryFn: async ({ signal }) => (await threadCalls()).fetchThread(ref, signal),
    staleTime: 30_000,
    structuralSharing: mergeUnknown,
    // Whoever comes back to the tab may have typed elsewhere meanwhile.
    refetchOnWindowFocus: "always",
    refetchInterval: (query) =>
      isMoving(query.state.data) ? (isLive() ? MOVING_LIVE_MS : MOVING_MS) : paceAfterError(query) || OPEN_MS,
  });

/** `ref` with its account: a live read is of exactly one. What is left of each reason changes with every message, so that
 *  an answer is old as soon as the panel is opened anew. */
export const threadGuideOptions = (viewer: Viewer, ref: ThreadRef) =>
  queryOptions({
    queryKey: keys.guide(viewer, ref),
    queryFn: async ({ signal }) => (await threadCalls()).getGuide(ref, signal),
    staleTime: 5_000,
    gcTime: 60_000,
    refetchOnMount: "always",
  });

/** Asked anew each time that the act is looked at: what it costs may have changed. `ref` with its account. */
export const actOptionsOptions = (viewer: Viewer, ref: ThreadRef, act: ClaimActKind) =>
  queryOptions({
    queryKey: keys.options(viewer, ref, act),
    queryFn: async ({ signal }) => (await threadCalls()).getActOptions(ref, act, signal),
    staleTime: 60_000,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });

/** While a reply of ours is on its way, what became of it is asked for at this pace when nobody tells us; */
const MOVING_MS = 1_200;
/** and at this one when the stream should: it costs nothing, and a reply must not hang on one lost event. */
const MOVING_LIVE_MS = 10_000;

/** A claim, a payment or thirty days close a conversation without a message that would tell: one that somebody looks at is
 *  read again at this pace, and none that stands in the background (messages.md 6, 8). */
const OPEN_MS = 30_000;

/** Is one of our replies, or an act on a claim, between its press and the thread? */
export function isMoving(view: Pick<ThreadView, "outbox" | "claim"> | undefined): boolean {
  const isOnItsWay = ({ state }: { state: OutboxState }) =>
    state === "queued" || state === "sending" || state === "accepted";
  return view !== undefined && (view.outbox.some(isOnItsWay) || (view.claim?.acts.some(isOnItsWay) ?? false));
}

/** The cache hands both sides over untyped; only conversations are ever stored under these keys. */
function mergeUnknown(cached: unknown, fresh: unknown): unknown {
  return isThreadView(fresh) ? mergeThread(isThreadView(cached) ? cached : undefined, fresh) : fresh;
}

export function isThreadView(value: unknown): value is ThreadView {
  return typeof value === "object" && value !== null && "messages" in value && "outbox" in value;
}

/** The list that an address shows, or that stands beside its conversation. */
export function listFilterOf(address: Pick<InboxAddress, "channel" | "account" | "state">): InboxFilter {
  const filter: InboxFilter = {};
  if (address.channel !== null) filter.channel = address.channel;
  if (address.account !== null) filter.account = address.account;
  if (address.state) filter.state = address.state;
  return filter;
}

export const summaryOptions = (viewer: Viewer) =>
  queryOptions({
    queryKey: keys.summary(viewer),
    queryFn: ({ signal }) => fetchSummary(signal),
    refetchInterval: paceAfterError,
  });

/** What a page that was rendered on the server already read goes into the cache under the browser's own keys. */
export function seedInbox(client: QueryClient, viewer: Viewer, filter: InboxFilter, page: InboxPage): void {
  client.setQueryData<InboxPages>(keys.list(viewer, filter), { pages: [page], pageParams: [null] });
  seedCounts(client, viewer, filter, page);
}

export function seedThread(client: QueryClient, viewer: Viewer, ref: ThreadRef, view: ThreadView): void {
  client.setQueryData<ThreadView>(keys.thread(viewer, ref), view);
}

export function seedSummary(client: QueryClient, viewer: Viewer, summary: Summary): void {
  client.setQueryData<Summary>(keys.summary(viewer), summary);
}
