import "server-only";
import { z } from "zod";
import type { Money } from "@/lib/shared/money";
import { claimDate, openWord, quantity, rowsOf } from "./claim-values";
import { isRecord } from "./json";
import { amount, field, list, moneyOf, number, sift, text, textOf, word } from "./wire";

export interface ExpectedResolution {
  role: string;
  userId: string | null;
  /** refund, product, change_product, return_product, partial_refund; an open set. */
  kind: string;
  /** `percentage`, `seller_amount`, `seller_currency`, ...: texts, as on the wire. */
  details: Record<string, string>;
  at: Date | null;
  updatedAt: Date | null;
  /** pending, accepted, rejected; an open set. */
  status: string;
}

/** A limit or an advice on the percentage. */
export interface RefundBound {
  percentage: number;
  /** Lower case: pages print it in both (claims.md 11). */
  reason: string | null;
  /** maximum or minimum. */
  type: string | null;
}

export interface RefundOffers {
  kind: "offers";
  currency: string;
  offers: { percentage: number; amount: Money }[];
  recommendations: RefundBound[];
  restrictions: RefundBound[];
}

const writtenOf = (value: unknown) =>
  typeof value === "number" || typeof value === "boolean" ? String(value) : textOf(value);

const detail = z
  .object({ key: text, value: field(writtenOf) })
  .transform(({ key, value }) => (key === null || value === null ? [] : [[key.trim(), value] as const]));
const details = list(detail);

/** One expected resolution, by both names of its details and of its last change (claims.md 6, 11). */
export const expectedResolution = z
  .object({
    player_role: openWord,
    user_id: number,
    expected_resolution: word,
    details,
    detail: details,
    date_created: claimDate,
    last_updated: claimDate,
    last_update: claimDate,
    status: openWord,
  })
  .transform((wire, context): ExpectedResolution => {
    if (wire.expected_resolution === null) {
      context.issues.push({ code: "custom", message: "a resolution of no kind", input: null });
      return z.NEVER;
    }
    return {
      role: wire.player_role,
      userId: wire.user_id,
      kind: wire.expected_resolution,
      details: Object.fromEntries([...wire.detail, ...wire.details].flat()),
      at: wire.date_created,
      updatedAt: wire.last_updated ?? wire.last_update,
      status: wire.status,
    };
  });

/** The resolutions in the answer of an act: a list, or one alone; null when it is neither. */
export function expectedIn(value: unknown): ExpectedResolution[] | null {
  const found = rowsOf(value) ?? (isRecord(value) ? [value] : null);
  if (found === null) return null;
  const { kept, dropped } = sift(found, expectedResolution);
  return kept.length === 0 && dropped > 0 ? null : kept;
}

/** A part of the price: 100 is listed by a sample and refused when it is sent (claims.md 11). */
const isPart = (percentage: number | null): percentage is number =>
  percentage !== null && percentage >= 1 && percentage <= 99;

const bound = z.object({ percentage: quantity, reason: word, type: word });
const bounds = list(bound);
const boundsOf = (found: readonly z.output<typeof bound>[]): RefundBound[] =>
  found.flatMap(({ percentage, ...one }) => (percentage === null ? [] : [{ percentage, ...one }]));

/** The available offers; the restrictions stand beside the recommendations or inside them (claims.md 6, 11). */
export const offers = z
  .object({
    currency_id: field((value) => textOf(value)?.trim().toUpperCase() ?? ""),
    available_offers: list(z.object({ amount, percentage: quantity })),
    recommendations: list(bound.extend({ restrictions: bounds })),
    restrictions: bounds,
  })
  .transform((wire): RefundOffers => {
    const currency = wire.currency_id;
    return {
      kind: "offers",
      currency,
      offers: wire.available_offers.flatMap(({ amount: figure, percentage }) => {
        const money = moneyOf(figure, currency);
        return money === null || !isPart(percentage) ? [] : [{ percentage, amount: money }];
      }),
      recommendations: boundsOf(wire.recommendations.map(({ restrictions: _, ...one }) => one)),
      restrictions: boundsOf([
        ...wire.restrictions,
        ...wire.recommendations.flatMap(({ restrictions }) => restrictions),
      ]),
    };
  });
