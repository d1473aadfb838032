import { describe, expect, it } from "vitest";
import { client } from "@/lib/server/mercadolibre/testing/edge";
import { CLAIM, wireClaim } from "@/lib/server/mercadolibre/testing/wire-claims";
import { readClaim } from "./claims";
import { executionDetailsOf } from "./execution-details";

const detail = {
  id: "partial_data",
  type: "warning",
  message: "Ana Pérez",
  suggested_action: "wait_to_retry",
};

describe("a remark on a call that was done", () => {
  it("is put in the log without its words", async () => {
    const metadata = JSON.stringify({ execution_details: [{ ...detail, message: "secreto" }] });
    const { meli, lines } = client([{ body: wireClaim, headers: { metadata } }]);
    await readClaim(meli, CLAIM);
    const line = lines.find((one) => one.includes("remarked")) ?? "";
    expect(line).toContain('"suggestedAction":"wait_to_retry"');
    expect(lines.join()).not.toContain("secreto");
  });

  it("is read with what should be done", () => {
    expect(executionDetailsOf(JSON.stringify({ execution_details: [detail, "x", { type: 7 }] }))).toEqual([
      { id: "partial_data", type: "warning", suggestedAction: "wait_to_retry" },
      { id: null, type: null, suggestedAction: null },
    ]);
  });

  it.each([
    null,
    "",
    "{",
    "[]",
    "7",
    '{"execution_details":{}}',
    `{"execution_details":[]}${" ".repeat(9_000)}`,
  ])("is none in %j", (header) => {
    expect(executionDetailsOf(header)).toEqual([]);
  });
});
