import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classify, readEnvelope } from "./failure";

const json = (value: unknown) => JSON.stringify(value);

describe("readEnvelope", () => {
  it.each<[string, string, Partial<ReturnType<typeof readEnvelope>>]>([
    [
      "A: status_code, code, message",
      json({ status_code: 400, code: "bad_request", message: "no" }),
      { code: "bad_request", message: "no" },
    ],
    [
      "A with a null code",
      json({ status_code: 400, code: null, message: "no" }),
      { code: null, message: "no" },
    ],
    [
      "B: message, error, status, cause",
      json({ message: "Resource not found.", error: "not_found", status: 404, cause: [] }),
      { code: "not_found", message: "Resource not found.", causes: [], blockedBy: null },
    ],
    [
      "B with a null error",
      json({ message: "File", error: null, status: 500, cause: [] }),
      { code: null, message: "File" },
    ],
    [
      "C: one cause as a string",
      json({
        cause: "blocked_by_excepted_case",
        error: "bad_request",
        message: "use messaging",
        status_code: 400,
      }),
      { code: "bad_request", causes: ["blocked_by_excepted_case"], blockedBy: "blocked_by_excepted_case" },
    ],
    [
      "D: status_code, message",
      json({ status_code: 500, message: "delivery date" }),
      { code: null, message: "delivery date" },
    ],
    [
      "E: policy refusal",
      json({
        message: "At least one policy returned UNAUTHORIZED.",
        code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES",
        status: 403,
        blocked_by: "PolicyAgent",
      }),
      { code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES", isPolicyRefusal: true, blockedBy: null },
    ],
    [
      "F: a proxy's word",
      "local_rate_limited",
      { code: "local_rate_limited", message: "local_rate_limited" },
    ],
    [
      "F: HTML",
      "<html><style>p{}</style><h1>502 Bad Gateway</h1></html>",
      { code: null, message: "502 Bad Gateway" },
    ],
    ["nothing at all", "", { code: null, message: "", causes: [] }],
    [
      "gateway",
      json({ status: 403, error: "access_denied", message: "forbidden", code: "FORBIDDEN" }),
      { code: "access_denied" },
    ],
    [
      "scopes",
      json({ status: 403, error: "Invalid scopes", code: "FORBIDDEN" }),
      { code: "FORBIDDEN", message: "" },
    ],
    ["leads", json({ code: "too_many_requests", message: "quota exceeded" }), { code: "too_many_requests" }],
    [
      "oauth",
      json({ error_description: "expired", error: "invalid_grant", status: 400, cause: [] }),
      { code: "invalid_grant", message: "expired" },
    ],
    [
      "causes as objects",
      json({
        message: "m",
        error: "e",
        status: 400,
        cause: [{ code: "blocked_by_payment", message: "x" }, 7],
      }),
      { causes: ["blocked_by_payment", "x", "7"], blockedBy: "blocked_by_payment" },
    ],
    ["a JSON array", "[1,2]", { code: null, message: "[1,2]" }],
    ["cut JSON", '{"message":"half', { code: null, message: '{"message":"half' }],
  ])("reads %s", (_name, body, expected) => {
    expect(readEnvelope(body)).toMatchObject(expected);
  });

  it.each([
    [
      "cause",
      { cause: ["bloqued_by_mediation"], code: "x", error: "y", message: "z" },
      "bloqued_by_mediation",
    ],
    ["code", { code: "blocked_by_time", error: "forbidden", message: "z" }, "blocked_by_time"],
    ["error", { error: "blocked_by_refund", message: "blocked_by_buyer" }, "blocked_by_refund"],
    [
      "message",
      { error: "forbidden", message: "blocked_conversation_send_message_forbidden" },
      "blocked_conversation_send_message_forbidden",
    ],
    [
      "the seller's spelling",
      { message: "block_by_ai_assistant_initiated_by_seller_expired" },
      "block_by_ai_assistant_initiated_by_seller_expired",
    ],
    ["no sentence", { message: "Blocked users may not write" }, null],
  ])("finds the block in %s", (_name, body, expected) => {
    expect(readEnvelope(json(body)).blockedBy).toBe(expected);
  });

  it("lets no token through", () => {
    const token = "APP_USR-1-2-abcdef-3";
    const body = json({
      message: `Invalid ${token} and opaque-secret-1`,
      error: "x",
      cause: [`Bearer ${token}`, "opaque-secret-1"],
    });
    expect(JSON.stringify(readEnvelope(body, ["opaque-secret-1"]))).not.toMatch(/APP_USR|opaque-secret/);
  });

  it("never throws, whatever the body", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        const envelope = readEnvelope(body);
        expect(envelope.message.length).toBeLessThanOrEqual(300);
      }),
    );
  });
});

describe("classify", () => {
  const of = (status: number, body: unknown, profile: "LOCAL" | "GLOBAL" = "LOCAL") =>
    classify(status, readEnvelope(typeof body === "string" ? body : json(body)), profile);
  const modelSix = { message: "Forbidden", error: "Forbidden", status: 403, cause: [] };

  it.each([
    [401, { code: "unauthorized", message: "invalid access token" }, "account_disconnected", "unauthorized"],
    [401, { error: "unauthorized_scopes", message: "x" }, "not_available", "application_blocked"],
    [
      403,
      { code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES", blocked_by: "PolicyAgent" },
      "not_available",
      "missing_permission",
    ],
    [403, { error: "forbidden", message: "blocked_by_time" }, "refused_by_meli", "blocked_by_time"],
    [403, { error: "access_denied", code: "FORBIDDEN" }, "refused_by_meli", "access_denied"],
    [400, "", "refused_by_meli", "http_400"],
    [404, { error: "not_found" }, "not_found", "not_found"],
    [409, { error: "conflict" }, "refused_by_meli", "conflict"],
    [409, { code: "too_many_requests", message: "quota exceeded" }, "slow_down", "too_many_requests"],
    [422, { message: "Attachment key is invalid or not found" }, "refused_by_meli", "http_422"],
    [423, "", "slow_down", null],
    [429, "", "slow_down", null],
    [429, "local_rate_limited", "slow_down", "local_rate_limited"],
    [451, { error: "Unavailable" }, "refused_by_meli", "Unavailable"],
    [500, "<html>", "meli_down", null],
    [503, { error: "service_not_available" }, "meli_down", "service_not_available"],
    [302, "", "meli_unreadable", "http_302"],
  ] as const)("makes of %i %j: %s (%s)", (status, body, code, reason) => {
    expect(of(status, body)).toEqual({ code, reason });
  });

  it("tells a Model 6 account from a plain refusal", () => {
    expect(of(403, modelSix, "GLOBAL")).toEqual({ code: "not_available", reason: "model_6" });
    expect(of(403, modelSix, "LOCAL")).toEqual({ code: "refused_by_meli", reason: "Forbidden" });
    expect(of(403, { ...modelSix, cause: ["other"] }, "GLOBAL").code).toBe("refused_by_meli");
  });

  it.each(["leads", "contacts"] as const)(
    "takes 403 `invalid token` of %s for an expired token",
    (family) => {
      const says = (status: number, message: string) =>
        classify(status, readEnvelope(json({ code: "forbidden", message })), "LOCAL", family).code;
      expect(says(403, "invalid token")).toBe("account_disconnected");
      expect(says(403, "invalid token caller")).toBe("refused_by_meli");
      expect(says(400, "invalid token")).toBe("refused_by_meli");
    },
  );

  it("takes 403 `invalid token` of anything else for a refusal", () => {
    const envelope = readEnvelope(json({ code: "forbidden", message: "invalid token" }));
    expect(classify(403, envelope, "LOCAL", "orders").code).toBe("refused_by_meli");
    expect(classify(403, envelope, "LOCAL").code).toBe("refused_by_meli");
  });

  it("takes 409 `quota exceeded` for a request to slow down, whatever its code", () => {
    expect(of(409, { code: "conflict", message: "quota exceeded" }).code).toBe("slow_down");
    expect(of(409, { error: "too_many_requests", message: "x" }).code).toBe("slow_down");
    expect(of(400, { code: "bad_request", message: "quota exceeded" }).code).toBe("refused_by_meli");
  });
});
