import "server-only";
import {
  readActionsHistory,
  readClaimDetail,
  readReputation,
  readStatusHistory,
  type WireClaim,
} from "@/lib/server/mercadolibre/claims";
import { readEvidences, type WireEvidence } from "@/lib/server/mercadolibre/evidence";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import type { Meli } from "@/lib/server/mercadolibre/http";
import { type ExpectedResolution, readExpectedResolutions } from "@/lib/server/mercadolibre/resolutions";
import {
  type ReturnReview,
  readChanges,
  readReturn,
  readReturnCost,
  readReturnReviews,
  readUnprintedReturnId,
  type WireChange,
  type WireReturn,
} from "@/lib/server/mercadolibre/returns";
import { moneyOf } from "@/lib/server/mercadolibre/wire";
import { PASSING } from "@/lib/server/store/chores";
import type { Claim, ClaimEvidence, ClaimReturn } from "@/lib/shared/api/claim";
import { familyOf } from "@/lib/shared/claim/family";
import { isReturning } from "@/lib/shared/claim/returning";
import { AppError } from "@/lib/shared/errors";
import { reasonInWords } from "./claim-reason";

/** What is known of a claim beside itself and its messages. */
export type Extras = Pick<
  Claim,
  | "detail"
  | "reason"
  | "expected"
  | "history"
  | "stages"
  | "reputation"
  | "return"
  | "returnCost"
  | "change"
  | "evidences"
  | "unread"
  | "isWhole"
>;

/** Nothing has been asked for. */
export const NONE: Extras = {
  detail: null,
  reason: null,
  expected: [],
  history: [],
  stages: [],
  reputation: null,
  return: null,
  returnCost: null,
  change: null,
  evidences: [],
  unread: [],
  isWhole: false,
};

/** What the list and the clock need. The rest is asked for when somebody looks. */
const ALWAYS: ReadonlySet<keyof Extras> = new Set(["detail", "reason", "expected", "reputation"]);

/** What tells nothing of an act: a claim that is held whole is not asked for it once more while one is on its way. */
const SPARED: ReadonlySet<keyof Extras> = new Set(["returnCost", "change"]);

/** What one read of a claim says about itself. */
type Told = Pick<WireClaim, "id" | "type" | "reasonId" | "relatedEntities" | "siteId"> & {
  /** What the seller holds. */
  actions: readonly { action: string }[];
};

/** Reads what stands around a claim, side by side: all of it, or what the list and the clock need, what failed the last time
 *  and a return that is on its way. A part that is refused or fails keeps what is held of it and is named in `unread`: a claim
 *  without its history is still a claim, and a deadline must not wait for it.
 *  @returns with `isShort`, whether a part failed that may be readable soon: the budget had no room, Mercado Libre did not answer
 *  @throws what concerns the whole account: a lost sign-in */
export async function readExtras(
  meli: Meli,
  claim: Told,
  held: (Extras & Partial<Pick<Claim, "actions">>) | null,
  isWhole: boolean,
): Promise<{ extras: Extras; isShort: boolean }> {
  const known = held ?? NONE;
  const unread: string[] = [];
  let isShort = false;
  const isSpared = (name: keyof Extras) =>
    meli.lane === "reply" && known.isWhole && SPARED.has(name) && !known.unread.includes(name);
  const isWanted = (name: keyof Extras) =>
    (isWhole && !isSpared(name)) ||
    ALWAYS.has(name) ||
    known.unread.includes(name) ||
    (name === "return" && isReturning(known));
  const part = async <K extends keyof Extras>(
    name: K,
    isAsked: boolean,
    read: () => Promise<Extras[K]>,
  ): Promise<Extras[K]> => {
    if (!isAsked || !isWanted(name)) return known[name];
    try {
      return await read();
    } catch (error) {
      if (isAccounts(error)) throw error;
      unread.push(name);
      isShort ||= isPassing(error);
      return known[name];
    }
  };
  const { id } = claim;
  const hasReturn = mayHaveReturn(claim, known);
  const [detail, reason, expected, history, stages, reputation, returned, returnCost, change, evidences] =
    await Promise.all([
      part("detail", true, () => readClaimDetail(meli, id)),
      part("reason", claim.reasonId !== "", () => reasonInWords(meli, claim)),
      part("expected", true, async () => (await readExpectedResolutions(meli, id)).map(expectedOf)),
      part("history", true, () => readActionsHistory(meli, id)),
      part("stages", true, () => readStatusHistory(meli, id)),
      part("reputation", true, () => readReputation(meli, id)),
      part("return", hasReturn, () => readWholeReturn(meli, claim, known.return)),
      part("returnCost", hasReturn, async () => (await readReturnCost(meli, id))?.amount ?? null),
      part("change", meli.profile === "LOCAL" && mayHaveChange(claim, known), async () =>
        changeOf(await readChanges(meli, id)),
      ),
      part("evidences", meli.profile === "LOCAL" && mayHaveEvidence(claim, known, held?.actions), async () =>
        (await readEvidences(meli, id)).map(evidenceOf),
      ),
    ]);
  const extras: Extras = {
    detail: detail === null ? null : pick(detail),
    reason,
    expected,
    history: history.map(({ action, role, stage, at }) => ({ action, role, stage, at })),
    stages: stages.map(({ stage, status, by, at }) => ({ stage, status, by, at })),
    reputation,
    return: returned,
    returnCost,
    change,
    evidences,
    unread: unread.toSorted(),
    isWhole: isWhole || known.isWhole,
  };
  return { extras, isShort };
}

/** May the same be answered if it is asked again soon? */
export function isPassing(error: unknown): boolean {
  return error instanceof AppError && PASSING.includes(error.code);
}

const pick = ({ title, problem, description, responsible, dueAt }: NonNullable<Claim["detail"]>) => ({
  title,
  problem,
  description,
  responsible,
  dueAt,
});

/** Is this the account's trouble, which no other part is spared? */
function isAccounts(error: unknown): boolean {
  if (error instanceof MeliError) return error.failure.status === 401;
  return !(error instanceof AppError) || error.code === "account_disconnected" || error.code === "not_found";
}

/** The search does not name related things, an answer by id does (claims.md 12.5); a held action or an earlier read do too. */
function mayHaveReturn({ type, relatedEntities, actions }: Told, held: Extras): boolean {
  return (
    type === "returns" ||
    held.return !== null ||
    (relatedEntities?.includes("return") ?? true) ||
    isToReview({ actions })
  );
}

function mayHaveChange({ type, relatedEntities }: Told, held: Extras): boolean {
  return type === "change" || held.change !== null || (relatedEntities?.includes("change") ?? false);
}

/** Any of these permits a proof of shipment (claims.md 3). */
const PROVING: ReadonlySet<string> = new Set([
  "add_shipping_evidence",
  "send_potential_shipping",
  "send_tracking_number",
]);

/** What was not received is proved to have been shipped, and whatever else asked for a proof, now or at the last read. */
function mayHaveEvidence(
  { reasonId, actions }: Told,
  { evidences, history, unread }: Extras,
  before: Told["actions"] = [],
): boolean {
  return (
    familyOf(reasonId) === "PNR" ||
    evidences.length > 0 ||
    unread.includes("evidences") ||
    [...actions, ...before, ...history].some(({ action }) => PROVING.has(action))
  );
}

async function readWholeReturn(
  meli: Meli,
  claim: Told,
  held: ClaimReturn | null,
): Promise<ClaimReturn | null> {
  const found = await readReturn(meli, claim.id);
  if (found === null) return null;
  const returnId = found.id ?? held?.id ?? (isToReview(claim) ? await unprintedId(meli, claim.id) : null);
  const reviews = returnId === null || found.hasReviews === false ? null : await reviewsOf(meli, returnId);
  return returnOf({ ...found, id: returnId }, reviews);
}

const isToReview = ({ actions }: Pick<Told, "actions">) =>
  actions.some(({ action }) => action.startsWith("return_review"));

/** Asked for alone when there is something to review. */
async function unprintedId(meli: Meli, claimId: string): Promise<string | null> {
  try {
    return await readUnprintedReturnId(meli, claimId);
  } catch (error) {
    if (isAccounts(error)) throw error;
    return null;
  }
}

/** A return whose review cannot be read is shown without it. */
async function reviewsOf(meli: Meli, returnId: string): Promise<ReturnReview[] | null> {
  try {
    return await readReturnReviews(meli, returnId);
  } catch (error) {
    if (isAccounts(error)) throw error;
    return null;
  }
}

function returnOf(wire: WireReturn, reviews: readonly ReturnReview[] | null): ClaimReturn {
  const reviewed = reviews?.find(({ sellerStatus }) => sellerStatus !== null) ?? reviews?.[0];
  return {
    id: wire.id,
    status: wire.status,
    moneyStatus: wire.moneyStatus,
    refundAt: wire.refundAt,
    subtype: wire.subtype,
    shipments: wire.shipments.map(({ id, status, trackingNumber, destination }) => ({
      id,
      status,
      tracking: trackingNumber,
      destination,
    })),
    orders: wire.orders.flatMap(({ orderId, itemId, returnQuantity, totalQuantity }) =>
      orderId === null ? [] : [{ orderId, itemId, quantity: returnQuantity, of: totalQuantity }],
    ),
    review:
      reviewed === undefined
        ? wire.review && { status: wire.review.status, reason: wire.review.reasonId }
        : {
            status: reviewed.sellerStatus ?? reviewed.status,
            reason: reviewed.sellerReasonId ?? reviewed.reasonId,
          },
  };
}

function expectedOf({
  role,
  kind,
  status,
  details,
  at,
  updatedAt,
}: ExpectedResolution): Claim["expected"][number] {
  const percentage = Number(details.percentage ?? Number.NaN);
  return {
    role,
    kind,
    status,
    percentage: Number.isFinite(percentage) ? percentage : null,
    amount: moneyOf(details.seller_amount, details.seller_currency),
    at: at ?? updatedAt,
  };
}

/** The newest exchange. */
function changeOf(changes: readonly WireChange[]): Claim["change"] {
  const newest = changes.toSorted((a, b) => timeOf(b.createdAt) - timeOf(a.createdAt))[0];
  if (newest === undefined) return null;
  const { status, statusDetail, type, expected, newOrderIds } = newest;
  return {
    status,
    detail: statusDetail,
    type,
    estimatedFrom: expected.from,
    estimatedTo: expected.to,
    newOrderIds,
  };
}

const timeOf = (at: Date | null) => at?.getTime() ?? 0;

function evidenceOf(wire: WireEvidence): ClaimEvidence {
  return {
    method: wire.kind === "handling_shipping_evidence" ? null : wire.method,
    company: wire.company,
    tracking: wire.trackingNumber,
    receiver: wire.receiverName,
    agency: wire.agency,
    email: wire.receiverEmail,
    shippedAt: noonOf(wire.shippedOn),
    deliveredAt: noonOf(wire.deliveredOn),
    handlingAt: noonOf(wire.handlingOn),
    files: wire.attachments.map(({ filename }) => filename),
  };
}

/** A calendar day as its noon, which is that day from Alaska to Finland. */
const noonOf = (day: string | null) => (day === null ? null : new Date(`${day}T12:00:00.000Z`));
