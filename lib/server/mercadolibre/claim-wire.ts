import "server-only";
import { z } from "zod";
import { choice, claimDate, openWord, quantity, quantityOf, words } from "./claim-values";
import { isRecord } from "./json";
import { digitsOf, field, id, idOf, list, number, part, requiredNumber, text, word } from "./wire";

export interface WireAction {
  action: string;
  isMandatory: boolean;
  dueAt: Date | null;
}

export interface WirePlayer {
  /** complainant, respondent or mediator; an open set. */
  role: string;
  type: string | null;
  userId: string | null;
  /** null: the answer did not tell. Even an empty list of a read by id can be wrong (claims.md 12.4). */
  actions: WireAction[] | null;
}

export interface WireClaim {
  id: string;
  /** order, shipment, payment, purchase, pack. Not always the order (claims.md 12.7). */
  resource: string;
  /** `""` when the answer has none. */
  resourceId: string;
  /** `opened` or `closed`; an open set. */
  status: string;
  /** `returns` for both of its spellings. `mediations` is an ordinary claim (claims.md 3). */
  type: string;
  /** `dispute` is the mediation, and nothing else is. */
  stage: string;
  parentId: string | null;
  reasonId: string;
  fulfilled: boolean | null;
  quantityType: string | null;
  claimedQuantity: number | null;
  /** `""` when the answer has none. */
  siteId: string;
  createdAt: Date;
  updatedAt: Date;
  /** `return`, `change`; null: not told, as in every search (claims.md 3). */
  relatedEntities: string[] | null;
  players: WirePlayer[];
  /** Null while open, and also on a closed `cancel_sale` (claims.md 3). */
  resolution: {
    reason: string | null;
    at: Date | null;
    benefited: string[];
    closedBy: string | null;
    isCovered: boolean | null;
  } | null;
}

const action = field((value) => (typeof value === "string" ? { action: value } : value))
  .pipe(z.object({ action: word, mandatory: choice, due_date: claimDate }))
  .transform((wire, context): WireAction => {
    if (wire.action === null) {
      context.issues.push({ code: "custom", message: "an action without a name", input: null });
      return z.NEVER;
    }
    return { action: wire.action, isMandatory: wire.mandatory === true, dueAt: wire.due_date };
  });

const actions = list(action);
const held = field((value) => (Array.isArray(value) ? actions.parse(value) : null));

const player = z.object({ role: openWord, type: word, user_id: number, available_actions: held }).transform(
  (wire): WirePlayer => ({
    role: wire.role,
    type: wire.type,
    userId: wire.user_id,
    actions: wire.available_actions,
  }),
);

const ending = z
  .object({
    reason: word,
    date_created: claimDate,
    benefited: words,
    decision: words,
    closed_by: word,
    applied_coverage: choice,
  })
  .transform((wire) => ({
    reason: wire.reason,
    at: wire.date_created,
    benefited: wire.benefited.length > 0 ? wire.benefited : wire.decision,
    closedBy: wire.closed_by,
    isCovered: wire.applied_coverage,
  }));

const resolution = field((value): WireClaim["resolution"] => (isRecord(value) ? ending.parse(value) : null));

const SINGULAR: Readonly<Record<string, string>> = { returns: "return", changes: "change" };

const related = field((value): string[] | null =>
  Array.isArray(value) ? words.parse(value).map((one) => SINGULAR[one] ?? one) : null,
);

/** A claim, of a search or by id, in both protocols (claims.md 3). Without id, status or dates it is none. */
export const claim = z
  .object({
    id: requiredNumber,
    resource: openWord,
    resource_id: field((value) => digitsOf(value) ?? idOf(value) ?? ""),
    status: word,
    type: openWord,
    stage: openWord,
    parent_id: number,
    reason_id: id,
    fulfilled: choice,
    quantity_type: word,
    claimed_quantity: quantity,
    site_id: text,
    date_created: claimDate,
    last_updated: claimDate,
    related_entities: related,
    players: list(player),
    resolution,
  })
  .transform((wire, context): WireClaim => {
    const createdAt = wire.date_created ?? wire.last_updated;
    const updatedAt = wire.last_updated ?? wire.date_created;
    if (wire.status === null || createdAt === null || updatedAt === null) {
      context.issues.push({ code: "custom", message: "a claim without status or dates", input: null });
      return z.NEVER;
    }
    return {
      id: wire.id,
      resource: wire.resource,
      resourceId: wire.resource_id,
      status: wire.status,
      type: wire.type === "return" ? "returns" : wire.type,
      stage: wire.stage,
      parentId: wire.parent_id,
      reasonId: wire.reason_id ?? "",
      fulfilled: wire.fulfilled,
      quantityType: wire.quantity_type,
      claimedQuantity: wire.claimed_quantity,
      siteId: wire.site_id?.trim().toUpperCase() ?? "",
      createdAt,
      updatedAt,
      relatedEntities: wire.related_entities,
      players: wire.players,
      resolution: wire.resolution,
    };
  });

/** The claim in the answer of an act; null when the answer is something else. */
export function claimIn(value: unknown): WireClaim | null {
  const inner = isRecord(value) && isRecord(value.claim) ? value.claim : value;
  return claim.safeParse(inner).data ?? null;
}

/** A page of a search (claims.md 4.1): the list is `data`. */
export const claimPage = part(z.object({ paging: part(z.object({ total: field(quantityOf) })) })).transform(
  ({ paging }) => paging.total,
);
