import { describe, expect, it } from "vitest";
import { client, errorOf, failureOf } from "@/lib/server/mercadolibre/testing/edge";
import { CLAIM, refusals } from "@/lib/server/mercadolibre/testing/wire-claims";
import { promiseHandling, readEvidences, type ShippingEvidence, sendEvidence } from "./evidence";

const wire = {
  attachments: [
    "222_a.jpg",
    { filename: "222_b.pdf", original_filename: "guía.pdf", type: "application/pdf", size: 9 },
  ],
  type: "shipping_evidence",
  date_shipped: "2026-03-06T00:00:00.000-0400",
  date_delivered: null,
  destination_agency: null,
  receiver_email: null,
  receiver_id: null,
  receiver_name: null,
  shipping_company_name: "Correo",
  shipping_method: "mail",
  tracking_number: 12345,
  handling_date: null,
};
const read = {
  kind: "shipping_evidence",
  method: "mail",
  attachments: [
    { filename: "222_a.jpg", name: "222_a.jpg", type: null, size: null },
    { filename: "222_b.pdf", name: "guía.pdf", type: "application/pdf", size: 9 },
  ],
  shippedOn: "2026-03-06",
  deliveredOn: null,
  handlingOn: null,
  agency: null,
  company: "Correo",
  receiverEmail: null,
  receiverId: null,
  receiverName: null,
  trackingNumber: "12345",
};
const mail: ShippingEvidence = { method: "mail", company: "Correo", shippedOn: "2026-03-06" };

describe("shipping evidence", () => {
  it("is read with its files, its dates as the days they are", async () => {
    const { meli, sent } = client([{ body: [wire] }]);
    expect(await readEvidences(meli, CLAIM)).toEqual([read]);
    expect(sent[0]?.url.pathname).toBe("/post-purchase/v1/claims/5300000001/evidences");
  });

  it("may be none, and what is none is left out", async () => {
    expect(await readEvidences(client([{ body: [] }]).meli, CLAIM)).toEqual([]);
    const { meli, lines } = client([{ body: [wire, { attachments: [] }] }]);
    expect(await readEvidences(meli, CLAIM)).toHaveLength(1);
    expect(lines.join()).toContain('"droppedEvidences":1');
  });

  it.each<[ShippingEvidence, object]>([
    [mail, { shipping_method: "mail", shipping_company_name: "Correo", date_shipped: "2026-03-06" }],
    [
      { ...mail, trackingNumber: "AB1", attachments: ["222_a.jpg"] },
      {
        shipping_method: "mail",
        shipping_company_name: "Correo",
        date_shipped: "2026-03-06",
        tracking_number: "AB1",
        attachments: ["222_a.jpg"],
      },
    ],
    [
      {
        method: "entrusted",
        company: "Correo",
        agency: "Centro",
        shippedOn: "2026-03-06",
        receiverName: "Ana",
      },
      {
        shipping_method: "entrusted",
        shipping_company_name: "Correo",
        destination_agency: "Centro",
        date_shipped: "2026-03-06",
        receiver_name: "Ana",
      },
    ],
    [
      {
        method: "entrusted",
        company: "Correo",
        agency: "Centro",
        shippedOn: "2026-03-06",
        receiverName: "Ana",
        receiverId: "30111222",
        trackingNumber: "AB1",
        deliveredOn: "2026-03-08",
        receiverEmail: "ana@x.test",
        attachments: [],
      },
      {
        shipping_method: "entrusted",
        shipping_company_name: "Correo",
        destination_agency: "Centro",
        date_shipped: "2026-03-06",
        receiver_name: "Ana",
        receiver_id: "30111222",
        tracking_number: "AB1",
        date_delivered: "2026-03-08",
        receiver_email: "ana@x.test",
      },
    ],
    [
      { method: "personal_delivery", deliveredOn: "2026-03-08" },
      { shipping_method: "personal_delivery", date_delivered: "2026-03-08" },
    ],
    [{ method: "personal_delivery" }, { shipping_method: "personal_delivery" }],
    [
      { method: "email", receiverEmail: "ana@x.test", shippedOn: "2026-03-06" },
      { shipping_method: "email", receiver_email: "ana@x.test", date_shipped: "2026-03-06" },
    ],
  ])("is sent as %j", async (proof, body) => {
    const { meli, sent } = client([{ body: [wire] }]);
    expect(await sendEvidence(meli, CLAIM, proof)).toEqual([read]);
    expect(sent[0]?.url.pathname).toBe("/post-purchase/v1/claims/5300000001/actions/evidences");
    expect(JSON.parse(sent[0]?.text ?? "")).toEqual({ type: "shipping_evidence", ...body });
  });

  it.each(["", "06/03/2026", "2026-13-01", "2026-03-06T00:00:00Z", "soon"])(
    "is not sent with the day %j",
    async (shippedOn) => {
      const { meli, sent } = client([{ body: [] }]);
      expect(await errorOf(sendEvidence(meli, CLAIM, { ...mail, shippedOn }))).toMatchObject({
        code: "invalid_input",
        detail: { reason: "day" },
      });
      expect(sent).toEqual([]);
    },
  );

  it.each([{ status: 201 }, { status: 200, body: "ok" }])(
    "was sent when the answer is a success that tells nothing: %j",
    async (reply) => {
      const { meli, sent } = client([reply]);
      expect(await sendEvidence(meli, CLAIM, mail)).toBeNull();
      expect(sent).toHaveLength(1);
    },
  );

  it("is never sent again by itself", async () => {
    const { meli, sent } = client([refusals.local(500, "Internal Server Error")]);
    expect((await failureOf(sendEvidence(meli, CLAIM, mail))).failure.mayHaveApplied).toBe(true);
    expect(sent).toHaveLength(1);
  });

  it("does not exist in GLOBAL, and nothing is asked", async () => {
    const { meli, sent } = client([{ body: [] }], { profile: "GLOBAL" });
    for (const work of [
      readEvidences(meli, CLAIM),
      sendEvidence(meli, CLAIM, mail),
      promiseHandling(meli, CLAIM, "2026-03-06"),
    ]) {
      expect(await errorOf(work)).toMatchObject({ code: "not_available" });
    }
    expect(sent).toEqual([]);
  });
});

describe("the promise to hand a parcel over", () => {
  const promised = { type: "handling_shipping_evidence", handling_date: "2026-03-09T00:00:00.000-0400" };

  it("is a day, and answers one evidence and no list", async () => {
    const { meli, sent } = client([{ body: promised }]);
    expect(await promiseHandling(meli, CLAIM, "2026-03-09")).toMatchObject([
      { kind: "handling_shipping_evidence", method: null, handlingOn: "2026-03-09" },
    ]);
    expect(JSON.parse(sent[0]?.text ?? "")).toEqual({
      type: "handling_shipping_evidence",
      handling_date: "2026-03-09",
    });
    expect(sent.map(({ url }) => url.pathname)).toEqual([
      "/post-purchase/v1/claims/5300000001/actions/evidences",
    ]);
  });

  it.each([404, 405])("goes to the other address when the first answers %i", async (status) => {
    const { meli, sent } = client(({ url }) =>
      url.pathname.endsWith("/actions/evidences") ? refusals.local(status, "no") : { body: promised },
    );
    expect(await promiseHandling(meli, CLAIM, "2026-03-09")).toHaveLength(1);
    expect(sent[1]?.url.pathname).toBe("/post-purchase/v1/claims/5300000001/evidences");
  });

  it.each([
    refusals.local(500, "Internal Server Error"),
    refusals.newer(400, "Action x not available"),
    { fails: new TypeError("terminated") },
  ])("goes nowhere else after %j", async (reply) => {
    const { meli, sent } = client([reply]);
    await failureOf(promiseHandling(meli, CLAIM, "2026-03-09"));
    expect(sent).toHaveLength(1);
  });
});
