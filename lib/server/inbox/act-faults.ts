import "server-only";
import type { ClaimAct, Confirmed, ShippingEvidence } from "@/lib/shared/api/claim";
import type { Money } from "@/lib/shared/money";
import { isSiteId, SITES } from "@/lib/shared/sites";
import type { ThreadContext } from "@/lib/shared/thread";

/** Field name -> reason code, as invalid_input carries them. */
export type Faults = Record<string, string>;

/** What we know of a claim's sale. */
export interface KnownSale {
  siteId: string;
  buyerName: string | null;
  context: ThreadContext | null;
  /** Orders that the claim's return is of; empty: not known. */
  returnedOrderIds: readonly string[];
}

/** What the confirmation said that does not stand as we know it: its amount or its buyer. Null: it all stands. Pure. */
export function staleConfirmation(act: ClaimAct, confirmed: Confirmed, sale: KnownSale): Faults | null {
  const { buyerName, context } = sale;
  const names = [buyerName, context?.buyer?.name ?? null, context?.buyer?.nickname ?? null];
  const isBuyer =
    confirmed.buyer === null
      ? names.every((name) => name === null)
      : names.some((name) => name === confirmed.buyer);
  const isAmount = sameMoney(confirmed.amount, amountOf(act, context));
  return isBuyer && isAmount ? null : { confirmed: "stale" };
}

/** What a confirmation names: all that the sale cost, or the part that is offered; nothing else is about an amount. */
function amountOf(act: ClaimAct, context: ThreadContext | null): Money | null {
  if (act.kind === "partialRefund") return act.amount;
  return act.kind === "refund" ? (context?.order?.total ?? null) : null;
}

function sameMoney(a: Money | null, b: Money | null): boolean {
  if (a === null || b === null) return a === b;
  return a.minor === b.minor && a.currency === b.currency;
}

/** What an act lacks or says wrongly, as far as it can be told without Mercado Libre (claims.md 6.1, 6.2). Null: nothing.
 *  Pure. */
export function actFaults(act: ClaimAct, sale: KnownSale, now: Date): Faults | null {
  if (act.kind === "evidence") return evidenceFaults(act, today(sale.siteId, now));
  if (act.kind === "reviewFail") return reviewFaults(act.failures, sale.returnedOrderIds);
  return null;
}

/** The calendar day of a site: that of its sellers. */
function today(siteId: string, now: Date): string {
  const timeZone = isSiteId(siteId) ? SITES[siteId].timeZone : "UTC";
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(now);
}

const isDay = (day: string) => {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
};

/** What has happened lies in the past, what is promised does not, and nothing arrives before it left. */
function evidenceFaults(
  { evidence, files }: Extract<ClaimAct, { kind: "evidence" }>,
  day: string,
): Faults | null {
  const { shippedOn, deliveredOn, handlingOn } = datesOf(evidence);
  const faults: Faults = {};
  for (const [field, value] of Object.entries({ shippedOn, deliveredOn })) {
    if (value !== null && !isDay(value)) faults[field] = "not_a_day";
    else if (value !== null && value > day) faults[field] = "future";
  }
  if (handlingOn !== null && !isDay(handlingOn)) faults.handlingOn = "not_a_day";
  else if (handlingOn !== null && handlingOn < day) faults.handlingOn = "past";
  if (faults.deliveredOn === undefined && shippedOn !== null && deliveredOn !== null) {
    if (deliveredOn < shippedOn) faults.deliveredOn = "before_shipped";
  }
  if (evidence.method === "promise" && files.length > 0) faults.files = "not_with_promise";
  return Object.keys(faults).length === 0 ? null : faults;
}

function datesOf(evidence: ShippingEvidence) {
  return {
    shippedOn: "shippedOn" in evidence ? evidence.shippedOn : null,
    deliveredOn: "deliveredOn" in evidence ? evidence.deliveredOn : null,
    handlingOn: "handlingOn" in evidence ? evidence.handlingOn : null,
  };
}

/** Damaged, and a different product: these are believed with pictures only (claims.md 6.2). */
const WITH_FILES: ReadonlySet<string> = new Set(["SRF2", "SRF4"]);
/** Not arrived: said of the whole parcel alone. */
const WHOLE_ONLY = "SRF7";

function reviewFaults(
  failures: Extract<ClaimAct, { kind: "reviewFail" }>["failures"],
  orderIds: readonly string[],
): Faults | null {
  const faults: Faults = {};
  for (const [index, { reason, message, files, orderId }] of failures.entries()) {
    const at = (field: string) => `failures.${index}.${field}`;
    if (message.trim() === "") faults[at("message")] = "empty";
    if (WITH_FILES.has(reason) && files.length === 0) faults[at("files")] = "required";
    if (orderId === null) continue;
    if (reason === WHOLE_ONLY) faults[at("orderId")] = "whole_only";
    else if (orderIds.length < 2) faults[at("orderId")] = "not_a_cart";
    else if (!orderIds.includes(orderId)) faults[at("orderId")] = "unknown";
  }
  const files = failures.flatMap((failure) => failure.files);
  if (new Set(files).size !== files.length) faults.files = "twice";
  return Object.keys(faults).length === 0 ? null : faults;
}
