/** What one tab tells the others of the same browser: that it saved the draft of a conversation. */
export interface DraftNews {
  userId: string;
  channel: string;
  externalId: string;
}

const NAME = "buzon";
let channel: BroadcastChannel | null = null;

function open(): BroadcastChannel | null {
  if (typeof BroadcastChannel === "undefined") return null;
  channel ??= new BroadcastChannel(NAME);
  return channel;
}

export function tellTabs(news: DraftNews): void {
  open()?.postMessage(news);
}

/** Hears what the other tabs say; what this tab says itself never comes back. */
export function hearTabs(listener: (news: DraftNews) => void): () => void {
  const heard = (event: MessageEvent<unknown>) => {
    if (isDraftNews(event.data)) listener(event.data);
  };
  const opened = open();
  opened?.addEventListener("message", heard);
  return () => opened?.removeEventListener("message", heard);
}

function isDraftNews(value: unknown): value is DraftNews {
  return (
    typeof value === "object" &&
    value !== null &&
    "userId" in value &&
    "channel" in value &&
    "externalId" in value
  );
}
