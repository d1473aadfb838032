import { describe, expect, it } from "vitest";
import { startClaim } from "@/sandbox/claims/testing";
import { sampleFile } from "@/sandbox/files/sample-file";
import { at, listAt, textAt } from "@/sandbox/testing";

/** A claim on a parcel that Mercado Envios did not carry. */
const start = () => startClaim({ reasonId: "PNR9501" }, { thread: { shipment: null } });

const MAIL = {
  type: "shipping_evidence",
  shipping_method: "mail",
  shipping_company_name: "Andreani",
  date_shipped: "2026-03-01",
};

describe("shipping evidence (claims.md 6.1)", () => {
  it.each([
    ["mail", MAIL],
    [
      "entrusted",
      {
        type: "shipping_evidence",
        shipping_method: "entrusted",
        shipping_company_name: "Correo",
        destination_agency: "Centro",
        date_shipped: "2026-03-01T10:00:00.000-0300",
        receiver_name: "Ana Paz",
      },
    ],
    [
      "personal delivery",
      { type: "shipping_evidence", shipping_method: "personal_delivery", date_delivered: "2026-03-01" },
    ],
    [
      "personal delivery without a date (2025)",
      { type: "shipping_evidence", shipping_method: "personal_delivery" },
    ],
    [
      "e-mail",
      {
        type: "shipping_evidence",
        shipping_method: "email",
        receiver_email: "ana@testuser.com",
        date_shipped: "2026-03-01",
      },
    ],
  ])("is taken by %s, and what it has no use for is null", async (_, body) => {
    const c = await start();
    const reply = await c.post("/actions/evidences", body);
    expect(reply.status).toBe(200);
    expect(at(reply.body, 0)).toEqual({
      attachments: [],
      date_shipped: null,
      date_delivered: null,
      destination_agency: null,
      receiver_email: null,
      receiver_id: null,
      receiver_name: null,
      shipping_company_name: null,
      tracking_number: null,
      handling_date: null,
      ...body,
    });
    expect((await c.get("/evidences")).body).toEqual(reply.body);
  });

  it.each([
    ["mail without a company", { ...MAIL, shipping_company_name: undefined }],
    ["mail without a day", { ...MAIL, date_shipped: undefined }],
    ["a day in words", { ...MAIL, date_shipped: "1/3/2026" }],
    ["an agency without a receiver", { ...MAIL, shipping_method: "entrusted", destination_agency: "Centro" }],
    ["an unknown way", { ...MAIL, shipping_method: "dron" }],
  ])("refuses %s", async (_, body) => {
    const c = await start();
    expect((await c.post("/actions/evidences", body)).status).toBe(400);
    expect((await c.get("/evidences")).body).toEqual([]);
  });

  it.each(["/evidences", "/actions/evidences"])(
    "takes a promise at %s, and answers one object",
    async (path) => {
      const c = await start();
      const { status, body } = await c.post(path, {
        type: "handling_shipping_evidence",
        handling_date: "2026-03-05",
      });
      expect([status, at(body, "handling_date")]).toEqual([200, "2026-03-05"]);
      expect(await c.actions()).not.toContain("send_potential_shipping");
    },
  );

  it("names its files, which are uploaded apart", async () => {
    const c = await start();
    const photo = new File([sampleFile("image/jpeg", "x")], "guia.jpg", { type: "image/jpeg" });
    const { body } = await c.api.upload(`${c.path}/attachments-evidences`, c.access, photo);
    const name = textAt(body, "file_name");
    const reply = await c.post("/actions/evidences", { ...MAIL, attachments: [name] });
    expect(textAt(reply.body, 0, "attachments", 0, "filename")).toBe(name);
    const other = await start();
    expect((await other.post("/actions/evidences", { ...MAIL, attachments: [name] })).status).toBe(400);
  });

  it("is sent once and then stands", async () => {
    const c = await start();
    await c.post("/actions/evidences", MAIL);
    expect((await c.post("/actions/evidences", MAIL)).body).toMatchObject({
      message: "Action add_shipping_evidence not available for player",
    });
    expect(listAt({ list: (await c.get("/evidences")).body }, "list")).toHaveLength(1);
  });

  it("is not for parcels of Mercado Envios, nor in a mediation", async () => {
    const carried = await startClaim({ reasonId: "PNR9501" });
    expect((await carried.post("/actions/evidences", MAIL)).status).toBe(400);
    const c = await start();
    await c.play("/buyer/dispute");
    expect((await c.post("/actions/evidences", MAIL)).status).toBe(400);
  });

  it("is not documented for Global Selling (2)", async () => {
    const c = await startClaim({ reasonId: "PNR9501" }, { siteId: "CBT", thread: { shipment: null } });
    expect((await c.get("/evidences")).status).toBe(404);
  });
});
