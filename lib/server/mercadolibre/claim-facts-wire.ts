import "server-only";
import { z } from "zod";
import { claimDate, openWord, words } from "./claim-values";
import { flag, id, part, requiredId, sift, text, word } from "./wire";

export interface ClaimDetail {
  /** Until when whoever is responsible now must act. */
  dueAt: Date | null;
  /** seller, buyer or mediator; an open set. */
  responsible: string | null;
  title: string | null;
  description: string | null;
  problem: string | null;
}

/** The summary in words (claims.md 4.2). */
export const detail = z
  .object({ due_date: claimDate, action_responsible: word, title: text, description: text, problem: text })
  .transform(
    (wire): ClaimDetail => ({
      dueAt: wire.due_date,
      responsible: wire.action_responsible,
      title: wire.title,
      description: wire.description,
      problem: wire.problem,
    }),
  );

export interface ClaimReason {
  id: string;
  name: string | null;
  detail: string | null;
  flow: string | null;
  /** refund, product, other, change_product, return_product; an open set. */
  expectedResolutions: string[];
}

/** Why the claim was made (claims.md 4.3). */
export const reason = z
  .object({
    id: requiredId,
    name: text,
    detail: text,
    flow: word,
    settings: part(z.object({ expected_resolutions: words })),
  })
  .transform(
    (wire): ClaimReason => ({
      id: wire.id,
      name: wire.name,
      detail: wire.detail,
      flow: wire.flow,
      expectedResolutions: wire.settings.expected_resolutions,
    }),
  );

export interface ReputationEffect {
  /** affected, not_affected, not_applies; an open set. */
  effect: string;
  hasIncentive: boolean;
  dueAt: Date | null;
}

/** What the claim does to the seller's reputation (claims.md 4.5). */
export const reputation = z
  .object({ affects_reputation: openWord, has_incentive: flag, due_date: claimDate })
  .transform(
    (wire): ReputationEffect => ({
      effect: wire.affects_reputation,
      hasIncentive: wire.has_incentive,
      dueAt: wire.due_date,
    }),
  );

export interface ActionTaken {
  action: string;
  role: string;
  reasonId: string | null;
  stage: string | null;
  status: string | null;
  at: Date;
}

/** One row of the actions history (claims.md 4.4). */
export const actionTaken = z
  .object({
    action_name: word,
    player_role: openWord,
    action_reason_id: id,
    claim_stage: word,
    claim_status: word,
    date_created: claimDate,
    date: claimDate,
  })
  .transform((wire, context): ActionTaken => {
    const at = wire.date_created ?? wire.date;
    if (wire.action_name === null || at === null) {
      context.issues.push({ code: "custom", message: "an action without name or date", input: null });
      return z.NEVER;
    }
    return {
      action: wire.action_name,
      role: wire.player_role,
      reasonId: wire.action_reason_id,
      stage: wire.claim_stage,
      status: wire.claim_status,
      at,
    };
  });

export interface StatusReached {
  stage: string;
  status: string;
  at: Date;
  by: string | null;
}

/** One row of the status history (claims.md 4.4). */
export const statusReached = z
  .object({ stage: openWord, status: openWord, date: claimDate, date_created: claimDate, change_by: word })
  .transform((wire, context): StatusReached => {
    const at = wire.date ?? wire.date_created;
    if (at === null) {
      context.issues.push({ code: "custom", message: "a status without a date", input: null });
      return z.NEVER;
    }
    return { stage: wire.stage, status: wire.status, at, by: wire.change_by };
  });

/** Rows that make sense, oldest first, and how many did not. Rows of one instant keep the order in time that the list shows:
 *  the samples are newest first, and nothing promises it (claims.md 4.4, 4.6). */
export function oldestFirst<S extends z.ZodType<T>, T>(
  found: readonly unknown[],
  schema: S,
  instantOf: (one: z.output<S>) => Date,
): { kept: z.output<S>[]; dropped: number } {
  const { kept, dropped } = sift(found, schema);
  const [first, last] = [kept[0], kept.at(-1)];
  const isAscending = first !== undefined && last !== undefined && instantOf(first) < instantOf(last);
  const inTime = isAscending ? kept : kept.toReversed();
  return { kept: inTime.toSorted((a, b) => instantOf(a).getTime() - instantOf(b).getTime()), dropped };
}
