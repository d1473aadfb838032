"use client";

import { ThreadPaneContext } from "@/components/thread/pane-context";
import { ThreadPane } from "@/components/thread/thread-pane";
import type { MeView } from "@/lib/shared/api/account";
import { InboxScreen } from "./inbox-screen";

/** The inbox on a conversation's own address. Its script comes with the page and takes over what the server drew; fetched
 *  later, the first news of the list would blank the conversation and drop a file that was already picked. */
export function InboxWithThread({ me }: { me: MeView }) {
  return (
    <ThreadPaneContext value={ThreadPane}>
      <InboxScreen me={me} />
    </ThreadPaneContext>
  );
}
