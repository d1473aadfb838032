import type { Truth, Turn } from "./any-conversation";

/** messages.md 4.3, written down a second time: what we test must not be its own witness. */
const AGENT_TABLE: Readonly<Record<string, string>> = {
  MLA: "3037674934",
  MLB: "3037675074",
  MLC: "3020819166",
  MCO: "3037204123",
  MLM: "3037204279",
};
/** The row that the table labels "others". */
const OTHERS = "3037204685";
/** When every conversation of these tests begins. */
const EPOCH = Date.UTC(2026, 5, 1, 12);

/** A message that a read returns. */
export interface Spoken {
  id: string;
  by: string;
  isSellers: boolean;
  at: Date;
  text: string;
  turn: Turn;
}

/** The agent that the site's table, or the installation's own, names. */
export function tableAgent(truth: Truth): string {
  return truth.configuredAgent ?? AGENT_TABLE[truth.siteId] ?? OTHERS;
}

function writerOf(truth: Truth, index: number): string {
  const agent = truth.agentId === "the table's" ? tableAgent(truth) : truth.agentId;
  if (truth.agent === "start") return agent;
  const isMigrated = truth.agent === "midlife" && index >= truth.migratedAt * truth.turns.length;
  return isMigrated ? agent : truth.buyerId;
}

/** What a read can return of a conversation, oldest first (messages.md 2.1, visibility). */
export function spokenOf(truth: Truth): Spoken[] {
  let at = EPOCH;
  let number = 0;
  const one = (turn: Turn, index: number): Spoken[] => {
    at += turn.gap * 1_000;
    number += 1;
    if (!turn.isSellers && (turn.isHidden || truth.agent === "silent")) return [];
    const by = turn.isSellers ? truth.sellerId : writerOf(truth, index);
    const id = `0199${number.toString(16).padStart(28, "0")}`;
    return [{ id, by, isSellers: turn.isSellers, at: new Date(at), text: `texto ${number}`, turn }];
  };
  return truth.turns.flatMap((turn, index) =>
    Array.from({ length: turn.times }, () => one(turn, index)).flat(),
  );
}

/** Is told that an agent stands between the parties: the path says so, and only the state carries a path. */
export const hasAgentPath = (truth: Truth) => truth.agent !== "none" && !truth.isStateNull;

/** The ids that a reply must be tried with, in this order; null: nobody can be named, and nothing may leave. `read` is what
 *  was read of the conversation, the newest of it. */
export function recipientsOf(truth: Truth, read: readonly Spoken[], isWhole: boolean): string[] | null {
  const agent = tableAgent(truth);
  const newest = read.findLast(({ isSellers }) => !isSellers);
  // 4.3.5: of a part, the path tells more than the newest message of it.
  if (!isWhole && hasAgentPath(truth)) return [agent];
  if (newest !== undefined) return [newest.by];
  if (hasAgentPath(truth)) return [agent];
  if (!truth.isBuyerKnown) return null;
  return refusesBuyer(truth) ? [truth.buyerId, agent] : [truth.buyerId];
}

/** Does Mercado Libre say of the buyer's id that it is not of this pack? (messages.md 2.3, 4.3) */
export const refusesBuyer = (truth: Truth) =>
  truth.isSecretlyAgents && spokenOf(truth).every(({ isSellers }) => isSellers);

/** What the seller may do, from the state as Mercado Libre told it (messages.md 0.6, 2.1, 4.1, 5). */
export function abilitiesOf(truth: Truth): object[] {
  const told = truth.isStateNull ? {} : { status: truth.status, substatus: truth.substatus };
  const word = (told.status ?? "").toLowerCase();
  const isOpen = word === "active";
  const substatus = isOpen ? null : (told.substatus ?? null);
  const isTold = isOpen || word === "blocked" || substatus !== null;
  const wantsReason = /^blocked_by_conversation_(?:initiated|started)_by_seller_limited$/i.test(
    substatus ?? "",
  );
  const closed = (because: string) => [{ kind: "reply", allowed: false, because }];
  const open = (maxLength: number, isOnlyOne: boolean) => [
    { kind: "reply", allowed: true, maxLength, isOnlyOne },
  ];

  if (!isTold) return closed("unread_state");
  // 5: the refusal of a second first message holds until the buyer writes, whatever the state says.
  if (truth.profile === "GLOBAL" && truth.isStartSpent && (isOpen || wantsReason))
    return closed("start_spent");
  // 4.1, 8: a plain message was refused for want of a reason, though the state says active.
  if (truth.isStartSpent && isOpen) {
    const limited = "blocked_by_conversation_initiated_by_seller_limited";
    return truth.isExcepted
      ? open(toldLength(truth) || 350, false)
      : [{ kind: "reply", allowed: false, because: "blocked", substatus: limited }, { kind: "guide" }];
  }
  if (isOpen) {
    // 0.7, 8: the thread's own number, 0 included; 350 locally where none was told, the largest of any page elsewhere.
    const length = toldLength(truth) ?? (truth.profile === "LOCAL" ? 350 : 3500);
    return length === 0 ? closed("no_length") : open(length, false);
  }
  // 4.1, 6: no block but a direction, away from the guide.
  if (/^blocked_by_conversation_use_message_api$/i.test(substatus ?? ""))
    return open(toldLength(truth) || 350, false);
  const blocked = { kind: "reply", allowed: false, because: "blocked", substatus };
  if (!wantsReason) return [blocked];
  // 3.1: a first message has 350; the 0 of a blocked thread says nothing of it.
  const first = toldLength(truth) || 350;
  if (truth.profile === "GLOBAL") return open(first, true);
  return truth.isExcepted ? open(first, false) : [blocked, { kind: "guide" }];
}

function toldLength(truth: Truth): number | null {
  const told = typeof truth.length === "string" ? Number(truth.length) : truth.length;
  return typeof told === "number" && Number.isInteger(told) && told >= 0 ? told : null;
}
