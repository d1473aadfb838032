import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { afterPaint } from "@/lib/client/after-paint";
import type { InboxPages } from "@/lib/client/cache";
import { replaceRow, rowKeyOf, withOlder, withOutbox } from "@/lib/client/cache";
import type { ComposerStore } from "@/lib/client/composer-store";
import { wishForField } from "@/lib/client/field-wish";
import { keys, type ThreadRef, type Viewer } from "@/lib/client/keys";
import { forgetSent } from "@/lib/client/last-sent";
import { takeBack } from "@/lib/client/take-back";
import {
  actOnOutbox,
  fetchOlder,
  markThreadRead,
  postLooked,
  refreshThread,
} from "@/lib/client/thread-calls";
import type { ThreadRow } from "@/lib/shared/api/inbox";
import type { MessageView, OutboxView, Seen, ThreadView } from "@/lib/shared/api/thread";
import { seenOf } from "@/lib/shared/view/seen";
import { useSibling } from "./use-sibling";

/** Everything that can be done with an open conversation, and the edits of the cache that follow. */
export function useThreadActs(
  viewer: Viewer,
  ref: ThreadRef,
  view: ThreadView,
  composer: ComposerStore,
  /** Bubbles that were never on the screen. */
  below: ReadonlySet<string>,
) {
  const client = useQueryClient();
  const owned: ThreadRef = { ...ref, account: view.row.accountId };
  const key = keys.thread(viewer, ref);

  const editView = (edit: (cached: ThreadView) => ThreadView) =>
    client.setQueryData<ThreadView>(key, (cached) => cached && edit(cached));
  const editRow = (edit: (row: ThreadRow) => ThreadRow) =>
    client.setQueriesData<InboxPages>({ queryKey: keys.lists(viewer) }, (pages) =>
      replaceRow(pages, rowKeyOf(view.row), edit),
    );
  const sibling = useSibling(ref);
  const staleLists = () => void client.invalidateQueries({ queryKey: keys.lists(viewer) });

  const refresh = useMutation({
    mutationFn: () => refreshThread(owned),
    onSuccess: (fresh) => {
      client.setQueryData<ThreadView>(key, fresh);
      editRow(() => fresh.row);
    },
  });

  const markRead = useMutation({
    mutationFn: () => markThreadRead(owned),
    onSuccess: (row) => {
      editView((cached) => ({ ...cached, row }));
      editRow(() => row);
    },
  });

  const older = useMutation({
    mutationFn: (before: string) => fetchOlder(owned, before),
    onSuccess: (page) => editView((cached) => withOlder(cached, page)),
  });

  async function act(
    reply: OutboxView,
    what: "retry" | "cancel" | "discard" | "send_anyway",
    seen?: Seen,
  ): Promise<OutboxView> {
    const changed = await actOnOutbox(reply, what, seen);
    editView((cached) => withOutbox(cached, changed));
    staleLists();
    return changed;
  }

  /** Of a chain of questions the answers to all stand here; each has a field of its own. */
  const isOfAnother = ({ questionId }: OutboxView) =>
    questionId !== null && view.question !== null && questionId !== view.question.asked;

  async function takeBackThere(reply: OutboxView, what: "cancel" | "discard"): Promise<void> {
    if (reply.questionId === null) return;
    const there = { ...ref, externalId: reply.questionId };
    if (await takeBack(client, viewer, there, reply, what)) sibling.go(reply.questionId);
  }

  return {
    refresh,
    markRead,
    /** Puts a message that Mercado Libre rejected back into the field, with the reason. */
    rewrite({ text, reason }: Pick<MessageView, "text" | "reason">) {
      composer.edit(text, []);
      composer.noteRejection({ text, reason });
      focusField();
    },
    older: {
      isLoading: older.isPending,
      isFailed: older.isError,
      load: () => {
        const first = view.messages[0];
        if (first && view.hasOlder && !older.isPending) older.mutate(first.id);
      },
    },
    reply: {
      retry: (reply: OutboxView) => act(reply, "retry", seenOf(view, below)).then(keepPlace),
      discard: (reply: OutboxView) => act(reply, "discard").then(keepPlace),
      sendAnyway: (reply: OutboxView) => act(reply, "send_anyway", seenOf(view, below)).then(keepPlace),
      check: () => refresh.mutateAsync(),
      async cancel(reply: OutboxView) {
        if (isOfAnother(reply)) return takeBackThere(reply, "cancel");
        const changed = await act(reply, "cancel");
        // The worker may have been faster: then there is nothing to take back.
        if (changed.state === "cancelled") {
          forgetSent(view.row.accountId, ref);
          composer.edit(reply.text, reply.files, reply.option, reply.to);
        }
        // The button is gone with its bubble: whoever pressed it goes on writing, here or in the field that comes back.
        if (view.composer.allowed) focusField();
        else wishForField(ref);
      },
      async edit(reply: OutboxView) {
        if (isOfAnother(reply)) return takeBackThere(reply, "discard");
        await act(reply, "discard");
        composer.edit(reply.text, reply.files, reply.option, reply.to);
        if (reply.state === "rejected") composer.noteRejection({ text: reply.text, reason: reply.reason });
        focusField();
      },
    },
  };
}

/** Into the field, or where it would be. */
export function focusField(): void {
  const field = document.querySelector<HTMLElement>("[data-composer]");
  if (field === null) focusStop();
  else field.focus({ preventScroll: true });
}

/** On the way on, or on what says why nothing may be written: it is nearer to the text than the log. */
export function focusStop(): void {
  const stop =
    document.querySelector<HTMLElement>("[data-onward]") ??
    document.querySelector<HTMLElement>("[data-substatus], [data-closed]");
  if (stop === null) focusLog();
  else stop.focus({ preventScroll: true });
}

/** The button goes with what it was pressed for: who pressed it stays in the conversation, not at the top of the page. */
function keepPlace(): void {
  const place = document.activeElement;
  if (place === document.body || place?.closest('[role="log"]')) focusLog();
}

function focusLog(): void {
  document.querySelector<HTMLElement>('[role="log"]')?.focus({ preventScroll: true });
}

/** A look that our server did not hear of is told again after so long. */
const TELL_AGAIN_MS = 5_000;

/** Tells our server that this user saw the conversation, once per newest message, while it is really on the screen. */
export function useLooked(
  viewer: Viewer,
  ref: ThreadRef,
  { messages, row }: ThreadView,
  below: ReadonlySet<string>,
): void {
  const client = useQueryClient();
  const told = useRef<string | null>(null);
  const lastId = messages.findLast(({ id }) => !below.has(id))?.id ?? null;
  const isAll = lastId === (messages.at(-1)?.id ?? null);
  useEffect(() => {
    const name = `${rowKeyOf(row)}/${lastId}`;
    let again: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const look = () => {
      if (document.visibilityState !== "visible" || told.current === name) return;
      told.current = name;
      postLooked({ ...ref, account: row.accountId }, lastId).then(
        () => {
          if (!isAll) return;
          client.setQueriesData<InboxPages>({ queryKey: keys.lists(viewer) }, (pages) =>
            replaceRow(pages, rowKeyOf(row), (cached) => ({ ...cached, newCount: 0 })),
          );
        },
        () => {
          told.current = null;
          if (!isOver) again = setTimeout(look, TELL_AGAIN_MS);
        },
      );
    };
    const callOff = afterPaint(look);
    document.addEventListener("visibilitychange", look);
    return () => {
      isOver = true;
      clearTimeout(again);
      callOff();
      document.removeEventListener("visibilitychange", look);
    };
  }, [client, viewer, ref, row, lastId, isAll]);
}
