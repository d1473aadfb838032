import "server-only";
import { checked, digits, fileKey, get, post, type Route } from "./paths";

/** Names of filters of the search that are spelled in two ways (claims.md 4.1, 11). */
export const PLAYER_FILTERS = {
  dotted: { role: "players.role", userId: "players.user_id" },
  underscored: { role: "player_role", userId: "player_user_id" },
} as const;
export type FilterSpelling = keyof typeof PLAYER_FILTERS;

type OfClaim = (claimId: string) => Route;
type OfFile = (claimId: string, filename: string) => Route;

/**
 * Every address of claims.md 2, by its row. Null: not documented for that protocol. Where two are given, the second is
 * tried when the first is not there.
 */
export interface ClaimPaths {
  /** How its own pages spell the filters by player; the other spelling is tried when this one is refused. */
  spelling: FilterSpelling;
  /** Does a search name the marketplace user besides (`user_id`)? */
  isUserNamed: boolean;
  search(query: Route["query"]): Route;
  claim: OfClaim;
  detail: OfClaim;
  reason(reasonId: string): Route;
  actionsHistory: OfClaim;
  statusHistory: OfClaim;
  reputation: OfClaim;
  messages: OfClaim;
  upload: OfClaim;
  file: OfFile;
  download(claimId: string, filename: string): readonly Route[];
  send: OfClaim;
  expected: OfClaim;
  offers: OfClaim;
  partialRefund: OfClaim;
  refund: OfClaim;
  allowReturn: OfClaim;
  allowReplace: OfClaim | null;
  openDispute: OfClaim;
  evidence: {
    list: OfClaim;
    send: OfClaim;
    /** The promise is posted to either (claims.md 11). */
    promise(claimId: string): readonly Route[];
    upload: OfClaim;
    file: OfFile;
    download: OfFile;
  } | null;
  changes: OfClaim | null;
  returns: OfClaim;
  returnReviews: ((returnId: string) => Route) | null;
  reviewReturn(returnId: string): Route;
  failReasons: OfClaim;
  uploadReviewFile: OfClaim;
  returnCost(claimId: string, inUsd: boolean): Route;
  refundRules: (() => Route) | null;
}

const P = "/post-purchase/v1";
const M = "/marketplace/v2";
const FAMILY = "claims";

const reasonKey = (id: string) => checked("reason id", /^[A-Za-z0-9_-]{1,40}$/, id);

/** The resources of a claim that both protocols have, under the prefix of each. */
const under = (prefix: typeof P | typeof M) => {
  const of = (claimId: string, rest = "") => `${prefix}/claims/${digits(claimId)}${rest}`;
  const read =
    (rest: string): OfClaim =>
    (claimId) =>
      get(FAMILY, of(claimId, rest));
  const write =
    (rest: string): OfClaim =>
    (claimId) =>
      post(FAMILY, of(claimId, rest));
  return {
    search: (query: Route["query"]) => get(FAMILY, `${prefix}/claims/search`, query),
    claim: read(""),
    detail: read("/detail"),
    reason: (reasonId: string) => get(FAMILY, `${prefix}/claims/reasons/${reasonKey(reasonId)}`),
    actionsHistory: read("/actions-history"),
    statusHistory: read("/status-history"),
    reputation: read("/affects-reputation"),
    messages: read("/messages"),
    upload: write("/attachments"),
    send: write("/actions/send-message"),
    expected: read("/expected-resolutions"),
    offers: read("/partial-refund/available-offers"),
    partialRefund: write("/expected-resolutions/partial-refund"),
    refund: write("/expected-resolutions/refund"),
    allowReturn: write("/expected-resolutions/allow-return"),
    openDispute: write("/actions/open-dispute"),
  };
};

const stored =
  (prefix: typeof P | typeof M, folder: string, rest = ""): OfFile =>
  (claimId, filename) =>
    get(FAMILY, `${prefix}/claims/${digits(claimId)}/${folder}/${fileKey(filename)}${rest}`);

/** Rows 10 and 25 to 28: GLOBAL has them at the LOCAL address. */
const SHARED = {
  file: stored(P, "attachments"),
  reviewReturn: (returnId: string) => post(FAMILY, `${P}/returns/${digits(returnId)}/return-review`),
  failReasons: (claimId: string) =>
    get(FAMILY, `${P}/returns/reasons`, { flow: "seller_return_failed", claim_id: digits(claimId) }),
  uploadReviewFile: (claimId: string) => post(FAMILY, `${P}/claims/${digits(claimId)}/returns/attachments`),
  returnCost: (claimId: string, inUsd: boolean) =>
    get(
      FAMILY,
      `${P}/claims/${digits(claimId)}/charges/return-cost`,
      inUsd ? { calculate_amount_usd: "true" } : {},
    ),
};

const LOCAL: ClaimPaths = {
  ...under(P),
  ...SHARED,
  spelling: "dotted",
  isUserNamed: false,
  download: (claimId, filename) => [stored(P, "attachments", "/download")(claimId, filename)],
  allowReplace: (claimId) =>
    post(FAMILY, `${P}/claims/${digits(claimId)}/expected-resolutions/allow-replace`),
  evidence: {
    list: (claimId) => get(FAMILY, `${P}/claims/${digits(claimId)}/evidences`),
    send: (claimId) => post(FAMILY, `${P}/claims/${digits(claimId)}/actions/evidences`),
    promise: (claimId) =>
      ["/actions/evidences", "/evidences"].map((rest) =>
        post(FAMILY, `${P}/claims/${digits(claimId)}${rest}`),
      ),
    upload: (claimId) => post(FAMILY, `${P}/claims/${digits(claimId)}/attachments-evidences`),
    file: stored(P, "attachments-evidences"),
    download: stored(P, "attachments-evidences", "/download"),
  },
  changes: (claimId) => get(FAMILY, `${P}/claims/${digits(claimId)}/changes`),
  returns: (claimId) => get(FAMILY, `/post-purchase/v2/claims/${digits(claimId)}/returns`),
  returnReviews: (returnId) => get(FAMILY, `${P}/returns/${digits(returnId)}/reviews`),
  refundRules: null,
};

const GLOBAL: ClaimPaths = {
  ...under(M),
  ...SHARED,
  spelling: "underscored",
  isUserNamed: true,
  // Row 11: its own address in the call, the LOCAL one in the example.
  download: (claimId, filename) => [
    stored(M, "attachments", "/download")(claimId, filename),
    stored(P, "attachments", "/download")(claimId, filename),
  ],
  allowReplace: null,
  evidence: null,
  changes: null,
  returns: (claimId) => get(FAMILY, `${M}/claims/${digits(claimId)}/returns`),
  returnReviews: null,
  refundRules: () => get(FAMILY, "/marketplace/automatic/rules/refund"),
};

/** The addresses of claims in an account's protocol (claims.md 2). */
export const CLAIM_PATHS: Readonly<Record<"LOCAL" | "GLOBAL", ClaimPaths>> = { LOCAL, GLOBAL };
