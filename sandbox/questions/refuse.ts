import { Refusal, standard } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** 403 of a question, listing or user that is not the caller's (questions-and-contacts.md 1.4, auth-and-limits.md 7.2). */
export function notYours(world: World): Refusal {
  if (world.settings.questionForeignForm === "policy") {
    return new Refusal(403, {
      message: "At least one policy returned UNAUTHORIZED.",
      code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES",
      status: 403,
      blocked_by: "PolicyAgent",
    });
  }
  return standard(403, "forbidden", "forbidden");
}

/** 400 of a question that cannot be answered, or deleted, as it stands (questions-and-contacts.md 1.4, 1.5). */
export function notUnanswered(message: string): Refusal {
  return standard(400, "not_unanswered_question", message);
}

/** 400 of wrong JSON keys (questions-and-contacts.md 1.4). */
export function invalidBody(keys: readonly string[]): Refusal {
  return standard(
    400,
    "invalid_post_body",
    `Invalid post body, the valid attributes are: ${keys.join(", ")}`,
  );
}

export function badRequest(message: string): Refusal {
  return standard(400, "bad_request", message);
}

export function noQuestion(id: string): Refusal {
  return standard(404, "not_found", `Question ${id} not found`);
}
