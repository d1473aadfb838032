import { describe, expect, it } from "vitest";
import { client, failureOf, type Reply } from "@/lib/server/mercadolibre/testing/edge";
import { CLAIM, refusals } from "@/lib/server/mercadolibre/testing/wire-claims";
import { claimRefusalOf, isClaimMissing } from "./claim-refusal";
import { refund } from "./resolutions";

const { local, newer, worded, gateway } = refusals;
const refusalOf = async (reply: Reply) => (await failureOf(refund(client([reply]).meli, CLAIM))).failure;

describe("what a refused act means", () => {
  it.each<[Reply, string | null]>([
    [newer(400, "Action send_message_to_complainant not available for player"), "action_gone"],
    [newer(400, "Action send_message_to_mediator not available for player"), "action_gone"],
    [local(400, "Action allow_partial_refund not available for player", "bad_request"), "action_gone"],
    [newer(400, "Action allow_partial_refund not available"), "action_gone"],
    [local(400, "Action refund not available for player"), "action_gone"],
    [local(400, "Action open_dispute not available for player"), "action_gone"],
    [local(400, "Not valid action return_review_ok for player role respondent"), "action_gone"],
    [local(400, "Acción refund no disponible para el usuario"), "action_gone"],
    [local(400, "Ação refund não está disponível para o usuário"), "action_gone"],
    [newer(400, "duplicate action already performed"), "duplicate"],
    [
      local(400, `Attachment not found [claim: ${CLAIM} - fileName: a.jpg]`, "business_logic_error"),
      "attachment_unknown",
    ],
    [local(400, "Percentage not found 35.0", "error checking configuration percentage"), "percentage"],
    [newer(400, "35.5 is not a valid percentage"), "percentage"],
    [newer(400, "message must not be empty"), "empty"],
    [newer(400, "The message is required"), "empty"],
    [newer(400, "message exceeds the maximum length"), "too_long"],
    [newer(400, "The text is too long: max 2000 characters"), "too_long"],
    [worded(400, "Invalid mime_type"), "file_type"],
    [worded(400, "Invalid file_name: "), "file_name"],
    [worded(400, "File size exceeds 5 MB"), "file_size"],
    [worded(400, `Error retrieving uploaded file. claim_id: ${CLAIM} caller_id: 1`), "file"],
    [worded(400, "Current request is not a multipart request"), null],
    [
      newer(400, "Required request body is missing or incorrect, please see the documentation."),
      "review_form",
    ],
    [local(400, `Invalid roleId :1 in claim :${CLAIM}`), "not_yours"],
    [local(400, `flow: x does not exist. claimId: ${CLAIM}`), null],
    [newer(400, "words that nobody wrote down"), null],
    [local(403, "You don't have permission to access the resource", "forbidden_error"), "not_yours"],
    [gateway, "no_access"],
    [
      {
        status: 403,
        body: {
          status: 403,
          error: "access_denied",
          message: "access to the requested resource is forbidden",
          code: "FORBIDDEN",
        },
      },
      "no_access",
    ],
    [local(404, "Resource not found", "business_logic_error"), "no_claim"],
    [newer(404, "Claim not found. claimId: 9", "not_found_error"), "no_claim"],
    [local(404, "claim_Not Found"), "no_claim"],
    [local(404, "There is no associated return for claim"), "no_return"],
    [local(404, "return review not found"), "no_return"],
    [local(404, "user not authorized"), "not_yours"],
    [{ status: 413 }, "file_size"],
    [{ status: 415 }, "file_type"],
    [local(422, "claim is not eligible"), "not_eligible"],
    [local(429, "Too Many Requests", "too_many_requests"), null],
    [local(500, "Internal Server Error", "internal_server_error"), null],
    [local(502, "Bad Gateway", "bad_gateway"), null],
    [{ status: 504, body: "" }, null],
  ])("%j is %s", async (reply, meaning) => {
    expect(claimRefusalOf(await refusalOf(reply))).toBe(meaning);
  });

  it("is nothing when no answer came", async () => {
    expect(claimRefusalOf(await refusalOf({ fails: new TypeError("fetch failed") }))).toBeNull();
  });

  it.each<[Reply, boolean]>([
    [newer(404, "Claim not found. claimId: 9", "not_found_error"), true],
    [local(404, "claim id: 9 not found"), true],
    [local(404, "claim_Not Found"), true],
    [local(404, "There is no associated return for claim"), false],
    [local(404, "Resource not found", "business_logic_error"), false],
    [local(400, "Claim not found"), false],
  ])("tells a missing claim from a claim that lacks something: %j", async (reply, expected) => {
    expect(isClaimMissing(await refusalOf(reply))).toBe(expected);
  });
});
