import "server-only";
import type { Session } from "@/lib/server/accounts/current-session";
import { scopeOf } from "@/lib/server/inbox/list-inbox";
import { type Runtime, runtime } from "@/lib/server/runtime";
import { listAccountsOf } from "@/lib/server/store/accounts";
import { listClassifieds } from "@/lib/server/store/classifieds";
import { listSeries, OWN, sumItems } from "@/lib/server/store/contact-series";
import { listTotals } from "@/lib/server/store/contact-totals";
import { readReading } from "@/lib/server/store/contact-wishes";
import { listLeadSyncs } from "@/lib/server/store/lead-syncs";
import {
  CONTACT_KINDS,
  type ContactItem,
  type ContactKind,
  type ContactsFilter,
  type ContactsView,
  type KindContacts,
  type ReadProblem,
} from "@/lib/shared/api/leads";
import { rankBy } from "@/lib/shared/contacts/rank";
import type { AccountId } from "@/lib/shared/ids";
import { type Chosen, choosePeriod, daysOf } from "./chosen-period";
import { byKind, type Counted, countedOf, NOTHING } from "./counted";
import { hasClassifieds } from "./find-classifieds";
import { readContacts } from "./read-contacts";
import { problemView } from "./read-problem";
import { wishItems } from "./wish-items";

/** So many of the newest buckets may still be waited for while a sum is shown. */
const LAG = 2;

/**
 * How often the listings of one account were contacted: what is held, after reading at once what only the account itself has. The
 * series of its listings are read by a worker; `progress` says how far that is.
 * @throws AppError not_found for an account that is not the user's, invalid_input for a period that does not exist
 */
export async function readContactsView(session: Session, query: ContactsFilter): Promise<ContactsView> {
  const rt = runtime();
  const chosen = choosePeriod(query, new Date());
  const scope = scopeOf(session, query.account);
  const own = await listAccountsOf(rt.db, session.userId, session.accountIds);
  const { accounts, problem } = await withClassifieds(rt, own, chosen.now);
  const account =
    query.account === undefined
      ? (accounts.find(({ id }) => id === session.currentAccountId) ?? accounts[0])
      : accounts.find(({ id }) => scope.includes(id));
  const known = accounts.map(({ id, nickname, siteId }) => ({ id, nickname, siteId }));
  const shown = account === undefined ? nothing(chosen, problem) : await ofAccount(rt, account, chosen);
  return { ...shown, accounts: known };
}

type Shown = Omit<ContactsView, "accounts">;

/** Those of the accounts that have contacts. */
export async function withClassifieds<A extends { id: AccountId; profile: string; state: string }>(
  rt: Runtime,
  accounts: readonly A[],
  now: Date,
  o: { isForced?: boolean } = {},
): Promise<{ accounts: A[]; problem: ReadProblem | null }> {
  const found = await Promise.all(
    accounts.map((account) =>
      account.state === "connected" ? hasClassifieds(rt, account, "open", { now, ...o }) : null,
    ),
  );
  const syncs = await listLeadSyncs(
    rt.db,
    accounts.map(({ id }) => id),
  );
  // One that is not connected shows what is held of it.
  const has = (account: A, index: number) =>
    found[index] === true ||
    syncs.some(({ accountId, hasClassifieds: was }) => accountId === account.id && was === true);
  const troubled = syncs.find((sync) => sync.hasClassifieds === null && sync.problem !== null);
  return { accounts: accounts.filter(has), problem: problemView(troubled) };
}

async function ofAccount(
  rt: Runtime,
  { id: accountId, state }: { id: AccountId; state: string },
  chosen: Chosen,
): Promise<Shown> {
  const isConnected = state === "connected";
  const { unit, wholeSpan, span, previousSpan, period, previous, until } = chosen;
  const totals = [
    { from: period.from, to: until },
    { from: previous.from, to: previous.to },
  ];
  const isWhole =
    isConnected && (await readContacts(rt, accountId, { subjects: [OWN], unit, span: wholeSpan, totals }));
  const wished = isConnected ? await wishItems(rt, accountId, chosen) : { progress: null, problem: null };
  const [reading, blocks, [now, before], listings, sums, earlier] = await Promise.all([
    readReading(rt.db, accountId),
    listSeries(rt.db, accountId, unit, [OWN], span),
    Promise.all(totals.map((one) => listTotals(rt.db, accountId, [OWN], one))),
    listClassifieds(rt.db, accountId),
    sumItems(rt.db, accountId, unit, span),
    sumItems(rt.db, accountId, unit, previousSpan),
  ]);
  const totalOf = (all: typeof now, kind: ContactKind) =>
    all?.find((one) => one.kind === kind)?.total ?? null;
  const kinds = byKind(
    (kind): KindContacts => ({
      ...countedOf(
        chosen,
        blocks.filter((one) => one.kind === kind),
        totalOf(now, kind),
      ),
      previousTotal: totalOf(before, kind),
    }),
  );
  const items = itemsOf(
    listings,
    sumsBy(sums, span.to - span.from - (chosen.view.isOpen ? LAG : 0)),
    sumsBy(earlier, previousSpan.to - previousSpan.from),
  );
  const problem = isConnected ? (isWhole ? null : problemView(reading)) : disconnected(state);
  return {
    accountId,
    ...framed(chosen),
    kinds,
    items,
    progress: wished.progress ?? (isWhole || problem !== null ? null : { done: 0, total: 0 }),
    readAt: reading?.readAt ?? null,
    problem: problem ?? wished.problem,
  };
}

/** What is held stays on screen; nothing is read until the account is connected again. */
const disconnected = (state: string): ReadProblem => ({
  code: "account_disconnected",
  reason: state,
  retryAt: null,
});

/** What is known of each listing's kind: the sum, where nearly all of its buckets are. */
function sumsBy(
  sums: readonly { itemId: string; kind: ContactKind; sum: number; told: number }[],
  least: number,
): Map<string, number> {
  return new Map(
    sums.flatMap(({ itemId, kind, sum, told }): [string, number][] =>
      told >= Math.max(1, least) ? [[`${itemId} ${kind}`, sum]] : [],
    ),
  );
}

function itemsOf(
  listings: Awaited<ReturnType<typeof listClassifieds>>,
  now: ReadonlyMap<string, number>,
  before: ReadonlyMap<string, number>,
): ContactItem[] {
  const items = listings.map((listing) => {
    const kinds = byKind((kind) => ({
      sum: now.get(`${listing.id} ${kind}`) ?? null,
      previous: before.get(`${listing.id} ${kind}`) ?? null,
    }));
    const { id: itemId, title, thumbnail, price, status, permalink } = listing;
    return {
      itemId,
      title: title || null,
      thumbnail,
      price,
      status,
      permalink,
      kinds,
      sum: known(CONTACT_KINDS.map((kind) => kinds[kind].sum)),
      previous: known(CONTACT_KINDS.map((kind) => kinds[kind].previous)),
    };
  });
  return rankBy(items, ({ sum }) => sum).map(({ one }) => one);
}

/** Their sum, as far as known; null: none of them is. */
function known(numbers: readonly (number | null)[]): number | null {
  const told = numbers.filter((one) => one !== null);
  return told.length === 0 ? null : told.reduce((sum, one) => sum + one, 0);
}

const framed = ({ view, previous }: Chosen) => ({
  period: view,
  previous: { from: previous.from, to: previous.to, ...daysOf(previous) },
});

function nothing(chosen: Chosen, problem: ReadProblem | null): Shown {
  const empty: Counted = { ...NOTHING, missing: 0 };
  return {
    accountId: null,
    ...framed(chosen),
    kinds: byKind(() => ({ ...empty, previousTotal: null })),
    items: [],
    progress: null,
    readAt: null,
    problem,
  };
}
