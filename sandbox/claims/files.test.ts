import { describe, expect, it } from "vitest";
import { startClaim } from "@/sandbox/claims/testing";
import { sampleFile } from "@/sandbox/files/sample-file";
import { at, textAt } from "@/sandbox/testing";

const TYPES = { jpg: "image/jpeg", png: "image/png", pdf: "application/pdf" };

function file(name: string, type: string, bytes = sampleFile(type, name)): File {
  return new File([bytes], name, { type });
}

const jpeg = (name = "foto.jpg", size = 0) => file(name, "image/jpeg", sampleFile("image/jpeg", "x", size));

async function start(siteId?: string) {
  const c = await startClaim({}, siteId ? { siteId } : {});
  return { ...c, upload: (one: File, to = "/attachments") => c.api.upload(`${c.path}${to}`, c.access, one) };
}

describe("uploading to a claim (claims.md 5.1)", () => {
  it.each(Object.entries(TYPES))("takes a %s, in the part `file`", async (extension, type) => {
    const c = await start();
    const { status, body } = await c.upload(file(`prueba.${extension}`, type));
    expect(status).toBe(200);
    expect(body).toEqual({
      user_id: Number(c.seller),
      filename: expect.stringMatching(new RegExp(`^${c.seller}_[0-9a-f-]{36}\\.${extension}$`)),
    });
  });

  it("names it `file_name` in Global Selling, or as told; 201 when told so (11)", async () => {
    const c = await start("CBT");
    expect(Object.keys(Object((await c.upload(jpeg())).body))).toEqual(["user_id", "file_name"]);
    await c.change({ claimUploadKey: "filename", claimUploadStatus: 201 });
    const { status, body } = await c.upload(jpeg());
    expect([status, Object.keys(Object(body))]).toEqual([201, ["user_id", "filename"]]);
  });

  it.each([
    ["a text", new File(["hola"], "nota.txt", { type: "text/plain" })],
    ["a HEIC", file("foto.heic", "image/heic")],
    ["a PNG that says it is a JPG", file("foto.jpg", "image/jpeg", sampleFile("image/png", "x"))],
    [
      "a JPG that says it is octets",
      file("foto.jpg", "application/octet-stream", sampleFile("image/jpeg", "x")),
    ],
  ])("refuses %s: Invalid mime_type", async (_, one) => {
    const { status, body } = await (await start()).upload(one);
    expect([status, body]).toEqual([400, { code: "bad_request", message: "Invalid mime_type" }]);
  });

  it.each(["mi foto.jpg", "añejo.jpg", "foto(1).jpg", `${"a".repeat(122)}.jpg`])(
    "refuses the name %s",
    async (name) => {
      const { status, body } = await (await start()).upload(jpeg(name));
      expect([status, textAt(body, "message")]).toEqual([400, `Invalid file_name: ${name}`]);
    },
  );

  it("takes a name of 125 characters, and 5 MB, but not a byte more", async () => {
    const c = await start();
    expect((await c.upload(jpeg(`${"a".repeat(121)}.jpg`))).status).toBe(200);
    expect((await c.upload(jpeg("a.jpg", 5 * 1024 * 1024))).status).toBe(200);
    const { status, body } = await c.upload(jpeg("a.jpg", 5 * 1024 * 1024 + 1));
    expect([status, textAt(body, "message")]).toEqual([
      400,
      `Error retrieving uploaded file. claim_id: ${c.id} caller_id: ${c.seller}`,
    ]);
  });

  it("refuses what is no multipart request, and an empty file", async () => {
    const c = await start();
    expect((await c.post("/attachments", {})).body).toMatchObject({
      message: "Current request is not a multipart request",
    });
    expect((await c.upload(new File([], "a.jpg", { type: "image/jpeg" }))).status).toBe(400);
  });
});

describe("a claim's files (claims.md 5.2)", () => {
  it("are sent with a message, told and downloaded", async () => {
    const c = await start();
    const name = textAt((await c.upload(jpeg())).body, "filename");
    expect((await c.send("Mire", "complainant", { attachments: [name] })).status).toBe(201);
    const told = at((await c.get("/messages")).body, 0, "attachments", 0);
    expect((await c.get(`/attachments/${name}`)).body).toEqual(told);
    expect(told).toMatchObject({ filename: name, original_filename: "foto.jpg", type: "image/jpeg" });
    const response = await c.get(`/attachments/${name}/download`);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
    expect(Number(response.headers.get("content-length"))).toBe(at(told, "size"));
  });

  it("are not listed by their collection: 405 (2)", async () => {
    const c = await start();
    expect((await c.get("/attachments")).status).toBe(405);
  });

  it("of a buyer may be a HEIC, and have a name with spaces (4.6)", async () => {
    const c = await start();
    await c.play("/buyer/message", {
      text: "Mire",
      attachments: [{ name: "IMG 01?.heic", type: "image/heic" }],
    });
    const told = at((await c.get("/messages")).body, 0, "attachments", 0);
    expect(told).toMatchObject({ original_filename: "IMG 01?.heic", type: "image/heic" });
    const download = await c.get(`/attachments/${textAt(told, "filename")}/download`);
    expect(download.headers.get("content-type")).toBe("image/heic");
  });

  it("of the evidence live apart: asked for as a message's they are not there (5.2)", async () => {
    const c = await start();
    const { body } = await c.upload(jpeg(), "/attachments-evidences");
    const name = textAt(body, "file_name");
    expect((await c.get(`/attachments/${name}`)).status).toBe(404);
    expect((await c.get(`/attachments/${name}/download`)).status).toBe(404);
    expect((await c.get(`/attachments-evidences/${name}`)).status).toBe(200);
    expect((await c.get(`/attachments-evidences/${name}/download`)).status).toBe(200);
  });

  it("are told without an offset when so set, and may vanish", async () => {
    const c = await start();
    const name = textAt((await c.upload(jpeg())).body, "filename");
    await c.change({ claimDateStyle: "no_offset" });
    expect(at((await c.get(`/attachments/${name}`)).body, "date_created")).toBe("2026-03-02T09:59:05.000");
    await c.api.control(`/claim-files/${name}`, { gone: true });
    expect((await c.get(`/attachments/${name}/download`)).status).toBe(500);
  });

  it("of another seller's claim are not to be had", async () => {
    const c = await start();
    const name = textAt((await c.upload(jpeg())).body, "filename");
    const { status } = await c.api.get(`${c.path}/attachments/${name}/download`, await c.stranger());
    expect(status).toBe(403);
  });
});
