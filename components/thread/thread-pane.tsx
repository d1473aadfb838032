"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import CloudOff from "lucide-react/icons/cloud-off";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { lazyClaimKit } from "@/components/claim/lazy-claim-kit";
import { Composer } from "@/components/composer/composer";
import { ContextPane } from "@/components/context/context-pane";
import { useZone } from "@/components/inbox/zone";
import { lazyQuestionKit } from "@/components/question/lazy-question-kit";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Notice } from "@/components/ui/notice";
import { problemOf } from "@/lib/client/api-error";
import { composerStoreOf, noteBelow, ownReplies } from "@/lib/client/composer-stores";
import { takeFieldWish } from "@/lib/client/field-wish";
import type { ThreadRef, Viewer } from "@/lib/client/keys";
import { threadGuideOptions, threadOptions } from "@/lib/client/queries";
import type { OutboxView, ThreadView } from "@/lib/shared/api/thread";
import { canStillAnswer, composerOf } from "@/lib/shared/view/question-state";
import { seenOf } from "@/lib/shared/view/seen";
import { undoable } from "@/lib/shared/view/undo";
import { AgentLine } from "./agent-line";
import { ClaimLinks } from "./claim-links";
import { LazyKit } from "./lazy-kit";
import { MessageLog } from "./message-log";
import { PendingBubble } from "./reply-bubble";
import { SentLine } from "./sent-line";
import { ThreadHeader } from "./thread-header";
import { type Onward, type ThreadDesk, ThreadDeskContext, useThreadKit } from "./thread-kit";
import { ThreadFailed, ThreadLoading } from "./thread-states";
import { NOTHING_BELOW } from "./use-log-scroll";
import { useMovingOn, useSentBefore } from "./use-moving-on";
import { focusField, focusStop, useLooked, useThreadActs } from "./use-thread-acts";

export interface ThreadPaneProps {
  viewer: Viewer;
  threadRef: ThreadRef;
  backHref: string;
  onBack: () => void;
  /** The next conversation of the list that waits for an answer. Null: none does. */
  onward: Onward | null;
  /** Shows another conversation. */
  onGo: (href: string) => void;
}

/** What only conversations of a channel have. */
const KITS = { claims: lazyClaimKit, questions: lazyQuestionKit };

const PANE = "flex min-h-0 min-w-0 flex-1 flex-col bg-pane";

/** One conversation with what stands around it. Mounted anew for each: nothing of one leaks into the next. */
export function ThreadPane(props: ThreadPaneProps) {
  const { viewer, threadRef, onBack } = props;
  const thread = useQuery(threadOptions(viewer, threadRef));
  if (thread.data) {
    const open = <OpenThread {...props} view={thread.data} />;
    const { channel } = threadRef;
    return channel === "messages" ? open : <LazyKit kit={KITS[channel]}>{open}</LazyKit>;
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

function OpenThread(props: ThreadPaneProps & { view: ThreadView }) {
  const { viewer, threadRef, backHref, onBack, onward, onGo } = props;
  const view = useMemo(() => ({ ...props.view, composer: composerOf(props.view) }), [props.view]);
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
  const kit = useThreadKit(view);
  const { mutateAsync: refreshNow } = refresh;
  const takesBack = undoable(view.outbox, ({ key }) => store.hasSent(key));
  const before = useSentBefore(viewer, threadRef, view, onGo);
  const undo = takesBack === null ? before.undo : () => acts.reply.cancel(takesBack);
  const latestUndo = useRef(undo);
  latestUndo.current = undo;
  const undoQuietly = useCallback(() => void latestUndo.current?.().catch(() => undefined), []);
  const canUndo = undo !== null;
  // One and the same while somebody types: the parts of a kit need not be drawn anew for a letter.
  const desk = useMemo<ThreadDesk>(
    () => ({
      viewer,
      threadRef,
      view,
      seen: () => seenOf(view, below),
      refresh: () => refreshNow(),
      onward,
      undo: canUndo ? undoQuietly : null,
    }),
    [viewer, threadRef, view, below, refreshNow, onward, canUndo, undoQuietly],
  );

  /** A question takes one answer: the words of another are taken along, not written anew. */
  const canEdit = ({ questionId, state }: OutboxView) =>
    view.question === null ||
    (state !== "rejected" && questionId !== null && canStillAnswer(view, questionId));

  useEffect(() => store.restore(), [store]);
  useEffect(() => store.offer(ownReplies(view)), [store, view]);
  useMovingOn(threadRef, view, onward);
  const isOpen = view.composer.allowed;
  // Told when it is opened, and when its composer comes back under the hands of who took an answer back.
  useEffect(() => {
    if (takeFieldWish(threadRef)) (isOpen ? focusField : focusStop)();
  }, [threadRef, isOpen]);

  return (
    <ThreadDeskContext value={desk}>
      {/* Leaves the room of what stands beside it: a long page is drawn before its end has come. */}
      <section className={cx(PANE, "xl:mr-[19.5rem]", isContextShown && "max-xl:hidden")}>
        <ThreadHeader
          view={view}
          backHref={backHref}
          onBack={onBack}
          onShowContext={() => setContextShown(true)}
          markRead={{ run: () => markRead.mutate(), isBusy: markRead.isPending }}
        />
        {kit?.TimeLine && <kit.TimeLine />}
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
          acts={{ ...acts.reply, canEdit, undoneByKeys: takesBack?.id ?? null }}
          onEditRejected={view.composer.allowed || view.composer.hasGuide ? acts.rewrite : null}
        />
        {kit?.ActBar && <kit.ActBar />}
        {before.sent !== null && before.undo !== null && takesBack === null && (
          <SentLine key={before.sent.reply.id} sent={before.sent} undo={before.undo} />
        )}
        <Composer
          store={store}
          view={view}
          guide={threadGuideOptions(viewer, { ...threadRef, account: view.row.accountId })}
          check={{ run: () => refresh.mutate(), isBusy: refresh.isPending }}
          undo={desk.undo}
        />
      </section>
      <ContextPane
        view={view}
        isShown={isContextShown}
        onHide={() => setContextShown(false)}
        refresh={{ run: () => refresh.mutate(), isBusy: refresh.isPending }}
      />
    </ThreadDeskContext>
  );
}
