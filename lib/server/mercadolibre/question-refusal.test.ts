import { describe, expect, it } from "vitest";
import { client, failureOf, type Reply } from "@/lib/server/mercadolibre/testing/edge";
import { policyAgent, refusal } from "@/lib/server/mercadolibre/testing/wire-questions";
import { AppError } from "@/lib/shared/errors";
import { questionRefusalOf } from "./question-refusal";
import { answerQuestion } from "./questions";

const refusedWith = async (reply: Reply, profile: "LOCAL" | "GLOBAL" = "LOCAL") =>
  questionRefusalOf(
    await failureOf(answerQuestion(client([reply], { profile }).meli, { questionId: "1", text: "Sí" })),
  );

describe("what a refused act on a question means", () => {
  it.each<[Reply, string | null]>([
    [refusal(400, "not_unanswered_question", "Question 13000000001 is not unanswered"), "already_answered"],
    [refusal(400, "not_unanswered_question", "Question 13000000001 must be unanswered"), "already_answered"],
    [refusal(400, "bad_request", "Question 13000000001 is not unanswered"), "already_answered"],
    [refusal(400, "not_active_item", "Item MLA1 must be active"), "item_not_active"],
    [refusal(400, "bad_request", "The item must be active"), "item_not_active"],
    [refusal(400, "invalid_question", "Invalid question"), "unknown_question"],
    [refusal(400, "invalid_post_body", "text is too long: max 2000 characters"), "too_long"],
    [refusal(400, "invalid_post_body", "text exceeds the length of 2000"), "too_long"],
    [refusal(400, "bad_request", "The text must have 1 to 2000 characters"), "too_long"],
    [refusal(400, "bad_request", "El texto admite 2.000 caracteres"), "too_long"],
    [refusal(400, "invalid_post_body", "valid attributes are question_id and text"), null],
    [refusal(400, "bad_request", "words that nobody wrote down"), null],
    [refusal(403, "forbidden"), "not_yours"],
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
      "not_yours",
    ],
    [{ status: 403, body: { status: 403, error: "Invalid scopes", code: "FORBIDDEN" } }, null],
    [policyAgent, null],
    [refusal(404, "not_found"), "gone"],
    [refusal(401, "not_found", "invalid_token"), null],
    [refusal(429, "too_many_requests"), null],
    [refusal(500, "internal_server_error", "Question 1 is not unanswered"), null],
    [{ fails: new Error("gone") }, null],
  ])("knows %j", async (reply, expected) => {
    expect(await refusedWith(reply)).toBe(expected);
  });

  it("does not take a Model 6 account for another's question", async () => {
    const modelSix = refusal(403, "Forbidden");
    expect(await refusedWith(modelSix, "GLOBAL")).toBeNull();
  });

  it.each([new AppError("not_found", "x"), new Error("x"), null, undefined, { failure: { status: 404 } }])(
    "says nothing of what is no refusal: %s",
    (error) => {
      expect(questionRefusalOf(error)).toBeNull();
    },
  );
});
