import "server-only";
import type { z } from "zod";
import type { MarkReadPermit } from "./conversation-guard";
import { createWire } from "./exchange";
import type { Route } from "./paths";
import { reservedBudget } from "./reserved-budget";

/** Rate-limit families: the messages pools are 500 reads and 500 writes a minute (messages.md 7). No number is published
 *  for claims (claims.md 10): theirs is in budget.ts. */
export const FAMILIES = [
  "oauth",
  "users",
  "messages",
  "orders",
  "packs",
  "items",
  "shipments",
  "claims",
  "questions",
  "contacts",
  "leads",
  "missed_feeds",
] as const;
export type Family = (typeof FAMILIES)[number];

/** Who waits for the answer: decides priority in the budget and patience with failures. */
export type Lane = "reply" | "open" | "notice" | "reconcile" | "backfill";

export interface Budget {
  /**
   * Waits until a call of this family and kind may leave.
   * @throws AppError slow_down when the lane would wait longer than its patience.
   */
  take(call: { family: Family; kind: "read" | "write"; lane: Lane }): Promise<void>;
  /** Mercado Libre answered 429: slow the family down. */
  pushBack(call: { family: Family; kind: "read" | "write"; retryAfterMs: number | null }): Promise<void>;
}

export interface TokenSource {
  /** A usable access token. @throws AppError account_disconnected */
  access(): Promise<string>;
  /** Mercado Libre refused this access token with 401: get another. @throws AppError account_disconnected */
  renew(refused: string): Promise<string>;
}

export interface CallRecord {
  at: Date;
  family: Family;
  method: string;
  /** With the query, without the host; never a token or a text. */
  path: string;
  /** Was `mark_as_read=false` there? null when the call does not read a conversation. */
  readFlag: boolean | null;
  /** null: no answer. */
  status: number | null;
  ms: number;
  requestId: string | null;
}

export interface CallLog {
  record(call: CallRecord): void;
}

export interface MeliLogger {
  warn(fields: object, message: string): void;
  info(fields: object, message: string): void;
  debug(fields: object, message: string): void;
}

export interface ReadOptions {
  /** Only mark-read.ts has one. */
  permit?: MarkReadPermit;
  /** At most this many tries in all; MAX_TRIES when left out. */
  tries?: number;
  /** A refusal that passes by itself and is worth another try, beside 429, 423 and 5xx. */
  isPassing?: (message: string, status: number) => boolean;
}

export interface Download {
  body: ReadableStream<Uint8Array>;
  type: string | null;
  size: number | null;
}

/** What leaves through HTTP. For the files of lib/server/mercadolibre alone. */
export interface Wire {
  /** A GET, tried again while that helps. @throws MeliError, AppError from the budget or the token source */
  read<T>(route: Route, schema: z.ZodType<T>, options?: ReadOptions): Promise<T>;
  /** Anything else: sent once (twice only when the first was refused with 401). `body` makes a fresh one for each. @throws MeliError */
  write<T>(route: Route, body: () => string | FormData, schema: z.ZodType<T>): Promise<T>;
  /** A write whose 2xx is a success whatever its body: the body, or undefined when it has none that is JSON. Sent as `write`
   *  is; null sends no body at all. @throws MeliError */
  act(route: Route, body: (() => string | FormData) | null): Promise<unknown>;
  /** Bytes, streamed, at most 26 MB. @throws MeliError; the stream errors with MeliError when it is cut or too long */
  download(route: Route, options?: ReadOptions): Promise<Download>;
  /** Something in a readable answer was left out because it made no sense: say so in the log. */
  odd(route: Route, fields: object): void;
}

/** One account's way to Mercado Libre: which host, which protocol, how urgent. */
export interface Meli {
  readonly apiUrl: string;
  readonly profile: "LOCAL" | "GLOBAL";
  readonly lane: Lane;
  /** The granting account's user id (the CBT id for GLOBAL). */
  readonly accountId: string;
  /** Internal to lib/server/mercadolibre. */
  readonly wire: Wire;
  withLane(lane: Lane): Meli;
  /** Gets ready for a write that must not wait once it is due: takes a usable token and its room in the budget now. The
   *  Meli it gives spends that room on its first write of the family, and asks `before` right before each one leaves: when
   *  that throws, nothing leaves. @throws AppError slow_down, account_disconnected, meli_down */
  reserve(family: Family, before: () => Promise<void>): Promise<Meli>;
}

export interface MeliOptions {
  apiUrl: string;
  profile: "LOCAL" | "GLOBAL";
  accountId: string;
  lane: Lane;
  budget: Budget;
  tokens: TokenSource;
  calls: CallLog;
  logger: MeliLogger;
  fetch?: typeof fetch;
  sleep?: (ms: number) => Promise<void>;
  /** 0 <= n < 1 */
  random?: () => number;
}

/** The client that every function of this folder takes. Makes no call by itself. */
export function createMeli(options: MeliOptions): Meli {
  return {
    apiUrl: options.apiUrl,
    profile: options.profile,
    lane: options.lane,
    accountId: options.accountId,
    wire: createWire(options),
    withLane: (lane) => createMeli({ ...options, lane }),
    async reserve(family, before) {
      await options.tokens.access();
      await options.budget.take({ family, kind: "write", lane: options.lane });
      return createMeli({ ...options, budget: reservedBudget(options.budget, family, before) });
    },
  };
}
