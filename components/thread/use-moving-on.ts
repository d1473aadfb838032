import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { takeMoveOn, wishForField } from "@/lib/client/field-wish";
import type { ThreadRef, Viewer } from "@/lib/client/keys";
import { type LastSent, lastSent, onSent } from "@/lib/client/last-sent";
import { takeBack } from "@/lib/client/take-back";
import type { ThreadView } from "@/lib/shared/api/thread";
import { nextInChain } from "@/lib/shared/view/question-state";
import { useIsInTime } from "./sent-line";
import type { Onward } from "./thread-kit";
import { useSibling, useThreadHref } from "./use-sibling";

const isSame = (a: ThreadRef, b: ThreadRef) =>
  a.channel === b.channel && a.externalId === b.externalId && a.account === b.account;

/** Opens the next that waits once what was sent with the keys for it is in the outbox: another question of the same buyer
 *  first, then the next row of the list. What did not get there stays on the screen, with the reason. */
export function useMovingOn(ref: ThreadRef, view: ThreadView, onward: Onward | null): void {
  const { go } = useSibling(ref);
  const latest = useRef({ ref, view, onward, go });
  latest.current = { ref, view, onward, go };
  useEffect(
    () =>
      onSent(() => {
        const now = latest.current;
        const sent = lastSent();
        if (sent === null || !isSame(sent.ref, now.ref) || !takeMoveOn()) return;
        const { question } = now.view;
        const next = question === null ? null : nextInChain({ outbox: now.view.outbox, question });
        if (next !== null) now.go(next);
        else now.onward?.go();
      }),
    [],
  );
}

const nothing = () => null;

/** What was just sent from another conversation than this one, while it can still be taken back. */
export function useSentBefore(
  viewer: Viewer,
  ref: ThreadRef,
  view: Pick<ThreadView, "outbox">,
  onGo: (href: string) => void,
): { sent: LastSent | null; undo: (() => Promise<unknown>) | null } {
  const client = useQueryClient();
  const hrefOf = useThreadHref();
  const last = useSyncExternalStore(onSent, lastSent, nothing);
  const isElsewhere = last !== null && !isSame(last.ref, ref);
  // An answer to another question of the same chain has a bubble here, which says it already.
  const isShown = view.outbox.some(({ id }) => id === last?.reply.id);
  const isInTime = useIsInTime(isElsewhere ? last : null);
  if (last === null || !isElsewhere || !isInTime) return { sent: null, undo: null };
  return {
    sent: isShown ? null : last,
    async undo() {
      if (!(await takeBack(client, viewer, last.ref, last.reply, "cancel"))) return;
      wishForField(last.ref);
      onGo(hrefOf(last.ref));
    },
  };
}
