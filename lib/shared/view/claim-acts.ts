import type { ActView, ClaimAct, ClaimActKind, Confirmed } from "@/lib/shared/api/claim";
import type { Money } from "@/lib/shared/money";

export type ActState = ActView["state"];

/** What a person may decide about an act in its state. */
export type ActMove = "undo" | "show" | "sendAnyway" | "check" | "retry" | "discard";

export interface ActStanding {
  /** Key of the words. `again`: it waits to be looked at or sent, for a reason of ours or Mercado Libre's. */
  key: "waiting" | "queued" | "held" | "sending" | "accepted" | "sent" | "failed" | "uncertain" | "cancelled";
  tone: "due" | "soon" | "fine" | "mute";
  moves: readonly ActMove[];
}

/** Where an act stands, how loud that is, and what may be decided about it. Pure. */
export function standingOf(act: Pick<ActView, "state" | "canRetry" | "sendsAt">): ActStanding {
  switch (act.state) {
    case "queued":
      return act.sendsAt === null
        ? { key: "queued", tone: "mute", moves: ["undo"] }
        : { key: "waiting", tone: "mute", moves: ["undo"] };
    case "held":
      return { key: "held", tone: "soon", moves: ["show", "sendAnyway", "discard"] };
    case "sending":
      return { key: "sending", tone: "mute", moves: [] };
    case "accepted":
    case "moderation":
      return { key: "accepted", tone: "mute", moves: [] };
    case "sent":
      return { key: "sent", tone: "fine", moves: [] };
    case "failed":
    case "rejected":
      return { key: "failed", tone: "due", moves: act.canRetry ? ["retry", "discard"] : ["discard"] };
    case "uncertain":
      return {
        key: "uncertain",
        tone: "soon",
        // While it is looked for, it is not let go either.
        moves: act.canRetry ? ["check", "retry", "discard"] : ["check"],
      };
    case "cancelled":
      return { key: "cancelled", tone: "mute", moves: [] };
  }
}

const ON_ITS_WAY: ReadonlySet<ActState> = new Set(["queued", "sending", "accepted"]);
const UNSETTLED: ReadonlySet<ActState> = new Set([...ON_ITS_WAY, "held", "uncertain"]);

/** The act that must be settled before another is confirmed: two at once could pay twice. Null: none. Pure. */
export function unsettledAct(acts: readonly ActView[]): ActView | null {
  return acts.findLast(({ state }) => UNSETTLED.has(state)) ?? null;
}

/** What the flow shows: all but those that were taken back before they left. Pure. */
export const isActShown = ({ state }: Pick<ActView, "state">): boolean => state !== "cancelled";

const MOVES_MONEY: ReadonlySet<ClaimActKind> = new Set(["refund", "partialRefund", "allowReturn"]);

/** Does it want a tick beside the press: because it gives money back, or leads there? Pure. */
export const needsTick = (kind: ClaimActKind): boolean => MOVES_MONEY.has(kind);

/** The amount that a confirmation names: of the offer, else what the sale cost where all of it goes back. Pure. */
export function amountOf(act: ClaimAct, sale: Money | null): Money | null {
  if (act.kind === "partialRefund") return act.amount;
  return act.kind === "refund" ? sale : null;
}

/** Which words a confirmation takes, by what of it is known: the buyer's name, the amount, both or neither. Pure. */
export function confirmKey({ buyer, amount }: Confirmed): "both" | "amount" | "buyer" | "none" {
  if (amount !== null) return buyer === null ? "amount" : "both";
  return buyer === null ? "none" : "buyer";
}
