import type { SiteId } from "@/sandbox/world/sites";

export interface MarketplaceUser {
  userId: string;
  siteId: SiteId;
  logisticType: string;
}

/** An account that can grant the application: one country, or Global Selling when `siteId` is CBT. */
export interface Seller {
  id: string;
  nickname: string;
  siteId: SiteId;
  firstName: string;
  lastName: string;
  email: string;
  city: string;
  state: string;
  userType: string;
  tags: string[];
  /** The local accounts of a Global Selling account; empty for one country. */
  marketplaces: MarketplaceUser[];
  /** A collaborator's login: may not grant (auth-and-limits.md 2). */
  isOperator: boolean;
  /** Data validation pending: cannot connect (auth-and-limits.md 2). */
  isKycPending: boolean;
  /** "Model 6": 403 on every message resource (messages.md 5). */
  isModel6: boolean;
}

export interface Buyer {
  id: string;
  nickname: string;
  firstName: string;
  lastName: string;
  city: string;
  state: string;
  siteId: SiteId;
}

export interface Item {
  id: string;
  /** The account that granted. */
  sellerId: string;
  /** The selling user in the item's country: what the wire shows. */
  localSellerId: string;
  siteId: SiteId;
  title: string;
  price: number;
  currency: string;
  thumbnail: string | null;
  permalink: string;
  status: string;
  stock: number;
  categoryId: string;
  /** What a `status` is about, as `out_of_stock` of `paused` (questions-and-contacts.md 5.3). */
  subStatus: string[];
  /** `classified`: sold by contacts and questions (questions-and-contacts.md 5.3). */
  buyingMode: "buy_it_now" | "classified";
  attributes: { id: string; name: string; value: string }[];
}

export interface OrderLine {
  item: Item;
  quantity: number;
  unitPrice: number;
  variationId: string | null;
  variation: { name: string; value: string }[];
  sku: string | null;
}

export interface Order {
  id: string;
  packId: string | null;
  status: string;
  createdAt: Date;
  updatedAt: Date;
  lines: OrderLine[];
  total: number;
  currency: string;
  tags: string[];
  mediationIds: string[];
}

export interface Shipment {
  id: string;
  status: string;
  substatus: string | null;
  trackingNumber: string | null;
  trackingMethod: string | null;
  /** me1 | me2 | custom | not_specified */
  mode: string;
  /** fulfillment | cross_docking | drop_off | xd_drop_off | self_service | remote | custom */
  logisticType: string;
  estimatedAt: Date | null;
  limitAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface Attachment {
  /** The system name, `{userId}_{uuid}.{ext}`: also the attachment's id (messages.md 1). */
  filename: string;
  originalFilename: string;
  type: string;
  readonly bytes: Uint8Array;
  uploadedAt: Date;
  /** First use in a message; null while the 48 h run (messages.md 2.4). */
  usedAt: Date | null;
  ownerId: string;
  siteId: SiteId;
  packId: string | null;
  isThreat: boolean;
  /** Vanished: a download is a 500, though the message still names it (messages.md 2.5). */
  isGone: boolean;
}

export interface Moderation {
  status: "clean" | "rejected" | "pending" | "non_moderated";
  reason: string | null;
  at: Date | null;
  isAutomatic: boolean;
}

export interface Message {
  id: string;
  author: "buyer" | "seller";
  text: string;
  /** The text in the other party's language; Global Selling only (messages.md 5). */
  textTranslated: string | null;
  /** available | moderated | rejected | pending_translation | IN_MODERATION (messages.md 2.1). */
  status: string;
  moderation: Moderation;
  /** What a later read will show instead, and from when; null: nothing to come. */
  verdict: { reason: string | null; from: Date } | null;
  /** A translation still to come; null: nothing to wait for (messages.md 2.1, `pending_translation`). */
  translation: { text: string; from: Date } | null;
  /** The messaging agent stood on the other side of this one: its id is on the wire (messages.md 0.4). */
  isViaAgent: boolean;
  createdAt: Date;
  availableAt: Date | null;
  notifiedAt: Date | null;
  /** When the other side read it. A buyer's message with null is unread for the seller. */
  readAt: Date | null;
  /** Attachment file names. */
  attachments: string[];
  clientId: string | null;
  optionId: string | null;
}

/** One sale and whatever buyer and seller said about it. A sale without messages is a thread too. */
export interface Thread {
  packId: string;
  /** False: the order has no pack, and its own id stands in the pack's place (messages.md 0.2). */
  isPack: boolean;
  /** The account that can grant; for Global Selling the CBT id. */
  sellerId: string;
  /** The selling user in the sale's country; equals `sellerId` outside Global Selling. */
  localSellerId: string;
  siteId: SiteId;
  buyer: Buyer;
  /** The messaging agent stands in between now; what was written before may have gone past it (messages.md 4.3). */
  isAgent: boolean;
  status: "active" | "blocked";
  substatus: string | null;
  statusAt: Date;
  /** When a payment block ends after the payment; null: not paid (messages.md 4.2). */
  clearsAt: Date | null;
  /** null: the field is absent, and 350 hold (messages.md 0.7). */
  sellerMaxLength: number | null;
  orders: Order[];
  shipment: Shipment | null;
  claimIds: string[];
  /** Oldest first. */
  messages: Message[];
  /** Accepted with a 2xx, seen by nobody (messages.md 4.3). */
  lost: Message[];
  /** Uses left per action-guide option; an option not listed has its default (messages.md 3.2). */
  caps: Map<string, number>;
  /** Item with manufacturing time: the action guide refers to the messaging resource (messages.md 3.3). */
  isExcepted: boolean;
  soldAt: Date;
}
