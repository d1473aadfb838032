import type { InboxFilter } from "@/lib/shared/api/inbox";
import type { ChannelName } from "@/lib/shared/thread";

/** Who is looking: every key starts with it, so that another user's or account's data is never found under a key. */
export interface Viewer {
  userId: string;
  /** A thread's address without `account` is answered by the current account first: the answer belongs to it. */
  currentAccountId: string | null;
}

/** What names one conversation. `account` null: whichever of the user's accounts holds it, the current one first. */
export interface ThreadRef {
  channel: ChannelName;
  externalId: string;
  account: string | null;
}

export const keys = {
  user: (viewer: Viewer) => ["user", viewer.userId] as const,
  lists: (viewer: Viewer) => [...keys.user(viewer), "list"] as const,
  list: (viewer: Viewer, filter: InboxFilter) =>
    [
      ...keys.lists(viewer),
      { channel: filter.channel ?? null, account: filter.account ?? null, state: filter.state ?? null },
    ] as const,
  allCounts: (viewer: Viewer) => [...keys.user(viewer), "counts"] as const,
  counts: (viewer: Viewer, filter: Pick<InboxFilter, "channel" | "account">) =>
    [...keys.allCounts(viewer), filter.channel ?? null, filter.account ?? null] as const,
  threads: (viewer: Viewer) => [...keys.user(viewer), "thread"] as const,
  thread: (viewer: Viewer, ref: ThreadRef) =>
    [
      ...keys.threads(viewer),
      ref.account ?? `current:${viewer.currentAccountId ?? "none"}`,
      ref.channel,
      ref.externalId,
    ] as const,
  guide: (viewer: Viewer, ref: ThreadRef) =>
    [...keys.user(viewer), "guide", ref.account ?? "current", ref.channel, ref.externalId] as const,
  options: (viewer: Viewer, ref: ThreadRef, act: string) =>
    [...keys.user(viewer), "options", ref.account ?? "current", ref.channel, ref.externalId, act] as const,
  summary: (viewer: Viewer) => [...keys.user(viewer), "summary"] as const,
};

/** The viewer that `GET /api/me` describes. */
export function viewerOf(me: {
  userId: string;
  accounts: readonly { id: string; isCurrent: boolean }[];
}): Viewer {
  return {
    userId: me.userId,
    currentAccountId: me.accounts.find((account) => account.isCurrent)?.id ?? null,
  };
}
