import { describe, expect, it } from "vitest";
import { CLAIM_SPELLINGS, type ClaimOnSale, claimOnSale } from "@/lib/server/mercadolibre/testing/claim-lab";
import { failureOf } from "@/lib/server/mercadolibre/testing/edge";
import { PROFILES } from "@/lib/server/mercadolibre/testing/lab";
import { createSandbox } from "@/sandbox/create-sandbox";
import { claimRefusalOf } from "./claim-refusal";
import {
  downloadClaimFile,
  readClaim,
  readClaimFileFacts,
  readClaimMessages,
  sendClaimMessage,
  uploadClaimFile,
} from "./claims";
import { promiseHandling, readEvidences, sendEvidence, uploadEvidenceFile } from "./evidence";
import { allowReplace, allowReturn, offerPartialRefund, openDispute, refund } from "./resolutions";
import { reviewReturn, uploadReviewFile } from "./returns";

/** What our client sends is taken by the sandbox, and what that answers parses with our wire schemas, for every write of
 *  claims.md 2 and in every spelling. The reads are in claims.contract.test.ts. */

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...new Array<number>(60).fill(0), 0xff, 0xd9]);
const photo = (name: string) => ({ name, type: "image/jpeg", bytes: new Blob([JPEG]) });
/** A parcel that Mercado Envíos did not carry. */
const OWN_CARRIER = { shipment: null };
const NOT_RECEIVED = { reasonId: "PNR9501" };
const ARRIVED = { return: { status: "delivered", hoursAgo: 72, deliveredHoursAgo: 24 } };
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe.each(PROFILES)("acting on claims in %s", (profile) => {
  describe.each(CLAIM_SPELLINGS)("spelt %j", (settings) => {
    let on: ClaimOnSale;
    const open = async (seed: object = {}, sale: object = {}) => {
      on = await claimOnSale(createSandbox(), profile, { seed, sale, settings });
      return on.one.meli;
    };
    const bytesOf = async (got: { body: ReadableStream<Uint8Array> }) =>
      new Uint8Array(await new Response(got.body).arrayBuffer());

    it("row 9: uploads a file for a message, which is there under the name that came back", async () => {
      const meli = await open();
      const { id } = await uploadClaimFile(meli, on.claimId, photo("golpe.jpg"));
      const facts = await readClaimFileFacts(meli, on.claimId, id, "message");
      expect(facts).toMatchObject({ filename: id, name: "golpe.jpg", type: "image/jpeg", size: JPEG.length });
      expect(await bytesOf(await downloadClaimFile(meli, on.claimId, id, "message"))).toEqual(JPEG);
    });

    it("row 12: sends a message with its file, and reads it back", async () => {
      const meli = await open();
      const { id } = await uploadClaimFile(meli, on.claimId, photo("golpe.jpg"));
      await sendClaimMessage(meli, on.claimId, {
        to: "complainant",
        text: "Mire la foto",
        attachments: [id],
      });
      const { messages } = await readClaimMessages(meli, on.claimId);
      expect(messages).toMatchObject([
        {
          sender: "respondent",
          receiver: "complainant",
          text: "Mire la foto",
          attachments: [{ filename: id }],
        },
      ]);
      const wrong = sendClaimMessage(meli, on.claimId, { to: "mediator", text: "Hola", attachments: [] });
      expect(claimRefusalOf((await failureOf(wrong)).failure)).toBe("action_gone");
      const unknown = { to: "complainant" as const, text: "Otra", attachments: ["1_no-such.jpg"] };
      const lost = await failureOf(sendClaimMessage(meli, on.claimId, unknown));
      expect(claimRefusalOf(lost.failure)).toBe("attachment_unknown");
      const empty = { to: "complainant" as const, text: "", attachments: [] };
      expect(claimRefusalOf((await failureOf(sendClaimMessage(meli, on.claimId, empty))).failure)).toBe(
        "empty",
      );
      expect((await readClaimMessages(meli, on.claimId)).messages).toHaveLength(1);
    });

    it("row 15: offers a part of the price, which the buyer has before them", async () => {
      const meli = await open();
      const expected = await offerPartialRefund(meli, on.claimId, 30);
      expect(expected?.map(({ role, kind, status }) => [role, kind, status])).toEqual([
        ["complainant", "return_product", "rejected"],
        ["respondent", "partial_refund", "pending"],
      ]);
      expect(expected?.[1]?.details).toEqual({
        percentage: "30",
        seller_amount: "300",
        seller_currency: on.currency,
      });
      const again = await failureOf(offerPartialRefund(meli, on.claimId, 30));
      expect(claimRefusalOf(again.failure)).toBe("action_gone");
    });

    it("row 15: is told when the percentage is none of the offers", async () => {
      const meli = await open();
      const refused = await failureOf(offerPartialRefund(meli, on.claimId, 35.5));
      expect(claimRefusalOf(refused.failure)).toBe("percentage");
      expect(refused.failure.mayHaveApplied).toBe(false);
    });

    it("row 16: gives all of the money back, and the claim closes", async () => {
      const meli = await open();
      const expected = await refund(meli, on.claimId);
      expect(expected?.some(({ kind }) => kind === "refund")).toBe(true);
      const again = await failureOf(refund(meli, on.claimId));
      expect(claimRefusalOf(again.failure)).toBe("action_gone");
    });

    it("row 17: accepts a return, which the claim has from then on", async () => {
      const meli = await open();
      const expected = await allowReturn(meli, on.claimId);
      expect(expected?.some(({ kind }) => kind === "return_product")).toBe(true);
      expect((await readClaim(meli, on.claimId)).relatedEntities).toEqual(["return"]);
      const again = await failureOf(allowReturn(meli, on.claimId));
      expect(claimRefusalOf(again.failure)).toBe("action_gone");
    });

    it("row 18: offers the same product again, in GLOBAL not and without a call", async () => {
      const meli = await open({}, { shipment: { status: "delivered", logisticType: "fulfillment" } });
      if (profile === "GLOBAL") {
        await expect(allowReplace(meli, on.claimId)).rejects.toMatchObject({ code: "not_available" });
        expect(on.one.calls).toEqual([]);
        return;
      }
      const expected = await allowReplace(meli, on.claimId);
      expect(expected?.find(({ role }) => role === "respondent")).toMatchObject({ kind: "change_product" });
      const again = await failureOf(allowReplace(meli, on.claimId));
      expect(claimRefusalOf(again.failure)).toBe("action_gone");
    });

    it("row 19: asks for mediation, and is answered the claim as it is now", async () => {
      const meli = await open({ messages: [{ from: "seller", text: "Hola", hoursAgo: 0.5 }] });
      const claim = await openDispute(meli, on.claimId);
      expect(claim).toMatchObject({ id: on.claimId, stage: "dispute", status: "opened" });
      const seller = claim?.players.find(({ userId }) => userId === on.userId);
      expect(seller?.actions).toEqual([
        { action: "send_message_to_mediator", isMandatory: false, dueAt: null },
      ]);
      const again = await failureOf(openDispute(meli, on.claimId));
      expect(claimRefusalOf(again.failure)).toBe("action_gone");
    });

    it("rows 20 and 21: sends proof of a shipment with a file, which then is there", async () => {
      const meli = await open(NOT_RECEIVED, OWN_CARRIER);
      if (profile === "GLOBAL") {
        const sent = sendEvidence(meli, on.claimId, { method: "personal_delivery" });
        await expect(sent).rejects.toMatchObject({ code: "not_available" });
        const uploaded = uploadEvidenceFile(meli, on.claimId, photo("guia.jpg"));
        await expect(uploaded).rejects.toMatchObject({ code: "not_available" });
        expect(on.one.calls).toEqual([]);
        return;
      }
      const { id } = await uploadEvidenceFile(meli, on.claimId, photo("guia.jpg"));
      const proof = { method: "mail" as const, company: "Andreani", shippedOn: day(-3), attachments: [id] };
      const sent = await sendEvidence(meli, on.claimId, proof);
      expect(sent).toMatchObject([
        {
          kind: "shipping_evidence",
          method: "mail",
          company: "Andreani",
          shippedOn: proof.shippedOn,
          deliveredOn: null,
          attachments: [{ filename: id }],
        },
      ]);
      expect(await readEvidences(meli, on.claimId)).toEqual(sent);
      const facts = await readClaimFileFacts(meli, on.claimId, id, "evidence");
      expect(facts).toMatchObject({ filename: id, name: "guia.jpg", size: JPEG.length });
      expect(await bytesOf(await downloadClaimFile(meli, on.claimId, id, "evidence"))).toEqual(JPEG);
      const elsewhere = await failureOf(downloadClaimFile(meli, on.claimId, id, "message"));
      expect(elsewhere.failure.status).toBe(404);
      const again = await failureOf(sendEvidence(meli, on.claimId, { ...proof, attachments: [] }));
      expect(claimRefusalOf(again.failure)).toBe("action_gone");
    });

    it("row 20: promises to hand a parcel over, by an answer that is one object", async () => {
      const meli = await open(NOT_RECEIVED, OWN_CARRIER);
      const handlingOn = day(2);
      if (profile === "GLOBAL") {
        const promised = promiseHandling(meli, on.claimId, handlingOn);
        await expect(promised).rejects.toMatchObject({ code: "not_available" });
        expect(on.one.calls).toEqual([]);
        return;
      }
      expect(await promiseHandling(meli, on.claimId, handlingOn)).toMatchObject([
        { kind: "handling_shipping_evidence", method: null, handlingOn },
      ]);
    });

    it("row 25: reviews a return as it should be, and is answered the claim", async () => {
      const meli = await open(ARRIVED);
      const returnId = (await on.held()).returnCase?.id ?? "";
      const claim = await reviewReturn(meli, { claimId: on.claimId, returnId }, "ok");
      expect(claim).toMatchObject({ id: on.claimId });
      expect((await on.held()).returnCase?.review).toMatchObject({ isOk: true });
      const again = await failureOf(reviewReturn(meli, { claimId: on.claimId, returnId }, "ok"));
      expect(claimRefusalOf(again.failure)).toBe("action_gone");
    });

    it("rows 25 and 27: reviews a return as failed, with photos", async () => {
      const meli = await open(ARRIVED);
      const returnId = (await on.held()).returnCase?.id ?? "";
      const photos = await Promise.all(
        ["uno.jpg", "dos.jpg"].map(
          async (name) => (await uploadReviewFile(meli, on.claimId, photo(name))).id,
        ),
      );
      expect(new Set(photos).size).toBe(2);
      const failure = { reasonId: "SRF2", message: "Vino roto", attachments: photos, orderId: null };
      const claim = await reviewReturn(meli, { claimId: on.claimId, returnId }, [failure]);
      expect(claim).toMatchObject({ id: on.claimId });
      expect((await on.held()).returnCase?.review).toMatchObject({
        isOk: false,
        failures: [{ reason: "SRF2", message: "Vino roto", attachments: photos }],
      });
    });
  });

  it("is told which claim is not there, whatever is asked of it", async () => {
    const on = await claimOnSale(createSandbox(), profile);
    const { meli } = on.one;
    const asked = [
      readClaim(meli, "5399999999"),
      refund(meli, "5399999999"),
      sendClaimMessage(meli, "5399999999", { to: "complainant", text: "Hola", attachments: [] }),
    ];
    for (const refused of await Promise.all(asked.map(failureOf))) {
      // GLOBAL's gateway does not say whether there is such a claim (claims.md 10)
      expect(claimRefusalOf(refused.failure)).toBe(profile === "LOCAL" ? "no_claim" : "no_access");
      expect(refused.failure.mayHaveApplied).toBe(false);
    }
  });
});
