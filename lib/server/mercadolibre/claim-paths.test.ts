import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CLAIM_PATHS } from "./claim-paths";
import { addressOf, type Route } from "./paths";

const P = "/post-purchase/v1/claims/7";
const M = "/marketplace/v2/claims/7";
const said = (route: Route | null | undefined) =>
  route === null || route === undefined
    ? null
    : `${route.method} ${addressOf("https://api.test", route).href.slice("https://api.test".length)}`;

/** The resource map of claims.md 2, row by row: what both protocols are asked. */
const rows: [
  string,
  (paths: (typeof CLAIM_PATHS)["LOCAL"]) => Route | null | undefined,
  string | null,
  string | null,
][] = [
  [
    "1 search",
    (p) => p.search({ status: "opened" }),
    "GET /post-purchase/v1/claims/search?status=opened",
    "GET /marketplace/v2/claims/search?status=opened",
  ],
  ["2 claim", (p) => p.claim("7"), `GET ${P}`, `GET ${M}`],
  ["3 detail", (p) => p.detail("7"), `GET ${P}/detail`, `GET ${M}/detail`],
  [
    "4 reason",
    (p) => p.reason("PDD9939"),
    "GET /post-purchase/v1/claims/reasons/PDD9939",
    "GET /marketplace/v2/claims/reasons/PDD9939",
  ],
  ["5 actions history", (p) => p.actionsHistory("7"), `GET ${P}/actions-history`, `GET ${M}/actions-history`],
  ["6 status history", (p) => p.statusHistory("7"), `GET ${P}/status-history`, `GET ${M}/status-history`],
  ["7 reputation", (p) => p.reputation("7"), `GET ${P}/affects-reputation`, `GET ${M}/affects-reputation`],
  ["8 messages", (p) => p.messages("7"), `GET ${P}/messages`, `GET ${M}/messages`],
  ["9 upload", (p) => p.upload("7"), `POST ${P}/attachments`, `POST ${M}/attachments`],
  ["10 file", (p) => p.file("7", "a.jpg"), `GET ${P}/attachments/a.jpg`, `GET ${P}/attachments/a.jpg`],
  [
    "11 bytes",
    (p) => p.download("7", "a.jpg")[0],
    `GET ${P}/attachments/a.jpg/download`,
    `GET ${M}/attachments/a.jpg/download`,
  ],
  ["11 bytes, second", (p) => p.download("7", "a.jpg")[1], null, `GET ${P}/attachments/a.jpg/download`],
  ["12 send", (p) => p.send("7"), `POST ${P}/actions/send-message`, `POST ${M}/actions/send-message`],
  [
    "13 expected resolutions",
    (p) => p.expected("7"),
    `GET ${P}/expected-resolutions`,
    `GET ${M}/expected-resolutions`,
  ],
  [
    "14 offers",
    (p) => p.offers("7"),
    `GET ${P}/partial-refund/available-offers`,
    `GET ${M}/partial-refund/available-offers`,
  ],
  [
    "15 partial refund",
    (p) => p.partialRefund("7"),
    `POST ${P}/expected-resolutions/partial-refund`,
    `POST ${M}/expected-resolutions/partial-refund`,
  ],
  [
    "16 refund",
    (p) => p.refund("7"),
    `POST ${P}/expected-resolutions/refund`,
    `POST ${M}/expected-resolutions/refund`,
  ],
  [
    "17 return",
    (p) => p.allowReturn("7"),
    `POST ${P}/expected-resolutions/allow-return`,
    `POST ${M}/expected-resolutions/allow-return`,
  ],
  ["18 replacement", (p) => p.allowReplace?.("7"), `POST ${P}/expected-resolutions/allow-replace`, null],
  [
    "19 mediation",
    (p) => p.openDispute("7"),
    `POST ${P}/actions/open-dispute`,
    `POST ${M}/actions/open-dispute`,
  ],
  ["20 evidences", (p) => p.evidence?.list("7"), `GET ${P}/evidences`, null],
  ["20 evidence", (p) => p.evidence?.send("7"), `POST ${P}/actions/evidences`, null],
  ["20 promise", (p) => p.evidence?.promise("7")[0], `POST ${P}/actions/evidences`, null],
  ["20 promise, second", (p) => p.evidence?.promise("7")[1], `POST ${P}/evidences`, null],
  ["21 evidence upload", (p) => p.evidence?.upload("7"), `POST ${P}/attachments-evidences`, null],
  ["21 evidence file", (p) => p.evidence?.file("7", "a.jpg"), `GET ${P}/attachments-evidences/a.jpg`, null],
  [
    "21 evidence bytes",
    (p) => p.evidence?.download("7", "a.jpg"),
    `GET ${P}/attachments-evidences/a.jpg/download`,
    null,
  ],
  ["22 changes", (p) => p.changes?.("7"), `GET ${P}/changes`, null],
  ["23 return", (p) => p.returns("7"), "GET /post-purchase/v2/claims/7/returns", `GET ${M}/returns`],
  ["24 return reviews", (p) => p.returnReviews?.("8"), "GET /post-purchase/v1/returns/8/reviews", null],
  [
    "25 review",
    (p) => p.reviewReturn("8"),
    "POST /post-purchase/v1/returns/8/return-review",
    "POST /post-purchase/v1/returns/8/return-review",
  ],
  [
    "26 fail reasons",
    (p) => p.failReasons("7"),
    "GET /post-purchase/v1/returns/reasons?flow=seller_return_failed&claim_id=7",
    "GET /post-purchase/v1/returns/reasons?flow=seller_return_failed&claim_id=7",
  ],
  [
    "27 review files",
    (p) => p.uploadReviewFile("7"),
    `POST ${P}/returns/attachments`,
    `POST ${P}/returns/attachments`,
  ],
  [
    "28 return cost",
    (p) => p.returnCost("7", false),
    `GET ${P}/charges/return-cost`,
    `GET ${P}/charges/return-cost`,
  ],
  [
    "28 return cost in dollars",
    (p) => p.returnCost("7", true),
    `GET ${P}/charges/return-cost?calculate_amount_usd=true`,
    `GET ${P}/charges/return-cost?calculate_amount_usd=true`,
  ],
  ["29 refund rules", (p) => p.refundRules?.(), null, "GET /marketplace/automatic/rules/refund"],
];

describe("the resource map of claims", () => {
  it.each(rows)("has row %s in each protocol", (_name, route, local, global) => {
    expect(said(route(CLAIM_PATHS.LOCAL))).toBe(local);
    expect(said(route(CLAIM_PATHS.GLOBAL))).toBe(global);
  });

  it.each(rows)("draws row %s from the budget of claims", (_name, route) => {
    for (const one of [route(CLAIM_PATHS.LOCAL), route(CLAIM_PATHS.GLOBAL)]) {
      if (one !== null && one !== undefined) expect(one.family).toBe("claims");
    }
  });

  it("stays under its base, or is refused, whatever the id", () => {
    const evil = fc.oneof(
      fc.string(),
      fc.constantFrom("..", ".", "1/2", "1?x", "%2e%2e", "%2F", "\\", "a b", "1\n"),
    );
    const make = [
      CLAIM_PATHS.LOCAL.claim,
      CLAIM_PATHS.GLOBAL.send,
      CLAIM_PATHS.LOCAL.reason,
      CLAIM_PATHS.LOCAL.reviewReturn,
      (id: string) => CLAIM_PATHS.GLOBAL.file("1", id),
    ];
    fc.assert(
      fc.property(evil, fc.constantFrom(...make), (id, build) => {
        let route: Route;
        try {
          route = build(id);
        } catch (error) {
          expect(error).toMatchObject({ code: "invalid_input" });
          return;
        }
        expect(addressOf("https://api.test/base", route).pathname).toBe(`/base${route.path}`);
        expect(id).toMatch(/^[\w.-]+$/);
      }),
    );
  });
});
