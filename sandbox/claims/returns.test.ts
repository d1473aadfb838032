import { describe, expect, it } from "vitest";
import { DAY, startClaim } from "@/sandbox/claims/testing";
import { sampleFile } from "@/sandbox/files/sample-file";
import { at, listAt, textAt } from "@/sandbox/testing";

async function start(siteId = "MLA") {
  const c = await startClaim({}, { siteId });
  await c.post("/expected-resolutions/allow-return");
  const returnId = textAt(await c.held(), "returnId");
  const local = `/post-purchase/v1/returns/${returnId}`;
  const v2 = siteId === "CBT" ? `${c.path}/returns` : `/post-purchase/v2/claims/${c.id}/returns`;
  return {
    ...c,
    returnId,
    read: async () => (await c.api.get(v2, c.access)).body,
    review: (body: unknown) => c.api.post(`${local}/return-review`, c.access, body),
    reviews: () => c.api.get(`${local}/reviews`, c.access),
    photo: async () => {
      const file = new File([sampleFile("image/jpeg", "x")], "roto.jpg", { type: "image/jpeg" });
      const path = `/post-purchase/v1/claims/${c.id}/returns/attachments`;
      return textAt((await c.api.upload(path, c.access, file)).body, "filename");
    },
    deliver: () => c.play("/return", { status: "delivered" }),
  };
}

describe("a return (claims.md 6.2)", () => {
  it("has LOCAL's shape: shipments, orders, quantities as text", async () => {
    const c = await start();
    expect(await c.read()).toMatchObject({
      id: Number(c.returnId),
      claim_id: Number(c.id),
      resource_type: "order",
      resource_id: Number(c.order),
      status: "label_generated",
      subtype: "return_total",
      status_money: "retained",
      refund_at: "delivered",
      date_closed: null,
      shipments: [
        {
          status: "ready_to_ship",
          type: "return",
          destination: { name: "seller_address", shipping_address: expect.any(Object) },
        },
      ],
      orders: [
        {
          order_id: Number(c.order),
          context_type: "total",
          total_quantity: "1.0",
          return_quantity: "1.0",
          variation_id: null,
        },
      ],
      related_entities: [],
      intermediate_check: false,
      resources: [{ resource: "order", resource_id: c.order }],
    });
  });

  it.each([
    ["purchase", 2],
    ["order", 1],
  ] as const)("of a cart holds what was claimed: %s", async (resource, count) => {
    const c = await startClaim({ resource }, { thread: { moreProducts: [{ title: "Funda" }] } });
    await c.play("/return", { status: "delivered" });
    const { body } = await c.api.get(`/post-purchase/v2/claims/${c.id}/returns`, c.access);
    const ids = listAt(body, "orders").map((one) => at(one, "order_id"));
    expect([new Set(ids).size, ids.includes(Number(c.order))]).toEqual([count, true]);
  });

  it("has GLOBAL's older shape: one shipping, no id, unless told", async () => {
    const c = await start("CBT");
    const body = await c.read();
    expect(body).not.toHaveProperty("id");
    expect(body).not.toHaveProperty("resource_type");
    expect(body).toMatchObject({
      resource: "order",
      type: "claim",
      shipping: { status: "ready_to_ship", status_history: expect.any(Array), lead_time: expect.any(Object) },
      warehouse_review: { product_condition: null, product_destination: null, benefited: null },
      seller_review: { status: "pending", reason_id: null },
    });
    await c.change({ claimGlobalReturnId: true });
    expect(at(await c.read(), "id")).toBe(Number(c.returnId));
  });

  it("is a 404 where there is none", async () => {
    const c = await startClaim();
    const { status, body } = await c.api.get(`/post-purchase/v2/claims/${c.id}/returns`, c.access);
    expect([status, textAt(body, "message")]).toEqual([404, "There is no associated return for claim"]);
  });

  it("refunds three days after the seller got it, if nothing was said (8)", async () => {
    const c = await start();
    await c.deliver();
    expect((await c.get("/detail")).body).toMatchObject({
      action_responsible: "seller",
      due_date: "2026-03-05T09:59:05.000-04:00",
    });
    await c.pass(3 * DAY);
    expect(await c.read()).toMatchObject({ status_money: "refunded" });
    expect(await c.body()).toMatchObject({ status: "closed", resolution: { reason: "item_returned" } });
  });

  it("outlives its claim: closed before, the money goes back when its time comes (7)", async () => {
    const c = await start();
    await c.play("/buyer/close", {});
    await c.deliver();
    await c.pass(3 * DAY);
    expect([at(await c.read(), "status_money"), at(await c.body(), "status")]).toEqual([
      "refunded",
      "closed",
    ]);
  });

  it("refunds when it is sent, if its `refund_at` says so", async () => {
    const c = await startClaim();
    await c.play("/return", { status: "shipped", refundAt: "shipped" });
    expect(at(await c.held(), "returnCase")).toMatchObject({ money: "refunded", status: "shipped" });
  });

  it("that goes to the warehouse is not the seller's to review", async () => {
    const c = await startClaim();
    await c.play("/return", { status: "delivered", destination: "warehouse" });
    expect(await c.actions()).not.toContain("return_review_ok");
  });
});

describe("reviewing a return (claims.md 6.2)", () => {
  it("is held once it was delivered, as a pair or as one (7, 11)", async () => {
    const c = await start();
    expect(await c.actions()).not.toContain("return_review_ok");
    const { status, body } = await c.review({});
    expect([status, textAt(body, "message")]).toEqual([
      400,
      "Not valid action return_review_ok for player role respondent",
    ]);
    await c.deliver();
    expect(await c.actions()).toEqual(expect.arrayContaining(["return_review_ok", "return_review_fail"]));
    await c.change({ claimReviewAction: "single" });
    expect(await c.actions()).toContain("return_review");
    expect((await c.review({})).status).toBe(200);
  });

  it("says all is well with `{}`: refunded, closed, and the claim comes back", async () => {
    const c = await start();
    await c.deliver();
    const { status, body } = await c.review({});
    expect([status, textAt(body, "id"), at(body, "status")]).toEqual([200, c.id, "closed"]);
    expect(await c.read()).toMatchObject({ status_money: "refunded", related_entities: ["reviews"] });
    expect(at((await c.reviews()).body, "reviews", 0, "resource_reviews", 0, "status")).toBe("success");
  });

  it("fails with a reason, a message and photos; the mediator takes over", async () => {
    const c = await start();
    await c.deliver();
    const attachments = [await c.photo(), await c.photo()];
    const { status, body } = await c.review([{ reason: "SRF2", message: "Llegó roto", attachments }]);
    expect([status, at(body, "stage")]).toEqual([200, "dispute"]);
    expect(at((await c.reviews()).body, "reviews", 0, "resource_reviews", 0)).toMatchObject({
      reason_id: "SRF2",
      seller_status: "claimed",
    });
    expect(at(await c.held(), "returnCase", "review", "failures", 0, "attachments")).toEqual(attachments);
  });

  it("is the LOCAL path for Global Selling too, whose return tells the reason (2)", async () => {
    const c = await start("CBT");
    await c.deliver();
    expect((await c.review([{ reason: "SRF6", message: "Other" }])).status).toBe(200);
    expect(at(await c.read(), "seller_review")).toEqual({ status: "claimed", reason_id: "SRF6" });
  });

  it.each([
    ["SRF2 without photos", [{ reason: "SRF2", message: "Roto" }]],
    ["SRF4 without photos", [{ reason: "SRF4", message: "Otro", attachments: [] }]],
    ["an unknown photo", [{ reason: "SRF2", message: "Roto", attachments: ["1_x.jpg"] }]],
    ["an unknown reason", [{ reason: "SRF1", message: "?" }]],
    ["no message", [{ reason: "SRF6" }]],
    ["an order where there is no cart", [{ reason: "SRF6", message: "?", order_id: 1 }]],
    ["an empty list", []],
    ["something else", { ok: true }],
  ])("refuses %s", async (_, body) => {
    const c = await start();
    await c.deliver();
    const reply = await c.review(body);
    expect([reply.status, textAt(reply.body, "message")]).toEqual([
      400,
      "Required request body is missing or incorrect, please see the documentation.",
    ]);
    expect(await c.actions()).toContain("return_review_ok");
  });

  it("names an order of a cart, but SRF7 is of the whole package", async () => {
    const c = await startClaim({}, { thread: { moreProducts: [{ title: "Funda" }] } });
    await c.play("/return", { status: "delivered" });
    const path = `/post-purchase/v1/returns/${textAt(await c.held(), "returnId")}/return-review`;
    const review = (reason: string) =>
      c.api.post(path, c.access, [{ reason, message: "Falta", order_id: Number(c.order) }]);
    expect([(await review("SRF7")).status, (await review("SRF5")).status]).toEqual([400, 200]);
  });

  it("lists its reasons with what they apply to, and refuses other flows and claims", async () => {
    const c = await start();
    const get = (query: string, access = c.access) =>
      c.api.get(`/post-purchase/v1/returns/reasons?${query}`, access);
    const own = `flow=seller_return_failed&claim_id=${c.id}`;
    const { body } = await get(own);
    expect(listAt({ body }, "body").map((one) => textAt(one, "id"))).toEqual([
      "SRF2",
      "SRF3",
      "SRF4",
      "SRF5",
      "SRF6",
      "SRF7",
    ]);
    expect(at(body, 5, "apply")).toEqual(["package"]);
    expect((await get(`flow=x&claim_id=${c.id}`)).body).toMatchObject({
      message: `flow: x does not exist. claimId: ${c.id}`,
    });
    expect((await get("flow=seller_return_failed&claim_id=5999999999")).body).toEqual({
      code: "not_found",
      message: "claim id: 5999999999 not found",
    });
    const foreign = await get(own, await c.stranger());
    expect([foreign.status, textAt(foreign.body, "message")]).toEqual([
      400,
      expect.stringMatching(new RegExp(`^Invalid roleId :\\d+ in claim :${c.id}$`)),
    ]);
  });

  it("has no review before one was given, and no return of nobody", async () => {
    const c = await start();
    expect((await c.reviews()).body).toMatchObject({ message: "return review not found" });
    const { status, body } = await c.api.post("/post-purchase/v1/returns/1/return-review", c.access, {});
    expect([status, textAt(body, "message")]).toEqual([404, "claim_Not Found"]);
  });
});

describe("what hangs on a return", () => {
  it("costs something, in dollars too when asked (2)", async () => {
    const c = await start();
    const cost = async (query = "") => (await c.get(`/charges/return-cost${query}`)).body;
    expect(await cost()).toEqual({ currency_id: "ARS", amount: 8960 });
    expect(await cost("?calculate_amount_usd=true")).toMatchObject({ amount_usd: 6.4 });
  });

  it("tells an exchange and its way, an empty list where there is none (6.3)", async () => {
    const c = await startClaim({ change: { status: "pending", detail: "return_pending" } });
    expect((await c.get("/changes")).body).toMatchObject({
      paging: { offset: 0, limit: 30, total: 1 },
      data: [
        {
          claim_id: Number(c.id),
          status: "pending",
          status_detail: "return_pending",
          type: "change",
          items: [{ quantity: 1, price: 1000, currency_id: "ARS", variation_id: null }],
          return: null,
          estimated_exchange_date: { from: expect.any(String), to: expect.any(String) },
        },
      ],
    });
    await c.play("/change", { status: "purchase_shipped" });
    expect(at((await c.get("/changes")).body, "data", 0, "status")).toBe("purchase_shipped");
    const none = await startClaim();
    expect(at((await none.get("/changes")).body, "data")).toEqual([]);
  });
});
