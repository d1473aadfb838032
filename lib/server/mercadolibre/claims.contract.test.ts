import { beforeEach, describe, expect, it } from "vitest";
import { CLAIM_SPELLINGS, type ClaimOnSale, claimOnSale } from "@/lib/server/mercadolibre/testing/claim-lab";
import { PROFILES } from "@/lib/server/mercadolibre/testing/lab";
import { createSandbox } from "@/sandbox/create-sandbox";
import {
  downloadClaimFile,
  readActionsHistory,
  readClaim,
  readClaimDetail,
  readClaimFileFacts,
  readClaimMessages,
  readClaimReason,
  readReputation,
  readStatusHistory,
  searchClaims,
  searchClaimsOf,
} from "./claims";
import { readExpectedResolutions, readRefundOffers } from "./resolutions";
import { readChanges, readReturn } from "./returns";

/** What the sandbox answers to each read of claims.md 2 parses with our wire schemas, whatever the spelling: our two readings
 *  of the documents have to agree. What comes of a claim is in
 *  returns.contract.test.ts, its writes are in claim-acts.contract.test.ts. */

const HOUR = 3_600_000;

/** A claim with something of everything that can be read. */
const SEED = {
  openedHoursAgo: 30,
  messages: [
    {
      from: "buyer",
      text: "No enciende",
      translated: "It does not turn on",
      hoursAgo: 29,
      attachments: [{ name: "foto.jpg", type: "image/jpeg" }],
    },
    { from: "seller", text: "¿Probó con otro cargador?", hoursAgo: 20 },
    { from: "buyer", text: "Sí, igual", hoursAgo: 10 },
  ],
  reputation: { effect: "affected", hasIncentive: true, dueInHours: 18 },
  recommendations: [{ percentage: 30, reason: "LOW_PRICE", type: "maximum" }],
  restrictions: [{ percentage: 60, reason: "margin", type: "maximum" }],
};

describe.each(PROFILES)("reading claims in %s", (profile) => {
  describe.each(CLAIM_SPELLINGS)("spelt %j", (settings) => {
    let on: ClaimOnSale;
    const open = async (seed: object = {}, sale: object = {}) => {
      on = await claimOnSale(createSandbox(), profile, { seed: { ...SEED, ...seed }, sale, settings });
      return on.one.meli;
    };
    const near = (at: Date | null | undefined, hours: number) =>
      expect(Math.abs((at?.getTime() ?? 0) - Date.now() - hours * HOUR)).toBeLessThan(2 * 60_000);

    beforeEach(async () => {
      await open();
    });

    it("row 1: finds the claim by its seller and by its sale", async () => {
      const page = await searchClaims(on.one.meli, { userId: on.userId, role: "respondent", offset: 0 });
      expect(page).toMatchObject({ total: 1, next: null });
      expect(page.claims).toMatchObject([
        { id: on.claimId, type: "mediations", stage: "claim", status: "opened", relatedEntities: null },
      ]);
      expect(page.claims[0]?.players.map(({ role }) => role).toSorted()).toEqual([
        "complainant",
        "respondent",
      ]);
      for (const sale of [{ orderId: on.orderId }, { packId: on.packId }]) {
        const found = await searchClaimsOf(on.one.meli, { ...sale, userId: on.userId });
        expect(found.map(({ id }) => id)).toEqual([on.claimId]);
      }
      const updatedSince = new Date(Date.now() - 11 * HOUR);
      const since = { userId: on.userId, role: "respondent", updatedSince, offset: 0 } as const;
      expect((await searchClaims(on.one.meli, since)).total).toBe(1);
      const later = { ...since, updatedSince: new Date(Date.now() + HOUR) };
      expect((await searchClaims(on.one.meli, later)).total).toBe(0);
    });

    it("row 2: reads the claim with what its seller may do", async () => {
      const claim = await readClaim(on.one.meli, on.claimId);
      expect(claim).toMatchObject({
        id: on.claimId,
        resource: "order",
        resourceId: on.orderId,
        reasonId: "PDD9939",
        fulfilled: true,
        siteId: on.siteId,
        relatedEntities: [],
        resolution: null,
        claimedQuantity: profile === "LOCAL" ? 1 : null,
      });
      near(claim.createdAt, -30);
      const seller = claim.players.find(({ userId }) => userId === on.userId);
      expect(seller).toMatchObject({ role: "respondent", type: "seller" });
      const held = seller?.actions?.map(({ action }) => action) ?? [];
      expect(held).toContain("send_message_to_complainant");
      expect(held).toContain("allow_partial_refund");
      expect(seller?.actions?.filter(({ isMandatory }) => isMandatory)).toHaveLength(1);
      expect(claim.players.find(({ role }) => role === "complainant")?.userId).toBe(on.buyerId);
    });

    it("row 3: reads the summary in words, whose turn it is and until when", async () => {
      const detail = await readClaimDetail(on.one.meli, on.claimId);
      expect(detail.responsible).toBe("seller");
      for (const text of [detail.title, detail.description, detail.problem]) expect(text).toMatch(/\w/);
      const claim = await readClaim(on.one.meli, on.claimId);
      const duty = claim.players
        .flatMap(({ actions }) => actions ?? [])
        .find(({ isMandatory }) => isMandatory);
      expect(detail.dueAt).toEqual(duty?.dueAt);
      expect(detail.dueAt).toBeInstanceOf(Date);
    });

    it("row 4: reads the reason in words", async () => {
      expect(await readClaimReason(on.one.meli, "PDD9939")).toMatchObject({
        id: "PDD9939",
        name: "defective_not_working",
        detail: expect.stringMatching(/\w/),
        flow: expect.stringMatching(/\w/),
        expectedResolutions: expect.arrayContaining(["return_product"]),
      });
    });

    it("row 5: reads who did what, oldest first", async () => {
      const history = await readActionsHistory(on.one.meli, on.claimId);
      expect(history.map(({ action, role }) => `${role} ${action}`)).toEqual([
        "complainant open_claim",
        "complainant send_message_to_respondent",
        "respondent send_message_to_complainant",
        "complainant send_message_to_respondent",
      ]);
      expect(history[0]).toMatchObject({ reasonId: "PDD9939", stage: null, status: null });
      near(history[2]?.at, -20);
    });

    it("row 6: reads the stages it has been in, oldest first", async () => {
      await open({ stage: "dispute", dispute: { by: "seller", hoursAgo: 5 } });
      const stages = await readStatusHistory(on.one.meli, on.claimId);
      expect(stages.map(({ stage, status, by }) => [stage, status, by])).toEqual([
        ["claim", "opened", "complainant"],
        ["dispute", "opened", "respondent"],
      ]);
      near(stages[1]?.at, -5);
    });

    it("row 7: reads the effect on reputation and its clock", async () => {
      const effect = await readReputation(on.one.meli, on.claimId);
      expect(effect).toMatchObject({ effect: "affected", hasIncentive: true });
      near(effect.dueAt, 18);
    });

    it("row 8: reads the thread, oldest first, each message under a key of its own", async () => {
      const { messages, isExact } = await readClaimMessages(on.one.meli, on.claimId);
      expect(isExact).toBe(true);
      expect(messages.map(({ sender, receiver, text }) => [sender, receiver, text])).toEqual([
        ["complainant", "respondent", "No enciende"],
        ["respondent", "complainant", "¿Probó con otro cargador?"],
        ["complainant", "respondent", "Sí, igual"],
      ]);
      expect(new Set(messages.map(({ key }) => key)).size).toBe(3);
      expect(messages[0]).toMatchObject({
        textTranslated: profile === "GLOBAL" ? "It does not turn on" : null,
        stage: "claim",
        status: "available",
        moderation: { status: "clean" },
        isRepeated: false,
        attachments: [{ name: "foto.jpg", type: "image/jpeg", size: expect.any(Number) }],
      });
      const again = await readClaimMessages(on.one.meli, on.claimId);
      expect(again.messages.map(({ key }) => key)).toEqual(messages.map(({ key }) => key));
    });

    it("row 10: reads what is known of a file", async () => {
      const [file] = (await on.held()).messages[0]?.attachments ?? [];
      const facts = await readClaimFileFacts(on.one.meli, on.claimId, file?.filename ?? "", "message");
      expect(facts).toMatchObject({ filename: file?.filename, name: "foto.jpg", type: "image/jpeg" });
      expect(facts.size).toBeGreaterThan(0);
      near(facts.createdAt, -29);
    });

    it("row 11: reads the bytes of a file", async () => {
      const [file] = (await on.held()).messages[0]?.attachments ?? [];
      const name = file?.filename ?? "";
      const facts = await readClaimFileFacts(on.one.meli, on.claimId, name, "message");
      const got = await downloadClaimFile(on.one.meli, on.claimId, name, "message");
      const bytes = new Uint8Array(await new Response(got.body).arrayBuffer());
      expect(bytes.length).toBe(facts.size);
      expect([...bytes.slice(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    });

    it("row 13: reads what each side asks for", async () => {
      await open({ offer: { percentage: 30, hoursAgo: 2 } });
      const expected = await readExpectedResolutions(on.one.meli, on.claimId);
      expect(expected.map(({ role, kind, status }) => [role, kind, status])).toEqual([
        ["complainant", "return_product", "rejected"],
        ["respondent", "partial_refund", "pending"],
      ]);
      expect(expected[1]).toMatchObject({
        userId: on.userId,
        details: { percentage: "30", seller_amount: "300", seller_currency: on.currency },
      });
      near(expected[1]?.at, -2);
      near(expected[1]?.updatedAt, -2);
    });

    it("row 14: reads the parts of the price that may be offered back", async () => {
      const offers = await readRefundOffers(on.one.meli, on.claimId);
      if (offers.kind !== "offers") throw new Error("nothing may be offered");
      const { currency } = on;
      expect(offers.currency).toBe(currency);
      expect(offers.offers).toContainEqual({ percentage: 30, amount: { minor: 30_000, currency } });
      expect(offers.offers.every(({ percentage }) => percentage >= 1 && percentage <= 99)).toBe(true);
      if (profile === "LOCAL") {
        expect(offers.recommendations).toEqual([{ percentage: 30, reason: "low_price", type: "maximum" }]);
        expect(offers.restrictions).toEqual([{ percentage: 60, reason: "margin", type: "maximum" }]);
      }
    });

    it("finds nothing odd in any of the answers", async () => {
      const meli = await open({
        stage: "dispute",
        dispute: { by: "buyer", hoursAgo: 5 },
        change: {},
        return: { status: "delivered", deliveredHoursAgo: 1 },
      });
      await searchClaims(meli, { userId: on.userId, role: "respondent", offset: 0 });
      await Promise.all(
        [
          readClaim,
          readClaimDetail,
          readActionsHistory,
          readStatusHistory,
          readReputation,
          readClaimMessages,
          readExpectedResolutions,
          readReturn,
          readChanges,
        ].map((read) => read(meli, on.claimId)),
      );
      expect(on.one.warnings.filter((line) => /dropped/.test(line))).toEqual([]);
      expect(on.one.calls.filter(({ status }) => status !== 200 && status !== 400)).toEqual([]);
    });
  });
});
