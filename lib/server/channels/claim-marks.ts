import "server-only";
import { createHash } from "node:crypto";
import type { Claim, ClaimAct, ClaimEvidence } from "@/lib/shared/api/claim";
import { sameMessageText } from "@/lib/shared/message-text";
import type { ThreadSnapshot } from "@/lib/shared/thread";
import type { Act, Baseline, Delivery } from "./channel";

/** The parts of a claim that are read apart from it, by the marks they give. */
const PARTS = {
  history: "history",
  expected: "expected",
  evidence: "evidences",
  review: "return",
  related: "return",
};

/** What an act can be found by beside messages: the same text from read to read for the same thing. `read:` says which parts
 *  were read: what comes to light in another was perhaps there before. Pure. */
export function marksOf(claim: Claim): string[] {
  const { history, expected, stage, status, evidences, return: returned, unread, isWhole } = claim;
  const marks = [
    ...new Set(
      Object.values(PARTS)
        .filter((part) => !unread.includes(part) && (isWhole || part === "expected"))
        .map((part) => `read:${part}`),
    ),
    ...history.map(({ action, role, at }) => `history:${action}:${role}:${at.getTime()}`),
    ...expected.map(({ role, kind, at }) => `expected:${role}:${kind}:${at?.getTime() ?? 0}`),
    `stage:${stage}`,
    `status:${status}`,
    ...evidences.map((evidence) => `evidence:${markOf(evidence)}`),
    ...(returned === null ? [] : ["related:return"]),
    ...(claim.change === null ? [] : ["related:change"]),
    ...(returned?.review?.status == null ? [] : [`review:${returned.review.status}`]),
  ];
  return [...new Set(marks)];
}

/** Of what an evidence says and never changes (claims.md 6.1: immutable once sent). */
function markOf({ files, ...said }: ClaimEvidence): string {
  const parts = JSON.stringify([
    said.method,
    said.company,
    said.tracking,
    said.receiver,
    said.agency,
    said.email,
  ]);
  const days = JSON.stringify([said.shippedAt, said.deliveredAt, said.handlingAt, [...files].sort()]);
  const hash = createHash("sha256").update(`${parts}${days}`).digest("base64url").slice(0, 22);
  return `${said.method ?? "promise"}:${hash}`;
}

/** Which new marks say that an act was done, the surest first. */
function proofsOf(act: ClaimAct, claim: Claim): ((mark: string) => boolean)[] {
  const done = (...actions: string[]) => actions.map((action) => starts(`history:${action}:${claim.role}:`));
  const wished = (kind: string) => starts(`expected:${claim.role}:${kind}:`);
  switch (act.kind) {
    case "refund":
      return [
        ...done("refund"),
        wished("refund"),
        (mark) => mark === "status:closed" && claim.resolution?.reason === "payment_refunded",
      ];
    case "partialRefund":
      return [wished("partial_refund"), ...done("allow_partial_refund", "partial_refund")];
    case "allowReturn":
      return [...done("allow_return", "allow_return_label"), wished("return_product"), is("related:return")];
    case "allowReplace":
      return [...done("allow_replace"), wished("change_product"), is("related:change")];
    case "openDispute":
      return [...done("open_dispute"), is("stage:dispute")];
    case "evidence":
      return act.evidence.method === "promise"
        ? [starts("evidence:promise:")]
        : [starts(`evidence:${act.evidence.method}:`)];
    case "reviewOk":
      return [...done("return_review_ok", "return_review"), is("review:success"), is("review:ok")];
    case "reviewFail":
      return [
        ...done("return_review_fail", "return_review"),
        is("review:claimed"),
        is("review:failed"),
        is("review:fail"),
      ];
  }
}

/** Is a mark that was not there before really new? Only in a part that could be read before. */
function isSure(mark: string, known: ReadonlySet<string>): boolean {
  const part = Object.entries(PARTS).find(([prefix]) => mark.startsWith(`${prefix}:`))?.[1];
  return part === undefined || known.has(`read:${part}`);
}

const is = (mark: string) => (found: string) => found === mark;
const starts = (prefix: string) => (found: string) => found.startsWith(prefix);

/** Looks for an act in a claim that was read after it: a message by its text among those that are new, anything else by a
 *  mark that was not there before. What the claim does not show any more proves nothing. Pure. */
export function findInClaim(
  before: Baseline,
  after: ThreadSnapshot,
  act: Act,
  accepted: string | null,
): Delivery {
  const known = new Set(before.messageIds);
  if (act.kind === "claim") {
    const { claim } = after;
    if (claim === undefined) return { kind: "absent" };
    const fresh = (after.marks ?? marksOf(claim)).filter((mark) => !known.has(mark) && isSure(mark, known));
    for (const proves of proofsOf(act.act, claim)) {
      const mark = fresh.find(proves);
      if (mark !== undefined) return { kind: "visible", messageId: mark };
    }
    return { kind: "absent" };
  }
  const mine = after.messages.filter(({ id, direction }) => direction === "out" && !known.has(id));
  const isTo = (to: string | null | undefined) => act.kind !== "message" || to == null || to === act.to;
  const found =
    mine.find(({ id }) => id === accepted) ??
    mine.find(({ text, to }) => isTo(to) && act.text !== "" && sameMessageText(text, act.text));
  if (found === undefined) return { kind: "absent" };
  switch (found.visibility) {
    case "visible":
      return { kind: "visible", messageId: found.id };
    case "moderation":
      return { kind: "pending", messageId: found.id };
    case "rejected":
      return { kind: "rejected", messageId: found.id, reason: found.reason };
  }
}
