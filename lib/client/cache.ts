import type { InfiniteData } from "@tanstack/react-query";
import type { InboxPage, ThreadRow } from "@/lib/shared/api/inbox";
import type { MessageView, OutboxView, ThreadView } from "@/lib/shared/api/thread";

/** Edits of what is cached: pure, so that what a screen shows after an act is known without a browser. */

export type InboxPages = InfiniteData<InboxPage, string | null>;

/** What names a row among those of all accounts. */
export function rowKeyOf(row: Pick<ThreadRow, "accountId" | "channel" | "externalId">): string {
  return `${row.accountId}/${row.channel}/${row.externalId}`;
}

/** All rows in the order of the pages, each once: a row that moved while pages were read is shown where it stands first. */
export function rowsOf(data: { pages: readonly InboxPage[] } | undefined): ThreadRow[] {
  const seen = new Set<string>();
  const rows: ThreadRow[] = [];
  for (const row of data?.pages.flatMap((page) => page.rows) ?? []) {
    const key = rowKeyOf(row);
    if (seen.has(key)) continue;
    seen.add(key);
    rows.push(row);
  }
  return rows;
}

/** The same pages with one row replaced, or the very same object when the row is not among them. */
export function replaceRow(
  data: InboxPages | undefined,
  key: string,
  edit: (row: ThreadRow) => ThreadRow,
): InboxPages | undefined {
  if (data === undefined) return undefined;
  let isFound = false;
  const pages = data.pages.map((page) => {
    const index = page.rows.findIndex((row) => rowKeyOf(row) === key);
    if (index === -1) return page;
    isFound = true;
    return { ...page, rows: page.rows.map((row, at) => (at === index ? edit(row) : row)) };
  });
  return isFound ? { ...data, pages } : data;
}

/** The conversation with one row of our outbox put in or replaced. */
export function withOutbox(view: ThreadView, reply: OutboxView): ThreadView {
  const isKnown = view.outbox.some((other) => other.id === reply.id);
  const outbox = isKnown
    ? view.outbox.map((other) => (other.id === reply.id ? reply : other))
    : [...view.outbox, reply];
  return { ...view, outbox };
}

/** The conversation with an older page before what it holds. */
export function withOlder(
  view: ThreadView,
  page: { messages: readonly MessageView[]; hasOlder: boolean },
): ThreadView {
  const known = new Set(view.messages.map((message) => message.id));
  const older = page.messages.filter((message) => !known.has(message.id));
  return { ...view, messages: [...older, ...view.messages], hasOlder: page.hasOlder };
}

/** A fresh answer over what was cached: older messages that were loaded by scrolling stay, as long as no gap opens
 *  between them and the fresh ones. */
export function mergeThread(cached: ThreadView | undefined, fresh: ThreadView): ThreadView {
  const first = fresh.messages[0];
  if (cached === undefined || first === undefined) return fresh;
  const overlap = cached.messages.findIndex((message) => message.id === first.id);
  if (overlap <= 0) return fresh;
  return {
    ...fresh,
    messages: [...cached.messages.slice(0, overlap), ...fresh.messages],
    hasOlder: cached.hasOlder,
  };
}
