import type { QueryClient } from "@tanstack/react-query";
import { withOutbox } from "@/lib/client/cache";
import { composerStoreOf } from "@/lib/client/composer-stores";
import { keys, type ThreadRef, type Viewer } from "@/lib/client/keys";
import { forgetSent } from "@/lib/client/last-sent";
import { threadOptions } from "@/lib/client/queries";
import { actOnOutbox } from "@/lib/client/thread-calls";
import type { OutboxView, ThreadView } from "@/lib/shared/api/thread";

/** Takes a reply out of the outbox that was written in another conversation than the one on the screen, and puts its words
 *  back into the field of that one. `what`: not sent yet, or no longer wanted.
 *  @returns false: the worker was faster, there is nothing to take back
 *  @throws ApiError */
export async function takeBack(
  client: QueryClient,
  viewer: Viewer,
  ref: ThreadRef,
  reply: OutboxView,
  what: "cancel" | "discard",
): Promise<boolean> {
  const changed = await actOnOutbox(reply, what);
  const key = keys.thread(viewer, ref);
  const known = client.getQueryData<ThreadView>(key);
  const view = known ?? (await client.fetchQuery(threadOptions(viewer, ref)));
  client.setQueryData<ThreadView>(key, withOutbox(view, changed));
  void client.invalidateQueries({ queryKey: keys.lists(viewer) });
  if (what === "cancel" && changed.state !== "cancelled") return false;
  forgetSent(view.row.accountId, ref);
  composerStoreOf(client, viewer, ref, view).edit(reply.text, reply.files, reply.option, reply.to);
  return true;
}
