import { describe, expect, it } from "vitest";
import { client, errorOf } from "@/lib/server/mercadolibre/testing/edge";
import { downloadAttachment, uploadAttachment } from "./messages";

describe("attachments", () => {
  it.each([
    ["LOCAL", "/messages/attachments?tag=post_sale&site_id=MLB"],
    ["GLOBAL", "/marketplace/messages/attachments?site_id=MLB"],
  ] as const)("uploads one part named file in %s", async (profile, address) => {
    const { meli, sent } = client([{ status: 201, body: { id: "900100200_a.pdf" } }], { profile });
    const bytes = new Blob(["%PDF-1.4"]);
    const result = await uploadAttachment(meli, {
      siteId: "MLB",
      filename: "factura.pdf",
      type: "application/pdf",
      bytes,
    });
    expect(result).toEqual({ id: "900100200_a.pdf" });
    const one = sent[0];
    expect((one?.url.pathname ?? "") + (one?.url.search ?? "")).toBe(address);
    expect(one?.headers.has("content-type")).toBe(false);
    const file = one?.form?.get("file");
    expect([...(one?.form?.keys() ?? [])]).toEqual(["file"]);
    expect(file).toMatchObject({ name: "factura.pdf", type: "application/pdf", size: 8 });
  });

  it("calls an upload without a key unreadable", async () => {
    const { meli } = client([{ status: 201, body: { ok: true } }]);
    const upload = uploadAttachment(meli, {
      siteId: "MLA",
      filename: "a.txt",
      type: "text/plain",
      bytes: new Blob(["a"]),
    });
    expect(await errorOf(upload)).toMatchObject({ code: "meli_unreadable" });
  });

  it("downloads by the system name and the site", async () => {
    const { meli, sent } = client([{ body: "bytes", headers: { "content-type": "image/png" } }]);
    const file = await downloadAttachment(meli, { siteId: "MLA", filename: "900_a-b.png" });
    expect(await new Response(file.body).text()).toBe("bytes");
    expect(sent[0]?.url.href).toContain("/messages/attachments/900_a-b.png?tag=post_sale&site_id=MLA");
  });

  it("gives up soon on a file that is gone, which looks like a 500", async () => {
    const { meli, sent } = client([
      { status: 500, body: { message: "File can not be saved, try it later" } },
    ]);
    expect(await errorOf(downloadAttachment(meli, { siteId: "MLA", filename: "a.png" }))).toMatchObject({
      code: "meli_down",
    });
    expect(sent).toHaveLength(3);
  });

  it.each(["../x", "..", ".", "a/b", "a\\b", "", "a?b", "a%2fb"])(
    "refuses the file name %j before any call",
    async (filename) => {
      const { meli, sent } = client([{ body: "x" }]);
      expect(await errorOf(downloadAttachment(meli, { siteId: "MLA", filename }))).toMatchObject({
        code: "invalid_input",
      });
      expect(sent).toEqual([]);
    },
  );
});
