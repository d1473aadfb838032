import { describe, expect, it } from "vitest";
import { createSandbox } from "@/sandbox/create-sandbox";
import { startSale } from "@/sandbox/messages/testing";
import { at, drive, listAt, textAt } from "@/sandbox/testing";

const MINUTE = 60_000;

describe("attachments", () => {
  const pdf = () => new File([new Uint8Array([37, 80, 68, 70])], "factura.pdf", { type: "application/pdf" });

  it("are uploaded, sent, shown and downloaded byte for byte", async () => {
    const { api, upload, send, read, access, seller } = await startSale();
    const uploaded = await upload(pdf());
    const id = textAt(uploaded.body, "id");
    expect(id).toMatch(new RegExp(`^${seller}_[0-9a-f-]{36}\\.pdf$`));
    expect((await send("va la factura", { attachments: [id] })).status).toBe(201);
    expect(at((await read()).body, "messages", 0, "message_attachments", 0)).toMatchObject({
      filename: id,
      original_filename: "factura.pdf",
      type: "application/pdf",
      size: 4,
      potential_security_threat: false,
    });
    const file = await api.get(`/messages/attachments/${id}?tag=post_sale&site_id=MLA`, access);
    expect(file.text).toBe("%PDF");
    expect(file.headers.get("content-type")).toBe("application/pdf");
  });

  it("expire 48 h after the upload unless used", async () => {
    const { api, upload, send, change, access } = await startSale();
    await change({ expiresIn: 1_000_000 });
    const { access: longer } = await api.connect(
      textAt((await api.control("/state")).body, "sellers", 0, "id"),
    );
    const used = textAt((await upload(pdf())).body, "id");
    const unused = textAt((await upload(pdf())).body, "id");
    await send("uno", { attachments: [used] });
    await api.control("/clock", { advanceMs: 48 * 60 * MINUTE + 1 });
    expect(access).not.toBe(longer);
    expect((await api.get(`/messages/attachments/${used}?tag=post_sale&site_id=MLA`, longer)).status).toBe(
      200,
    );
    expect((await api.get(`/messages/attachments/${unused}?tag=post_sale&site_id=MLA`, longer)).status).toBe(
      500,
    );
  });

  it("are refused empty, too big, ill-named, of other kinds, or without a site", async () => {
    const { api, upload, change, access } = await startSale();
    await change({ maxFileBytes: 10 });
    const file = (name: string, size: number, type = "image/png") =>
      new File([new Uint8Array(size)], name, { type });
    expect((await upload(file("a.png", 0))).body).toMatchObject({ message: "File attached is empty" });
    expect((await upload(file("a.png", 11))).body).toMatchObject({
      message: "File attachment is bigger than 25 Mb.",
    });
    expect((await upload(file("a/b.png", 3))).body).toMatchObject({
      message: "File name cannot include characters like /, \\",
    });
    expect((await upload(file(`${"a".repeat(200)}.png`, 3))).body).toMatchObject({
      message: "The original_filename exceeded 200 character limit",
    });
    expect((await upload(file("a.exe", 3, "application/x-msdownload"))).status).toBe(400);
    const noSite = await api.upload("/messages/attachments?tag=post_sale", access, file("a.png", 3));
    expect(noSite.body).toMatchObject({ message: "The queryparam 'site_id' is required" });
  });

  it("need known own keys, no empty list, at most 25", async () => {
    const { send, upload } = await startSale();
    const id = textAt((await upload(pdf())).body, "id");
    expect((await send("x", { attachments: [] })).status).toBe(400);
    expect((await send("x", { attachments: ["factura.pdf"] })).status).toBe(422);
    expect((await send("x", { attachments: [{ id }] })).status).toBe(422);
    expect((await send("x", { attachments: Array(26).fill(id) })).status).toBe(400);
    const stranger = await startSale();
    expect((await stranger.send("x", { attachments: [id] })).status).toBe(422);
  });

  it("of another seller stay closed", async () => {
    const { api, upload } = await startSale();
    const id = textAt((await upload(pdf())).body, "id");
    const other = await api.connect(textAt((await api.control("/sellers", { siteId: "MLA" })).body, "id"));
    expect(
      (await api.get(`/messages/attachments/${id}?tag=post_sale&site_id=MLA`, other.access)).status,
    ).toBe(403);
  });
});

describe("unread", () => {
  it("lists resource and count; a text user id and nothing when all is read", async () => {
    const { api, access, read, seller, pack } = await startSale();
    const path = "/messages/unread?role=seller&tag=post_sale";
    expect((await api.get(path, access)).body).toEqual({
      user_id: Number(seller),
      total: 1,
      results: [{ resource: `/packs/${pack}/sellers/${seller}`, count: 1 }],
    });
    await read("");
    expect((await api.get(path, access)).body).toEqual({ user_id: seller, total: 0, results: [] });
  });

  it("answers nothing for another seller's resource", async () => {
    const { api, pack, seller } = await startSale();
    const other = await api.connect(textAt((await api.control("/sellers", { siteId: "MLA" })).body, "id"));
    const reply = await api.get(
      `/messages/unread/packs/${pack}/sellers/${seller}?tag=post_sale`,
      other.access,
    );
    expect(reply.status).toBe(200);
    expect(listAt(reply.body, "results")).toEqual([]);
  });

  it("stops at 500 conversations", async () => {
    const api = drive(createSandbox());
    const threads = Array.from({ length: 510 }, () => ({ messages: [{ from: "buyer", text: "a" }] }));
    const { body } = await api.control("/sellers", { siteId: "MLA", threads });
    const { access } = await api.connect(textAt(body, "id"));
    const reply = await api.get("/messages/unread?role=seller&tag=post_sale", access);
    expect(listAt(reply.body, "results")).toHaveLength(500);
  });
});
