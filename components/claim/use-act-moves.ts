import { useQueryClient } from "@tanstack/react-query";
import { withAct } from "@/lib/client/act-cache";
import { keys } from "@/lib/client/keys";
import { actOnOutbox } from "@/lib/client/thread-calls";
import type { ActView } from "@/lib/shared/api/claim";
import type { ThreadView } from "@/lib/shared/api/thread";
import { useDesk } from "./use-desk";

/** What a person may decide about an act, and how the screen hears of it. Each resolves when the server has answered. */
export function useActMoves() {
  const client = useQueryClient();
  const { viewer, threadRef, seen } = useDesk();
  const key = keys.thread(viewer, threadRef);

  function put(act: ActView): void {
    client.setQueryData<ThreadView>(key, (cached) => cached && withAct(cached, act));
    // What can be done now may have changed with it, here and in the list.
    void client.invalidateQueries({ queryKey: key });
    void client.invalidateQueries({ queryKey: keys.lists(viewer) });
  }

  async function move(act: ActView, what: "retry" | "cancel" | "discard" | "send_anyway"): Promise<void> {
    const isDecided = what === "retry" || what === "send_anyway";
    const row = await actOnOutbox(act, what, isDecided ? seen() : undefined);
    const { state, reason, canRetry, sendsAt, heldFor } = row;
    put({ ...act, state, reason, canRetry, sendsAt, heldFor });
  }

  return { put, move };
}
