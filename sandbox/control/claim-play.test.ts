import { describe, expect, it } from "vitest";
import { HOUR, startClaim } from "@/sandbox/claims/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

describe("claims played by hand", () => {
  it("are opened with any past, listed, and looked at", async () => {
    const c = await startClaim({
      openedHoursAgo: 20,
      messages: [
        {
          from: "buyer",
          text: "No anda",
          hoursAgo: 19,
          attachments: [{ name: "a.jpg", type: "image/jpeg" }],
        },
        { from: "seller", text: "Lo vemos", hoursAgo: 2 },
      ],
      offer: { percentage: 20, hoursAgo: 1 },
    });
    expect(c.made.status).toBe(201);
    expect(await c.actions()).not.toContain("allow_partial_refund");
    expect((await c.get("/detail")).body).toMatchObject({ action_responsible: "buyer" });
    const { body } = await c.api.control(`/claims?sellerId=${c.seller}&q=auriculares`);
    expect(at(body, "claims", 0)).toMatchObject({ id: c.id, packId: c.pack, wants: "return_product" });
    const file = at(await c.held(), "messages", 0, "attachments", 0);
    expect((await c.api.get(textAt(file, "url"))).headers.get("content-type")).toBe("image/jpeg");
  });

  it("let an action vanish, and another appear", async () => {
    const c = await startClaim();
    await c.play("/actions", { without: ["refund"], also: ["send_attachments"] });
    expect(await c.actions()).not.toContain("refund");
    expect(await c.actions()).toContain("send_attachments");
    expect((await c.post("/expected-resolutions/refund")).status).toBe(400);
  });

  it("let the seller act in Mercado Libre's own panel, within what he holds", async () => {
    const c = await startClaim();
    expect((await c.play("/seller", { act: "open_dispute" })).status).toBe(409);
    await c.play("/seller", { act: "message", text: "Desde el panel" });
    await c.play("/seller", { act: "open_dispute" });
    expect(at(await c.body(), "stage")).toBe("dispute");
  });

  it("refuse what cannot be: an answer to no offer, a second end, a wrong field", async () => {
    const c = await startClaim();
    expect((await c.play("/buyer/offer", { accept: true })).status).toBe(409);
    await c.play("/buyer/close", {});
    expect((await c.play("/buyer/close", {})).status).toBe(409);
    expect((await c.api.control("/claims", { packId: c.pack, claim: { colour: "red" } })).status).toBe(422);
    expect((await c.api.control("/claims/5999999999")).status).toBe(404);
  });

  it("can be past their deadline and still open for a while", async () => {
    const c = await startClaim();
    await c.play("/deadline", { inMs: -HOUR, closesInMs: HOUR });
    expect(await c.body()).toMatchObject({ status: "opened" });
    expect((await c.get("/detail")).body).toMatchObject({ due_date: "2026-03-02T08:59:05.000-04:00" });
    await c.pass(HOUR);
    expect(await c.body()).toMatchObject({ status: "closed", resolution: { reason: "respondent_timeout" } });
    const seeded = await startClaim({ replyDueInHours: -2, closesInHours: 3 });
    expect(at(await seeded.body(), "status")).toBe("opened");
  });

  it("come with the sale they are about", async () => {
    const c = await startClaim();
    const { body } = await c.api.control("/threads", {
      sellerId: c.seller,
      thread: { claims: [{ reasonId: "PNR9501" }, { status: "closed" }] },
    });
    const ids = listAt(body, "claimIds").map(String);
    expect(ids).toHaveLength(2);
    expect((await c.found(`pack_id=${textAt(body, "packId")}`)).toSorted()).toEqual(ids.toSorted());
  });
});
