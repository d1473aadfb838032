import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/client/api";
import { keys, type Viewer } from "@/lib/client/keys";
import { withPatience } from "@/lib/client/with-patience";
import { Done } from "@/lib/shared/api/common";
import {
  type ContactsFilter,
  ContactsViewSchema,
  type ItemContactsFilter,
  ItemContactsViewSchema,
  type LeadsFilter,
  type LeadsPage,
  LeadsPageSchema,
  LeadViewSchema,
} from "@/lib/shared/api/leads";
import type { LeadRef } from "@/lib/shared/view/leads-address";

/** While listings are being read, what there is of them is asked for at this pace. */
const READING_MS = 1_500;
/** Figures grow by themselves: whoever looks at them sees them grow. */
const LOOKED_AT_MS = 60_000;

export const leadsKeys = {
  all: (viewer: Viewer) => [...keys.user(viewer), "leads"] as const,
  contacts: (viewer: Viewer, filter: ContactsFilter) =>
    [
      ...leadsKeys.all(viewer),
      "contacts",
      filter.account ?? `current:${viewer.currentAccountId ?? "none"}`,
      filter,
    ] as const,
  items: (viewer: Viewer, filter: ItemContactsFilter) =>
    [...leadsKeys.all(viewer), "items", filter.account, filter] as const,
  lists: (viewer: Viewer) => [...leadsKeys.all(viewer), "list"] as const,
  list: (viewer: Viewer, filter: LeadsFilter) =>
    [...leadsKeys.lists(viewer), filter.account ?? "all", filter] as const,
  leads: (viewer: Viewer) => [...leadsKeys.all(viewer), "lead"] as const,
  lead: (viewer: Viewer, { accountId, id }: LeadRef) => [...leadsKeys.leads(viewer), accountId, id] as const,
};

function pathOf(path: string, query: Readonly<Record<string, string | null | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  return `${path}?${search}`;
}

/** The contacts of one account. Asked for again while listings are still being read, which has an end. */
export const contactsOptions = (viewer: Viewer, filter: ContactsFilter) =>
  queryOptions({
    queryKey: leadsKeys.contacts(viewer, filter),
    queryFn: ({ signal }) => call(ContactsViewSchema, pathOf("/api/leads/contacts", filter), { signal }),
    staleTime: 15_000,
    placeholderData: keptFor(leadsKeys.contacts(viewer, filter)),
    refetchInterval: ({ state }) => paceOf(state.data),
  });

/** The series of a few listings. */
export const itemContactsOptions = (viewer: Viewer, filter: ItemContactsFilter) =>
  queryOptions({
    queryKey: leadsKeys.items(viewer, filter),
    queryFn: ({ signal }) =>
      call(ItemContactsViewSchema, pathOf("/api/leads/contacts/items", filter), { signal }),
    staleTime: 15_000,
    placeholderData: keptFor(leadsKeys.items(viewer, filter)),
    refetchInterval: ({ state }) => paceOf(state.data),
  });

export const leadsOptions = (viewer: Viewer, filter: LeadsFilter) =>
  infiniteQueryOptions({
    queryKey: leadsKeys.list(viewer, filter),
    queryFn: ({ pageParam, signal }) =>
      call(LeadsPageSchema, pathOf("/api/leads", { ...filter, cursor: pageParam }), { signal }),
    initialPageParam: firstPage(),
    getNextPageParam: (page: LeadsPage) => page.nextCursor,
    staleTime: 15_000,
    // Changes are followed while the list is on the screen: what was kept from before may be behind.
    refetchOnMount: "always",
    placeholderData: keptFor(leadsKeys.list(viewer, filter)),
    refetchInterval: ({ state }) => {
      const sync = state.data?.pages[0]?.sync;
      if (sync === undefined || !(sync.isReading || sync.problem?.retryAt)) return false;
      return paceOf({ progress: sync.isReading, problem: sync.problem });
    },
  });

/** When to ask again: soon while something is being read, right after what stands in its way has passed, else now and then. */
function paceOf(told: { progress?: unknown; problem: { retryAt: Date | null } | null } | undefined): number {
  if (told?.progress) return READING_MS;
  const retryAt = told?.problem?.retryAt ?? null;
  if (retryAt === null) return LOOKED_AT_MS;
  const wait = retryAt.getTime() - Date.now() + READING_MS;
  return Math.min(LOOKED_AT_MS, Math.max(READING_MS, wait));
}

/** While another period or filter is read, what there was stays on the screen; never what belongs to another account, which
 *  stands after the kind of question in each key. */
const keptFor =
  (queryKey: readonly unknown[]) =>
  <T>(previous: T | undefined, before: { queryKey: readonly unknown[] } | undefined): T | undefined =>
    before?.queryKey[ACCOUNT] === queryKey[ACCOUNT] ? previous : undefined;

const ACCOUNT = 4;

function firstPage(): string | null {
  return null;
}

/** One lead, asked of Mercado Libre each time that it is opened. */
export const leadOptions = (viewer: Viewer, ref: LeadRef) =>
  queryOptions({
    queryKey: leadsKeys.lead(viewer, ref),
    queryFn: ({ signal }) =>
      call(LeadViewSchema, pathOf(`/api/leads/${ref.id}`, { account: ref.accountId }), { signal }),
    staleTime: 15_000,
  });

/** Has leads and listings read again now. Harmless to repeat. */
export const refreshLeads = (account: string | null) =>
  withPatience(() =>
    call(Done, "/api/leads/refresh", { method: "POST", body: account === null ? {} : { account } }),
  );
