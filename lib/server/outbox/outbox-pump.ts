import "server-only";
import type { Background } from "@/lib/server/background";
import type { Runtime } from "@/lib/server/runtime";
import { createPump, type Pump } from "@/lib/server/sync/pump";
import type { ThreadId } from "@/lib/shared/ids";
import { type OutboxEvents, runOutbox } from "./run-outbox";

/** Conversations whose replies are on their way at the same time: what waits is Mercado Libre's answers, not this process. */
const CONCURRENCY = 24;

/** Works off the outboxes of conversations that are named to it, each in one run at a time. */
export interface OutboxPump extends Omit<Pump, "wake"> {
  /** Something may be due in this conversation: now or, where only time is wanting, once that has passed. */
  look(thread: ThreadId): void;
}

export function createOutboxPump(rt: Runtime, background: Pick<Background, "later">): OutboxPump {
  const named = new Set<ThreadId>();
  const running = new Set<ThreadId>();
  const events: OutboxEvents = {
    onLater: (thread, ms) => background.later(ms + 5, "outbox", async () => look(thread)),
  };
  const pump = createPump({
    concurrency: CONCURRENCY,
    onError: (error) => rt.log.warn({ err: error }, "replies could not be worked off now"),
    async claim(room) {
      // One that is named while it runs has its turn after that: it may have looked already.
      const taken = [...named].filter((thread) => !running.has(thread)).slice(0, room);
      for (const thread of taken) {
        named.delete(thread);
        running.add(thread);
      }
      return taken.map((thread) => () => runOutbox(rt, thread, events).finally(() => running.delete(thread)));
    },
  });

  function look(thread: ThreadId): void {
    named.add(thread);
    pump.wake();
  }

  return { look, stop: pump.stop };
}
