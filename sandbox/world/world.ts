import type { Claim, ClaimFile, RefundRule } from "@/sandbox/claims/model";
import { LeadBook } from "@/sandbox/leads/lead-book";
import type { Infraction, Question, Scan } from "@/sandbox/questions/model";
import { CallList } from "@/sandbox/world/calls";
import { Faults } from "@/sandbox/world/faults";
import { Grants } from "@/sandbox/world/grants";
import { Limiter } from "@/sandbox/world/limiter";
import type {
  Attachment,
  Buyer,
  Item,
  Message,
  Order,
  Seller,
  Shipment,
  Thread,
} from "@/sandbox/world/model";
import type { Random } from "@/sandbox/world/random";
import { seeded, unseeded } from "@/sandbox/world/random";
import { Schedule } from "@/sandbox/world/schedule";
import { mergeSettings, Settings } from "@/sandbox/world/settings";
import type { SiteId } from "@/sandbox/world/sites";
import { Usage } from "@/sandbox/world/usage";

/** Ids of a scenario's messages end here, whatever the real day is. */
const ID_CALENDAR_MS = Date.UTC(2026, 8, 1);

/** An application registered at the simulator (auth-and-limits.md 1). */
export interface Client {
  id: string;
  secret: string;
  name: string;
  redirectUris: string[];
}

/** Something happened that Mercado Libre would tell the application about. */
export interface WorldEvent {
  kind:
    | "message_created"
    | "message_read"
    | "order_changed"
    | "shipment_changed"
    | "claim_changed"
    | "claim_acted"
    | "question_changed"
    | "item_changed"
    | "lead_changed";
  sellerId: string;
  localSellerId: string;
  /** Message id, order id, shipment id, claim id, question id, item id, or lead id. */
  resourceId: string;
  at: Date;
}

/** Everything the simulator holds, in memory. One world per `createSandbox`. */
export class World {
  settings: Settings = Settings.parse({});
  readonly clients = new Map<string, Client>();
  /** By the id that can grant. */
  readonly sellers = new Map<string, Seller>();
  /** Local selling user -> the account that granted for it (auth-and-limits.md 5). */
  readonly ownerOf = new Map<string, { seller: Seller; siteId: SiteId }>();
  readonly buyers = new Map<string, Buyer>();
  readonly threads = new Map<string, Thread>();
  readonly threadsOf = new Map<string, Thread[]>();
  readonly orders = new Map<string, { order: Order; thread: Thread }>();
  readonly shipments = new Map<string, { shipment: Shipment; thread: Thread }>();
  readonly items = new Map<string, Item>();
  readonly messages = new Map<string, { message: Message; thread: Thread }>();
  readonly attachments = new Map<string, Attachment>();
  readonly claims = new Map<string, Claim>();
  readonly claimsOf = new Map<string, Claim[]>();
  /** By `return_id`. */
  readonly returns = new Map<string, Claim>();
  /** By system name. */
  readonly claimFiles = new Map<string, ClaimFile>();
  readonly refundRules = new Map<string, RefundRule>();
  readonly questions = new Map<string, Question>();
  /** By the account that granted, as they were put in. */
  readonly questionsOf = new Map<string, Question[]>();
  /** Selling user in the country -> buyer -> since when they may not ask (questions-and-contacts.md 1.5). */
  readonly blockedBuyers = new Map<string, Map<string, Date>>();
  readonly infractions = new Map<string, Infraction>();
  /** Open scans by `scroll_id` (questions-and-contacts.md 1.1). */
  readonly scans = new Map<string, Scan>();
  /** Removed by the platform: their ids are known, nothing else. */
  readonly goneQuestions = new Set<string>();
  readonly leadBook = new LeadBook();
  readonly grants = new Grants(this);
  readonly calls = new CallList();
  readonly faults = new Faults();
  readonly limiter = new Limiter(this);
  /** Work for later on this world's clock. */
  readonly schedule = new Schedule(() => this.now());
  readonly usage: Usage;
  /** Who wants to hear of events: the notification sender. */
  readonly listeners = new Set<(event: WorldEvent) => void>();
  /** A moment has come that a claim waits for; set by whoever keeps the claims' time. */
  onClaimDue: (claim: Claim) => void = () => {};
  /** A moment has come that a question waits for; set by whoever keeps the questions' time. */
  onQuestionDue: (question: Question) => void = () => {};
  /** Source of ids; a scenario swaps it for a seeded one while it builds. */
  random: Random = unseeded;
  /** Set while a scenario is built: the moment everything is counted back from. */
  private buildingAt: Date | null = null;
  private readonly clock: () => Date;
  private offsetMs = 0;
  private lastUser = 700_000_000;
  private lastBuyer = 3_100_000_000;

  constructor(clock: () => Date) {
    this.clock = clock;
    this.usage = new Usage(this.now());
  }

  /** The simulator's time: the given clock plus whatever was advanced. */
  now(): Date {
    if (this.buildingAt) return new Date(this.buildingAt);
    return new Date(this.clock().getTime() + this.offsetMs);
  }

  /** The date an id may carry: the real one, or while building its place on a fixed calendar. */
  idDate(date: Date): Date {
    if (!this.buildingAt) return date;
    return new Date(ID_CALENDAR_MS + (date.getTime() - this.buildingAt.getTime()));
  }

  /** Runs `work` with time standing still and a seeded stream: the same ids and texts on every start. */
  build(seed: number, work: () => void): void {
    this.buildingAt = this.now();
    this.random = seeded(seed);
    try {
      work();
    } finally {
      this.buildingAt = null;
      this.random = unseeded;
    }
  }

  /** Moves the time forward, for expiries and waits; what is due by then happens, in its order. */
  async advance(ms: number): Promise<void> {
    this.offsetMs += ms;
    await this.schedule.moved();
  }

  /** Merges settings. @throws ZodError on an unknown name or a wrong value. */
  change(patch: Record<string, unknown>): void {
    this.settings = mergeSettings(this.settings, patch);
  }

  /** The next free id for an account. */
  nextUserId(): string {
    this.lastUser += 1;
    return String(this.lastUser);
  }

  /** The next free id for a buyer: beyond int32, as today's ids are (auth-and-limits.md 3). */
  nextBuyerId(): string {
    this.lastBuyer += 1;
    return String(this.lastBuyer);
  }

  addSeller(seller: Seller): void {
    this.sellers.set(seller.id, seller);
    this.threadsOf.set(seller.id, []);
    this.claimsOf.set(seller.id, []);
    this.questionsOf.set(seller.id, []);
    this.ownerOf.set(seller.id, { seller, siteId: seller.siteId });
    for (const local of seller.marketplaces) this.ownerOf.set(local.userId, { seller, siteId: local.siteId });
  }

  addThread(thread: Thread): void {
    this.threads.set(thread.packId, thread);
    this.threadsOf.get(thread.sellerId)?.push(thread);
    this.buyers.set(thread.buyer.id, thread.buyer);
    for (const order of thread.orders) {
      this.orders.set(order.id, { order, thread });
      for (const line of order.lines) this.items.set(line.item.id, line.item);
    }
    if (thread.shipment) this.shipments.set(thread.shipment.id, { shipment: thread.shipment, thread });
    for (const message of thread.messages) this.messages.set(message.id, { message, thread });
  }

  addClaim(claim: Claim): void {
    this.claims.set(claim.id, claim);
    this.claimsOf.get(claim.thread.sellerId)?.push(claim);
    if (claim.returnCase) this.returns.set(claim.returnCase.id, claim);
  }

  addQuestion(question: Question): void {
    this.questions.set(question.id, question);
    this.questionsOf.get(question.sellerId)?.push(question);
    this.buyers.set(question.buyer.id, question.buyer);
    this.items.set(question.item.id, question.item);
  }

  /** As if it had never been asked (questions-and-contacts.md 1.3, the seven months). */
  dropQuestion(question: Question): void {
    this.questions.delete(question.id);
    this.goneQuestions.add(question.id);
    const own = this.questionsOf.get(question.sellerId) ?? [];
    const index = own.indexOf(question);
    if (index >= 0) own.splice(index, 1);
  }

  addMessage(thread: Thread, message: Message): void {
    thread.messages.push(message);
    this.messages.set(message.id, { message, thread });
    this.emit("message_created", thread, message.id);
  }

  /** `whose`: a thread, a question, an item: whatever knows its seller. */
  emit(
    kind: WorldEvent["kind"],
    whose: Pick<Thread, "sellerId" | "localSellerId">,
    resourceId: string,
  ): void {
    const { sellerId, localSellerId } = whose;
    for (const hear of this.listeners) hear({ kind, sellerId, localSellerId, resourceId, at: this.now() });
  }

  /** Forgets everything but clients, settings and the clock. */
  clear(): void {
    for (const map of [
      this.sellers,
      this.ownerOf,
      this.buyers,
      this.threads,
      this.threadsOf,
      this.orders,
      this.shipments,
      this.items,
      this.messages,
      this.attachments,
      this.claims,
      this.claimsOf,
      this.returns,
      this.claimFiles,
      this.refundRules,
      this.questions,
      this.questionsOf,
      this.blockedBuyers,
      this.infractions,
      this.scans,
      this.goneQuestions,
    ]) {
      map.clear();
    }
    this.leadBook.clear();
    this.grants.clear();
    this.calls.clear();
    this.faults.clear();
    this.limiter.clear();
    this.schedule.clear();
    this.usage.clear(this.now());
    this.lastUser = 700_000_000;
    this.lastBuyer = 3_100_000_000;
  }
}
