import { describe, expect, it } from "vitest";
import { client, errorOf, failureOf } from "@/lib/server/mercadolibre/testing/edge";
import { CLAIM, refusals } from "@/lib/server/mercadolibre/testing/wire-claims";
import { claimRefusalOf } from "./claim-refusal";
import { downloadClaimFile, readClaimFileFacts, uploadClaimFile } from "./claims";
import { uploadEvidenceFile } from "./evidence";
import { uploadReviewFile } from "./returns";

const photo = { name: "foto-1.jpg", type: "image/jpeg", bytes: new Blob(["jpeg"]) };

describe("uploading a file of a claim", () => {
  it.each([
    ["LOCAL", uploadClaimFile, "/post-purchase/v1/claims/5300000001/attachments"],
    ["GLOBAL", uploadClaimFile, "/marketplace/v2/claims/5300000001/attachments"],
    ["LOCAL", uploadEvidenceFile, "/post-purchase/v1/claims/5300000001/attachments-evidences"],
    ["LOCAL", uploadReviewFile, "/post-purchase/v1/claims/5300000001/returns/attachments"],
    ["GLOBAL", uploadReviewFile, "/post-purchase/v1/claims/5300000001/returns/attachments"],
  ] as const)("sends one part named file in %s", async (profile, upload, address) => {
    const { meli, sent } = client([{ body: { user_id: 1, filename: "222_a.jpg" } }], { profile });
    expect(await upload(meli, CLAIM, photo)).toEqual({ id: "222_a.jpg" });
    expect(sent[0]?.method).toBe("POST");
    expect(sent[0]?.url.pathname).toBe(address);
    expect([...(sent[0]?.form?.keys() ?? [])]).toEqual(["file"]);
    expect(sent[0]?.form?.get("file")).toMatchObject({ name: "foto-1.jpg", type: "image/jpeg", size: 4 });
    expect(sent[0]?.headers.has("content-type")).toBe(false);
  });

  it.each([
    [200, { user_id: 1, filename: "a.jpg" }],
    [201, { user_id: 1, file_name: "a.jpg" }],
    [202, { file_name: "a.jpg" }],
  ])("takes %i with %j", async (status, body) => {
    expect(await uploadClaimFile(client([{ status, body }]).meli, CLAIM, photo)).toEqual({ id: "a.jpg" });
  });

  it.each([{ body: { ok: true } }, { body: "" }, { body: [] }])("calls %j unreadable", async (reply) => {
    expect(await errorOf(uploadClaimFile(client([reply]).meli, CLAIM, photo))).toMatchObject({
      code: "meli_unreadable",
    });
  });

  it.each(["", "mi foto.jpg", "foto?.jpg", "ñ.jpg", "a/b.jpg", `${"a".repeat(126)}`])(
    "refuses the name %j before any call",
    async (name) => {
      const { meli, sent } = client([{ body: { filename: "x" } }]);
      expect(await errorOf(uploadClaimFile(meli, CLAIM, { ...photo, name }))).toMatchObject({
        code: "invalid_input",
        detail: { reason: "file_name" },
      });
      expect(sent).toEqual([]);
    },
  );

  it("takes a name of 125 characters", async () => {
    const name = `${"a".repeat(121)}.jpg`;
    const { meli, sent } = client([{ body: { filename: "x" } }]);
    await uploadClaimFile(meli, CLAIM, { ...photo, name });
    expect(sent).toHaveLength(1);
  });

  it("is not tried again by itself, and says what is wrong with the file", async () => {
    const { meli, sent } = client([refusals.worded(400, "Invalid mime_type")]);
    const { failure } = await failureOf(uploadClaimFile(meli, CLAIM, photo));
    expect(claimRefusalOf(failure)).toBe("file_type");
    expect(sent).toHaveLength(1);
  });
});

describe("a file of a claim", () => {
  it("is downloaded by its system name", async () => {
    const { meli, sent } = client([{ body: "bytes", headers: { "content-type": "image/png" } }]);
    const file = await downloadClaimFile(meli, CLAIM, "1_a-b.png", "message");
    expect(await new Response(file.body).text()).toBe("bytes");
    expect(file.type).toBe("image/png");
    expect(sent[0]?.url.pathname).toBe("/post-purchase/v1/claims/5300000001/attachments/1_a-b.png/download");
  });

  it.each([refusals.newer(404, "not found", "not_found_error"), refusals.gateway])(
    "is asked for at the LOCAL address when GLOBAL's own has none: %j",
    async (refusal) => {
      const { meli, sent } = client(
        ({ url }) => (url.pathname.startsWith("/marketplace/") ? refusal : { body: "bytes" }),
        { profile: "GLOBAL" },
      );
      const file = await downloadClaimFile(meli, CLAIM, "a.png", "message");
      expect(await new Response(file.body).text()).toBe("bytes");
      expect(sent.map(({ url }) => url.pathname)).toEqual([
        "/marketplace/v2/claims/5300000001/attachments/a.png/download",
        "/post-purchase/v1/claims/5300000001/attachments/a.png/download",
      ]);
    },
  );

  it("that is nowhere ends with the first refusal", async () => {
    const { meli, sent } = client([refusals.newer(404, "gone"), refusals.gateway], { profile: "GLOBAL" });
    const error = await failureOf(downloadClaimFile(meli, CLAIM, "a.png", "message"));
    expect(error.failure).toMatchObject({ status: 404 });
    expect(sent).toHaveLength(2);
  });

  it("is not asked for elsewhere when there is trouble", async () => {
    const { meli, sent } = client([refusals.local(503, "Service not available")], { profile: "GLOBAL" });
    await failureOf(downloadClaimFile(meli, CLAIM, "a.png", "message"));
    expect(new Set(sent.map(({ url }) => url.pathname)).size).toBe(1);
    expect(sent).toHaveLength(3);
  });

  it("of an evidence lives elsewhere", async () => {
    const { meli, sent } = client([{ body: "bytes" }]);
    await downloadClaimFile(meli, CLAIM, "a.png", "evidence");
    expect(sent[0]?.url.pathname).toBe(
      "/post-purchase/v1/claims/5300000001/attachments-evidences/a.png/download",
    );
  });

  it("of an evidence does not exist in GLOBAL, and nothing is asked", async () => {
    const { meli, sent } = client([{ body: "bytes" }], { profile: "GLOBAL" });
    for (const work of [
      downloadClaimFile(meli, CLAIM, "a.png", "evidence"),
      readClaimFileFacts(meli, CLAIM, "a.png", "evidence"),
      uploadEvidenceFile(meli, CLAIM, photo),
    ]) {
      expect(await errorOf(work)).toMatchObject({
        code: "not_available",
        detail: { reason: "not_in_protocol" },
      });
    }
    expect(sent).toEqual([]);
  });

  it.each([
    ["message", "/post-purchase/v1/claims/5300000001/attachments/a.jpg"],
    ["evidence", "/post-purchase/v1/claims/5300000001/attachments-evidences/a.jpg"],
  ] as const)("of a %s tells its facts, with a date that lacks its offset", async (kind, address) => {
    const body = {
      filename: "a.jpg",
      original_filename: "foto 1.jpg",
      size: 20480,
      date_created: "2026-03-02T10:01:59.000",
      type: "image/jpeg",
    };
    const { meli, sent } = client([{ body }]);
    expect(await readClaimFileFacts(meli, CLAIM, "a.jpg", kind)).toEqual({
      filename: "a.jpg",
      name: "foto 1.jpg",
      size: 20480,
      type: "image/jpeg",
      createdAt: new Date("2026-03-02T14:01:59Z"),
    });
    expect(sent[0]?.url.pathname).toBe(address);
  });

  it.each(["../x", "..", "a/b", "", "a?b"])(
    "with the name %j is refused before any call",
    async (filename) => {
      const { meli, sent } = client([{ body: "x" }]);
      expect(await errorOf(downloadClaimFile(meli, CLAIM, filename, "message"))).toMatchObject({
        code: "invalid_input",
      });
      expect(sent).toEqual([]);
    },
  );
});
