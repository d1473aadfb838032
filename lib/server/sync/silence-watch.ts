import "server-only";
import type { Runtime } from "@/lib/server/runtime";
import { readNotificationStatus } from "@/lib/server/store/gaps";
import { listConnected } from "@/lib/server/store/notice-counts";

/** Says in the log when a topic begins to look switched off, and when it speaks again. Call it every minute. */
export function createSilenceWatch(rt: Runtime): () => Promise<void> {
  let silent = new Set<string>();
  return async () => {
    const accountIds = await listConnected(rt.db);
    const { topics } = await readNotificationStatus(rt.db, accountIds, new Date(), { received: false });
    const now = new Set<string>();
    for (const { accountId, topic, lastAt, isSilent } of topics) {
      const key = `${accountId} ${topic}`;
      if (isSilent) now.add(key);
      if (isSilent && !silent.has(key)) {
        rt.log.warn(
          { accountId, topic, lastAt },
          "a topic looks switched off: things happen that nobody tells",
        );
      }
      if (!isSilent && silent.has(key)) rt.log.info({ accountId, topic }, "a silent topic speaks again");
    }
    silent = now;
  };
}
