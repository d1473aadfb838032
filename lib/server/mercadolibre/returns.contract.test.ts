import { beforeEach, describe, expect, it } from "vitest";
import { CLAIM_SPELLINGS, type ClaimOnSale, claimOnSale } from "@/lib/server/mercadolibre/testing/claim-lab";
import { PROFILES } from "@/lib/server/mercadolibre/testing/lab";
import { createSandbox } from "@/sandbox/create-sandbox";
import { readEvidences } from "./evidence";
import { readRefundRules } from "./refund-rules";
import { readChanges, readReturn, readReturnCost, readReturnFailReasons, readReturnReviews } from "./returns";

/** What the sandbox answers about evidence, returns, exchanges and refund rules parses with our wire schemas (claims.md 2),
 *  whatever the spelling. The claim itself is in claims.contract.test.ts. */

const HOUR = 3_600_000;

describe.each(PROFILES)("what comes of claims in %s", (profile) => {
  describe.each(CLAIM_SPELLINGS)("spelt %j", (settings) => {
    let on: ClaimOnSale;
    const open = async (seed: object = {}) => {
      on = await claimOnSale(createSandbox(), profile, { seed: { openedHoursAgo: 30, ...seed }, settings });
      return on.one.meli;
    };
    const near = (at: Date | null | undefined, hours: number) =>
      expect(Math.abs((at?.getTime() ?? 0) - Date.now() - hours * HOUR)).toBeLessThan(2 * 60_000);

    beforeEach(async () => {
      await open();
    });

    it("row 20: reads the shipping evidence, in GLOBAL none and without a call", async () => {
      if (profile === "GLOBAL") {
        await expect(readEvidences(on.one.meli, on.claimId)).rejects.toMatchObject({ code: "not_available" });
        expect(on.one.calls).toEqual([]);
      } else expect(await readEvidences(on.one.meli, on.claimId)).toEqual([]);
    });

    it("row 22: reads the exchange, in GLOBAL none and without a call", async () => {
      const change = { status: "purchase_shipped", detail: "by_expiration", type: "replace", hoursAgo: 12 };
      const changes = await readChanges(await open({ change }), on.claimId);
      if (profile === "GLOBAL") expect([changes, on.one.calls]).toEqual([[], []]);
      else {
        expect(changes).toMatchObject([
          {
            claimId: on.claimId,
            resourceId: on.orderId,
            status: "purchase_shipped",
            statusDetail: "by_expiration",
            type: "replace",
            items: [{ quantity: 1, price: { minor: 100_000, currency: "ARS" } }],
          },
        ]);
        near(changes[0]?.createdAt, -12);
        near(changes[0]?.expected.from, 4 * 24 - 12);
      }
    });

    it("row 23: reads the return and the way of its parcel, and takes a 404 for none", async () => {
      expect(await readReturn(on.one.meli, on.claimId)).toBeNull();
      await open({ return: { status: "shipped", hoursAgo: 24, refundAt: "delivered" } });
      const found = await readReturn(on.one.meli, on.claimId);
      const hasId = profile === "LOCAL" || "claimGlobalReturnId" in settings;
      expect(found).toMatchObject({
        id: hasId ? (await on.held()).returnCase?.id : null,
        claimId: on.claimId,
        resourceId: on.orderId,
        status: "shipped",
        moneyStatus: "retained",
        refundAt: "delivered",
        subtype: "return_total",
        shipments: [{ status: "shipped", destination: "seller_address", trackingNumber: expect.any(String) }],
      });
      near(found?.createdAt, -24);
      if (profile === "LOCAL") {
        expect(found?.orders).toMatchObject([{ orderId: on.orderId, totalQuantity: 1, returnQuantity: 1 }]);
      } else expect(found?.review).toEqual({ status: "pending", reasonId: null });
    });

    it("row 24: reads the review of a return, in GLOBAL from the return itself", async () => {
      await open({ return: { status: "delivered", hoursAgo: 72, deliveredHoursAgo: 24, review: "SRF3" } });
      const returnId = (await on.held()).returnCase?.id ?? "";
      const reviews = await readReturnReviews(on.one.meli, returnId);
      if (profile === "LOCAL") {
        expect(reviews).toMatchObject([{ resourceId: on.orderId, sellerReasonId: "SRF3" }]);
      } else {
        expect([reviews, on.one.calls]).toEqual([null, []]);
        const { review } = (await readReturn(on.one.meli, on.claimId)) ?? {};
        expect(review).toEqual({ status: "claimed", reasonId: "SRF3" });
      }
    });

    it("row 26: reads for what a return may fail", async () => {
      await open({ return: { status: "delivered", hoursAgo: 72, deliveredHoursAgo: 24 } });
      const reasons = await readReturnFailReasons(on.one.meli, on.claimId);
      expect(reasons.map(({ id }) => id)).toEqual(["SRF2", "SRF3", "SRF4", "SRF5", "SRF6", "SRF7"]);
      expect(reasons.at(-1)?.apply).toEqual(["package"]);
      expect(reasons.every(({ detail }) => /\w/.test(detail ?? ""))).toBe(true);
    });

    it("row 28: reads the cost of the way back, in dollars when asked", async () => {
      await open({ return: { status: "label_generated" } });
      const cost = await readReturnCost(on.one.meli, on.claimId);
      expect(cost).toMatchObject({ amount: { currency: on.currency }, amountUsd: null });
      expect(cost?.amount.minor).toBeGreaterThan(0);
      const both = await readReturnCost(on.one.meli, on.claimId, { inUsd: true });
      expect(both).toMatchObject({ amount: cost?.amount, amountUsd: { minor: 640, currency: "USD" } });
    });

    it("row 29: reads the automatic partial refunds, in LOCAL none and without a call", async () => {
      if (profile === "LOCAL") {
        expect([await readRefundRules(on.one.meli), on.one.calls]).toEqual([[], []]);
        return;
      }
      const rule = { refund_offer: 30, logistic: ["cbt_fulfillment"], reason: ["product_is_damaged"] };
      const prices = { from: 10, to: 50.5, all_prices: false };
      await on.post("/marketplace/automatic/rules/refund", [{ ...rule, active: true, price_range: prices }]);
      expect(await readRefundRules(on.one.meli)).toEqual([
        {
          id: expect.stringMatching(/^DecisionRule_/),
          isActive: true,
          prices: { from: 10, to: 50.5 },
          percentage: 30,
          logistics: ["cbt_fulfillment"],
          reasons: ["product_is_damaged"],
        },
      ]);
    });
  });
});
