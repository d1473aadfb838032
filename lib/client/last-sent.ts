import type { ThreadRef } from "@/lib/client/keys";
import type { ThreadRow } from "@/lib/shared/api/inbox";
import type { OutboxView } from "@/lib/shared/api/thread";
import { addressOf } from "@/lib/shared/view/address";

/** What was sent last from this tab. */
export interface LastSent {
  /** As the conversation was addressed. */
  ref: ThreadRef;
  buyer: string | null;
  reply: OutboxView;
}

type Named = Pick<ThreadRow, "accountId" | "channel"> & { address: string };

const nameOf = ({ accountId, channel, address }: Named) => `${accountId}/${channel}/${address}`;

let last: LastSent | null = null;
/** When each conversation was last written to from here: the list hears of it later than its reader. */
const times = new Map<string, number>();
const listeners = new Set<() => void>();

export function noteSent(accountId: string, sent: LastSent): void {
  last = sent;
  const { channel, externalId } = sent.ref;
  times.set(nameOf({ accountId, channel, address: externalId }), sent.reply.createdAt.getTime());
  for (const listener of [...listeners]) listener();
}

/** It was taken back: nothing was sent. */
export function forgetSent(accountId: string, ref: ThreadRef): void {
  times.delete(nameOf({ accountId, channel: ref.channel, address: ref.externalId }));
  last = null;
  for (const listener of [...listeners]) listener();
}

export const lastSent = (): LastSent | null => last;

export function onSent(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Was this row answered from here since the buyer wrote? */
export function isJustAnswered(row: ThreadRow): boolean {
  const at = times.get(nameOf({ ...row, address: addressOf(row) }));
  return at !== undefined && at > (row.question?.waitingSince ?? row.sortAt).getTime();
}
