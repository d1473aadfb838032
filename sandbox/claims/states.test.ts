import { describe, expect, it } from "vitest";
import { DAY, HOUR, startClaim } from "@/sandbox/claims/testing";
import type { ClaimSeed } from "@/sandbox/control/claim-seeds";
import type { ThreadSeed } from "@/sandbox/control/seeds";
import { at, listAt, textAt } from "@/sandbox/testing";

const FULL: ThreadSeed = { shipment: { status: "delivered", logisticType: "fulfillment" } };
const OWN: ThreadSeed = { shipment: null };
const IN_DISPUTE: ClaimSeed = { dispute: { hoursAgo: 1 }, openedHoursAgo: 30 };

describe("what the seller holds (claims.md 7)", () => {
  const talk = "send_message_to_complainant";
  const answered: ClaimSeed = { messages: [{ from: "seller", text: "Hola", hoursAgo: 0 }] };
  it.each<[string, ClaimSeed, ThreadSeed, string[]]>([
    ["PDD, unanswered", {}, {}, [talk, "refund", "allow_partial_refund", "allow_return"]],
    [
      "PDD, after a reply",
      answered,
      {},
      [talk, "refund", "open_dispute", "allow_partial_refund", "allow_return"],
    ],
    ["PDD of Full", {}, FULL, [talk, "refund", "allow_partial_refund", "allow_return", "allow_replace"]],
    ["PDD whose buyer wants the money", { wants: "refund" }, {}, [talk, "refund", "allow_return"]],
    ["PNR carried by Mercado Envios", { reasonId: "PNR9501" }, {}, [talk, "refund"]],
    [
      "PNR with an own carrier",
      { reasonId: "PNR9501" },
      OWN,
      [talk, "refund", "send_potential_shipping", "add_shipping_evidence", "send_tracking_number"],
    ],
    ["a mediation", IN_DISPUTE, OWN, ["send_message_to_mediator"]],
    ["a return in mediation", { ...IN_DISPUTE, type: "returns" }, {}, ["send_message_to_mediator"]],
    ["a return", { type: "returns" }, {}, []],
    [
      "a delivered return",
      { type: "returns", return: { status: "delivered" } },
      {},
      ["return_review_ok", "return_review_fail"],
    ],
    [
      "a delivered return in mediation",
      { ...IN_DISPUTE, return: { status: "delivered" } },
      {},
      ["send_message_to_mediator", "return_review_ok", "return_review_fail"],
    ],
    ["a closed claim", { status: "closed" }, {}, []],
    ["a cancelled sale", { type: "cancel_sale", reasonId: "CS7100" }, {}, []],
    ["a cancelled purchase", { type: "cancel_purchase", reasonId: "CS7101" }, {}, []],
    ["a case of Mercado Libre", { type: "ml_case" }, {}, []],
    ["a case of the warehouse", { type: "fulfillment" }, {}, []],
    [
      "formal buttons missing (12.12)",
      { without: ["refund", "allow_return", "allow_partial_refund"] },
      {},
      [talk],
    ],
  ])("%s", async (_, seed, thread, expected) => {
    const c = await startClaim(seed, { thread });
    expect((await c.actions()).toSorted()).toEqual(expected.toSorted());
  });

  it("shows `recontact` in search, and nothing in GET (7, 12.4)", async () => {
    const c = await startClaim({ stage: "recontact" });
    const inSearch = async () => at((await c.search(`id=${c.id}`)).body, "data", 0);
    expect(await c.actions(inSearch)).toEqual(["send_message_to_mediator"]);
    expect(await c.actions()).toEqual([]);
  });

  it("lets search and GET disagree, or leaves the key out, when told so (3, 12.4)", async () => {
    const c = await startClaim();
    const inSearch = async () => at((await c.search(`id=${c.id}`)).body, "data", 0);
    const both = async () => [(await c.actions(inSearch)).length > 0, (await c.actions()).length > 0];
    await c.change({ claimActions: "search_only" });
    expect(await both()).toEqual([true, false]);
    await c.change({ claimActions: "get_only" });
    expect(await both()).toEqual([false, true]);
    await c.change({ claimActions: "missing" });
    expect(at(await c.body(), "players", 1)).not.toHaveProperty("available_actions");
    // what is not shown is held all the same
    expect((await c.send("Hola")).status).toBe(201);
  });

  it("says null for what need not be done when told so (3)", async () => {
    const c = await startClaim();
    await c.change({ claimOptionalAs: "null" });
    const actions = listAt(at(await c.body(), "players", 1), "available_actions");
    expect(actions.slice(0, 2).map((one) => at(one, "mandatory"))).toEqual([true, null]);
  });

  it("says null for the quantity in search when told so (3)", async () => {
    const c = await startClaim();
    await c.change({ claimQuantityNull: true });
    const found = at((await c.search(`id=${c.id}`)).body, "data", 0);
    expect([at(found, "quantity_type"), at(await c.body(), "quantity_type")]).toEqual([null, "total"]);
  });
});

describe("the mandatory answer (claims.md 7, 8, 13)", () => {
  const first = async (c: Awaited<ReturnType<typeof startClaim>>) =>
    at(await c.body(), "players", 1, "available_actions", 0);

  it("is due on the fourth day at 22:43:59 -04:00", async () => {
    expect(await first(await startClaim())).toEqual({
      action: "send_message_to_complainant",
      mandatory: true,
      due_date: "2026-03-06T22:43:59.000-04:00",
    });
  });

  it("is done with the reply, and due again when the buyer writes", async () => {
    const c = await startClaim();
    await c.send("Hola");
    expect(await first(c)).toEqual({
      action: "send_message_to_complainant",
      mandatory: false,
      due_date: null,
    });
    await c.pass(DAY);
    await c.play("/buyer/message", { text: "¿Y entonces?" });
    expect(await first(c)).toMatchObject({ mandatory: true, due_date: "2026-03-07T22:43:59.000-04:00" });
  });

  it.each(["/expected-resolutions/partial-refund", "/expected-resolutions/allow-return"])(
    "is done with %s too",
    async (tail) => {
      const c = await startClaim();
      await c.post(tail);
      expect(await first(c)).toMatchObject({ mandatory: false, due_date: null });
    },
  );

  it("that never comes closes the claim, whether or not anybody looks", async () => {
    const c = await startClaim();
    await c.pass(5 * DAY);
    const body = await c.body();
    expect(body).toMatchObject({
      status: "closed",
      resolution: { reason: "respondent_timeout", benefited: ["complainant"] },
      last_updated: "2026-03-06T22:43:59.000-04:00",
    });
    expect((await c.get("/detail")).body).toMatchObject({ title: "Perdiste el reclamo por no responder" });
  });

  it("can be moved, past now too, or taken away", async () => {
    const c = await startClaim();
    await c.play("/deadline", { inMs: HOUR });
    expect(at(await first(c), "due_date")).toBe("2026-03-02T10:59:05.000-04:00");
    await c.play("/deadline", { inMs: null });
    expect(at(await first(c), "mandatory")).toBe(false);
    await c.play("/deadline", { inMs: -1 });
    expect(at(await c.body(), "status")).toBe("closed");
  });

  it("is nobody else's: over all players at most one action is mandatory", async () => {
    const c = await startClaim();
    const mandatory = async () =>
      listAt(await c.body(), "players")
        .flatMap((player) => listAt(player, "available_actions"))
        .filter((one) => at(one, "mandatory") === true).length;
    const seen = [await mandatory()];
    await c.send("Hola");
    seen.push(await mandatory());
    await c.play("/buyer/message", { text: "Mmm" });
    seen.push(await mandatory());
    await c.play("/buyer/dispute");
    seen.push(await mandatory());
    expect(seen).toEqual([1, 0, 1, 0]);
  });
});

describe("a mediation (claims.md 6, 7, 13)", () => {
  it("gives the mediator two days, late in the evening", async () => {
    const c = await startClaim();
    await c.play("/buyer/dispute");
    expect((await c.get("/detail")).body).toMatchObject({
      action_responsible: "mediator",
      due_date: "2026-03-04T22:43:59.000-04:00",
    });
  });

  it("may be opened by the buyer, the seller, or Mercado Libre", async () => {
    const by = async (act: (c: Awaited<ReturnType<typeof startClaim>>) => Promise<unknown>) => {
      const c = await startClaim();
      await c.send("Hola");
      await act(c);
      return textAt((await c.get("/status-history")).body, 0, "change_by");
    };
    expect(await by((c) => c.play("/buyer/dispute"))).toBe("complainant");
    expect(await by((c) => c.play("/mediator/dispute"))).toBe("mediator");
    expect(await by((c) => c.post("/actions/open-dispute"))).toBe("respondent");
  });

  it("hears from a mediator some time after the seller wrote, in HTML", async () => {
    const c = await startClaim(IN_DISPUTE);
    await c.send("Tengo fotos", "mediator");
    const last = async () => at((await c.get("/messages")).body, 0);
    expect(at(await last(), "sender_role")).toBe("respondent");
    await c.pass(45_000);
    expect(await last()).toMatchObject({ sender_role: "mediator", receiver_role: "respondent" });
    expect(textAt(await last(), "message")).toMatch(/<\w+/);
  });

  it("hears from the mediator in recontact too, where nobody has to decide (7)", async () => {
    const c = await startClaim({ stage: "recontact" });
    await c.send("¿Hay novedades?", "mediator");
    await c.pass(45_000);
    expect(at((await c.get("/messages")).body, 0)).toMatchObject({
      sender_role: "mediator",
      stage: "recontact",
    });
    expect((await c.get("/detail")).body).toMatchObject({ due_date: null });
  });

  it("moves the mediator's date with every answer (13)", async () => {
    const c = await startClaim();
    await c.play("/buyer/dispute");
    await c.pass(DAY);
    await c.send("Tengo fotos", "mediator");
    await c.pass(45_000);
    expect((await c.get("/detail")).body).toMatchObject({ due_date: "2026-03-05T22:43:59.000-04:00" });
  });

  it("stays silent when told so, and when it has ended meanwhile", async () => {
    const c = await startClaim(IN_DISPUTE);
    await c.send("Uno", "mediator");
    await c.play("/mediator/decide", { for: "complainant" });
    await c.pass(HOUR);
    expect(listAt({ list: (await c.get("/messages")).body }, "list")).toHaveLength(1);
    const silent = await startClaim(IN_DISPUTE);
    await silent.change({ claimMediatorAnswersMs: null });
    await silent.send("Uno", "mediator");
    await silent.pass(DAY);
    expect(listAt({ list: (await silent.get("/messages")).body }, "list")).toHaveLength(1);
  });

  it("is decided for either side", async () => {
    const decided = async (side: string) => {
      const c = await startClaim(IN_DISPUTE);
      await c.play("/mediator/decide", { for: side });
      return at(await c.body(), "resolution", "benefited", 0);
    };
    expect([await decided("complainant"), await decided("respondent")]).toEqual([
      "complainant",
      "respondent",
    ]);
  });
});
