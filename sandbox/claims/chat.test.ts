import { describe, expect, it } from "vitest";
import { startClaim } from "@/sandbox/claims/testing";
import type { ClaimSeed } from "@/sandbox/control/claim-seeds";
import type { ThreadSeed } from "@/sandbox/control/seeds";
import { at, textAt } from "@/sandbox/testing";

const FULL: ThreadSeed = { shipment: { status: "delivered", logisticType: "fulfillment" } };
const IN_DISPUTE: ClaimSeed = { dispute: { hoursAgo: 1 }, openedHoursAgo: 30 };

describe("the conversation of the sale (claims.md 7)", () => {
  it("is blocked while a mediation runs, names the claim, and is free afterwards", async () => {
    const c = await startClaim();
    const path = `/messages/packs/${c.pack}/sellers/${c.seller}?tag=post_sale&mark_as_read=false`;
    const state = async () => at((await c.api.get(path, c.access)).body, "conversation_status");
    expect(await state()).toMatchObject({ status: "active", claim_ids: [Number(c.id)] });
    await c.play("/buyer/dispute");
    expect(await state()).toMatchObject({ status: "blocked", substatus: "blocked_by_mediation" });
    await c.play("/mediator/decide", { for: "respondent" });
    expect(await state()).toMatchObject({ status: "active", substatus: null });
  });

  it("says so in the words of Full, of Global Selling, of refunds and exchanges", async () => {
    const full = await startClaim(IN_DISPUTE, { thread: FULL });
    expect(await full.chat()).toBe("blocked_by_mediation_fbm");
    const global = await startClaim(IN_DISPUTE, { siteId: "CBT" });
    expect(await global.chat()).toBe("bloqued_by_mediation");
    await global.change({ claimGlobalBlock: "blocked_by_mediation" });
    const other = await global.another(IN_DISPUTE);
    expect(at((await global.api.control(`/threads/${other.pack}`)).body, "state", "substatus")).toBe(
      "blocked_by_mediation",
    );
    const refunded = await startClaim();
    await refunded.post("/expected-resolutions/refund");
    await refunded.pass(1_000);
    expect(await refunded.chat()).toBe("blocked_by_refund");
    const change = await startClaim({ change: {} });
    expect(await change.chat()).toBe("blocked_by_claim_change_open");
    await change.play("/change", { status: "changed" });
    expect(await change.chat()).toBe("blocked_by_claim_change_closed");
  });

  it("is open during a claim, unless told so (messages.md 6)", async () => {
    const c = await startClaim();
    expect(await c.chat()).toBeNull();
    await c.change({ claimBlocksChat: true });
    const other = await c.another();
    expect(at((await c.api.control(`/threads/${other.pack}`)).body, "state", "substatus")).toBe(
      "blocked_by_claim",
    );
  });

  it("stands in the order's mediations", async () => {
    const c = await startClaim();
    expect(at((await c.api.get(`/orders/${c.order}`, c.access)).body, "mediations")).toEqual([
      { id: Number(c.id) },
    ]);
  });

  it("gets back the block it had before, and a final one stays", async () => {
    const limited = "blocked_by_conversation_initiated_by_seller_limited";
    const c = await startClaim({}, { thread: { status: "blocked", substatus: limited } });
    await c.play("/buyer/dispute");
    expect(await c.chat()).toBe("blocked_by_mediation");
    await c.play("/mediator/decide", { for: "respondent" });
    expect(await c.chat()).toBe(limited);
    const final = "blocked_by_cancelled_order_by_fraud";
    const gone = await startClaim({}, { thread: { status: "blocked", substatus: final } });
    await gone.play("/buyer/dispute");
    expect(await gone.chat()).toBe(final);
  });

  it("of a sale with two claims waits for both", async () => {
    const c = await startClaim(IN_DISPUTE);
    const other = await c.api.control("/claims", { packId: c.pack, claim: IN_DISPUTE });
    await c.play("/mediator/decide", { for: "respondent" });
    expect(await c.chat()).toBe("blocked_by_mediation");
    await c.api.control(`/claims/${textAt(other.body, "id")}/mediator/decide`, { for: "respondent" });
    expect(await c.chat()).toBeNull();
  });
});
