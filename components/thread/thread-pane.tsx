"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import CloudOff from "lucide-react/icons/cloud-off";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { type ClaimDesk, ClaimDeskContext, useClaimKit } from "@/components/claim/kit-context";
import { LazyClaimKit } from "@/components/claim/lazy-claim-kit";
import { Composer } from "@/components/composer/composer";
import { ContextPane } from "@/components/context/context-pane";
import { useZone } from "@/components/inbox/zone";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Notice } from "@/components/ui/notice";
import { problemOf } from "@/lib/client/api-error";
import { composerStoreOf, noteBelow } from "@/lib/client/composer-stores";
import type { ThreadRef, Viewer } from "@/lib/client/keys";
import { threadGuideOptions, threadOptions } from "@/lib/client/queries";
import type { ThreadView } from "@/lib/shared/api/thread";
import { seenOf } from "@/lib/shared/view/seen";
import { undoable } from "@/lib/shared/view/undo";
import { AgentLine } from "./agent-line";
import { ClaimLinks } from "./claim-links";
import { MessageLog } from "./message-log";
import { PendingBubble } from "./reply-bubble";
import { ThreadHeader } from "./thread-header";
import { ThreadFailed, ThreadLoading } from "./thread-states";
import { NOTHING_BELOW } from "./use-log-scroll";
import { useLooked, useThreadActs } from "./use-thread-acts";

export interface ThreadPaneProps {
  viewer: Viewer;
  threadRef: ThreadRef;
  backHref: string;
  onBack: () => void;
}

const PANE = "flex min-h-0 min-w-0 flex-1 flex-col bg-pane";

/** One conversation with what stands around it. Mounted anew for each: nothing of one leaks into the next. */
export function ThreadPane(props: ThreadPaneProps) {
  const { viewer, threadRef, onBack } = props;
  const thread = useQuery(threadOptions(viewer, threadRef));
  if (thread.data) {
    const open = <OpenThread {...props} view={thread.data} />;
    return threadRef.channel === "claims" ? <LazyClaimKit>{open}</LazyClaimKit> : open;
  }
  return (
    <section className={PANE}>
      {thread.isError ? (
        <ThreadFailed
          problem={problemOf(thread.error)}
          onRetry={() => void thread.refetch()}
          onBack={onBack}
        />
      ) : (
        <ThreadLoading />
      )}
    </section>
  );
}

/** The row of a reply can be here, brought by the stream, before the answer to the press of Send is. */
function hasArrived({ outbox }: ThreadView, key: string): boolean {
  return outbox.some((reply) => reply.key === key);
}

function OpenThread({ viewer, threadRef, backHref, onBack, view }: ThreadPaneProps & { view: ThreadView }) {
  const t = useTranslations("thread");
  const errors = useTranslations("errors");
  const client = useQueryClient();
  const store = composerStoreOf(client, viewer, threadRef, view);
  const composer = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
  const [below, setBelow] = useState(NOTHING_BELOW);
  const acts = useThreadActs(viewer, threadRef, view, store, below);
  useLooked(viewer, threadRef, view, below);
  useEffect(() => noteBelow(store, below), [store, below]);
  const zone = useZone();
  const [isContextShown, setContextShown] = useState(false);
  const { refresh, markRead } = acts;
  const kit = useClaimKit(view);
  const { mutateAsync: refreshNow } = refresh;
  const { claim } = view;
  const desk = useMemo<ClaimDesk | null>(
    () =>
      claim && {
        viewer,
        threadRef,
        view,
        claim,
        seen: () => seenOf(view, below),
        refresh: () => refreshNow(),
      },
    [viewer, threadRef, view, claim, below, refreshNow],
  );
  const takesBack = undoable(view.outbox, ({ key }) => store.hasSent(key));

  useEffect(() => store.restore(), [store]);
  useEffect(() => store.offer(view), [store, view]);

  return (
    <ClaimDeskContext value={desk}>
      <section className={cx(PANE, isContextShown && "max-xl:hidden")}>
        <ThreadHeader
          view={view}
          backHref={backHref}
          onBack={onBack}
          onShowContext={() => setContextShown(true)}
          markRead={{ run: () => markRead.mutate(), isBusy: markRead.isPending }}
        />
        {kit && <kit.TimeLine />}
        {threadRef.channel === "messages" && (
          <>
            <ClaimLinks view={view} account={threadRef.account} />
            <AgentLine view={view} />
          </>
        )}
        {markRead.isError && (
          <Notice tone="due" role="alert" className="m-3 mb-0">
            {t("markReadFailed")} {errors(problemOf(markRead.error))}
          </Notice>
        )}
        {(view.isStale || refresh.isError) && (
          <Notice
            tone="soon"
            role="status"
            icon={<CloudOff />}
            title={t("stale.title")}
            className="m-3 mb-0"
            action={
              <Button size="sm" isBusy={refresh.isPending} onClick={() => refresh.mutate()}>
                {t("again")}
              </Button>
            }
          >
            {t("stale.body")}
          </Notice>
        )}
        <MessageLog
          view={view}
          pending={
            composer.pending === null || hasArrived(view, composer.pending.key) ? null : (
              <PendingBubble
                text={composer.pending.text}
                files={composer.pending.files}
                option={composer.pending.option}
                to={composer.pending.to}
                at={composer.pending.at}
                timeZone={zone}
              />
            )
          }
          older={acts.older}
          onBelow={setBelow}
          acts={{ ...acts.reply, undoneByKeys: takesBack?.id ?? null }}
          onEditRejected={view.composer.allowed || view.composer.hasGuide ? acts.rewrite : null}
        />
        {kit && <kit.ActBar />}
        <Composer
          store={store}
          view={view}
          guide={threadGuideOptions(viewer, { ...threadRef, account: view.row.accountId })}
          check={{ run: () => refresh.mutate(), isBusy: refresh.isPending }}
          undo={takesBack === null ? null : () => void acts.reply.cancel(takesBack).catch(() => undefined)}
        />
      </section>
      <ContextPane
        view={view}
        isShown={isContextShown}
        onHide={() => setContextShown(false)}
        refresh={{ run: () => refresh.mutate(), isBusy: refresh.isPending }}
      />
    </ClaimDeskContext>
  );
}
