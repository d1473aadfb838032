import type { Buyer, Item } from "@/sandbox/world/model";
import type { SiteId } from "@/sandbox/world/sites";

/** questions-and-contacts.md 1.3 */
export const QUESTION_STATUSES = [
  "ANSWERED",
  "BANNED",
  "CLOSED_UNANSWERED",
  "DELETED",
  "DISABLED",
  "UNANSWERED",
  "UNDER_REVIEW",
] as const;
export type QuestionStatus = (typeof QUESTION_STATUSES)[number];

export type AnswerStatus = "ACTIVE" | "DISABLED" | "BANNED";

/** The one answer of a question; its words are kept though the wire empties a banned one (questions-and-contacts.md 1.2). */
export interface Answer {
  text: string;
  /** Global Selling only. */
  textTranslated: string | null;
  status: AnswerStatus;
  createdAt: Date;
}

/** Something that happens to a question later. */
export interface PendingQuestionAct {
  kind: "ban_question" | "ban_answer" | "release" | "unhold";
  /** Of a ban: the moderation's subgroup, as `LINKS` (questions-and-contacts.md 1.6). */
  subgroup: string | null;
  at: Date;
}

/** A question on a listing (questions-and-contacts.md 1.2). A follow-up is a question of its own (1.3). */
export interface Question {
  id: string;
  item: Item;
  /** The account that granted. */
  sellerId: string;
  /** The selling user in the item's country. */
  localSellerId: string;
  siteId: SiteId;
  buyer: Buyer;
  /** Its words are kept though the wire empties a banned one. */
  text: string;
  /** Global Selling only. */
  textTranslated: string | null;
  status: QuestionStatus;
  createdAt: Date;
  updatedAt: Date;
  answer: Answer | null;
  isDeletedFromListing: boolean;
  isOnHold: boolean;
  /** null: the field is absent (questions-and-contacts.md 1.2). */
  isSuspectedSpam: boolean | null;
  isHidden: boolean;
  /** The application that asked; null: none. */
  appId: string | null;
  /** What the buyer left for the seller of a classified listing (questions-and-contacts.md 1.2). */
  contact: { email: string | null; phone: { areaCode: string; number: string } | null } | null;
  pending: PendingQuestionAct[];
}

/** Why a question or its answer was banned (questions-and-contacts.md 1.6). */
export interface Infraction {
  id: string;
  /** The selling user in the item's country. */
  localSellerId: string;
  sellerId: string;
  itemId: string;
  elementId: string;
  elementType: "QUE" | "ITM" | "REV";
  siteId: SiteId;
  subgroup: string;
  createdAt: Date;
}

/** A scan under way: what it has still to show (questions-and-contacts.md 1.1). */
export interface Scan {
  sellerId: string;
  ids: string[];
  total: number;
  expiresAt: Date;
}
