import { describe, expect, it } from "vitest";
import { sampleFile } from "@/sandbox/files/sample-file";
import { startSale } from "@/sandbox/messages/testing";
import { at, textAt } from "@/sandbox/testing";

const file = (name: string, type: string, bytes = sampleFile(type, name)) =>
  new File([bytes], name, { type });

describe("uploads (messages.md 2.4)", () => {
  it.each([
    ["image/jpeg", 201],
    ["image/png", 201],
    ["application/pdf", 201],
    ["text/plain", 201],
    ["image/heic", 400],
    ["application/xml", 400],
    ["application/octet-stream", 400],
    ["application/x-msdownload", 400],
  ])("take %s with %i in one country", async (type, status) => {
    const { upload } = await startSale();
    expect((await upload(file("archivo", type))).status).toBe(status);
  });

  it("refuse bytes of another type when told so", async () => {
    const { upload, change } = await startSale();
    const jpeg = sampleFile("image/jpeg", "foto.jpg");
    expect((await upload(file("foto.png", "image/png", jpeg))).status).toBe(201);
    await change({ uploadMimeStrict: true });
    expect((await upload(file("foto.png", "image/png", jpeg))).status).toBe(400);
    expect((await upload(file("foto.txt", "text/plain", jpeg))).status).toBe(400);
    for (const type of ["image/jpeg", "image/png", "application/pdf", "text/plain"]) {
      expect((await upload(file("foto", type))).status).toBe(201);
    }
  });

  it("fail with the 500 of the page as often as told", async () => {
    const { upload, change } = await startSale();
    await change({ uploadFails: 1 });
    const { status, body } = await upload(file("a.txt", "text/plain"));
    expect([status, at(body, "message")]).toEqual([500, "File can not be saved, try it later"]);
    expect((await upload(file("a.txt", "text/plain"))).status).toBe(201);
  });

  it("expire unused after 48 h: the message that names one is a 422", async () => {
    const { api, upload, seller, path, buyer } = await startSale();
    const id = textAt((await upload(file("a.txt", "text/plain"))).body, "id");
    await api.control("/clock", { advanceMs: 48 * 3_600_000 + 1 });
    const { access } = await api.connect(seller);
    const text = { from: { user_id: seller }, to: { user_id: buyer }, text: "Va", attachments: [id] };
    const { status, body } = await api.post(path, access, text);
    expect([status, at(body, "message")]).toEqual([422, "Attachment key is invalid or not found"]);
  });
});

describe("downloads (messages.md 2.5)", () => {
  async function withFile() {
    const sale = await startSale({
      messages: [{ from: "buyer", text: "Mirá", attachments: [{ name: "foto.jpg", type: "image/jpeg" }] }],
    });
    const attachment = async () => at((await sale.read()).body, "messages", 0, "message_attachments", 0);
    const filename = textAt(await attachment(), "filename");
    const get = (name: string, site = "&site_id=MLA") =>
      sale.api.get(`/messages/attachments/${encodeURIComponent(name)}?tag=post_sale${site}`, sale.access);
    return { ...sale, attachment, filename, get };
  }

  it("know the system name alone: the original one is a 500, or a 400", async () => {
    const { get, change, filename } = await withFile();
    expect((await get(filename)).status).toBe(200);
    const { status, body } = await get("foto.jpg");
    expect([status, at(body, "message")]).toEqual([500, "File can not be saved, try it later"]);
    await change({ unknownFile: "400" });
    expect((await get("foto.jpg")).status).toBe(400);
  });

  it("of a vanished file are a 500, though the message still names it", async () => {
    const { get, api, change, filename, attachment } = await withFile();
    await api.control(`/files/${filename}`, { gone: true });
    expect((await get(filename)).status).toBe(500);
    expect(at(await attachment(), "original_filename")).toBe("foto.jpg");
    await api.control(`/files/${filename}`, { gone: false });
    expect((await get(filename)).status).toBe(200);
    await change({ fileGone: [filename] });
    expect((await get(filename)).status).toBe(500);
  });

  it("lie about their type when told so, in the message and in the answer", async () => {
    const { get, change, filename, attachment } = await withFile();
    for (const [fileTypes, type] of [
      ["octet_stream", "application/octet-stream"],
      ["wrong", "text/html"],
      ["own", "image/jpeg"],
    ]) {
      await change({ fileTypes });
      expect(at(await attachment(), "type")).toBe(type);
      expect((await get(filename)).headers.get("content-type")).toBe(type);
    }
  });

  it("may be called a threat", async () => {
    const { api, filename, attachment } = await withFile();
    expect(at(await attachment(), "potential_security_threat")).toBe(false);
    await api.control(`/files/${filename}`, { threat: true });
    expect(at(await attachment(), "potential_security_threat")).toBe(true);
  });

  it("want a site that exists", async () => {
    const { get, filename } = await withFile();
    expect((await get(filename, "")).body).toMatchObject({ message: "The queryparam 'site_id' is required" });
    expect((await get(filename, "&site_id=XXX")).body).toMatchObject({
      message: "Invalid site_id: 'XXX' is not a recognized site",
    });
  });
});
