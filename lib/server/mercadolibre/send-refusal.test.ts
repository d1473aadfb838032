import { describe, expect, it } from "vitest";
import type { MeliFailure } from "./failure";
import { isStartSpent } from "./send-refusal";

const failure = (status: number, message: string): MeliFailure => ({
  status,
  code: "forbidden",
  message,
  causes: [],
  blockedBy: null,
  requestId: null,
  retryAfterMs: null,
  mayHaveApplied: false,
});

describe("the refusal of a second first message", () => {
  it.each([
    "You are not allowed to execute the option OTHER again",
    "No tienes permitido ejecutar la opción OTHER nuevamente",
    "No puedes ejecutar nuevamente la opcion OTHER",
    "Você não pode executar a opção OTHER novamente",
  ])("is known in any language: %s", (message) => {
    expect(isStartSpent(failure(403, message))).toBe(true);
  });

  it.each([
    [400, "You are not allowed to execute the option OTHER again"],
    [403, "blocked_conversation_send_message_forbidden"],
    [403, "Access denied for user 1 to order 2"],
    [403, "no other option is left"],
  ])("is not taken from %i %s", (status, message) => {
    expect(isStartSpent(failure(status, message))).toBe(false);
  });
});
