import { describe, expect, it } from "vitest";
import { client, errorOf } from "@/lib/server/mercadolibre/testing/edge";
import { PACK, SELLER } from "@/lib/server/mercadolibre/testing/wire-messages";
import { listUnread } from "./messages";

describe("listUnread", () => {
  it.each<[string, unknown, object[]]>([
    [
      "the local envelope",
      { user_id: 1, total: 1, results: [{ resource: `/packs/${PACK}/sellers/${SELLER}`, count: 2 }] },
      [{ packId: PACK, isOrder: false, count: 2, sellerId: SELLER }],
    ],
    [
      "the global envelope",
      { userId: 1, results: [{ resource: `/packs/${PACK}`, count: "3" }] },
      [{ packId: PACK, isOrder: false, count: 3, sellerId: null }],
    ],
    [
      "the seller in the singular",
      { results: [{ resource: `/packs/1/seller/2`, count: 1 }] },
      [{ packId: "1", isOrder: false, count: 1, sellerId: "2" }],
    ],
    [
      "a bare order",
      { results: [{ order_id: 77, count: 1 }] },
      [{ packId: "77", isOrder: true, count: 1, sellerId: null }],
    ],
    [
      "an order beside its pack",
      { results: [{ resource: "/packs/5/sellers/2", order_id: 77, count: 1 }] },
      [{ packId: "5", isOrder: false, count: 1, sellerId: "2" }],
    ],
    [
      "the same pack twice",
      {
        results: [
          { resource: "/packs/1", count: 1 },
          { resource: "/packs/1", count: 2 },
        ],
      },
      [{ packId: "1", isOrder: false, count: 3, sellerId: null }],
    ],
    ["rows without sense", { results: [null, {}, { resource: "/orders" }] }, []],
    ["nothing", { user_id: "1", results: [] }, []],
  ])("reads %s", async (_name, body, packs) => {
    const { meli } = client([{ body }]);
    expect(await listUnread(meli, { userId: SELLER })).toEqual({ packs, isComplete: true });
  });

  it.each([
    ["LOCAL", 499, true],
    ["LOCAL", 500, false],
    ["GLOBAL", 999, true],
    ["GLOBAL", 1_000, false],
  ] as const)("%s with %i rows is complete: %s", async (profile, rows, isComplete) => {
    const results = Array.from({ length: rows }, (_, index) => ({
      resource: `/packs/${index + 1}`,
      count: 1,
    }));
    const { meli } = client([{ body: { results } }], { profile });
    expect((await listUnread(meli, { userId: SELLER })).isComplete).toBe(isComplete);
  });

  it("always names the role, and the user in GLOBAL", async () => {
    const local = client([{ body: { results: [] } }]);
    await listUnread(local.meli, { userId: SELLER });
    expect(local.sent[0]?.url.search).toBe("?role=seller&tag=post_sale");
    const global = client([{ body: { results: [] } }], { profile: "GLOBAL" });
    await listUnread(global.meli, { userId: SELLER });
    expect(global.sent[0]?.url.pathname + (global.sent[0]?.url.search ?? "")).toBe(
      `/marketplace/messages/unread?role=seller&tag=post_sale&user_id=${SELLER}`,
    );
  });

  it("falls back once to the marketplace address and remembers it", async () => {
    const { meli, sent } = client((one) =>
      one.url.pathname === "/messages/unread" ? { status: 404 } : { body: { results: [] } },
    );
    await listUnread(meli, { userId: SELLER });
    await listUnread(meli, { userId: SELLER });
    expect(sent.map((one) => one.url.pathname)).toEqual([
      "/messages/unread",
      "/marketplace/messages/unread",
      "/marketplace/messages/unread",
    ]);
  });

  it("does not look elsewhere for a permission that is missing", async () => {
    const { meli, sent } = client([
      { status: 403, body: { code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES", blocked_by: "PolicyAgent" } },
    ]);
    expect(await errorOf(listUnread(meli, { userId: SELLER }))).toMatchObject({
      code: "not_available",
      detail: { reason: "missing_permission" },
    });
    expect(sent).toHaveLength(1);
  });
});
