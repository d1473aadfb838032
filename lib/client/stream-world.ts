import { openEventLine } from "@/lib/client/event-line";
import type { Locks, Relay, World } from "@/lib/client/stream";

const hasTabs =
  typeof navigator !== "undefined" && "locks" in navigator && typeof BroadcastChannel !== "undefined";

const locks: Locks = {
  request: (name, options, hold) => navigator.locks.request(name, options, hold),
};

/** The stream's surroundings as browsers have them. One without locks between tabs gives each tab a line of its own. */
export const browserWorld: World = {
  locks: hasTabs ? locks : null,
  openChannel(name, onMessage) {
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (isRelay(data)) onMessage(data);
    };
    return { post: (relay) => channel.postMessage(relay), close: () => channel.close() };
  },
  openLine: openEventLine,
  isVisible: () => document.visibilityState === "visible",
};

/** Only our own tabs can post here; another version of ours may be among them. */
function isRelay(value: unknown): value is Relay {
  return typeof value === "object" && value !== null && "what" in value;
}
