import { describe, expect, it } from "vitest";
import { client, errorOf, failureOf } from "@/lib/server/mercadolibre/testing/edge";
import { CLAIM, refusals, wireClaim } from "@/lib/server/mercadolibre/testing/wire-claims";
import { readRefundRules } from "./refund-rules";
import {
  needsPhotos,
  readChanges,
  readReturn,
  readReturnCost,
  readReturnFailReasons,
  readReturnReviews,
  reviewReturn,
} from "./returns";

const local = {
  id: 77001,
  claim_id: 5300000001,
  resource_type: "order",
  resource_id: 2000010000000001,
  status: "label_generated",
  subtype: "return_total",
  status_money: "retained",
  refund_at: "delivered",
  date_created: "2026-03-03T10:00:00.000-04:00",
  date_closed: null,
  last_updated: "2026-03-04T10:00:00.000-04:00",
  shipments: [
    {
      shipment_id: 40000000001,
      status: "ready_to_ship",
      tracking_number: null,
      type: "return",
      destination: { name: "seller_address", shipping_address: { id: 1 } },
    },
  ],
  orders: [
    {
      order_id: 2000010000000001,
      item_id: "MLM1",
      variation_id: null,
      context_type: "total",
      total_quantity: "1.0",
      return_quantity: "1.0",
    },
  ],
  related_entities: ["reviews"],
  intermediate_check: true,
  resources: [{ resource: "order", resource_id: "2000010000000001" }],
};

describe("a return", () => {
  it("is read in the shape of LOCAL", async () => {
    const { meli, sent } = client([{ body: local }]);
    expect(await readReturn(meli, CLAIM)).toEqual({
      id: "77001",
      claimId: CLAIM,
      resource: "order",
      resourceId: "2000010000000001",
      status: "label_generated",
      moneyStatus: "retained",
      refundAt: "delivered",
      subtype: "return_total",
      createdAt: new Date("2026-03-03T14:00:00Z"),
      updatedAt: new Date("2026-03-04T14:00:00Z"),
      closedAt: null,
      shipments: [
        {
          id: "40000000001",
          status: "ready_to_ship",
          trackingNumber: null,
          kind: "return",
          destination: "seller_address",
        },
      ],
      orders: [
        {
          orderId: "2000010000000001",
          itemId: "MLM1",
          variationId: null,
          contextType: "total",
          totalQuantity: 1,
          returnQuantity: 1,
        },
      ],
      hasReviews: true,
      isCheckedOnTheWay: true,
      review: null,
      warehouse: null,
    });
    expect(sent[0]?.url.pathname).toBe("/post-purchase/v2/claims/5300000001/returns");
  });

  it("is read in GLOBAL's older shape: one shipment, no id, the reviews inside", async () => {
    const body = {
      claim_id: 5300000001,
      resource: "order",
      resource_id: 2000010000000001,
      type: "claim",
      status: "closed",
      status_money: "refunded",
      last_updated: "2026-03-04T10:00:00.000+00:00",
      shipping: {
        id: 43000000001,
        status: "delivered",
        tracking_number: "AB1",
        lead_time: {},
        status_history: [],
        origin: {},
        destination: { type: "warehouse" },
      },
      warehouse_review: { product_condition: "saleable", product_destination: "seller", benefited: "seller" },
      seller_review: { status: "pending", reason_id: null },
    };
    const { meli, sent } = client([{ body }], { profile: "GLOBAL" });
    expect(await readReturn(meli, CLAIM)).toMatchObject({
      id: null,
      status: "closed",
      moneyStatus: "refunded",
      resource: "order",
      refundAt: null,
      shipments: [
        {
          id: "43000000001",
          status: "delivered",
          trackingNumber: "AB1",
          kind: null,
          destination: "warehouse",
        },
      ],
      orders: [],
      hasReviews: null,
      isCheckedOnTheWay: false,
      review: { status: "pending", reasonId: null },
      warehouse: { condition: "saleable", destination: "seller", benefited: ["seller"] },
    });
    expect(sent[0]?.url.pathname).toBe("/marketplace/v2/claims/5300000001/returns");
  });

  it.each([
    [{ id: null, return_id: "77002" }, { id: "77002" }],
    [
      { refund_at: "n/a", subtype: "low_cost", shipments: [] },
      { refundAt: "n/a", subtype: "low_cost", shipments: [] },
    ],
    [
      { shipments: null, shipping: null, orders: null },
      { shipments: [], orders: [] },
    ],
    [{ status: "never_seen" }, { status: "never_seen" }],
    [{ related_entities: [] }, { hasReviews: false }],
    [{ related_entities: undefined }, { hasReviews: null }],
    [
      { seller_review: {}, warehouse_review: null },
      { review: null, warehouse: null },
    ],
    [{ intermediate_check: undefined }, { isCheckedOnTheWay: false }],
    [
      { shipments: [{ shipment_id: 1, status: "shipped", type: "return_from_triage", destination: null }] },
      { shipments: [{ id: "1", kind: "return_from_triage", destination: null }] },
    ],
  ])("with %j is %j", async (more, expected) => {
    expect(await readReturn(client([{ body: { ...local, ...more } }]).meli, CLAIM)).toMatchObject(expected);
  });

  it.each([
    refusals.local(404, "There is no associated return for claim", "not_found"),
    refusals.worded(404, "no hay devolución"),
    { status: 404, body: "" },
  ])("is none after %j", async (refusal) => {
    expect(await readReturn(client([refusal]).meli, CLAIM)).toBeNull();
  });

  it.each([
    [refusals.newer(404, "Claim not found. claimId: 9", "not_found_error"), 404],
    [refusals.local(403, "no", "forbidden_error"), 403],
    [refusals.gateway, 403],
  ])("is not known after %j", async (refusal, status) => {
    expect((await failureOf(readReturn(client([refusal]).meli, CLAIM))).failure.status).toBe(status);
  });
});

describe("the reviews of a return", () => {
  it("tell what was found in each part", async () => {
    const body = {
      reviews: [
        {
          resource: "order",
          resource_id: 2000010000000001,
          method: "triage",
          resource_reviews: [
            {
              status: "success",
              product_condition: "saleable",
              product_destination: "seller",
              reason_id: "SRF2",
              benefited: ["seller"],
              seller_status: "pending",
              seller_reason: null,
            },
          ],
        },
      ],
    };
    expect(await readReturnReviews(client([{ body }]).meli, "77001")).toEqual([
      {
        resource: "order",
        resourceId: "2000010000000001",
        method: "triage",
        status: "success",
        condition: "saleable",
        destination: "seller",
        reasonId: "SRF2",
        benefited: ["seller"],
        sellerStatus: "pending",
        sellerReasonId: null,
      },
    ]);
  });

  it.each([
    [[{ status: "failed", reason_id: "SRF3" }], 1],
    [{ status: "failed" }, 1],
    [{ reviews: [] }, 0],
    [{}, 0],
    [{ reviews: null }, 0],
  ])("are read from %j", async (body, length) => {
    expect(await readReturnReviews(client([{ body }]).meli, "77001")).toHaveLength(length);
  });

  it("are none after a 404, and in GLOBAL, where nothing is asked", async () => {
    expect(
      await readReturnReviews(client([refusals.local(404, "return review not found")]).meli, "1"),
    ).toBeNull();
    const { meli, sent } = client([{ body: {} }], { profile: "GLOBAL" });
    expect(await readReturnReviews(meli, "1")).toBeNull();
    expect(sent).toEqual([]);
  });
});

describe("reviewing a return", () => {
  const ref = { claimId: CLAIM, returnId: "77001" };
  const damaged = { reasonId: "SRF2", message: "Rota", attachments: ["222_a.jpg"], orderId: null };

  it.each(["LOCAL", "GLOBAL"] as const)("says in %s that it arrived as it should", async (profile) => {
    const { meli, sent } = client([{ body: wireClaim }], { profile });
    expect(await reviewReturn(meli, ref, "ok")).toMatchObject({ id: CLAIM });
    expect(sent[0]?.url.pathname).toBe("/post-purchase/v1/returns/77001/return-review");
    expect(sent[0]?.text).toBe("{}");
  });

  it("says what is wrong, in a cart by order", async () => {
    const { meli, sent } = client([{ body: wireClaim }]);
    await reviewReturn(meli, ref, [
      damaged,
      { reasonId: "SRF3", message: "Falta", attachments: [], orderId: "2000010000000001" },
    ]);
    expect(JSON.parse(sent[0]?.text ?? "")).toEqual([
      { reason: "SRF2", message: "Rota", attachments: ["222_a.jpg"] },
      { reason: "SRF3", message: "Falta", order_id: 2000010000000001 },
    ]);
  });

  it("keeps every digit of an order id that no number holds", async () => {
    const { meli, sent } = client([{ body: wireClaim }]);
    await reviewReturn(meli, ref, [{ ...damaged, orderId: "9007199254740993123" }]);
    expect(sent[0]?.text).toContain('"order_id":"9007199254740993123"');
  });

  it.each([
    [[], "review_form"],
    [[{ ...damaged, attachments: [] }], "review_photos"],
    [[{ ...damaged, reasonId: "SRF4", attachments: [] }], "review_photos"],
  ] as const)("is not sent incomplete: %j", async (failures, reason) => {
    const { meli, sent } = client([{ body: wireClaim }]);
    expect(await errorOf(reviewReturn(meli, ref, failures))).toMatchObject({
      code: "invalid_input",
      detail: { reason },
    });
    expect(sent).toEqual([]);
  });

  it.each(["SRF3", "SRF5", "SRF6", "SRF7", "NEW1"])("needs no photos for %s", (reasonId) => {
    expect(needsPhotos(reasonId)).toBe(false);
  });

  it.each([{ status: 201 }, { status: 200, body: [] }, { status: 200, body: { ...wireClaim, id: 1 } }])(
    "is done when the answer does not tell this claim: %j",
    async (reply) => {
      expect(await reviewReturn(client([reply]).meli, ref, "ok")).toBeNull();
    },
  );

  it("is never sent again by itself", async () => {
    const { meli, sent } = client([{ status: 504, body: "" }]);
    expect((await failureOf(reviewReturn(meli, ref, [damaged]))).failure.mayHaveApplied).toBe(true);
    expect(sent).toHaveLength(1);
  });
});

describe("around a return", () => {
  it.each([
    [[{ id: "SRF2", name: "damaged", detail: "Llegó roto", apply: ["order", "package"] }]],
    [
      {
        data: [
          { reason_id: "SRF2", name: "damaged", description: "Llegó roto", apply: ["order", "package"] },
        ],
      },
    ],
    [
      {
        reasons: [
          { id: "SRF2", name: "damaged", detail: "Llegó roto", apply: ["order", "package"] },
          { name: "x" },
        ],
      },
    ],
  ])("there are reasons for which it fails: %j", async (body) => {
    expect(await readReturnFailReasons(client([{ body }]).meli, CLAIM)).toEqual([
      { id: "SRF2", name: "damaged", detail: "Llegó roto", apply: ["order", "package"] },
    ]);
  });

  it("the way back has a cost, in dollars too when asked", async () => {
    const { meli, sent } = client([{ body: { currency_id: "MXN", amount: 120.5, amount_usd: 6.1 } }]);
    expect(await readReturnCost(meli, CLAIM, { inUsd: true })).toEqual({
      amount: { minor: 12_050, currency: "MXN" },
      amountUsd: { minor: 610, currency: "USD" },
    });
    expect(sent[0]?.url.search).toBe("?calculate_amount_usd=true");
  });

  it("the cost may lack dollars, may not exist, and is never guessed", async () => {
    expect(await readReturnCost(client([{ body: { currency_id: "MXN", amount: 0 } }]).meli, CLAIM)).toEqual({
      amount: { minor: 0, currency: "MXN" },
      amountUsd: null,
    });
    expect(await readReturnCost(client([refusals.local(404, "Resource not found")]).meli, CLAIM)).toBeNull();
    expect(await errorOf(readReturnCost(client([{ body: {} }]).meli, CLAIM))).toMatchObject({
      code: "meli_unreadable",
    });
  });
});

describe("the exchanges of a claim", () => {
  const change = {
    claim_id: 5300000001,
    resource: "order",
    resource_id: 2000010000000001,
    items: [
      { id: "MLM1", quantity: 1, price: 99.9, price_at_creation: 80, variation_id: 5, currency_id: "MXN" },
    ],
    return: { id: 77001 },
    new_orders_ids: [2000010000000009],
    new_orders_shipments: [{ id: 43000000009 }],
    status: "pending",
    status_detail: "return_pending",
    type: "change",
    estimated_exchange_date: { from: "2026-03-10T00:00:00.000-04:00", to: null },
    date_created: "2026-03-03T10:00:00.000-04:00",
    last_updated: "2026-03-04T10:00:00.000-04:00",
  };

  it("tell the new orders and the way they are on", async () => {
    expect(
      await readChanges(client([{ body: { paging: { total: 1 }, data: [change] } }]).meli, CLAIM),
    ).toEqual([
      {
        claimId: CLAIM,
        resource: "order",
        resourceId: "2000010000000001",
        items: [{ id: "MLM1", quantity: 1, variationId: "5", price: { minor: 9_990, currency: "MXN" } }],
        returnId: "77001",
        newOrderIds: ["2000010000000009"],
        newShipmentIds: ["43000000009"],
        status: "pending",
        statusDetail: "return_pending",
        type: "change",
        expected: { from: new Date("2026-03-10T04:00:00Z"), to: null },
        createdAt: new Date("2026-03-03T14:00:00Z"),
        updatedAt: new Date("2026-03-04T14:00:00Z"),
      },
    ]);
  });

  it.each([
    { return: null },
    { items: null },
    { new_orders_ids: null },
    { estimated_exchange_date: null },
    { status: "by_magic" },
  ])("may lack %j", async (more) => {
    expect(
      await readChanges(client([{ body: { data: [{ ...change, ...more }] } }]).meli, CLAIM),
    ).toHaveLength(1);
  });

  it("are none after a 404, and in GLOBAL, where nothing is asked", async () => {
    expect(await readChanges(client([refusals.local(404, "Resource not found")]).meli, CLAIM)).toEqual([]);
    const { meli, sent } = client([{ body: { data: [change] } }], { profile: "GLOBAL" });
    expect(await readChanges(meli, CLAIM)).toEqual([]);
    expect(sent).toEqual([]);
  });
});

describe("automatic partial refunds", () => {
  const rule = {
    id: "DecisionRule_1",
    active: true,
    price_range: { from: 1, to: "20.5", all_prices: false },
    refund_offer: 30,
    logistic: ["global_seller"],
    reason: ["all_reasons"],
  };

  it("are read in GLOBAL", async () => {
    const body = [
      rule,
      { ...rule, active: false, price_range: { all_prices: true, from: 0, to: 0 } },
      { active: true },
    ];
    const { meli, lines } = client([{ body }], { profile: "GLOBAL" });
    const read = {
      id: "DecisionRule_1",
      percentage: 30,
      logistics: ["global_seller"],
      reasons: ["all_reasons"],
    };
    expect(await readRefundRules(meli)).toEqual([
      { ...read, isActive: true, prices: { from: 1, to: 20.5 } },
      { ...read, isActive: false, prices: { from: null, to: null } },
    ]);
    expect(lines.join()).toContain('"droppedRules":1');
  });

  it("are not told to an application without leave, and do not exist in LOCAL", async () => {
    const refused = client([refusals.local(401, "unauthorized", "unauthorized_scopes")], {
      profile: "GLOBAL",
    });
    expect(await readRefundRules(refused.meli)).toBeNull();
    expect(refused.sent).toHaveLength(1);
    const { meli, sent } = client([{ body: [rule] }]);
    expect(await readRefundRules(meli)).toEqual([]);
    expect(sent).toEqual([]);
  });
});
