import "server-only";
import { kindOf } from "@/lib/server/mercadolibre/topics";
import type { Runtime } from "@/lib/server/runtime";
import {
  type ClaimedNotice,
  claimNotices,
  finishNotices,
  type NoticeOwner,
  readOwners,
} from "@/lib/server/store/notices";
import { createPump, type Pump } from "@/lib/server/sync/pump";
import type { AccountId } from "@/lib/shared/ids";
import { workNotices } from "./work-notices";

/** Accounts whose notices are worked off at the same time. */
const ACCOUNTS = 6;
/** Of one user at a time: a flood leaves room for the others, and its later notices find what the first brought in. */
const PER_USER = 20;
const AT_ONCE = 200;

/** Works off what the intake stored: some accounts side by side, each in the order in which its notices came. */
export function createNoticePump(rt: Runtime): Pump {
  const busy = new Set<string>();

  return createPump({
    concurrency: ACCOUNTS,
    onError: (error) => rt.log.warn({ err: error }, "notices could not be worked off now"),
    async claim() {
      const notices = await claimNotices(rt.db, rt.worker, {
        limit: AT_ONCE,
        perUser: PER_USER,
        exceptUsers: [...busy],
      });
      if (notices.length === 0) return [];
      const owners = await readOwners(rt.db, [...new Set(notices.map(({ userId }) => userId))]);
      const byAccount = new Map<AccountId, ClaimedNotice[]>();
      const ownerless: ClaimedNotice[] = [];
      const left: ClaimedNotice[] = [];
      for (const notice of notices) {
        const owner = ownerOf(notice, owners.get(notice.userId) ?? []);
        if (owner === null) ownerless.push(notice);
        else if (!owner.isConnected) left.push(notice);
        else byAccount.set(owner.accountId, [...(byAccount.get(owner.accountId) ?? []), notice]);
      }
      await drop(ownerless, "unknown_user");
      // What happens while an account is not connected is found by the sync that a new consent starts.
      await drop(left, "disconnected");
      // Behind a flood of strangers' notices stand those of accounts: looked for at once, not at the next wake-up.
      if (byAccount.size === 0) return [async () => undefined];
      return [...byAccount].map(([accountId, group]) => {
        const users = [...new Set(group.map(({ userId }) => userId))];
        for (const user of users) busy.add(user);
        return async () => {
          try {
            await workNotices(rt, accountId, group);
          } finally {
            for (const user of users) busy.delete(user);
          }
        };
      });
    },
  });

  function drop(notices: readonly ClaimedNotice[], outcome: string): Promise<void> {
    const ids = notices.map(({ id }) => id);
    return finishNotices(rt.db, rt.worker, ids, { state: "dropped", outcome });
  }
}

/** A local user may be connected by itself and through Global Selling: the topic tells which of the two is meant. */
function ownerOf({ topic }: ClaimedNotice, owners: readonly NoticeOwner[]): NoticeOwner | null {
  const profile = topic.startsWith("marketplace_") ? "GLOBAL" : "LOCAL";
  const connected = owners.filter(({ isConnected }) => isConnected);
  const able = kindOf(topic) === null ? [] : connected.filter((owner) => owner.profile === profile);
  return able[0] ?? connected[0] ?? owners[0] ?? null;
}
