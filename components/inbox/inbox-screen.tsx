"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useContext, useEffect, useMemo, useRef, useState } from "react";
import { LazyThreadPane } from "@/components/thread/lazy-thread-pane";
import { ThreadPaneContext } from "@/components/thread/pane-context";
import type { ThreadPaneProps } from "@/components/thread/thread-pane";
import { cx } from "@/components/ui/cx";
import { problemOf } from "@/lib/client/api-error";
import { watchTab } from "@/lib/client/composer-tabs";
import { wishForField, wishToMoveOn } from "@/lib/client/field-wish";
import { type ThreadRef, type Viewer, viewerOf } from "@/lib/client/keys";
import { useProductOf, useSummary } from "@/lib/client/live";
import { nextToAnswer } from "@/lib/client/next-to-answer";
import { countsOptions, listFilterOf } from "@/lib/client/queries";
import type { Shortcut } from "@/lib/client/shortcuts";
import { useUnreadTitle } from "@/lib/client/unread-mark";
import type { MeView } from "@/lib/shared/api/account";
import type { Summary, ThreadRow } from "@/lib/shared/api/inbox";
import { addressOf, inboxHref } from "@/lib/shared/view/address";
import { sellerZone } from "@/lib/shared/view/seller-zone";
import { syncOf } from "@/lib/shared/view/sync";
import { ListHeader } from "./list-header";
import { type EmptyReason, ListEmpty, ListFailed, ListLoading } from "./list-states";
import { NothingOpen } from "./nothing-open";
import { type ListHandle, ThreadList } from "./thread-list";
import { type InboxPlace, useInboxAddress } from "./use-inbox-address";
import { useShortcuts } from "./use-shortcuts";
import { useThreadList } from "./use-thread-list";
import { ZoneContext } from "./zone";

const ShortcutsDialog = dynamic(() => import("./shortcuts-dialog").then((module) => module.ShortcutsDialog), {
  ssr: false,
});

const ResponseTimeLine = dynamic(
  () => import("@/components/question/response-time-line").then((module) => module.ResponseTimeLine),
  { ssr: false },
);

/** Pages of the list that are read to find the open conversation among them. */
const SEEK_PAGES = 5;

/** The inbox: list of conversations, conversation, context; one at a time on a phone. What to show is read from the
 *  address alone. */
export function InboxScreen({ me }: { me: MeView }) {
  const { userId, currentAccountId } = viewerOf(me);
  const viewer = useMemo<Viewer>(() => ({ userId, currentAccountId }), [userId, currentAccountId]);
  const t = useTranslations("inbox");
  const client = useQueryClient();
  const place = useInboxAddress();
  const summary = useSummary(viewer);
  useEffect(() => watchTab(client, viewer), [client, viewer]);

  const { channel, externalId, account } = place.address;
  const product = useProductOf(viewer, {
    channel: channel ?? "messages",
    externalId: externalId ?? "",
    account,
  });
  const title = externalId === null ? t("title") : (product ?? t("saleTitle", { id: externalId }));
  useUnreadTitle(summary?.fresh ?? 0, `${title} · ${t("newPage")}`);
  return (
    <ZoneContext value={sellerZone(me.accounts)}>
      <Panes me={me} viewer={viewer} place={place} summary={summary} />
    </ZoneContext>
  );
}

function Panes({
  me,
  viewer,
  place,
  summary,
}: {
  me: MeView;
  viewer: Viewer;
  place: InboxPlace;
  summary: Summary | undefined;
}) {
  const { address, listChannel, listHref, go, back } = place;
  const filter = listFilterOf({ ...address, channel: listChannel });
  const { list, rows, openKey, setNear } = useThreadList(viewer, filter, address);
  const { data: counts } = useQuery({ ...countsOptions(viewer, filter), enabled: list.data !== undefined });
  const handle = useRef<ListHandle>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const isOpen = address.externalId !== null;

  const hrefOf = (row: ThreadRow) =>
    inboxHref({ ...address, channel: row.channel, externalId: addressOf(row) });

  /** Who opens a question by keyboard is about to answer it. */
  function open(row: ThreadRow, isByKeys: boolean): void {
    const isToWrite = isByKeys && row.channel === "questions";
    wishForField(isToWrite ? { ...address, channel: row.channel, externalId: addressOf(row) } : null);
    go(hrefOf(row));
  }

  const next = isOpen ? nextToAnswer(rows, openKey) : undefined;
  const onward =
    next === undefined
      ? null
      : {
          href: hrefOf(next),
          go() {
            wishForField({ ...address, channel: next.channel, externalId: addressOf(next) });
            handle.current?.show(next);
            go(hrefOf(next));
          },
        };

  useShortcuts((shortcut) => {
    const acts: Readonly<Record<Shortcut, () => void>> = {
      next: () => handle.current?.move(1),
      previous: () => handle.current?.move(-1),
      open: () => handle.current?.openMarked(),
      back,
      leave_field: leaveField,
      compose: () => document.querySelector<HTMLElement>("[data-composer]")?.focus(),
      send: () => sendFocused(false),
      send_next: () => sendFocused(true),
      help: () => setHelpOpen(true),
    };
    acts[shortcut]();
  });

  return (
    <div className="flex h-full min-h-0 min-w-0">
      <section
        className={cx(
          "flex min-h-0 w-full min-w-0 shrink-0 flex-col bg-pane md:w-72 md:border-line md:border-r lg:w-[23.75rem]",
          isOpen && "max-md:hidden",
        )}
      >
        <ListHeader
          level={isOpen ? 2 : 1}
          accounts={me.accounts}
          summary={summary}
          counts={counts}
          place={{ ...address, channel: listChannel, externalId: null }}
          onGo={go}
        />
        {listChannel === "questions" && (
          <ResponseTimeLine viewer={viewer} accounts={me.accounts} account={address.account} />
        )}
        {body()}
      </section>
      {address.externalId !== null && address.channel !== null ? (
        <OpenPane
          key={`${address.account ?? ""}/${address.channel}/${address.externalId}`}
          viewer={viewer}
          channel={address.channel}
          externalId={address.externalId}
          account={address.account}
          backHref={listHref}
          onBack={back}
          onward={onward}
          onGo={go}
        />
      ) : (
        <NothingOpen onHelp={() => setHelpOpen(true)} />
      )}
      {isHelpOpen && <ShortcutsDialog onClose={() => setHelpOpen(false)} />}
    </div>
  );

  function body() {
    if (list.data === undefined) {
      if (!list.isError) return <ListLoading />;
      return <ListFailed problem={problemOf(list.error)} onRetry={() => void list.refetch()} />;
    }
    if (rows.length === 0) return <ListEmpty reason={emptyReason()} />;
    return (
      <ThreadList
        ref={handle}
        rows={rows}
        openKey={openKey}
        hrefOf={hrefOf}
        onOpen={open}
        onNear={setNear}
        more={{
          hasMore: list.hasNextPage,
          isLoading: list.isFetchingNextPage,
          isFailed: list.isFetchNextPageError,
          // A conversation opened by its address may stand further down than the list has been read.
          isWanted: isOpen && openKey === null && list.data.pages.length < SEEK_PAGES,
          load: () => void list.fetchNextPage(),
        }}
      />
    );
  }

  function emptyReason(): EmptyReason {
    const shown = me.accounts.filter(({ id }) => address.account === null || id === address.account);
    if (syncOf(summary, address.account) !== null) return "syncing";
    if (shown.length > 0 && shown.every(({ state }) => state !== "connected")) return "disconnected";
    if (address.state) return address.state === "todo" ? "todo" : "state";
    return listChannel === "claims" || listChannel === "questions" ? listChannel : "nothing";
  }
}

/** Gives the pane one object that names its conversation for as long as it is mounted. */
function OpenPane({ channel, externalId, account, ...rest }: ThreadRef & Omit<ThreadPaneProps, "threadRef">) {
  const threadRef = useMemo<ThreadRef>(
    () => ({ channel, externalId, account }),
    [channel, externalId, account],
  );
  const Pane = useContext(ThreadPaneContext) ?? LazyThreadPane;
  return <Pane {...rest} threadRef={threadRef} />;
}

/** Escape in a field leaves the field; only a second one leaves the conversation. */
function leaveField(): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLElement)) return;
  field.blur();
  document.querySelector<HTMLElement>('[role="log"]')?.focus({ preventScroll: true });
}

function sendFocused(isMovingOn: boolean): void {
  wishToMoveOn(isMovingOn);
  document.activeElement?.closest("form")?.requestSubmit();
}
